/** How the days of a run are cut into windows: one is aggregated and finalized before the next begins. */
import { addDays, datesBetween, type UtcDate } from '../unit/utc-date.js';

/** Days of a window where nothing else is asked for. */
export const WINDOW_DAYS_DEFAULT = 31;
export const WINDOW_DAYS_MAX = 366;
/** Days that a run begins before its first day. */
export const LOOKBACK_DAYS_MAX = 366;
/** Each window takes the workflow some 60 steps, and an execution may have 100,000 (https://cloud.google.com/workflows/quotas). */
export const WINDOWS_MAX = 1_000;

/** Both days included. */
export interface Window {
  readonly from: UtcDate;
  readonly to: UtcDate;
}

/** In order, without a gap. */
export function windowsOf({ from, to }: Window, windowDays: number): Window[] {
  const windows: Window[] = [];
  for (let start = from; start <= to; start = addDays(start, windowDays)) {
    const last = addDays(start, windowDays - 1);
    windows.push({ from: start, to: last < to ? last : to });
  }
  return windows;
}

export function daysOf({ from, to }: Window): UtcDate[] {
  return datesBetween(from, to);
}

/** The first and the last of some days. */
export function boundsOf(dates: readonly UtcDate[]): Window {
  const [from] = dates;
  const to = dates.at(-1);
  if (from === undefined || to === undefined) throw new Error('invariant broken: a day at least');
  return { from, to };
}
