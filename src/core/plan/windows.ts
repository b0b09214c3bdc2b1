/** Cuts the days of a run into windows: each is aggregated and finalized before the next begins. */
import { assert } from '../unit/errors.js';
import { datesBetween, type UtcDate } from '../unit/utc-date.js';

/** Days of a window by default. */
export const WINDOW_DAYS_DEFAULT = 31;
export const WINDOW_DAYS_MAX = 366;
/** Most days by which a run may start before its first day. */
export const LOOKBACK_DAYS_MAX = 366;
/** A window takes about 60 workflow steps; an execution may have 100,000 (https://cloud.google.com/workflows/quotas). */
export const WINDOWS_MAX = 1_000;

/** Both days included. */
export interface Window {
  readonly from: UtcDate;
  readonly to: UtcDate;
}

/** Windows of `windowDays` of the dates, which are in order; days between them do not count. */
export function windowsOf(dates: readonly UtcDate[], windowDays: number): Window[] {
  const count = Math.ceil(dates.length / windowDays);
  return Array.from({ length: count }, (_, index) =>
    boundsOf(dates.slice(index * windowDays, (index + 1) * windowDays)),
  );
}

export function daysOf({ from, to }: Window): UtcDate[] {
  return datesBetween(from, to);
}

/** The first and the last of at least one day. */
export function boundsOf(dates: readonly UtcDate[]): Window {
  const [from] = dates;
  const to = dates.at(-1);
  assert(from !== undefined && to !== undefined, 'a run has a day');
  return { from, to };
}
