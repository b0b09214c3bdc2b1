/** `flowbars help`: the page of a command. */
import type { Command } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import { versionCommand } from './version.js';

export const helpCommand: Command = {
  name: 'help',
  summary: 'show this page, or that of a command: help [COMMAND]',
  options: [],
  examples: [{ line: 'help run', does: 'the options of run, as run --help does' }],
  // Its arguments are replaced before they are read: see spelledOut.
  execute: () => Promise.resolve(EXIT_GOOD),
};

/** `help run` as `run --help`, `help` as `--help`, and `--version` as the command. */
export function spelledOut(args: readonly string[]): readonly string[] {
  const [first = '', ...rest] = args;
  if (first === helpCommand.name) return [...rest, '--help'];
  return rest.length === 0 && ['--version', '-V'].includes(first) ? [versionCommand.name] : args;
}
