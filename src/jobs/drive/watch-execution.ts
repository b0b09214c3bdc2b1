/**
 * Follows an execution of the workflow to its end. The service says which phase runs; how far it is
 * stands in the records of the run, which the tasks store one by one.
 */
import { windowsOf, type Window } from '../../core/plan/execution-plan.js';
import { symbolDayKey } from '../../core/rule/day-rules.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import { datesBetween, type UtcDate } from '../../core/unit/utc-date.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects, ExecutionView, Workflow } from '../ports.js';
import { recordedDays } from '../stored/recorded-days.js';
import { readRecord } from '../stored/run-record.js';

/** The workflow looks at its job less often: after five seconds at first, then once a minute. */
export const POLL_FIRST_MS = 2_000;
export const POLL_MS_MAX = 30_000;
const POLL_GROWTH = 1.25;
/** A display that is drawn again this often shows that it is alive. */
const TICK_MS = 1_000;
const READS_AT_ONCE = 16;

/** The phases of a run as the workflow names its steps. */
export type Phase = 'aggregate' | 'finalize' | 'summarize';

export interface WatchedPlan {
  readonly symbols: readonly SymbolName[];
  readonly from: UtcDate;
  readonly to: UtcDate;
  readonly windowDays: number;
}

/** Fields of the event `execution_progress`. */
export interface ExecutionProgress {
  /** Undefined before the first and after the last phase, and where the service does not say. */
  readonly phase: Phase | undefined;
  /** From 1. */
  readonly window: number;
  readonly windows: number;
  /** Of the phase and window: symbols to aggregate, or days to finalize. */
  readonly tasks_done: number;
  readonly tasks: number;
  /** Of the whole run: those with a record. */
  readonly symbol_days_done: number;
  readonly symbol_days: number;
}

export interface WatchEffects<Signal> extends Pick<Effects, 'out' | 'codec' | 'clock' | 'log'> {
  readonly workflow: Workflow;
  /** Settles when the caller has seen enough; the execution goes on. */
  readonly stopped: Promise<Signal>;
}

/** Without a plan nothing is said before the end. The execution when it has ended, or the signal that ended the watching. Throws FlowbarsErrors of the world. */
export async function watchExecution<Signal extends string>(
  id: string,
  plan: WatchedPlan | undefined,
  effects: WatchEffects<Signal>,
): Promise<ExecutionView | Signal> {
  const { workflow, clock, log, stopped } = effects;
  const finalized = new Set<UtcDate>();
  let waitMs = POLL_FIRST_MS;
  let shown = '';
  for (;;) {
    // A service that does not answer must not keep anybody from leaving.
    const view = await Promise.race([stopped, workflow.look(id)]);
    if (typeof view === 'string' || view.state !== 'running') return view;
    if (plan !== undefined) {
      const looking = progressOf(id, view, { plan, finalized }, effects);
      const progress = await Promise.race([stopped, looking]);
      if (typeof progress === 'string') return progress;
      log.event('DEBUG', 'execution_progress', { ...progress });
      const { phase, window, windows, tasks } = progress;
      const begun = `${phase ?? ''} ${window}`;
      if (phase !== undefined && begun !== shown) {
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

interface Watched {
  readonly plan: WatchedPlan;
  /** Days whose end was seen; grows. */
  readonly finalized: Set<UtcDate>;
}

async function progressOf(
  id: string,
  view: ExecutionView,
  { plan, finalized }: Watched,
  effects: Pick<Effects, 'out' | 'codec' | 'log'>,
): Promise<ExecutionProgress> {
  const recorded = await recordedDays(id, effects.out);
  const keys = new Set(recorded.map(symbolDayKey));
  const has = (symbol: SymbolName, date: UtcDate): boolean =>
    keys.has(symbolDayKey({ symbol, date }));
  const windows = windowsOf(plan);
  const lastDate = recorded.reduce((last, { date }) => (date > last ? date : last), plan.from);
  const begun = windows.findLastIndex(({ from }) => from <= lastDate);
  const phase = phaseOf(view.step);
  const dates = datesOf(windows[begun] ?? plan);
  const whole = dates.filter((date) => plan.symbols.every((symbol) => has(symbol, date)));
  await noteFinalized(id, whole, { plan, finalized }, effects);
  // Before the next window has its first record, the step alone says that the last one is over.
  const isOver = phase === 'aggregate' && dates.every((date) => finalized.has(date));
  const index = Math.min(isOver ? begun + 1 : begun, windows.length - 1);
  const current = datesOf(windows[index] ?? plan);
  const isDone = (symbol: SymbolName): boolean => current.every((date) => has(symbol, date));
  const [tasks_done, tasks] =
    phase === 'finalize'
      ? [current.filter((date) => finalized.has(date)).length, current.length]
      : phase === 'summarize'
        ? [0, 1]
        : [plan.symbols.filter(isDone).length, plan.symbols.length];
  return {
    phase,
    window: index + 1,
    windows: windows.length,
    tasks_done,
    tasks,
    symbol_days_done: recorded.length,
    symbol_days: plan.symbols.length * datesOf(plan).length,
  };
}

/** The final step goes through a day's symbols in order, so that the last one's record says that the day is all but done. */
async function noteFinalized(
  id: string,
  dates: readonly UtcDate[],
  { plan, finalized }: Watched,
  effects: Pick<Effects, 'out' | 'codec' | 'log'>,
): Promise<void> {
  const symbol = plan.symbols.at(-1);
  if (symbol === undefined) return;
  const unknown = dates.filter((date) => !finalized.has(date));
  await mapBounded(unknown, READS_AT_ONCE, async (date) => {
    const record = await readRecord(id, { symbol, date }, effects);
    if (record?.finalized === true) finalized.add(date);
  });
}

function datesOf({ from, to }: Window): UtcDate[] {
  return datesBetween(from, to);
}

function phaseOf(step: string): Phase | undefined {
  return step === 'aggregate' || step === 'finalize' || step === 'summarize' ? step : undefined;
}
