/**
 * The tasks of a run on this machine: the same `task`, `finalize` and `summarize` as Cloud Run starts,
 * with the same environment, each as a process of this program whose JSON lines become events again.
 */
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { startFlowbars } from '../../edge/process/child-process.js';
import {
  cloudRunVariables,
  machineVariables,
  VARIABLE_BYTES_MAX,
} from '../../edge/process/cloud-run.js';
import { parseLogLine } from '../../edge/process/log.js';
import { REVISION_VARIABLE } from '../../edge/process/version.js';
import type { Log } from '../../jobs/ports.js';
import type { LocalRunResult, TaskRunner } from '../../jobs/drive/run-locally.js';
import type { World } from '../command/command.js';
import { EXIT_BUG, EXIT_USAGE, EXIT_WORLD, isWorldsFault } from '../command/exit-code.js';
import type { Given, Option } from '../option/option.js';
import { refuse } from '../../core/unit/typed-text.js';
import * as options from '../option/options.js';

/** How often a task says how far it is; a terminal is redrawn that often. */
const PROGRESS_MS = 250;
/** Stands where the name of the Cloud Run job would. */
const JOB_NAME = 'flowbars-run';

export interface TaskRequest {
  readonly runId: string;
  readonly symbols: readonly SymbolName[];
  readonly dates: readonly UtcDate[];
  /** What else the tasks are told, by the variables of options. */
  readonly variables: Readonly<Record<string, string>>;
}

/** These options as they were given or by default, as variables. */
export function optionVariables(
  given: Given,
  asked: readonly Option<unknown>[],
): Record<string, string> {
  return Object.fromEntries(
    asked.flatMap((option) => {
      const text = given.text(option);
      return text === undefined ? [] : [[option.env, text]];
    }),
  );
}

/** The environment of a run's tasks. Throws a usage error for a text that fits no variable. */
export function taskVariables(
  world: World,
  { runId, symbols, dates, variables: told }: TaskRequest,
): Record<string, string> {
  const variables = { ...machineVariables(world.environment), ...told };
  variables[options.symbolsOption.env] = JSON.stringify(symbols);
  variables[options.fromOption.env] = dates.at(0) ?? '';
  variables[options.toOption.env] = dates.at(-1) ?? '';
  variables[options.runIdOption.env] = runId;
  variables[options.progressMsOption.env] = String(PROGRESS_MS);
  variables[REVISION_VARIABLE] = world.environment[REVISION_VARIABLE] ?? '';
  for (const [name, text] of Object.entries(variables)) {
    const sizeBytes = Buffer.byteLength(text);
    if (!name.startsWith('FLOWBARS_') || sizeBytes <= VARIABLE_BYTES_MAX) continue;
    refuse(
      name,
      'variable',
      `${sizeBytes} bytes`,
      `at most ${VARIABLE_BYTES_MAX}, as in Cloud Run`,
    );
  }
  return variables;
}

export function taskRunner(
  variables: Readonly<Record<string, string>>,
  runId: string,
  log: Log,
): TaskRunner {
  const onOutput = (line: string): void => {
    const logged = parseLogLine(line);
    if (logged === undefined) log.event('WARNING', 'task_output', { line });
    // The run says it once, for itself.
    else if (logged.name !== 'stopped') log.event(logged.severity, logged.name, logged.fields);
  };
  return {
    isWorldsFault,
    start: (step, position) => {
      const task = { job: JOB_NAME, execution: runId, ...position };
      const environment = { ...variables, ...cloudRunVariables(task) };
      return startFlowbars([step], environment, { onStdout: onOutput, onStderr: onOutput });
    },
  };
}

/**
 * Of the tasks that were given up; undefined where none was. A bug outweighs what a second start
 * would finish, and that what the caller or the data has to change.
 */
export function worstExitCode({ failed }: LocalRunResult<string>): number | undefined {
  const codes = failed.map(({ end }) => (isWorldsFault(end) ? EXIT_WORLD : end.exitCode));
  return [EXIT_BUG, EXIT_WORLD, EXIT_USAGE].find((code) => codes.includes(code));
}
