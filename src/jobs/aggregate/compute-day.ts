/**
 * Reads and folds the chunks of a symbol-day, in stretches on all threads of the crew; decides and stores
 * nothing. What only one pass over the whole day computes exactly is computed so, on one thread.
 */
import { dayEvidence } from '../../core/day/day-evidence.js';
import type { ComputedStretch, StretchEnd, StretchTask } from '../../core/pass/stretch-task.js';
import { RowPool } from '../../core/event/row-pool.js';
import type { DayPlan } from '../../core/plan/day-plan.js';
import { type Stretch, wholeDay } from '../../core/plan/stretches.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { assert, FlowbarsError } from '../../core/unit/errors.js';
import { counted } from '../../core/unit/words.js';
import type { ComputeEffects, Log, ReadSoFar } from '../ports.js';
import { computeStretch } from './compute-stretch.js';
import type { ComputedDay } from './day-outcome.js';

/** Fields of the event `progress` of a symbol-day. The log limits how often it is written. */
interface DayProgress {
  readonly symbol: string;
  readonly date: string;
  readonly chunks_done: number;
  readonly chunks_total: number;
  readonly bytes_done: number;
  readonly bytes_total: number;
}

export interface CutPlan extends DayPlan {
  /** All steps, for as many threads. */
  readonly stretches: readonly Stretch[];
}

/** Logs events `progress`. Throws FlowbarsErrors of kind `world` and `limit`. */
export async function computeDay(
  day: SymbolDay,
  plan: CutPlan,
  rules: DayRules,
  effects: ComputeEffects,
): Promise<ComputedDay> {
  const { steps, stretches } = plan;
  const tasks = stretches.map((stretch) => ({ day, rules, stretch }));
  effects.log.event('DEBUG', 'computing', { ...day, threads: tasks.length });
  const whole: StretchTask = { day, rules, stretch: wholeDay(steps) };
  const first =
    (tasks.length > 1 ? await inStretches(tasks, plan, effects) : undefined) ??
    (await inOnePass(whole, plan, effects));
  const { result, inputs } = await inExactOrder(first, whole, plan, effects);
  const { tally } = result;
  const { count: skipped, first: firstSkipped } = plan.skipped;
  if (firstSkipped !== undefined) {
    const detail = `${counted(skipped, 'file')} of the day's folders ${skipped === 1 ? 'is' : 'are'} not named like a chunk: not read`;
    tally.findings.add('names_skipped', firstSkipped, detail);
  }
  const features = result.features();
  const evidence = dayEvidence({ day, rules, tally }, features);
  return { day, inputs, sidecars: [], features, evidence };
}

/** Computes a day again whose late trades show that ids do not order some of its milliseconds. */
async function inExactOrder(
  first: ComputedStretch,
  whole: StretchTask,
  plan: DayPlan,
  effects: ComputeEffects,
): Promise<ComputedStretch> {
  const { idlessMs } = first.result;
  if (idlessMs.size === 0) return first;
  const reason = 'late trades without an id';
  effects.log.event('DEBUG', 'computing_again', { ...whole.day, reason });
  return await inOnePass({ ...whole, idlessMs }, plan, effects);
}

async function inOnePass(
  task: StretchTask,
  plan: DayPlan,
  effects: ComputeEffects,
): Promise<ComputedStretch> {
  const [onRead = ignore] = progressOf(task.day, plan, 1, effects.log);
  const end = await computeStretch(task, effects, { pool: new RowPool(), atOnce: 1, onRead });
  assert('result' in end, 'one pass over the whole day is exact');
  return end;
}

/** Undefined if stretches would not give what one pass gives. */
async function inStretches(
  tasks: readonly StretchTask[],
  plan: DayPlan,
  effects: ComputeEffects,
): Promise<ComputedStretch | undefined> {
  const { crew, log } = effects;
  const [first, ...others] = tasks;
  assert(first !== undefined, 'a day has a first stretch');
  const [onRead = ignore, ...onOthers] = progressOf(first.day, plan, tasks.length, log);
  const needs = { pool: new RowPool(), atOnce: tasks.length, onRead };
  const settled = await Promise.allSettled([
    computeStretch(first, effects, needs),
    ...others.map(
      async (task, index) => await crew.compute(task, tasks.length, onOthers[index] ?? onRead),
    ),
  ]);
  const ends = endsOf(settled);
  const merged =
    ends === undefined ? { needsWholeDay: 'a limit was met' } : mergedInOrder(ends, tasks);
  if ('result' in merged) return merged;
  const { symbol, date } = first.day;
  log.event('DEBUG', 'computing_again', { symbol, date, reason: merged.needsWholeDay });
  return undefined;
}

/** Undefined if a stretch met a limit, which only one pass judges. Throws the first of the other errors. */
function endsOf(
  settled: readonly PromiseSettledResult<StretchEnd>[],
): readonly StretchEnd[] | undefined {
  const ends: StretchEnd[] = [];
  const failures: unknown[] = [];
  for (const end of settled) {
    if (end.status === 'fulfilled') ends.push(end.value);
    else failures.push(end.reason);
  }
  const others = failures.filter((reason) => !isLimit(reason));
  if (others.length > 0) throw others[0];
  return failures.length > 0 ? undefined : ends;
}

function isLimit(reason: unknown): boolean {
  return reason instanceof FlowbarsError && reason.kind === 'limit';
}

function mergedInOrder(ends: readonly StretchEnd[], tasks: readonly StretchTask[]): StretchEnd {
  const computed: ComputedStretch[] = [];
  for (const end of ends) {
    if (!('result' in end)) return end;
    computed.push(end);
  }
  const [first, ...others] = computed;
  assert(first !== undefined, 'a day has a first stretch');
  const { result } = first;
  for (const [index, { result: next }] of others.entries()) {
    const own = tasks[index + 1]?.stretch.own;
    assert(own !== undefined, 'each result is that of a stretch');
    const clash = result.clashWith(next, own);
    if (clash !== undefined) return { needsWholeDay: clash };
    result.merge(next);
  }
  return { result, inputs: computed.flatMap(({ inputs }) => inputs) };
}

function ignore(): void {
  // Every stretch has a note taker.
}

/** One note taker for each of `count` stretches; each note is logged as the progress of the day. */
function progressOf(
  day: SymbolDay,
  { steps }: DayPlan,
  count: number,
  log: Log,
): ((soFar: ReadSoFar) => void)[] {
  const objects = steps.flatMap((step) => step.objects);
  const totals = {
    chunks_total: objects.length,
    bytes_total: objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
  const read = Array.from({ length: count }, (): ReadSoFar => ({ chunks: 0, bytes: 0 }));
  return read.map((_, index) => (soFar: ReadSoFar): void => {
    read[index] = soFar;
    const progress: DayProgress = {
      ...day,
      chunks_done: read.reduce((sum, { chunks }) => sum + chunks, 0),
      bytes_done: read.reduce((sum, { bytes }) => sum + bytes, 0),
      ...totals,
    };
    log.event('DEBUG', 'progress', { ...progress });
  });
}
