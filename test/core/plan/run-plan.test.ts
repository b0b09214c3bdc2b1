/** A plan as its tasks read it: each symbol-day belongs to exactly one task of a phase. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FINALIZE_SYMBOLS_MAX } from '../../../src/core/plan/finalize-slices.js';
import {
  daySlices,
  fanOut,
  isPlanned,
  phasesOf,
  refusedPlan,
  symbolTask,
} from '../../../src/core/plan/run-plan.js';
import { plannedDates, plannedDays } from '../../../src/core/plan/planned-days.js';
import type { RunPlan } from '../../../src/core/plan/stored-plan.js';
import { isStoredPlan } from '../../../src/core/plan/stored-plan.js';
import { symbolDayKey } from '../../../src/core/rule/symbol-day.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';
import { plannedRun } from '../../support/operate/planned-run.js';
import { expectSchema } from '../../support/schema/schemas.js';

const FROM = utcDate('2024-02-27', 'test');

/** Small slices: each day then has several. Half of the plans have only recorded symbol-days. */
const PLANS = fc
  .record({
    symbols: fc.integer({ min: 1, max: 9 }),
    days: fc.integer({ min: 1, max: 9 }),
    windowDays: fc.integer({ min: 1, max: 10 }),
    sliceSymbols: fc.integer({ min: 1, max: 10 }),
    recorded: fc.option(fc.infiniteStream(fc.boolean())),
  })
  .map(({ symbols, days, windowDays, sliceSymbols, recorded }): RunPlan => {
    const names = Array.from({ length: symbols }, (_, index) => `币${index}USDT`);
    const to = addDays(FROM, days - 1);
    const whole = plannedRun({ symbols: names, from: FROM, to, windowDays });
    const own = plannedDays(whole).filter((_, at) => at === 0 || recorded?.next().value === true);
    const plan =
      recorded === null
        ? whole
        : plannedRun({ symbols: names, from: FROM, to, windowDays, recorded: own });
    expect(plannedDays(plan)).toEqual(recorded === null ? plannedDays(whole) : own);
    return { ...plan, slice_symbols: sliceSymbols };
  });

describe('the tasks of a plan', () => {
  test('aggregate each of its symbol-days once', () => {
    fc.assert(
      fc.property(PLANS, (plan) => {
        const done = plan.windows.flatMap(({ aggregate_tasks: count }, window) =>
          indexes(count).flatMap((index) => {
            const { symbol = '', dates = [] } = symbolTask(plan, window + 1, index) ?? {};
            return dates.map((date) => symbolDayKey({ symbol, date }));
          }),
        );
        expect(done.toSorted()).toEqual(plannedDays(plan).map(symbolDayKey).toSorted());
        const past = symbolTask(plan, 1, plan.symbols.length);
        expect([past, symbolTask(plan, plan.windows.length + 1, 0)]).toEqual([
          undefined,
          undefined,
        ]);
      }),
    );
  });

  test('finalize each of its symbol-days once, each day in the stated number of slices', () => {
    fc.assert(
      fc.property(PLANS, (plan) => {
        const slices = plan.windows.flatMap((_, window) => daySlices(plan, window + 1));
        // A window and a day without anything to do would cost a task.
        expect([...new Set(slices.map(({ date }) => date))]).toEqual(plannedDates(plan));
        expect(slices.filter(({ symbols }) => symbols.length === 0)).toEqual([]);
        const done = slices.flatMap(({ date, symbols }) =>
          symbols.map((symbol) => symbolDayKey({ symbol, date })),
        );
        expect(done.toSorted()).toEqual(plannedDays(plan).map(symbolDayKey).toSorted());
        for (const [, own] of Map.groupBy(slices, ({ date }) => date)) {
          expect(own.map(({ index }) => index)).toEqual(indexes(own.length));
          expect(new Set(own.map(({ count }) => count))).toEqual(new Set([own.length]));
        }
      }),
    );
  });

  test('are as many as its phases say', () => {
    const symbols = Array.from({ length: FINALIZE_SYMBOLS_MAX + 1 }, (_, index) => `S${index}`);
    const plan = plannedRun({ symbols, from: FROM, to: addDays(FROM, 2), windowDays: 2 });
    expect(phasesOf(plan).map(({ command, window, count }) => [command, window, count])).toEqual([
      ['task', 1, 301],
      ['finalize', 1, 4],
      ['task', 2, 301],
      ['finalize', 2, 2],
      ['summarize', undefined, 1],
    ]);
    expect(daySlices(plan, 1)).toHaveLength(4);
    expect(daySlices(plan, 2)).toHaveLength(2);
  });
});

test('four symbol-days in five years are four tasks in one window', () => {
  const days = ['2021-01-01', '2021-01-02', '2023-06-01'].map((date) => utcDate(date, 'test'));
  const [one, two] = ['A', 'B'].map((name) => symbolName(name, 'test'));
  if (one === undefined || two === undefined) throw new Error('two symbols');
  const last = { symbol: two, date: utcDate('2025-12-20', 'test') };
  const recorded = [...days.map((date) => ({ symbol: one, date })), last];
  const [from, to] = ['2021-01-01', '2025-12-31'];
  const plan = plannedRun({ symbols: ['A', 'B', 'C'], from, to, recorded });
  expect(plan).toMatchObject({ from, to: '2025-12-20', symbols: ['A', 'B'] });
  expect(plan.windows).toEqual([{ from, to: '2025-12-20', aggregate_tasks: 2, finalize_tasks: 4 }]);
  expect(plan.recorded?.[0]?.days).toEqual([
    { from, to: '2021-01-02' },
    { from: '2023-06-01', to: '2023-06-01' },
  ]);
  expect(plannedDays(plan)).toEqual(recorded);
});

describe('a stored plan', () => {
  const plan = plannedRun({ symbols: ['A', '币安人生USDT'], from: FROM, to: FROM });
  const parts = { where: 'start_date', what: 'date', found: "'x'", expected: 'a day' };
  const refused = refusedPlan('run-1', '{"start_date":"x"}', parts);

  test.for([
    ['what there is to do', plan, { refused: null, symbols: 2, from: FROM }],
    [
      'a refusal',
      refused,
      {
        refused: "start_date date: found 'x', expected a day",
        symbols: 0,
        from: null,
        windows: [],
      },
    ],
  ] as const)('of %s reads back, and its numbers follow from it', ([, stored, numbers]) => {
    const text = storedJson(stored);
    expectSchema('plan', text);
    const value: unknown = JSON.parse(text);
    expect(isStoredPlan(value)).toBe(true);
    expect(value).toEqual(stored);
    expect(fanOut(stored)).toMatchObject(numbers);
    expectSchema('fan_out', storedJson(fanOut(stored)));
    expect(isPlanned(stored)).toBe(stored === plan);
  });

  test.for(Object.keys(plan))('without %s is refused', (field) => {
    const { [field]: _, ...rest }: Record<string, unknown> = { ...plan };
    expect(isStoredPlan(rest)).toBe(false);
  });

  test.for<[string, object]>([
    ['a symbol that is a path', { symbols: ['A/B'] }],
    ['a day that no calendar has', { from: '2024-02-30' }],
    [
      'a window without a day',
      { windows: [{ from: FROM, aggregate_tasks: 1, finalize_tasks: 1 }] },
    ],
    ['an option that is no text', { options: { 'edge-minutes': 2 } }],
    ['no symbol in a slice', { slice_symbols: 0 }],
    ['another version', { schema_version: 0 }],
    [
      'recorded days that no calendar has',
      { recorded: [{ symbol: 'A', days: [{ from: FROM, to: 'x' }] }] },
    ],
  ])('with %s is refused', ([, fields]) => {
    expect(isStoredPlan({ ...plan, ...fields })).toBe(false);
  });
});

function indexes(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
