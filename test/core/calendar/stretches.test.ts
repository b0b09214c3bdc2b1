import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { notGoodStretches, type Stretch } from '../../../src/core/calendar/stretches.js';
import { anyCalendar, calendarOf } from '../../support/operate/calendars.js';

/** `A 2025-11-28..2025-11-29 missing 2`; `*`: all symbols. */
function told(stretches: readonly Stretch[]): string[] {
  return stretches.map(
    ({ symbol, from, to, state, symbolDays }) =>
      `${symbol ?? '*'} ${from.slice(5)}..${to.slice(5)} ${state} ${symbolDays}`,
  );
}

test('consecutive days with one reason are one stretch', () => {
  expect(told(notGoodStretches(calendarOf({ A: 'MMCM', B: 'CCCC' })))).toEqual([
    'A 11-28..11-29 missing 2',
    'A 12-01..12-01 missing 1',
  ]);
});

test('a day on which all symbols share a reason is listed once, worst states first', () => {
  const calendar = calendarOf({ A: 'MUUCFM', B: 'MUUSCM', C: 'CUUCCM' });
  expect(told(notGoodStretches(calendar))).toEqual([
    '* 11-29..11-30 unreadable 6',
    'A 12-02..12-02 failed 1',
    'B 12-01..12-01 stale 1',
    'A 11-28..11-28 missing 1',
    'B 11-28..11-28 missing 1',
    '* 12-03..12-03 missing 3',
  ]);
});

test('a single symbol is named', () => {
  expect(told(notGoodStretches(calendarOf({ A: 'MM' })))).toEqual(['A 11-28..11-29 missing 2']);
});

test('every symbol-day that is not good is in one stretch', () => {
  let stretches = 0;
  fc.assert(
    fc.property(anyCalendar(30), (calendar) => {
      const found = notGoodStretches(calendar);
      const days = found.reduce((sum, { symbolDays }) => sum + symbolDays, 0);
      expect(days).toBe(calendar.not_good);
      stretches += found.length;
    }),
  );
  expect(stretches).toBeGreaterThan(100);
});
