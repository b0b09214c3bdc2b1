/**
 * `flowbars run`: the whole workflow on this machine. It starts the same `task`, `finalize` and
 * `summarize` as Cloud Run does, with the same environment, and shows what comes of it.
 */
import type { RunSummary } from '../core/report/manifest.js';
import { cloudRunVariables, machineVariables, VARIABLE_BYTES_MAX } from '../edge/cloud-run.js';
import { startFlowbars } from '../edge/child-process.js';
import { parseLogLine } from '../edge/log.js';
import { REVISION_VARIABLE } from '../edge/version.js';
import type { Log } from '../jobs/ports.js';
import { readRecords, readSummary } from '../jobs/read-run.js';
import {
  isWorldsFault,
  type LocalRunResult,
  runLocally,
  type TaskRunner,
} from '../jobs/run-locally.js';
import type { Command, World } from './command.js';
import { EXIT_BUG, EXIT_GOOD, EXIT_NOT_GOOD, EXIT_USAGE, EXIT_WORLD } from './exit-code.js';
import { type Given, refuse } from './option.js';
import * as options from './options.js';
import { effectsOf, prepare, type Prepared, warnOfSkipped } from './prepare.js';
import { newRunId } from './request.js';
import { printResult } from './result.js';
import { openWatch, sayStopped } from './watch.js';

/** How often a task says how far it is; a terminal is redrawn that often. */
const PROGRESS_MS = 250;
/** Stands where the name of the Cloud Run job would. */
const JOB_NAME = 'flowbars-run';

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
      refuseOdd: (request) => taskVariables(given, world, runId, request),
    });
    const prepared = await Promise.race([preparing, world.stopped]);
    if (typeof prepared === 'string') return sayStopped(prepared, world);
    const { symbols, dates, symbolDays, roots } = prepared;
    const variables = taskVariables(given, world, runId, prepared);
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

/** A bug outweighs what a second start would finish, and that what the caller or the data has to change. */
function exitCodeOfRun(
  { failed }: LocalRunResult<string>,
  summary: RunSummary | undefined,
): number {
  const codes = failed.map(({ end }) => (isWorldsFault(end) ? EXIT_WORLD : end.exitCode));
  const worst = [EXIT_BUG, EXIT_WORLD, EXIT_USAGE].find((code) => codes.includes(code));
  if (worst !== undefined) return worst;
  if (summary === undefined) return EXIT_WORLD;
  return summary.good && failed.length === 0 ? EXIT_GOOD : EXIT_NOT_GOOD;
}

/** What the tasks are told: this run's options as variables, and the symbols and days that they came to. */
function taskVariables(
  given: Given,
  world: World,
  runId: string,
  { symbols, dates }: Pick<Prepared, 'symbols' | 'dates'>,
): Record<string, string> {
  const variables = machineVariables(world.environment);
  for (const option of [...options.computeOptions, ...options.goodOptions]) {
    const text = given.text(option);
    if (text !== undefined) variables[option.env] = text;
  }
  const wasFound = given.value(options.symbolsOption) === 'all';
  if (wasFound) variables[options.allowEmptyOption.env] = 'all';
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

/** Each task is a process of this program; its JSON lines become events again. */
function taskRunner(
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
    start: (step, position) => {
      const task = { job: JOB_NAME, execution: runId, ...position };
      const environment = { ...variables, ...cloudRunVariables(task) };
      return startFlowbars([step], environment, { onStdout: onOutput, onStderr: onOutput });
    },
  };
}
