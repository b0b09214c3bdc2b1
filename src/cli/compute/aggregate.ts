/** `flowbars aggregate`: some symbols in this process, without the final step. */
import type { RunRecord } from '../../core/stored/manifest.js';
import { aggregateSymbol } from '../../jobs/aggregate/aggregate-symbol.js';
import type { Command } from '../command/command.js';
import { exitCodeOfRecords } from '../command/exit-code.js';
import * as options from '../option/options.js';
import { effectsOf, prepare, warnOfSkipped } from './prepare.js';
import { newRunId } from './request.js';
import { printResult } from './result.js';
import { openWatch } from '../screen/watch.js';

export const aggregateCommand: Command = {
  name: 'aggregate',
  summary: 'bars and quality reports of some symbols, in this process, without manifest',
  options: [...options.computeOptions, options.progressMsOption, options.jsonOption],
  examples: [
    {
      line: 'aggregate --raw raw --out aggregated --symbols BTCUSDT --from 2025-12-11',
      does: 'one symbol-day',
    },
  ],
  execute: async (given, world) => {
    const wantsJson = given.value(options.jsonOption);
    const runId = given.optional(options.runIdOption) ?? newRunId(world.clock);
    const prepared = await prepare(given, world, { runId, index: 0 });
    const { roots, symbols, dates, symbolDays, aggregate } = prepared;
    const watch = openWatch(given, world, symbolDays.length);
    warnOfSkipped(prepared, watch.log);
    const effects = effectsOf(roots, world, watch.log);
    const records: RunRecord[] = [];
    for (const symbol of symbols) {
      records.push(...(await aggregateSymbol(symbol, dates, aggregate, effects)));
    }
    watch.close();
    const result = { runId, outRoot: roots.out.root, symbolDays, records };
    const stored = { hasSummary: false, manifestDates: [] };
    const document = { run_id: runId, records };
    const exitCode = exitCodeOfRecords(records);
    printResult({ ...result, ...stored, exitCode, document }, wantsJson, world);
    return exitCode;
  },
};
