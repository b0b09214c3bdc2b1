/** How a run on this machine ended: its exit code, and the days that have their manifest. */
import { plannedDates } from '../../core/plan/planned-days.js';
import { daySlices } from '../../core/plan/run-plan.js';
import type { RunPlan } from '../../core/plan/stored-plan.js';
import type { RunSummary } from '../../core/stored/run-summary.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { LocalRunResult } from '../../jobs/drive/run-locally.js';
import {
  EXIT_BUG,
  EXIT_GOOD,
  EXIT_NOT_GOOD,
  EXIT_USAGE,
  EXIT_WORLD,
  isWorldsFault,
} from '../command/exit-code.js';

/** Days for which every finalize task succeeded. */
export function manifestDates(plan: RunPlan, { failed }: LocalRunResult<string>): UtcDate[] {
  const left = failed.flatMap(({ command, window = 0, index }) =>
    command === 'finalize' ? (daySlices(plan, window)[index]?.date ?? []) : [],
  );
  return plannedDates(plan).filter((date) => !left.includes(date));
}

export function exitCodeOfRun(
  done: LocalRunResult<string>,
  summary: RunSummary | undefined,
): number {
  const worst = worstExitCode(done);
  if (worst !== undefined) return worst;
  if (summary === undefined) return EXIT_WORLD;
  return summary.good && done.failed.length === 0 ? EXIT_GOOD : EXIT_NOT_GOOD;
}

/**
 * The worst exit code of the failed tasks; undefined if none failed. A bug outweighs a failure of
 * storage or network, that outweighs a usage error, and that one data that no retry mends.
 */
export function worstExitCode({ failed }: LocalRunResult<string>): number | undefined {
  const codes = failed.map(({ end }) => (isWorldsFault(end) ? EXIT_WORLD : end.exitCode));
  return [EXIT_BUG, EXIT_WORLD, EXIT_USAGE, EXIT_NOT_GOOD].find((code) => codes.includes(code));
}
