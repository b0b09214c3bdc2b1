/** Cutting days into windows. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsOf, daysOf, windowsOf } from '../../../src/core/plan/windows.js';
import { addDays, datesBetween, utcDate } from '../../../src/core/unit/utc-date.js';

describe('the windows of a plan', () => {
  test('all have the full length except the last', () => {
    const [from, to] = [utcDate('2024-05-06', 'test'), utcDate('2024-05-10', 'test')];
    expect(windowsOf({ from, to }, 2)).toEqual([
      { from: '2024-05-06', to: '2024-05-07' },
      { from: '2024-05-08', to: '2024-05-09' },
      { from: '2024-05-10', to: '2024-05-10' },
    ]);
  });

  test('are the days of the plan, each once and in order', () => {
    const first = utcDate('2024-02-27', 'test');
    const sizes = fc.record({ days: fc.integer({ min: 1, max: 60 }), windowDays: fc.nat(40) });
    fc.assert(
      fc.property(sizes, ({ days, windowDays }) => {
        const dates = datesBetween(first, addDays(first, days - 1));
        const windows = windowsOf(boundsOf(dates), windowDays + 1);
        expect(windows.flatMap((window) => daysOf(window))).toEqual(dates);
        expect(windows).toHaveLength(Math.ceil(days / (windowDays + 1)));
      }),
    );
  });
});
