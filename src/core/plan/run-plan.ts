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
import type { FanOut, RefusedPlan, RunPlan, StoredPlan } from './stored-plan.js';
import { boundsOf, daysOf, windowsOf } from './windows.js';

/** The input of a plan, once the symbols are known. */
export interface PlannedRun extends Pick<RunPlan, 'arguments' | 'options' | 'symbols'> {
  readonly runId: string;
  readonly dates: readonly UtcDate[];
  readonly windowDays: number;
  readonly isFound: boolean;
}

export function runPlan(run: PlannedRun): RunPlan {
  const { symbols, isFound } = run;
  const range = boundsOf(run.dates);
  const { length: slices } = finalizeSlices(symbols);
  const windows = windowsOf(range, run.windowDays).map((window) => ({
    ...window,
    aggregate_tasks: symbols.length,
    finalize_tasks: daysOf(window).length * slices,
  }));
  return {
    schema_version: SCHEMA_VERSION,
    run_id: run.runId,
    arguments: run.arguments,
    refused: null,
    ...range,
    windows,
    symbols_found: isFound,
    slice_symbols: FINALIZE_SYMBOLS_MAX,
    options: run.options,
    symbols,
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

/** All symbol-days of a plan, by symbol, then by date. */
export function plannedDays({ symbols, from, to }: RunPlan): SymbolDay[] {
  const dates = daysOf({ from, to });
  return symbols.flatMap((symbol) => dates.map((date): SymbolDay => ({ symbol, date })));
}

/** The part of one aggregating task. */
export interface SymbolTask {
  readonly symbol: SymbolName;
  readonly dates: readonly UtcDate[];
}

/** The part of the task at `index` (from 0) in `window` (from 1); undefined past the last one. */
export function symbolTask(plan: RunPlan, window: number, index: number): SymbolTask | undefined {
  const days = plan.windows[window - 1];
  const symbol = plan.symbols[index];
  return days === undefined || symbol === undefined ? undefined : { symbol, dates: daysOf(days) };
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
  const slices = finalizeSlices(plan.symbols, plan.slice_symbols);
  return daysOf(days).flatMap((date) =>
    slices.map((symbols, index): DaySlice => ({ date, symbols, index, count: slices.length })),
  );
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
