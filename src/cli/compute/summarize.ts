/** `flowbars summarize`: the last step of a run, which says whether it is good. */
import { plannedDays } from '../../core/plan/run-plan.js';
import { daysOf } from '../../core/plan/windows.js';
import { codeVersion } from '../../edge/process/version.js';
import { summarizeRun } from '../../jobs/finalize/summarize-run.js';
import { readRecords } from '../../jobs/stored/read-run.js';
import type { Command } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import * as options from '../option/options.js';
import { openRun } from './open-run.js';
import { summaryArguments } from './plan-request.js';
import { finalizedDates, printResult } from './result.js';
import { openWatch } from '../screen/watch.js';

export const summarizeCommand: Command = {
  name: 'summarize',
  summary: 'the summary of a run, which says whether it is good',
  options: [
    ...options.computeOptions,
    ...options.goodOptions,
    options.progressMsOption,
    options.jsonOption,
  ],
  examples: [
    {
      line: 'summarize --run-id R --raw raw --out aggregated --symbols BTCUSDT --from 2025-12-11',
      does: 'the last step of run R',
    },
  ],
  execute: async (given, world) => {
    const runId = given.value(options.runIdOption);
    const watch = openWatch(given, world, 0);
    const { task, plan, ...run } = await openRun(given, world, watch.log);
    const allowEmpty = run.given.optional(options.allowEmptyOption) ?? [];
    const rule = { coverageMin: run.given.value(options.coverageMinOption), allowEmpty };
    const what = { runId, symbols: plan.symbols, dates: daysOf(plan), ...rule };
    const said = summaryArguments(plan, given);
    const version = codeVersion(world.environment);
    const summarizing = { ...what, codeVersion: version, arguments: said };
    const summary = await summarizeRun(summarizing, run.effects);
    watch.close();
    if (task !== undefined) return EXIT_GOOD;
    const exitCode = summary.good ? EXIT_GOOD : EXIT_NOT_GOOD;
    const symbolDays = plannedDays(plan);
    const records = await readRecords(runId, symbolDays, run.effects);
    const outRoot = run.roots.out.root;
    const document = { ...summary, records };
    const result = { runId, outRoot, symbolDays, records, exitCode, document };
    const stored = { hasSummary: true, manifestDates: finalizedDates(records) };
    printResult({ ...result, ...stored }, given.value(options.jsonOption), world);
    return exitCode;
  },
};
