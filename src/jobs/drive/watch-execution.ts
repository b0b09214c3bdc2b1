/**
 * Follows a workflow execution to its end. The service names the running phase; the records of the
 * run, which tasks store one by one, show its progress.
 */
import { plannedDays, type SymbolTask, symbolTasks } from '../../core/plan/planned-days.js';
import { daySlices } from '../../core/plan/run-plan.js';
import type { RunPlan } from '../../core/plan/stored-plan.js';
import { symbolDayKey } from '../../core/rule/symbol-day.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects, ExecutionView, Workflow } from '../ports.js';
import { recordedDays } from '../stored/recorded-days.js';
import { readPlan } from '../plan/stored-plan.js';
import { readRecord } from '../stored/run-record.js';

/** Poll interval. The workflow polls its job less often: after five seconds, then once a minute. */
export const POLL_FIRST_MS = 2_000;
export const POLL_MS_MAX = 30_000;
const POLL_GROWTH = 1.25;
/** Redraw interval, short enough to show that the display is alive. */
const TICK_MS = 1_000;
const READS_AT_ONCE = 16;

/** The phases of a run as the workflow names its steps. */
const PHASES = ['plan', 'aggregate', 'finalize', 'summarize'] as const;
export type Phase = (typeof PHASES)[number];

/** Fields of the event `execution_progress`. */
export interface ExecutionProgress {
  /** Undefined before the first phase, after the last one, and if the service does not say. */
  readonly phase: Phase | undefined;
  /** From 1. */
  readonly window: number;
  readonly windows: number;
  /** Tasks of the phase and window: symbols to aggregate, or slices of days to finalize. */
  readonly tasks_done: number;
  readonly tasks: number;
  /** Symbol-days of the whole run that have a record. */
  readonly symbol_days_done: number;
  readonly symbol_days: number;
}

export interface WatchEffects<Signal> extends Pick<Effects, 'out' | 'codec' | 'clock' | 'log'> {
  readonly workflow: Workflow;
  /** Settles when the caller stops watching; the execution continues. */
  readonly stopped: Promise<Signal>;
}

/** The plan of a run and the end of its execution. */
export interface Watched {
  /** Undefined if the execution ended without a plan. */
  readonly plan: RunPlan | undefined;
  readonly end: ExecutionView;
}

/** Before the plan is stored, events name only the phase. Returns the signal if one ended the watching. Throws FlowbarsErrors of kind `world`. */
export async function watchExecution<Signal extends string>(
  id: string,
  effects: WatchEffects<Signal>,
): Promise<Watched | Signal> {
  const { workflow, clock, log, stopped } = effects;
  const finalized = new Set<string>();
  let plan: RunPlan | undefined;
  let waitMs = POLL_FIRST_MS;
  let shown = '';
  for (;;) {
    // A signal must end the watching even while the service does not answer.
    const view = await Promise.race([stopped, workflow.look(id)]);
    if (typeof view === 'string') return view;
    const found = plan ?? (await Promise.race([stopped, readPlan(id, effects)]));
    if (typeof found === 'string') return found;
    plan = found;
    if (view.state !== 'running') return { plan, end: view };
    if (plan === undefined) {
      log.event('DEBUG', 'execution_progress', { phase: phaseOf(view.step) });
    } else {
      const looking = progressOf(id, view, { plan, finalized }, effects);
      const progress = await Promise.race([stopped, looking]);
      if (typeof progress === 'string') return progress;
      log.event('DEBUG', 'execution_progress', { ...progress });
      const { phase, window, windows, tasks } = progress;
      const begun = `${phase ?? ''} ${window}`;
      if (phase !== undefined && phase !== 'plan' && begun !== shown) {
        log.event('INFO', 'phase_started', { phase, window, windows, tasks });
        shown = begun;
      }
    }
    for (let waitedMs = 0; waitedMs < waitMs; waitedMs += TICK_MS) {
      const signal = await Promise.race([stopped, clock.waitMs(TICK_MS)]);
      if (typeof signal === 'string') return signal;
      log.event('DEBUG', 'waiting', {});
    }
    waitMs = Math.min(waitMs * POLL_GROWTH, POLL_MS_MAX);
  }
}

interface Watching {
  readonly plan: RunPlan;
  /** Keys of the slices seen to be done; grows. */
  readonly finalized: Set<string>;
}

async function progressOf(
  id: string,
  view: ExecutionView,
  { plan, finalized }: Watching,
  effects: Pick<Effects, 'out' | 'codec' | 'log'>,
): Promise<ExecutionProgress> {
  const recorded = await recordedDays(id, effects.out);
  const keys = new Set(recorded.map(symbolDayKey));
  const has = (symbol: SymbolName, date: UtcDate): boolean =>
    keys.has(symbolDayKey({ symbol, date }));
  const { windows } = plan;
  const lastDate = recorded.reduce((last, { date }) => (date > last ? date : last), plan.from);
  const begun = windows.findLastIndex(({ from }) => from <= lastDate);
  const phase = phaseOf(view.step);
  const slices = slicesOf(plan, begun + 1);
  const whole = slices.filter((slice) => slice.symbols.every((symbol) => has(symbol, slice.date)));
  await noteFinalized(id, whole, finalized, effects);
  const isFinalized = ({ key }: Slice): boolean => finalized.has(key);
  // Until the next window has its first record, only the step shows that the last window is over.
  const isOver = phase === 'aggregate' && slices.every(isFinalized);
  const index = Math.min(isOver ? begun + 1 : begun, windows.length - 1);
  const current = slicesOf(plan, index + 1);
  const parts = symbolTasks(plan, windows[index]);
  const isDone = ({ symbol, dates }: SymbolTask): boolean =>
    dates.every((date) => has(symbol, date));
  const [tasks_done, tasks] =
    phase === 'finalize'
      ? [current.filter(isFinalized).length, current.length]
      : phase === 'summarize'
        ? [0, 1]
        : [parts.filter(isDone).length, parts.length];
  return {
    phase,
    window: index + 1,
    windows: windows.length,
    tasks_done,
    tasks,
    symbol_days_done: recorded.length,
    symbol_days: plannedDays(plan).length,
  };
}

interface Slice {
  readonly key: string;
  readonly date: UtcDate;
  readonly symbols: readonly SymbolName[];
}

function slicesOf(plan: RunPlan, window: number): Slice[] {
  return daySlices(plan, window).map(({ date, symbols, index }) => {
    return { key: `${date} ${index}`, date, symbols };
  });
}

/** The final step takes the symbols of a slice in order, so the last symbol's record shows that the slice is nearly done. */
async function noteFinalized(
  id: string,
  slices: readonly Slice[],
  finalized: Set<string>,
  effects: Pick<Effects, 'out' | 'codec' | 'log'>,
): Promise<void> {
  const unknown = slices.filter(({ key }) => !finalized.has(key));
  await mapBounded(unknown, READS_AT_ONCE, async ({ key, date, symbols }) => {
    const symbol = symbols.at(-1);
    if (symbol === undefined) return;
    const record = await readRecord(id, { symbol, date }, effects);
    if (record?.finalized === true) finalized.add(key);
  });
}

function phaseOf(step: string): Phase | undefined {
  return PHASES.find((phase) => phase === step);
}
