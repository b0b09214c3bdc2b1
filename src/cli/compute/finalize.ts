/** `flowbars finalize`: checks what the tasks have stored and writes the days' manifests; in Cloud Run one day per task. */
import type { RunRecord } from '../../core/stored/manifest.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { cloudRunTask } from '../../edge/process/cloud-run.js';
import { errorFields } from '../../edge/process/log.js';
import { codeVersion } from '../../edge/process/version.js';
import { finalizeSlice } from '../../jobs/finalize/finalize-slice.js';
import { resolveSymbols } from '../../jobs/plan/symbols.js';
import type { Command, World } from '../command/command.js';
import { EXIT_GOOD, EXIT_WORLD, exitCodeOfRecords } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { effectsOf, refuseTooManyDays, symbolDaysOf } from './prepare.js';
import { openRoots, readDates } from './request.js';
import { printResult } from './result.js';
import { openWatch, type Watch } from '../screen/watch.js';

export const finalizeCommand: Command = {
  name: 'finalize',
  summary: 'checks of what a run has stored, and the manifests; in Cloud Run one day per task',
  options: [
    // Nothing is computed here that could be forced.
    ...options.computeOptions.filter((option) => option !== options.forceOption),
    options.progressMsOption,
    options.jsonOption,
  ],
  examples: [
    {
      line: 'finalize --run-id R --raw raw --out aggregated --symbols BTCUSDT --from 2025-12-11',
      does: 'the last but one step of run R',
    },
  ],
  execute: async (given, world) => {
    const allDates = readDates(given, world.clock);
    const task = cloudRunTask(world.environment);
    const dates = task === undefined ? allDates : allDates.slice(task.index, task.index + 1);
    const watch = openWatch(given, world, dates.length);
    if (task !== undefined && dates.length === 0) {
      const reason = `the run has ${allDates.length} days`;
      watch.log.event('INFO', 'nothing_to_do', { index: task.index, reason });
      return EXIT_GOOD;
    }
    return await finalizeDates(given, world, dates, watch);
  },
};

async function finalizeDates(
  given: Given,
  world: World,
  dates: readonly UtcDate[],
  watch: Watch,
): Promise<number> {
  const wantsJson = given.value(options.jsonOption);
  const runId = given.value(options.runIdOption);
  const resolutions = given.value(options.resolutionsOption);
  const rawLayout = given.value(options.rawLayoutOption);
  const choice = given.value(options.symbolsOption);
  const roots = openRoots(given);
  const symbols = await resolveSymbols(choice, rawLayout, roots.raw);
  refuseTooManyDays(symbols, dates);
  const effects = effectsOf(roots, world, watch.log);
  const version = codeVersion(world.environment);
  const records: RunRecord[] = [];
  const manifestDates: UtcDate[] = [];
  for (const date of dates) {
    try {
      const finalizeOptions = { runId, codeVersion: version, resolutions };
      const day = await finalizeSlice(
        { date, symbols, index: 0, count: 1 },
        finalizeOptions,
        effects,
      );
      records.push(...day.records);
      manifestDates.push(date);
    } catch (error) {
      // The days are independent of each other: one that fails keeps no other from its manifest.
      if (!(error instanceof FlowbarsError)) throw error;
      watch.log.event('ERROR', 'error', { date, ...errorFields(error) });
    }
  }
  watch.close();
  const isStored = manifestDates.length === dates.length;
  if (cloudRunTask(world.environment) !== undefined) return isStored ? EXIT_GOOD : EXIT_WORLD;
  const exitCode = isStored ? exitCodeOfRecords(records) : EXIT_WORLD;
  const symbolDays = symbolDaysOf(symbols, dates);
  const document = { run_id: runId, records };
  const outRoot = roots.out.root;
  const result = { runId, outRoot, symbolDays, records, exitCode, document };
  printResult({ ...result, hasSummary: false, manifestDates }, wantsJson, world);
  return exitCode;
}
