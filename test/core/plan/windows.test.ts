/** Cutting days into windows. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysOf, windowsOf } from '../../../src/core/plan/windows.js';
import { addDays, datesBetween, utcDate } from '../../../src/core/unit/utc-date.js';

describe('the windows of a plan', () => {
  test('all have the full length except the last', () => {
    const [from, to] = [utcDate('2024-05-06', 'test'), utcDate('2024-05-10', 'test')];
    expect(windowsOf(datesBetween(from, to), 2)).toEqual([
      { from: '2024-05-06', to: '2024-05-07' },
      { from: '2024-05-08', to: '2024-05-09' },
      { from: '2024-05-10', to: '2024-05-10' },
    ]);
  });

  test('count the days that a plan has, whatever lies between', () => {
    const dates = ['2021-01-01', '2021-01-02', '2024-05-06', '2025-12-20'];
    const windows = windowsOf(
      dates.map((date) => utcDate(date, 'test')),
      3,
    );
    expect(windows).toEqual([
      { from: '2021-01-01', to: '2024-05-06' },
      { from: '2025-12-20', to: '2025-12-20' },
    ]);
  });

  test('are the days of the plan, each once and in order', () => {
    const first = utcDate('2024-02-27', 'test');
    const sizes = fc.record({ days: fc.integer({ min: 1, max: 60 }), windowDays: fc.nat(40) });
    fc.assert(
      fc.property(sizes, ({ days, windowDays }) => {
        const dates = datesBetween(first, addDays(first, days - 1));
        const windows = windowsOf(dates, windowDays + 1);
        expect(windows.flatMap((window) => daysOf(window))).toEqual(dates);
        expect(windows).toHaveLength(Math.ceil(days / (windowDays + 1)));
      }),
    );
  });
});
