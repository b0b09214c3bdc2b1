/** `flowbars follow`: shows how far an execution of the workflow is, until it has ended. */
import { executionPlan } from '../../core/plan/execution-plan.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { RunSummary } from '../../core/stored/run-summary.js';
import { type SymbolDay, symbolDayKey } from '../../core/rule/day-rules.js';
import { datesBetween } from '../../core/unit/utc-date.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import { isStored } from '../../jobs/aggregate/aggregate-symbol.js';
import { symbolsOfExecution } from '../../jobs/plan/listed-symbols.js';
import type { Effects, ExecutionView } from '../../jobs/ports.js';
import { readRecords, readSummary } from '../../jobs/stored/read-run.js';
import { recordedDays } from '../../jobs/stored/recorded-days.js';
import { SYMBOL_DAYS_MAX } from '../../jobs/plan/symbols.js';
import { watchExecution, type WatchedPlan } from '../../jobs/drive/watch-execution.js';
import type { Command, World } from '../command/command.js';
import { type Deployment, openDeployment } from './deployment.js';
import { ExecutionDisplay } from './execution-progress.js';
import {
  EXIT_GOOD,
  EXIT_NOT_GOOD,
  EXIT_USAGE,
  EXIT_WORLD,
  exitCodeOfSignal,
} from '../command/exit-code.js';
import { workflowOptions } from '../option/operator-options.js';
import type { Given } from '../option/option.js';
import { parseRunId } from '../option/option-forms.js';
import { jsonOption, noColorOption, rawLayoutOption } from '../option/options.js';
import { effectsOf, symbolDaysOf } from '../compute/prepare.js';
import { finalizedDates, printResult } from '../compute/result.js';
import { printable } from '../screen/text-width.js';
import { untilStopped } from '../command/until-stopped.js';
import { openWatch } from '../screen/watch.js';

const executionArgument = {
  name: 'execution',
  help: 'the id or the full name of an execution; the id is the run id, too',
};

/** How the workflow marks what it raises; docs/CLOUD.md has all of them. */
const EXIT_CODE_BY_TAG: readonly (readonly [tag: string, exitCode: number])[] = [
  ['ArgumentError', EXIT_USAGE],
  ['SettingError', EXIT_USAGE],
  ['RunNotGoodError', EXIT_NOT_GOOD],
];

export const followCommand: Command = {
  name: 'follow',
  summary: 'how far an execution of the workflow is, until it has ended',
  options: [...workflowOptions, rawLayoutOption, jsonOption, noColorOption],
  argument: executionArgument,
  examples: [
    {
      line: 'follow 9b2c61f0-… --workflow projects/p/locations/l/workflows/flowbars',
      does: 'one that the schedule or somebody else has started',
    },
  ],
  stopsItself: true,
  execute: async (given, world) => {
    // gcloud lists full names.
    const name = given.argument(executionArgument).split('/executions/').at(-1) ?? '';
    const id = parseRunId(name, 'flowbars follow');
    const opened = await untilStopped(openDeployment(given, world), world);
    if (typeof opened === 'string') return leave(id, opened, world);
    return await followExecution(id, opened, given, world);
  },
};

/** Gives the exit code of the run. A signal ends the following alone: the execution goes on. */
export async function followExecution(
  id: string,
  { workflow, roots }: Deployment,
  given: Given,
  world: World,
): Promise<number> {
  const begun = await untilStopped(workflow.look(id), world);
  if (typeof begun === 'string') return leave(id, begun, world);
  const watch = openWatch(given, world, new ExecutionDisplay(begun.startedMs));
  const effects = effectsOf(roots, world, watch.log);
  const following = async (): Promise<Followed | StopSignal> => {
    const plan = await planOf(begun, given.value(rawLayoutOption), effects);
    const end = await watchExecution(id, plan, { ...effects, workflow, stopped: world.stopped });
    return typeof end === 'string' ? end : { plan, end };
  };
  const followed = await untilStopped(following(), world).finally(watch.close);
  if (typeof followed === 'string') return leave(id, followed, world);
  const { end, plan } = followed;
  sayEnd(end, world);
  const left = await untilStopped(readLeft(id, plan, effects), world);
  if (typeof left === 'string') return exitCodeOfSignal(left);
  const { symbolDays, records, summary } = left;
  const exitCode = exitCodeOf(end, left);
  const { state, error } = end;
  const document = { execution: id, state, error: error ?? null, good: false, ...summary, records };
  const result = { runId: id, outRoot: roots.out.root, symbolDays, records, exitCode, document };
  const stored = { hasSummary: summary !== undefined, manifestDates: finalizedDates(records) };
  printResult({ ...result, ...stored }, given.value(jsonOption), world);
  return exitCode;
}

interface Followed {
  readonly plan: WatchedPlan | undefined;
  readonly end: ExecutionView;
}

/** What the workflow refuses has no plan, and ends at once. */
async function planOf(
  { argument, startedMs }: ExecutionView,
  rawLayout: string,
  effects: Effects,
): Promise<WatchedPlan | undefined> {
  const asked = executionPlan(argument, startedMs);
  if (asked === undefined) return undefined;
  const symbols = await symbolsOfExecution(asked.symbols, rawLayout, effects);
  const { length: days } = datesBetween(asked.from, asked.to);
  return symbols.length * days > SYMBOL_DAYS_MAX ? undefined : { ...asked, symbols };
}

function leave(id: string, signal: StopSignal, { stderr }: World): number {
  stderr.write(`stopped following; execution ${id} goes on: flowbars follow ${id}\n`);
  return exitCodeOfSignal(signal);
}

function sayEnd({ id, state, error }: ExecutionView, { stderr }: World): void {
  if (error !== undefined) {
    stderr.write(`${stderr.paint('red', 'error:')} ${printable(error.message)}\n`);
  }
  if (state !== 'cancelled') return;
  const job = 'gcloud run jobs executions list shows whether its job still runs';
  stderr.write(`${stderr.paint('yellow', 'warning:')} execution ${id} was cancelled; ${job}\n`);
}

/** What a run has left behind. */
interface Left {
  readonly summary: RunSummary | undefined;
  readonly symbolDays: readonly SymbolDay[];
  readonly records: readonly RunRecord[];
}

/** Of an execution that ended long ago the deployment may list other symbols now: then its records count. */
async function readLeft(
  id: string,
  plan: WatchedPlan | undefined,
  effects: Effects,
): Promise<Left> {
  const summary = await readSummary(id, effects);
  const recorded = await recordedDays(id, effects.out);
  const planned =
    plan === undefined ? [] : symbolDaysOf(plan.symbols, datesBetween(plan.from, plan.to));
  const isOfPlan = summary === undefined || summary.symbol_days === planned.length;
  const symbolDays = plan !== undefined && isOfPlan ? planned : recorded;
  const keys = new Set(recorded.map(symbolDayKey));
  const there = symbolDays.filter((day) => keys.has(symbolDayKey(day)));
  return { summary, symbolDays, records: await readRecords(id, there, effects) };
}

/** As `flowbars run` has it: what the world has kept from its end is no fault of the data. */
function exitCodeOf(end: ExecutionView, { summary, symbolDays, records }: Left): number {
  const exitCode = exitCodeOfExecution(end);
  const isWhole = summary !== undefined && records.length === symbolDays.length;
  const isData = isWhole && records.every(isStored);
  return exitCode === EXIT_NOT_GOOD && !isData ? EXIT_WORLD : exitCode;
}

/** By what the workflow says of it alone. */
export function exitCodeOfExecution({ state, error }: ExecutionView): number {
  if (state === 'succeeded') return EXIT_GOOD;
  const tags = error?.tags ?? [];
  return EXIT_CODE_BY_TAG.find(([tag]) => tags.includes(tag))?.[1] ?? EXIT_WORLD;
}
