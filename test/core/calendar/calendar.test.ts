import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALENDAR_STATES } from '../../../src/core/calendar/calendar-state.js';
import {
  anyCalendar,
  calendarOf,
  calendarOfDays,
  statedDay,
} from '../../support/operate/calendars.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';

describe('a calendar', () => {
  test('counts every symbol-day once, and keeps to its schema', () => {
    let seen = 0;
    fc.assert(
      fc.property(anyCalendar(40), (calendar) => {
        const days = calendar.symbols.flatMap((row) => row.days);
        const counts = CALENDAR_STATES.map((state) => calendar.counts[state]);
        const sum = counts.reduce((total, count) => total + count, 0);
        expect(sum).toBe(calendar.symbol_days);
        expect(sum).toBe(days.length);
        expect(calendar.not_good).toBe(days.filter(({ good }) => !good).length);
        expectSchema('calendar', JSON.stringify(calendar));
        seen += sum;
      }),
    );
    expect(seen).toBeGreaterThan(1_000);
  });

  test('lists its days with their dates and states', () => {
    const { symbols, ...whole } = calendarOf({ BTCUSDT: 'CpF' });
    expect(whole).toMatchObject({
      schema_version: SCHEMA_VERSION,
      from: '2025-11-28',
      to: '2025-11-30',
      coverage_min: 0.99,
      good: false,
      not_good: 2,
      counts: { complete: 1, partial: 1, failed: 1, missing: 0 },
    });
    expect(symbols[0]?.days.map(({ date, state, good }) => [date, state, good])).toEqual([
      ['2025-11-28', 'complete', true],
      ['2025-11-29', 'partial', false],
      ['2025-11-30', 'failed', false],
    ]);
  });
});

describe('a calendar is good', () => {
  test.for<[string, string, boolean]>([
    ['when its days are complete, partial enough, or not recorded', 'CP·', true],
    ['when a day is empty and may be', 'CE', true],
    ['not when it is partial below the minimum', 'Cp', false],
    ['not when a day is missing', 'CM', false],
    ['not when a day failed', 'CF', false],
    ['not when a day is stale', 'CS', false],
    ['not when a manifest is unreadable', 'CU', false],
  ])('%s', ([, letters, good]) => {
    expect(calendarOf({ BTCUSDT: letters }).good).toBe(good);
  });

  test('not when a symbol is empty but may not be', () => {
    const rows = { BTCUSDT: 'CE', ETHUSDT: 'CE' };
    expect(calendarOf(rows, { goodRule: { allowEmpty: ['BTCUSDT'] } })).toMatchObject({
      good: false,
      not_good: 1,
      symbols: [{ days: [{}, { good: true }] }, { days: [{}, { good: false }] }],
    });
  });

  test('not when nothing is known', () => {
    expect(calendarOf({})).toMatchObject({ good: false, symbol_days: 0, from: '2025-11-28' });
  });

  test('not when a manifest is unreadable, even without a known symbol', () => {
    expect(calendarOf({ A: 'C' }, { unreadable: ['2025-11-28'] }).good).toBe(false);
  });
});

describe('the coverage of a symbol', () => {
  test('is the mean over the expected days', () => {
    const covered = calendarOf({ A: 'CC', B: 'CM', C: 'C·', D: '··' }).symbols;
    expect(covered.map(({ coverage }) => coverage)).toEqual([1, 0.5, 1, null]);
  });

  test('counts what is published of a day that failed later', () => {
    const failed = { ...statedDay('failed'), coverage: 0.5 };
    const { symbols } = calendarOfDays([{ symbol: 'A', days: [failed] }]);
    expect(symbols[0]?.coverage).toBe(0.5);
  });

  test('is cut: only full coverage gives 1', () => {
    const days = [0.999999, 1, 1].map((coverage) => ({ ...statedDay('partial'), coverage }));
    const { symbols } = calendarOfDays([{ symbol: 'A', days }]);
    expect(symbols[0]?.coverage).toBe(0.999999);
  });
});
