/** `flowbars finalize`: checks what the tasks stored and writes the day manifests. In Cloud Run each task takes one slice of a day. */
import { wantedFiles } from '../../core/rule/products.js';
import { readProducts } from './request.js';
import { plannedDays } from '../../core/plan/planned-days.js';
import { type DaySlice, daySlices } from '../../core/plan/run-plan.js';
import { isGoodRun } from '../../core/run/good.js';
import { codeVersion } from '../../edge/process/version.js';
import { isStored } from '../../jobs/aggregate/aggregate-symbol.js';
import { type FinalizedSlices, finalizeSlices } from '../../jobs/finalize/finalize-slices.js';
import type { World } from '../command/command.js';
import type { FlowbarsError } from '../../core/unit/errors.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, EXIT_WORLD, exitCodeOf } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { type OpenedRun, openRun } from './open-run.js';
import { goodRule } from './plan-request.js';
import { printResult } from './result.js';
import { askedFormat } from '../screen/output.js';
import { Progress } from '../screen/progress.js';
import { openWatch, type Watch } from '../screen/watch.js';

export async function executeFinalize(given: Given, world: World): Promise<number> {
  const runId = given.value(options.ownRunIdOption);
  const progress = new Progress(0, world.clock.nowMs(), 'finalize');
  const watch = openWatch(given, world, progress);
  const finalizing = finalizePlan(given, world, watch).finally(watch.close);
  const { run, failures, records, manifestDates } = await finalizing;
  const ended = exitCodeOfAll(failures);
  if (run.task !== undefined) return ended;
  const isStoredWhole = records.every(isStored);
  const good = ended === EXIT_GOOD && isStoredWhole && isGoodRun(records, goodRule(run.given));
  const isUndone = ended === EXIT_WORLD || !isStoredWhole;
  const exitCode = isUndone ? EXIT_WORLD : good ? EXIT_GOOD : EXIT_NOT_GOOD;
  const symbolDays = plannedDays(run.plan);
  const document = { run_id: runId, good, records };
  const outRoot = run.roots.out.root;
  const result = { runId, outRoot, symbolDays, records, exitCode, document };
  const stored = { hasSummary: false, manifestDates };
  printResult({ ...result, ...stored }, askedFormat(given), world);
  return exitCode;
}

/** A manifest that cannot be read is no fault of storage: starting again would find it again. */
function exitCodeOfAll(failures: readonly FlowbarsError[]): number {
  if (failures.length === 0) return EXIT_GOOD;
  const isWorlds = failures.some((failure) => exitCodeOf(failure) === EXIT_WORLD);
  return isWorlds ? EXIT_WORLD : EXIT_NOT_GOOD;
}

async function finalizePlan(
  given: Given,
  world: World,
  { log }: Watch,
): Promise<FinalizedSlices & { readonly run: OpenedRun }> {
  const run = await openRun(given, world, log);
  const slices = slicesOf(run, given);
  if (run.task !== undefined && slices.length === 0) {
    const reason = 'its index is past the last slice of its window';
    log.event('INFO', 'nothing_to_do', { index: run.task.index, reason });
  }
  const finalizeOptions = {
    runId: run.plan.run_id,
    codeVersion: codeVersion(world.environment),
    wanted: wantedFiles(readProducts(run.given)),
  };
  return { run, ...(await finalizeSlices(slices, finalizeOptions, run.effects)) };
}

/** A task takes one slice of its window; a command line takes all slices of the plan. */
function slicesOf({ plan, task }: OpenedRun, given: Given): readonly DaySlice[] {
  if (task === undefined) return daySlices(plan, 1);
  return daySlices(plan, given.value(options.windowOption)).slice(task.index, task.index + 1);
}
