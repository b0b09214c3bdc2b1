/**
 * What an execution of workflows/flowbars.yaml will be about, read from its argument by the
 * workflow's own rules (docs/CLOUD.md), so that somebody who watches knows how much there is.
 */
import { isDictionary } from '../unit/json.js';
import { parseSymbol, type SymbolName } from '../unit/symbol.js';
import { addDays, dateOf, parseUtcDate, type UtcDate } from '../unit/utc-date.js';

/** Days that one pair of job executions works on, where the argument does not say. */
export const WINDOW_DAYS_DEFAULT = 31;
export const WINDOW_DAYS_MAX = 366;
/** Days that an execution begins before its first day. */
export const LOOKBACK_DAYS_MAX = 366;
/** Of an execution; more is a typing error. */
const DAYS_MAX = 4_000;

export interface ExecutionPlan {
  readonly from: UtcDate;
  readonly to: UtcDate;
  readonly windowDays: number;
  /** `listed`: those of the deployment, `_symbols.json` or else the folders of the raw root. */
  readonly symbols: 'listed' | 'all' | readonly SymbolName[];
}

/** One stretch of days that is aggregated, then finalized, before the next begins. */
export interface Window {
  readonly from: UtcDate;
  readonly to: UtcDate;
}

/** Undefined where the workflow refuses what the argument says of days and symbols. */
export function executionPlan(argument: unknown, startedMs: number): ExecutionPlan | undefined {
  const given = argument ?? {};
  if (!isDictionary(given)) return undefined;
  const yesterday = addDays(dateOf(startedMs), -1);
  const to = dateIn(given['end_date'], yesterday);
  const start = dateIn(given['start_date'], to ?? yesterday);
  const lookbackDays = wholeIn(given['lookback_days'], 0, 0, LOOKBACK_DAYS_MAX);
  const windowDays = wholeIn(given['window_days'], WINDOW_DAYS_DEFAULT, 1, WINDOW_DAYS_MAX);
  const symbols = symbolsIn(given['symbols']);
  if (to === undefined || start === undefined || to > yesterday || start > to) return undefined;
  if (lookbackDays === undefined || windowDays === undefined || symbols === undefined) {
    return undefined;
  }
  const from = addDays(start, -lookbackDays);
  return addDays(from, DAYS_MAX) > to ? { from, to, windowDays, symbols } : undefined;
}

/** The windows of a plan, in order. */
export function windowsOf({ from, to, windowDays }: Omit<ExecutionPlan, 'symbols'>): Window[] {
  const windows: Window[] = [];
  for (let start = from; start <= to; start = addDays(start, windowDays)) {
    const last = addDays(start, windowDays - 1);
    windows.push({ from: start, to: last < to ? last : to });
  }
  return windows;
}

function dateIn(value: unknown, absent: UtcDate): UtcDate | undefined {
  if (value === undefined || value === null) return absent;
  return typeof value === 'string' ? parseUtcDate(value) : undefined;
}

function wholeIn(value: unknown, absent: number, min: number, max: number): number | undefined {
  if (value === undefined || value === null) return absent;
  const isWhole = typeof value === 'number' && Number.isInteger(value);
  return isWhole && value >= min && value <= max ? value : undefined;
}

function symbolsIn(value: unknown): ExecutionPlan['symbols'] | undefined {
  if (value === undefined || value === null) return 'listed';
  if (value === 'all') return 'all';
  const names: unknown = typeof value === 'string' ? value.replaceAll(' ', '').split(',') : value;
  if (!Array.isArray(names)) return undefined;
  const symbols = names.flatMap((name: unknown) =>
    typeof name === 'string' ? (parseSymbol(name) ?? []) : [],
  );
  const isWhole = symbols.length === names.length && new Set(symbols).size === symbols.length;
  return isWhole && symbols.length > 0 ? symbols : undefined;
}
