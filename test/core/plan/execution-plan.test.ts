/** What an execution is about, by its argument; test/e2e/cloud/operators.test.ts asks the workflow itself. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { executionPlan, windowsOf } from '../../../src/core/plan/execution-plan.js';
import { addDays, datesBetween, utcDate } from '../../../src/core/unit/utc-date.js';

const STARTED_MS = Date.parse('2024-05-10T00:20:00Z');
const LISTED = { windowDays: 31, symbols: 'listed' };

describe('an execution', () => {
  test.for<readonly [string, unknown, object]>([
    ['nothing', undefined, { from: '2024-05-09', to: '2024-05-09', ...LISTED }],
    ['null', null, { from: '2024-05-09', to: '2024-05-09', ...LISTED }],
    ['a last day', { end_date: '2024-05-06' }, { from: '2024-05-06', to: '2024-05-06' }],
    ['a first day', { start_date: '2024-05-06' }, { from: '2024-05-06', to: '2024-05-09' }],
    ['a look back', { lookback_days: 3 }, { from: '2024-05-06', to: '2024-05-09' }],
    [
      'all of them, across a leap day',
      { start_date: '2024-03-02', end_date: '2024-03-03', lookback_days: 2 },
      { from: '2024-02-29', to: '2024-03-03' },
    ],
    ['a window', { window_days: 7 }, { windowDays: 7 }],
    ['fields of null', { end_date: null, symbols: null, window_days: null }, LISTED],
    ['all folders', { symbols: 'all' }, { symbols: 'all' }],
    ['a text of symbols', { symbols: 'A, B' }, { symbols: ['A', 'B'] }],
    ['a list of symbols', { symbols: ['B', '币安人生USDT'] }, { symbols: ['B', '币安人生USDT'] }],
    ['what is not about days', { force: true, resolutions: '1m' }, LISTED],
  ])('started with %s has its days and symbols', ([, argument, plan]) => {
    expect(executionPlan(argument, STARTED_MS)).toMatchObject(plan);
  });

  test.for<readonly [string, unknown]>([
    ['a list', []],
    ['a text', 'A'],
    ['a day that no calendar has', { end_date: '2024-02-30' }],
    ['a day that is a number', { start_date: 20_240_506 }],
    ['days reversed', { start_date: '2024-05-08', end_date: '2024-05-06' }],
    ['a day that is not over', { end_date: '2024-05-10' }],
    ['more days than a run takes', { start_date: '2013-05-27' }],
    ['a negative look back', { lookback_days: -1 }],
    ['a look back that no calendar has', { lookback_days: 1e12 }],
    ['a part of a day', { lookback_days: 1.5 }],
    ['a text for a number', { window_days: '7' }],
    ['no window', { window_days: 0 }],
    ['a window of more than a year', { window_days: 9e15 }],
    ['no symbol', { symbols: [] }],
    ['an empty text', { symbols: '' }],
    ['a symbol that is a path', { symbols: 'A/B' }],
    ['a symbol that is a number', { symbols: ['A', 7] }],
    ['a symbol twice', { symbols: ['A', 'A'] }],
    ['symbols as an object', { symbols: { A: true } }],
  ])('started with %s has no plan', ([, argument]) => {
    expect(executionPlan(argument, STARTED_MS)).toBeUndefined();
  });

  test('takes 4,000 days and no more', () => {
    expect(executionPlan({ start_date: '2013-05-28' }, STARTED_MS)).toBeDefined();
    expect(executionPlan({ start_date: '2013-05-28', lookback_days: 1 }, STARTED_MS)).toBe(
      undefined,
    );
  });

  test('of any argument has a plan or none, and ends', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (one, other, third) => {
        const argument = { start_date: one, lookback_days: other, window_days: third };
        for (const given of [one, argument]) {
          const plan = executionPlan(given, STARTED_MS);
          if (plan !== undefined) expect(windowsOf(plan).length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('the windows of a plan', () => {
  test('are whole but for the last', () => {
    const [from, to] = [utcDate('2024-05-06', 'test'), utcDate('2024-05-10', 'test')];
    expect(windowsOf({ from, to, windowDays: 2 })).toEqual([
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
        const plan = { from: first, to: addDays(first, days - 1), windowDays: windowDays + 1 };
        const windows = windowsOf(plan);
        expect(windows.flatMap(({ from, to }) => datesBetween(from, to))).toEqual(
          datesBetween(plan.from, plan.to),
        );
        expect(windows).toHaveLength(Math.ceil(days / (windowDays + 1)));
      }),
    );
  });
});
