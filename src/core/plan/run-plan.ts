/**
 * The plan of a run, a value that is stored before its first task starts: which symbols, which days,
 * which options. Each task finds its part by its index.
 */
import type { SymbolDay } from '../rule/symbol-day.js';
import { SCHEMA_VERSION } from '../shape/shape.js';
import { type FourParts, fourPartMessage } from '../unit/errors.js';
import type { SymbolName } from '../unit/symbol.js';
import type { UtcDate } from '../unit/utc-date.js';
import { FINALIZE_SYMBOLS_MAX, finalizeSlices } from './finalize-slices.js';
import {
  plannedDates,
  recordedOf,
  symbolsByDate,
  type SymbolTask,
  symbolTasks,
} from './planned-days.js';
import type { FanOut, RefusedPlan, RunPlan, StoredPlan } from './stored-plan.js';
import { boundsOf, windowsOf } from './windows.js';

/** The input of a plan, once the symbols are known. */
export interface PlannedRun extends Pick<RunPlan, 'arguments' | 'options' | 'symbols'> {
  readonly runId: string;
  readonly dates: readonly UtcDate[];
  /** Undefined: one window. */
  readonly windowDays: number | undefined;
  readonly isFound: boolean;
  /** Only these symbol-days of the symbols and dates, by symbol and date; undefined: all. */
  readonly recorded?: readonly SymbolDay[] | undefined;
}

export function runPlan(run: PlannedRun): RunPlan {
  const { isFound } = run;
  const recorded = run.recorded === undefined ? null : recordedOf(run.recorded);
  const symbols = recorded === null ? run.symbols : recorded.map(({ symbol }) => symbol);
  const days = { ...boundsOf(run.dates), symbols, recorded };
  const dates = plannedDates(days);
  const windowDays = run.windowDays ?? dates.length;
  const windows = windowsOf(dates, windowDays).map((window) => ({
    ...window,
    aggregate_tasks: symbolTasks(days, window).length,
    finalize_tasks: symbolsByDate(days, window).reduce(
      (sum, [, own]) => sum + finalizeSlices(own).length,
      0,
    ),
  }));
  return {
    schema_version: SCHEMA_VERSION,
    run_id: run.runId,
    arguments: run.arguments,
    refused: null,
    ...boundsOf(dates),
    windows,
    symbols_found: isFound,
    slice_symbols: FINALIZE_SYMBOLS_MAX,
    options: run.options,
    symbols,
    recorded,
  };
}

export function refusedPlan(
  runId: string,
  argumentsText: string,
  { where, what, found, expected }: FourParts,
): RefusedPlan {
  const parts = { where, what, found, expected };
  const refused = { ...parts, message: fourPartMessage(parts) };
  return { schema_version: SCHEMA_VERSION, run_id: runId, arguments: argumentsText, refused };
}

export function isPlanned(plan: StoredPlan): plan is RunPlan {
  return plan.refused === null;
}

export function fanOut(plan: StoredPlan): FanOut {
  const { schema_version, run_id } = plan;
  const head = { schema_version, run_id };
  if (!isPlanned(plan)) {
    const { message } = plan.refused;
    return { ...head, refused: message, from: null, to: null, symbols: 0, windows: [] };
  }
  const { from, to, symbols, windows } = plan;
  return { ...head, refused: null, from, to, symbols: symbols.length, windows };
}

/** The part of the task at `index` (from 0) in `window` (from 1); undefined past the last one. */
export function symbolTask(plan: RunPlan, window: number, index: number): SymbolTask | undefined {
  const days = plan.windows[window - 1];
  return days === undefined ? undefined : symbolTasks(plan, days)[index];
}

/** A part of a day's symbols: number `index`, from 0, of `count`. */
export interface DaySlice {
  readonly date: UtcDate;
  readonly symbols: readonly SymbolName[];
  readonly index: number;
  readonly count: number;
}

/** The parts of a window's finalizing tasks, in the order of their indexes: day by day. */
export function daySlices(plan: RunPlan, window: number): DaySlice[] {
  const days = plan.windows[window - 1];
  if (days === undefined) return [];
  return symbolsByDate(plan, days).flatMap(([date, own]) => {
    const slices = finalizeSlices(own, plan.slice_symbols);
    return slices.map((symbols, index): DaySlice => ({
      date,
      symbols,
      index,
      count: slices.length,
    }));
  });
}

/** Commands that run as tasks of a plan. */
export type TaskCommand = 'task' | 'finalize' | 'summarize';

/** Tasks that run side by side. */
export interface PlannedPhase {
  readonly command: TaskCommand;
  /** From 1; undefined if the phase covers the whole run. */
  readonly window: number | undefined;
  readonly count: number;
}

/** In order: each phase starts when the one before has ended. */
export function phasesOf({ windows }: Pick<RunPlan, 'windows'>): PlannedPhase[] {
  const pairs = windows.flatMap((window, index): PlannedPhase[] => [
    { command: 'task', window: index + 1, count: window.aggregate_tasks },
    { command: 'finalize', window: index + 1, count: window.finalize_tasks },
  ]);
  return [...pairs, { command: 'summarize', window: undefined, count: 1 }];
}
