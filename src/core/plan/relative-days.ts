/** Days said relative to today, and the days that they are. The caller tells which day today is. */
import { addDays, dateOf, type UtcDate } from '../unit/utc-date.js';
import type { Window } from './windows.js';

/** A day as said: `2025-12-11`, `yesterday`, or `today`, which is never over. */
export type SaidDay = UtcDate | DayWord;
export type DayWord = (typeof DAY_WORDS)[number];

export const DAY_WORDS = ['yesterday', 'today'] as const;

export function isDayWord(text: string): text is DayWord {
  return DAY_WORDS.some((word) => word === text);
}

export function dayOf(said: SaidDay, nowMs: number): UtcDate {
  const today = dateOf(nowMs);
  if (said === 'today') return today;
  return said === 'yesterday' ? addDays(today, -1) : said;
}

/** The last whole days: `count` of them, up to yesterday. */
export function lastDays(count: number, nowMs: number): Window {
  const to = dayOf('yesterday', nowMs);
  return { from: addDays(to, 1 - count), to };
}
