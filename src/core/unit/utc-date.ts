/**
 * UTC days and their time stamps. Every time in the project is an integer of milliseconds since the
 * epoch; a range is half-open, end exclusive.
 */
import { FlowbarsError } from './errors.js';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const DAY_SECONDS = 86_400;
export const DAY_MINUTES = 1_440;

/** A calendar day in UTC, `2025-12-11`. */
export type UtcDate = string & { readonly brand: 'UtcDate' };

/** Half-open: `fromMs <= t < toMs`. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Parses `YYYY-MM-DD`; undefined for any other text, and for days that do not exist. */
export function parseUtcDate(text: string): UtcDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const startMs = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(startMs) && isoStamp(startMs).startsWith(text)
    ? (text as UtcDate)
    : undefined;
}

/** parseUtcDate for user input: throws a usage error that names the option. */
export function utcDate(text: string, where: string): UtcDate {
  const date = parseUtcDate(text);
  if (date !== undefined) return date;
  throw new FlowbarsError('usage', {
    where,
    what: 'date',
    found: `'${text}'`,
    expected: 'an existing day as YYYY-MM-DD',
  });
}

export function dayStartMs(date: UtcDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

export function dayRange(date: UtcDate): TimeRange {
  const fromMs = dayStartMs(date);
  return { fromMs, toMs: fromMs + DAY_MS };
}

/** The UTC day that holds this instant. */
export function dateOf(timeMs: number): UtcDate {
  return isoStamp(timeMs).slice(0, 10) as UtcDate;
}

export function addDays(date: UtcDate, days: number): UtcDate {
  return dateOf(dayStartMs(date) + days * DAY_MS);
}

/** All days from first to last, both included. */
export function datesBetween(first: UtcDate, last: UtcDate): UtcDate[] {
  const dates: UtcDate[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
}

/** `2025-12-11T00:00:00Z`, whole seconds. */
export function isoStamp(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

/** isoStamp for increasing times: it reuses the text of the current minute. */
export function stampWriter(): (timeMs: number) => string {
  let minuteMs = Number.NaN;
  let minuteText = '';
  return (timeMs) => {
    const isInMinute = timeMs >= minuteMs && timeMs < minuteMs + MINUTE_MS;
    if (!isInMinute) {
      minuteMs = Math.floor(timeMs / MINUTE_MS) * MINUTE_MS;
      minuteText = isoStamp(minuteMs).slice(0, -3);
    }
    const seconds = Math.floor((timeMs - minuteMs) / SECOND_MS);
    return `${minuteText}${seconds < 10 ? '0' : ''}${seconds}Z`;
  };
}

/** `2025-12-11T00:00:00.000Z`, for evidence. */
export function isoStampMs(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
