/** The end of a workflow execution, as an exit code and as a message. */
import { isStored } from '../../jobs/aggregate/aggregate-symbol.js';
import type { ExecutionView } from '../../jobs/ports.js';
import type { RunView } from '../../jobs/stored/run-view.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, EXIT_USAGE, EXIT_WORLD } from '../command/exit-code.js';
import { printLine } from '../screen/page.js';

/** Tags of the errors that the workflow raises; docs/CLOUD.md lists them all. */
const EXIT_CODE_BY_TAG: readonly (readonly [tag: string, exitCode: number])[] = [
  ['ArgumentError', EXIT_USAGE],
  ['RunNotGoodError', EXIT_NOT_GOOD],
];

/** By the workflow's own state and error alone. */
export function exitCodeOfExecution({ state, error }: ExecutionView): number {
  if (state === 'succeeded') return EXIT_GOOD;
  const tags = error?.tags ?? [];
  return EXIT_CODE_BY_TAG.find(([tag]) => tags.includes(tag))?.[1] ?? EXIT_WORLD;
}

/** As in `flowbars run`: a run that storage or machines left unfinished is not a fault of the data. */
export function exitCodeOfRun(
  end: ExecutionView,
  { summary, symbolDays, records }: RunView,
): number {
  const exitCode = exitCodeOfExecution(end);
  const isWhole = summary !== undefined && records.length === symbolDays.length;
  const isData = isWhole && records.every(isStored);
  return exitCode === EXIT_NOT_GOOD && !isData ? EXIT_WORLD : exitCode;
}

export function sayEnd({ id, state, error }: ExecutionView, { stderr }: World): void {
  if (error !== undefined) {
    printLine(error.message, stderr, { text: 'error:', style: 'red' });
  }
  if (state !== 'cancelled') return;
  const job = 'gcloud run jobs executions list shows whether its job still runs';
  const mark = { text: 'warning:', style: 'yellow' } as const;
  printLine(`execution ${id} was cancelled; ${job}`, stderr, mark);
}
