/** Calendars for tests: written as letters, or arbitrary. */
import * as fc from 'fast-check';
import { buildCalendar } from '../../../src/core/calendar/calendar.js';
import type { Calendar, CalendarState } from '../../../src/core/calendar/calendar-shape.js';
import { CALENDAR_STATES, type StatedDay } from '../../../src/core/calendar/calendar-state.js';
import type { GoodRule } from '../../../src/core/run/good.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';

export const FIRST_DATE = '2025-11-28';
const GOOD_RULE: GoodRule = { coverageMin: 0.99, allowEmpty: 'found' };
const PUBLISHED: readonly CalendarState[] = ['complete', 'partial', 'empty'];

/** By the first letter of the state; `p` and `e` are partial and empty days that are not good. */
const LETTERS: Readonly<Record<string, CalendarState>> = {
  C: 'complete',
  P: 'partial',
  p: 'partial',
  E: 'empty',
  M: 'missing',
  F: 'failed',
  S: 'stale',
  U: 'unreadable',
  '·': 'none',
};

export interface CalendarChanges {
  readonly from?: string;
  readonly out?: string;
  readonly live?: boolean;
  readonly symbolsNamed?: boolean;
  readonly goodRule?: Partial<GoodRule>;
  readonly unreadable?: readonly string[];
}

/** One text of letters for each symbol, all of one length. */
export function calendarOf(
  rows: Readonly<Record<string, string>>,
  changes: CalendarChanges = {},
): Calendar {
  const given = Object.entries(rows).map(([symbol, letters]) => ({
    symbol,
    days: [...letters].map((letter) => statedDay(LETTERS[letter] ?? 'none', letter === 'p')),
  }));
  return calendarOfDays(given, changes);
}

export function statedDay(state: CalendarState, isPoor = false): StatedDay {
  const isPublished = PUBLISHED.includes(state);
  const coverage = state === 'empty' ? 0 : state === 'partial' ? (isPoor ? 0.5 : 0.995) : 1;
  return {
    state,
    coverage: isPublished ? coverage : null,
    published_status: isPublished ? (state as 'complete' | 'partial' | 'empty') : null,
    ...(state === 'failed' ? { last_attempt: { run_id: 'r1', outcome: 'failed' } } : {}),
    detail: state === 'complete' ? '' : `it is ${state}`,
  };
}

export function calendarOfDays(
  rows: readonly { readonly symbol: string; readonly days: readonly StatedDay[] }[],
  {
    from = FIRST_DATE,
    out = 'out',
    live = false,
    symbolsNamed = false,
    goodRule,
    unreadable = [],
  }: CalendarChanges = {},
): Calendar {
  const first = utcDate(from, 'test');
  const count = Math.max(1, ...rows.map(({ days }) => days.length));
  return buildCalendar({
    out,
    dates: Array.from({ length: count }, (_, index) => addDays(first, index)),
    live,
    symbolsNamed,
    goodRule: { ...GOOD_RULE, ...goodRule },
    unreadableManifests: unreadable.map((date) => ({
      date: utcDate(date, 'test'),
      name: `_manifest/${date}.json`,
      detail: 'manifest: found nothing of the kind',
    })),
    rows: rows.map(({ symbol, days }) => ({ symbol: symbolName(symbol, 'test'), days })),
  });
}

const day: fc.Arbitrary<StatedDay> = fc
  .record({
    state: fc.constantFrom(...CALENDAR_STATES),
    isPoor: fc.boolean(),
    detail: fc.constantFrom('', 'short', 'a reason that is long enough to be folded '.repeat(4)),
  })
  .map(({ state, isPoor, detail }) => ({ ...statedDay(state, isPoor), detail }));

/** Up to six symbols, one with a name in Chinese, for up to so many days. */
export function anyCalendar(daysMax = 100): fc.Arbitrary<Calendar> {
  const names = ['BTCUSDT', '币安人生USDT', 'A', '1000000MOGUSDT', 'X'.repeat(64), 'e-_'];
  return fc
    .record({
      days: fc.integer({ min: 1, max: daysMax }),
      symbols: fc.integer({ min: 0, max: names.length }),
      from: fc.integer({ min: 0, max: 800 }),
      live: fc.boolean(),
      allowEmpty: fc.constantFrom<GoodRule['allowEmpty']>('found', [], ['A']),
    })
    .chain(({ days, symbols, from, live, allowEmpty }) =>
      fc
        .array(fc.array(day, { minLength: days, maxLength: days }), {
          minLength: symbols,
          maxLength: symbols,
        })
        .map((rows) =>
          calendarOfDays(
            rows.map((row, index) => ({ symbol: names[index] ?? '', days: row })),
            { from: addDays(utcDate('2024-01-01', ''), from), live, goodRule: { allowEmpty } },
          ),
        ),
    );
}
