/** `flowbars finalize`: checks what the tasks stored and writes the day manifests. In Cloud Run each task takes one slice of a day. */
import { plannedDays } from '../../core/plan/planned-days.js';
import { type DaySlice, daySlices } from '../../core/plan/run-plan.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { errorFields } from '../../edge/process/log.js';
import { codeVersion } from '../../edge/process/version.js';
import { finalizeSlice } from '../../jobs/finalize/finalize-slice.js';
import type { Command, World } from '../command/command.js';
import { EXIT_GOOD, EXIT_WORLD, exitCodeOfRecords } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { type OpenedRun, openRun } from './open-run.js';
import { printResult } from './result.js';
import { openWatch, type Watch } from '../screen/watch.js';

export const finalizeCommand: Command = {
  name: 'finalize',
  summary: 'verify what the tasks of a run stored and write the day manifests',
  options: [
    // This step computes no bars, so there is nothing to force.
    ...options.stepOptions.filter((option) => option !== options.forceOption),
    options.windowOption,
    options.progressMsOption,
    options.jsonOption,
  ],
  examples: [
    {
      line: 'finalize --run-id R --raw raw --out aggregated --symbols BTCUSDT --from 2025-12-11',
      does: 'the step before the last of run R',
    },
  ],
  execute: async (given, world) => {
    const runId = given.value(options.ownRunIdOption);
    const watch = openWatch(given, world, 0);
    const finalizing = finalizePlan(given, world, watch).finally(watch.close);
    const { run, isWhole, records, manifestDates } = await finalizing;
    if (run.task !== undefined) return isWhole ? EXIT_GOOD : EXIT_WORLD;
    const exitCode = isWhole ? exitCodeOfRecords(records) : EXIT_WORLD;
    const symbolDays = plannedDays(run.plan);
    const document = { run_id: runId, records };
    const outRoot = run.roots.out.root;
    const result = { runId, outRoot, symbolDays, records, exitCode, document };
    const stored = { hasSummary: false, manifestDates };
    printResult({ ...result, ...stored }, given.value(options.jsonOption), world);
    return exitCode;
  },
};

interface Finalized {
  readonly run: OpenedRun;
  /** Every slice was finalized. */
  readonly isWhole: boolean;
  readonly records: readonly RunRecord[];
  readonly manifestDates: readonly UtcDate[];
}

async function finalizePlan(given: Given, world: World, { log }: Watch): Promise<Finalized> {
  const run = await openRun(given, world, log);
  const slices = slicesOf(run, given);
  if (run.task !== undefined && slices.length === 0) {
    const reason = 'its index is past the last slice of its window';
    log.event('INFO', 'nothing_to_do', { index: run.task.index, reason });
  }
  const finalizeOptions = {
    runId: run.plan.run_id,
    codeVersion: codeVersion(world.environment),
    resolutions: run.given.value(options.resolutionsOption),
  };
  const records: RunRecord[] = [];
  const manifestDates: UtcDate[] = [];
  let done = 0;
  for (const slice of slices) {
    try {
      const day = await finalizeSlice(slice, finalizeOptions, run.effects);
      records.push(...day.records);
      if (day.manifest !== 'awaited') manifestDates.push(day.date);
      done += 1;
    } catch (error) {
      // Days are independent: a failed one does not keep the others from their manifests.
      if (!(error instanceof FlowbarsError)) throw error;
      log.event('ERROR', 'error', { date: slice.date, ...errorFields(error) });
    }
  }
  return { run, isWhole: done === slices.length, records, manifestDates };
}

/** A task takes one slice of its window; a command line takes all slices of the plan. */
function slicesOf({ plan, task }: OpenedRun, given: Given): readonly DaySlice[] {
  if (task === undefined) return daySlices(plan, 1);
  return daySlices(plan, given.value(options.windowOption)).slice(task.index, task.index + 1);
}
