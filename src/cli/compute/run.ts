/**
 * `flowbars run`: the whole workflow on this machine. It starts the same `task`, `finalize` and
 * `summarize` as Cloud Run does, with the same environment, and shows what comes of it.
 */
import type { RunSummary } from '../../core/stored/run-summary.js';
import { readRecords, readSummary } from '../../jobs/stored/read-run.js';
import { type LocalRunResult, runLocally } from '../../jobs/drive/run-locally.js';
import type { Command, World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, EXIT_WORLD } from '../command/exit-code.js';
import { optionVariables, taskRunner, taskVariables, worstExitCode } from './local-tasks.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { effectsOf, prepare, type Prepared, warnOfSkipped } from './prepare.js';
import { newRunId } from './request.js';
import { printResult } from './result.js';
import { untilStopped } from '../command/until-stopped.js';
import { openWatch, sayStopped } from '../screen/watch.js';

export const runCommand: Command = {
  name: 'run',
  summary: 'everything on this machine: bars, quality reports, manifests, summary',
  options: [
    ...options.computeOptions,
    ...options.goodOptions,
    options.jobsOption,
    options.retriesOption,
    options.jsonOption,
  ],
  examples: [
    { line: 'run --raw raw --out aggregated --symbols all', does: 'yesterday, every symbol' },
    {
      line: 'run --raw gs://b/raw --out gs://b/agg --symbols BTCUSDT --from 2025-12-01 --to 2025-12-07',
      does: 'a week of one symbol in a bucket',
    },
  ],
  stopsItself: true,
  execute: async (given, world) => {
    const wantsJson = given.value(options.jsonOption);
    const jobs = given.value(options.jobsOption);
    const retries = given.value(options.retriesOption);
    // Read for their errors; the tasks read them again.
    given.value(options.coverageMinOption);
    given.optional(options.allowEmptyOption);
    const runId = given.optional(options.runIdOption) ?? newRunId(world.clock);
    const preparing = prepare(given, world, {
      runId,
      index: 0,
      refuseOdd: (request) => variablesOf(given, world, runId, request),
    });
    const prepared = await untilStopped(preparing, world);
    if (typeof prepared === 'string') return sayStopped(prepared, world);
    const { symbols, dates, symbolDays, roots } = prepared;
    const variables = variablesOf(given, world, runId, prepared);
    const watch = openWatch(given, world, symbolDays.length);
    warnOfSkipped(prepared, watch.log);
    const effects = effectsOf(roots, world, watch.log);
    const done = await runLocally(
      { symbolCount: symbols.length, dayCount: dates.length, jobs, retries },
      { ...effects, runner: taskRunner(variables, runId, watch.log), stopped: world.stopped },
    );
    watch.close();
    if (done.stoppedBy !== undefined) return sayStopped(done.stoppedBy, world);
    const summary = await readSummary(runId, effects);
    const records = await readRecords(runId, symbolDays, effects);
    const exitCode = exitCodeOfRun(done, summary);
    const document = { run_id: runId, good: false, ...summary, records };
    const outRoot = roots.out.root;
    const result = { runId, outRoot, symbolDays, records, exitCode, document };
    const isLeft = new Set(
      done.failed.flatMap(({ step, index }) => (step === 'finalize' ? [index] : [])),
    );
    const manifestDates = dates.filter((_date, index) => !isLeft.has(index));
    const stored = { hasSummary: summary !== undefined, manifestDates };
    printResult({ ...result, ...stored }, wantsJson, world);
    return exitCode;
  },
};

function exitCodeOfRun(done: LocalRunResult<string>, summary: RunSummary | undefined): number {
  const worst = worstExitCode(done);
  if (worst !== undefined) return worst;
  if (summary === undefined) return EXIT_WORLD;
  return summary.good && done.failed.length === 0 ? EXIT_GOOD : EXIT_NOT_GOOD;
}

/** What the tasks are told: this run's options, and the symbols and days that they came to. */
function variablesOf(
  given: Given,
  world: World,
  runId: string,
  { symbols, dates }: Pick<Prepared, 'symbols' | 'dates'>,
): Record<string, string> {
  const variables = optionVariables(given, [...options.computeOptions, ...options.goodOptions]);
  const wasFound = given.value(options.symbolsOption) === 'all';
  if (wasFound) variables[options.allowEmptyOption.env] = 'all';
  return taskVariables(world, { runId, symbols, dates, variables });
}
