/** Options without which a command cannot work: all that are missing are reported at once. */
import { refuse } from '../../core/unit/typed-text.js';
import { cloudRunTask, type Environment } from '../../edge/process/cloud-run.js';
import type { Given, Option } from '../option/option.js';
import type { Command, Requirement } from './command.js';

/** A single missing option is left to the command, whose own error has more to say. */
export function refuseMissing(command: Command, given: Given, environment: Environment): void {
  const isTask = cloudRunTask(environment) !== undefined;
  const isMissing = ({ option, unless }: Requirement): boolean =>
    given.text(option) === undefined &&
    !(unless === 'task' ? isTask : unless !== undefined && given.text(unless) !== undefined);
  const missing = (command.required ?? []).filter(isMissing).map(({ option }) => option);
  if (missing.length < 2) return;
  const forms = missing.map(({ name, env, help }) => `--${name} or ${env} (${help})`);
  const last = forms.pop() ?? '';
  const where = `flowbars ${command.name}`;
  refuse(where, 'options', `${missing.length} missing`, `${forms.join(', ')} and ${last}`);
}

/** What the help page says of an option: `required`, `required unless --workflow`; empty for most. */
export function requiredNote({ required = [] }: Command, option: Option<unknown>): string {
  const one = required.find(({ option: { name } }) => name === option.name);
  if (one === undefined) return '';
  const { unless } = one;
  return unless === undefined || unless === 'task'
    ? 'required'
    : `required unless --${unless.name}`;
}
