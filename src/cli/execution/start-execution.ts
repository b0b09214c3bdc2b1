/** What `backfill` and `rerun` share: from a request to an execution of the workflow, or to an estimate of it. */
import { WINDOW_DAYS_DEFAULT } from '../../core/plan/execution-plan.js';
import { hasSymbolFirst } from '../../core/rule/layout.js';
import { estimateRun } from '../../core/cost/estimate.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import type { SymbolDay } from '../../core/rule/day-rules.js';
import { closestName } from '../../core/unit/closest-name.js';
import type { Resolution } from '../../core/unit/resolution.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { codec } from '../../edge/format/codec.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import { readDataset } from '../../jobs/plan/dataset.js';
import { symbolsOfExecution } from '../../jobs/plan/listed-symbols.js';
import type { Store } from '../../jobs/ports.js';
import { surveyRun } from '../../jobs/drive/survey-run.js';
import type { SymbolChoice } from '../../jobs/plan/symbols.js';
import type { World } from '../command/command.js';
import { type Deployment, openDeployment } from './deployment.js';
import { SurveyDisplay } from './execution-progress.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, exitCodeOfSignal } from '../command/exit-code.js';
import { printEstimate } from './estimate-page.js';
import type { EstimateDocument } from '../../core/cost/estimate-shape.js';
import { followExecution } from './follow.js';
import {
  dryRunOption,
  parallelismOption,
  waitOption,
  workflowOptions,
} from '../option/operator-options.js';
import type { Given, Option } from '../option/option.js';
import { refuse } from '../../core/unit/typed-text.js';
import {
  forceOption,
  jsonOption,
  noColorOption,
  rawLayoutOption,
  streamsOption,
} from '../option/options.js';
import { effectsOf, refuseTooManyDays } from '../compute/prepare.js';
import { untilStopped } from '../command/until-stopped.js';
import { publishedBars, sayCompared } from './published-bars.js';
import { openWatch } from '../screen/watch.js';

/** https://cloud.google.com/workflows/quotas: of an execution. */
export const ARGUMENT_BYTES_MAX = 32_000;

export interface ExecutionRequest {
  readonly dates: readonly UtcDate[];
  /** Undefined: the deployment's list. */
  readonly symbols: SymbolChoice | undefined;
  /** Undefined: the job's. */
  readonly resolutions: readonly Resolution[] | undefined;
  readonly windowDays: number;
  /** The option that named the symbols, for what is said of them. */
  readonly symbolsWhere: string;
  /** Of which it is said in the end whether its bar files changed. */
  readonly comparedDay?: SymbolDay;
}

/** The options of both commands, apart from what they are about. */
export const startOptions: readonly Option<unknown>[] = [
  ...workflowOptions,
  rawLayoutOption,
  forceOption,
  streamsOption,
  dryRunOption,
  waitOption,
  parallelismOption,
  jsonOption,
  noColorOption,
];

/** Gives the exit code: of the run with --wait, else that it was started. */
export async function startExecution(
  request: ExecutionRequest,
  given: Given,
  world: World,
): Promise<number> {
  const argument = argumentOf(request, given.value(forceOption));
  const opened = await untilStopped(openRequest(request, given, world), world);
  if (typeof opened === 'string') return sayNothingStarted(opened, world);
  const [known, deployment] = opened;
  if (given.value(dryRunOption)) {
    const estimate = await untilStopped(estimateOf(known, deployment, given, world), world);
    if (typeof estimate === 'string') return sayNothingStarted(estimate, world);
    printEstimate({ ...estimate, argument }, given.value(jsonOption), world);
    return EXIT_GOOD;
  }
  const { out } = deployment.roots;
  const isWatched = given.value(waitOption);
  const day = isWatched ? request.comparedDay : undefined;
  const before = day === undefined ? undefined : await publishedBars(day, out);
  // A signal is not heard until it is known whether an execution runs.
  const id = await deployment.workflow.start(argument);
  sayStarted(id, known, argument, given, world);
  if (!isWatched) return EXIT_GOOD;
  const exitCode = await followExecution(id, deployment, given, world);
  const hasEnded = exitCode === EXIT_GOOD || exitCode === EXIT_NOT_GOOD;
  if (day !== undefined && before !== undefined && hasEnded) {
    sayCompared(before, await publishedBars(day, out), world);
  }
  return exitCode;
}

type KnownRequest = ExecutionRequest & { readonly symbols: readonly SymbolName[] };

async function openRequest(
  request: ExecutionRequest,
  given: Given,
  world: World,
): Promise<[KnownRequest, Deployment]> {
  const deployment = await openDeployment(given, world);
  const { roots } = deployment;
  const rawLayout = given.value(rawLayoutOption);
  await refuseUnknown(request, rawLayout, roots.raw);
  const choice = request.symbols ?? 'listed';
  const symbols = await symbolsOfExecution(choice, rawLayout, { ...roots, codec });
  refuseTooManyDays(symbols, request.dates);
  return [{ ...request, symbols }, deployment];
}

async function estimateOf(
  { symbols, dates, windowDays, resolutions = [] }: KnownRequest,
  { workflow, roots }: Deployment,
  given: Given,
  world: World,
): Promise<Omit<EstimateDocument, 'argument'>> {
  const watch = openWatch(given, world, new SurveyDisplay(world.clock.nowMs()));
  const effects = effectsOf(roots, world, watch.log);
  const [from, to] = boundsOf(dates);
  const options = {
    streams: given.value(streamsOption),
    rawLayout: given.value(rawLayoutOption),
    dataset: await readDataset(effects),
    force: given.value(forceOption),
    resolutions,
  };
  const plan = { symbols, from, to, windowDays };
  const survey = await surveyRun(plan, options, effects).finally(watch.close);
  const parallelism = given.value(parallelismOption);
  return {
    schema_version: SCHEMA_VERSION,
    workflow: workflow.name,
    raw: roots.raw.root,
    out: roots.out.root,
    from,
    to,
    symbols: symbols.length,
    days: dates.length,
    symbol_days: survey.symbolDays,
    to_compute: survey.toCompute,
    unchanged: survey.unchanged,
    without_data: survey.withoutData,
    lost_inputs: survey.lostInputs,
    input_objects: survey.inputObjects,
    input_bytes: survey.inputBytes,
    parallelism,
    ...estimateRun(survey.windows, parallelism),
  };
}

/** What the workflow is sent; docs/CLOUD.md describes every field. */
export function argumentOf(
  { dates, symbols, resolutions, windowDays }: ExecutionRequest,
  force: boolean,
): Readonly<Record<string, unknown>> {
  const [from, to] = boundsOf(dates);
  const argument = {
    start_date: from,
    end_date: to,
    ...(symbols === undefined ? {} : { symbols }),
    ...(force ? { force } : {}),
    ...(resolutions === undefined
      ? {}
      : { resolutions: resolutions.map(({ name }) => name).join(',') }),
    ...(windowDays === WINDOW_DAYS_DEFAULT ? {} : { window_days: windowDays }),
  };
  const sizeBytes = Buffer.byteLength(JSON.stringify(argument));
  if (sizeBytes > ARGUMENT_BYTES_MAX) {
    const expected = `at most ${ARGUMENT_BYTES_MAX}: write the list to _symbols.json in the output root and leave --symbols out`;
    refuse('--symbols', 'argument of the workflow', `${sizeBytes} bytes`, expected);
  }
  return argument;
}

/** A typing error would leave an empty report and a manifest entry behind for a symbol that does not exist. */
async function refuseUnknown(
  { symbols, symbolsWhere }: ExecutionRequest,
  rawLayout: string,
  raw: Store,
): Promise<void> {
  if (symbols === undefined || symbols === 'all' || !hasSymbolFirst(rawLayout)) return;
  const folders = await raw.folders();
  const unknown = symbols.find((symbol) => !folders.includes(symbol));
  if (unknown === undefined) return;
  const closest = closestName(unknown, folders);
  const hint = closest === undefined ? `one of its ${folders.length} folders` : `'${closest}'`;
  refuse(symbolsWhere, 'symbol', `'${unknown}', which ${raw.root} has no folder of`, hint);
}

function sayNothingStarted(signal: StopSignal, { stderr }: World): number {
  stderr.redraw([]);
  stderr.write(`stopped by ${signal}; nothing was started\n`);
  return exitCodeOfSignal(signal);
}

function sayStarted(
  id: string,
  { dates, symbols }: KnownRequest,
  argument: object,
  given: Given,
  world: World,
): void {
  const { stdout, stderr } = world;
  const isWatched = given.value(waitOption);
  const [from, to] = boundsOf(dates);
  const days = from === to ? from : `${from}..${to}`;
  const about = symbols.length === 1 ? String(symbols[0]) : `${symbols.length} symbols`;
  const line = `started ${id}: ${about}, ${days}`;
  const isShown = stdout.isTty && !given.value(jsonOption);
  if (!isShown && !isWatched) {
    stdout.write(`${JSON.stringify({ execution: id, argument }, null, 2)}\n`);
  }
  (isShown ? stdout : stderr).write(`${line}\n`);
  if (!isWatched) (isShown ? stdout : stderr).write(`follow it: flowbars follow ${id}\n`);
}

function boundsOf(dates: readonly UtcDate[]): [from: UtcDate, to: UtcDate] {
  const [from] = dates;
  const to = dates.at(-1);
  if (from === undefined || to === undefined) throw new Error('invariant broken: a day at least');
  return [from, to];
}
