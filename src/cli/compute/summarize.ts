/** `flowbars summarize`: the last step of a run, which says whether it is good. */
import { isCloudRunJob } from '../../edge/process/cloud-run.js';
import { codeVersion } from '../../edge/process/version.js';
import { readRecords } from '../../jobs/stored/read-run.js';
import { summarizeRun } from '../../jobs/finalize/summarize-run.js';
import { resolveSymbols } from '../../jobs/plan/symbols.js';
import type { Command } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { effectsOf, refuseTooManyDays, symbolDaysOf } from './prepare.js';
import { openRoots, readDates } from './request.js';
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
    const dates = readDates(given, world.clock);
    const runId = given.value(options.runIdOption);
    const coverageMin = given.value(options.coverageMinOption);
    const choice = given.value(options.symbolsOption);
    const named = given.optional(options.allowEmptyOption) ?? [];
    const allowEmpty = choice === 'all' ? 'found' : named;
    const roots = openRoots(given);
    const rawLayout = given.value(options.rawLayoutOption);
    const symbols = await resolveSymbols(choice, rawLayout, roots.raw);
    refuseTooManyDays(symbols, dates);
    const watch = openWatch(given, world, 0);
    const effects = effectsOf(roots, world, watch.log);
    const version = codeVersion(world.environment);
    const goodRule = { coverageMin, allowEmpty };
    const said = { ...argumentsOf(given), symbols, from: dates.at(0), to: dates.at(-1) };
    const summary = await summarizeRun(
      { runId, codeVersion: version, symbols, dates, ...goodRule, arguments: said },
      effects,
    );
    watch.close();
    if (isCloudRunJob(world.environment)) return EXIT_GOOD;
    const exitCode = summary.good ? EXIT_GOOD : EXIT_NOT_GOOD;
    const symbolDays = symbolDaysOf(symbols, dates);
    const records = await readRecords(runId, symbolDays, effects);
    const outRoot = roots.out.root;
    const document = { ...summary, records };
    const result = { runId, outRoot, symbolDays, records, exitCode, document };
    const stored = { hasSummary: true, manifestDates: finalizedDates(records) };
    printResult({ ...result, ...stored }, given.value(options.jsonOption), world);
    return exitCode;
  },
};

/** What the run was asked for, as texts, with the names of its options in snake_case. */
function argumentsOf(given: Given): Record<string, string | boolean> {
  const asked = [...options.computeOptions, ...options.goodOptions].filter(
    (option) => option !== options.runIdOption && option !== options.noColorOption,
  );
  return Object.fromEntries(
    asked.flatMap((option) => {
      const text = given.text(option);
      if (text === undefined) return [];
      const said = option.isFlag === true ? given.value(option) === true : text;
      return [[option.name.replaceAll('-', '_'), said]];
    }),
  );
}
