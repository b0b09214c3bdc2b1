/** What a feature may see: the 60 minutes that end with minute t, and nothing outside of them. */
import type { DayMinutes, MinuteColumn } from '../minute/day-minutes.js';

/** All features look back this far at most, and none is there before it is filled. */
export const LOOK_BACK_MINUTES = 60;

/** Windows in minutes, all of which end with minute t. */
export const WINDOWS = [1, 5, 15, 60] as const;
/** Those that are compared with their hour. */
export const WITHIN_HOUR = [1, 5, 15] as const;

export interface LookBack {
  readonly column: DayMinutes['column'];
  /** Place of the minute behind t in the columns: a window of w minutes is `end - w` to `end`, end exclusive. */
  readonly end: number;
  /** Minute t of its day, 0 to 1,439. */
  readonly minute: number;
}

/** Over the window's values in order, those that are absent left out; NaN where all are. */
export function sumOf({ column, end }: LookBack, name: MinuteColumn, minutes: number): number {
  const values = column(name);
  let sum = Number.NaN;
  for (let at = end - minutes; at < end; at++) {
    const value = values[at] ?? Number.NaN;
    if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value;
  }
  return sum;
}

/** NaN where one of them is absent. */
export function sumOfAll({ column, end }: LookBack, name: MinuteColumn, minutes: number): number {
  const values = column(name);
  let sum = 0;
  for (let at = end - minutes; at < end; at++) sum += values[at] ?? Number.NaN;
  return sum;
}

export function firstOf({ column, end }: LookBack, name: MinuteColumn, minutes: number): number {
  const values = column(name);
  for (let at = end - minutes; at < end; at++) {
    if (!Number.isNaN(values[at])) return values[at] ?? Number.NaN;
  }
  return Number.NaN;
}

export function lastOf({ column, end }: LookBack, name: MinuteColumn, minutes: number): number {
  const values = column(name);
  for (let at = end - 1; at >= end - minutes; at--) {
    if (!Number.isNaN(values[at])) return values[at] ?? Number.NaN;
  }
  return Number.NaN;
}

/** The largest value for sign 1, the smallest for sign -1. */
export function extremeOf(
  { column, end }: LookBack,
  name: MinuteColumn,
  { minutes, sign }: { readonly minutes: number; readonly sign: 1 | -1 },
): number {
  const values = column(name);
  let best = Number.NaN;
  for (let at = end - minutes; at < end; at++) {
    const value = values[at] ?? Number.NaN;
    if (Number.isNaN(best) || (value - best) * sign > 0) best = value;
  }
  return best;
}

/** NaN unless the divisor is above 0. */
export function ratio(dividend: number, divisor: number): number {
  return divisor > 0 ? dividend / divisor : Number.NaN;
}
