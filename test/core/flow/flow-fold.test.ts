/** Flow from any runs, stretches, late rows and sizes of numbers, against its definition in big integers. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlowFold } from '../../../src/core/flow/flow-fold.js';
import type { FlowGrid } from '../../../src/core/flow/flow-grid.js';
import { rolledUp } from '../../../src/core/grid/grid.js';
import { madeTrades, type MadeTrade } from '../event/made-rows.js';
import { gridRows, modelRows } from './flow-model.js';

const BAR_MS = 1_000;
const BARS = 12;
const RANGE = { fromMs: 0, toMs: BARS * BAR_MS };

/** A trade comes this long after the one before. */
interface Step extends Omit<MadeTrade, 'timeMs'> {
  readonly afterMs: number;
}

/** What follows in reading order. */
interface Part {
  readonly steps: readonly Step[];
  /** Late rows that come before the others of the part. */
  readonly late: readonly MadeTrade[];
  /** The part begins another stretch, if its first trade begins a millisecond. */
  readonly cuts: boolean;
  /** Rows of a run at most. */
  readonly runRows: number;
}

/** The texts of a trade's numbers. */
interface Numbers {
  readonly price: fc.Arbitrary<string>;
  readonly quantity: fc.Arbitrary<string>;
}

const plain: Numbers = {
  price: fc.constantFrom('100', '100.5', '99.75', '63960.1', '0.00000001'),
  quantity: fc.constantFrom('1', '0.001', '2.5', '40', '1000'),
};
const sized: Numbers = {
  price: fc.oneof(
    { weight: 4, arbitrary: plain.price },
    { weight: 1, arbitrary: fc.constantFrom('94906267', '9007199254740993', '999999999999999999') },
  ),
  quantity: fc.oneof(
    { weight: 4, arbitrary: plain.quantity },
    {
      weight: 1,
      arbitrary: fc.constantFrom('94906267', '90071992547409.93', '0.000000000000000001'),
    },
  ),
};
/** Few decimals: single orders are safe, and their sums are not. */
const large: Numbers = {
  price: fc.constantFrom('1', '2'),
  quantity: fc.constantFrom('1', '40', '2251799813685248', '4503599627370496', '9007199254740991'),
};
const side = fc.constantFrom('buy' as const, 'sell' as const);
const afterMs = fc.constantFrom(0, 0, 0, 0, 1, 30, 400, 1_000);

function someParts({ price, quantity }: Numbers): fc.Arbitrary<Part[]> {
  const step = fc.record({ afterMs, price, quantity, side });
  const late = fc.record({ timeMs: fc.nat({ max: RANGE.toMs - 1 }), price, quantity, side });
  return fc.array(
    fc.record({
      steps: fc.array(step, { maxLength: 14, size: 'max' }),
      late: fc.oneof(fc.constant([]), fc.array(late, { maxLength: 4 })),
      cuts: fc.boolean(),
      runRows: fc.constantFrom(1, 2, 5, 100),
    }),
    { minLength: 1, maxLength: 6 },
  );
}

const largeOrder = fc.constantFrom('0', '100', '100000', '63960.1000001', '0.000000000000000009');

interface Timed {
  readonly trades: readonly MadeTrade[];
  readonly late: readonly MadeTrade[];
  readonly cuts: boolean;
  readonly runRows: number;
}

function timed(parts: readonly Part[]): Timed[] {
  let timeMs = 0;
  return parts.map(({ steps, ...part }) => {
    const beforeMs = timeMs;
    const trades = steps.map(({ afterMs: sinceMs, ...trade }) => {
      timeMs = Math.min(timeMs + sinceMs, RANGE.toMs - 1);
      return { ...trade, timeMs };
    });
    const late = part.late.toSorted((a, b) => a.timeMs - b.timeMs);
    return { ...part, trades, late, cuts: part.cuts && (trades[0]?.timeMs ?? 0) > beforeMs };
  });
}

/** One fold for each stretch, merged from the first on. */
function folded(parts: readonly Timed[], least: string, barMs = BAR_MS): FlowGrid {
  const first = new FlowFold(RANGE, barMs, least);
  const stretches = [first];
  for (const { trades, late, cuts, runRows } of parts) {
    if (cuts) stretches.push(new FlowFold(RANGE, barMs, least));
    const fold = stretches.at(-1) ?? first;
    take(fold, late, 2, true);
    take(fold, trades, runRows, false);
  }
  for (const next of stretches.slice(1)) first.merge(next);
  return first.finish();
}

function take(fold: FlowFold, trades: readonly MadeTrade[], most: number, late: boolean): void {
  const rows = madeTrades(trades);
  for (let from = 0; from < rows.count; from += most) {
    fold.takeTrades({ rows, from, to: Math.min(rows.count, from + most), late });
  }
}

function expectedRows(parts: readonly Timed[], least: string, barMs = BAR_MS): unknown[] {
  return modelRows({
    inTime: parts.flatMap(({ trades }) => trades),
    late: parts.flatMap(({ late }) => late),
    largeOrder: least,
    barMs,
    bars: RANGE.toMs / barMs,
  });
}

describe('flow', () => {
  test.for([
    ['plain', plain],
    ['any', sized],
    ['large', large],
  ] as const)('equals its definition for any runs and stretches, of %s numbers', ([, numbers]) => {
    const seen = { orders: 0, severalTrades: 0, large: 0, stretches: 0, late: 0, wide: 0, safe: 0 };
    fc.assert(
      fc.property(someParts(numbers), largeOrder, (given, least) => {
        const parts = timed(given);
        const grid = folded(parts, least);
        const rows = gridRows(grid);
        expect(rows).toEqual(expectedRows(parts, least));
        const orders = grid.takerOrders.reduce((a, b) => a + b, 0);
        seen.orders += orders;
        seen.severalTrades += parts.flatMap(({ trades }) => trades).length - orders;
        seen.large += rows.filter((row) => row.largeBuy !== '0' && row.largeSell !== '0').length;
        seen.stretches += parts.filter(({ cuts }) => cuts).length;
        seen.late += parts.flatMap(({ late }) => late).length;
        seen.wide += grid.buyTurnover.wide.size;
        seen.safe += grid.buyTurnover.safe.filter((turnover) => turnover > 0).length;
      }),
      { numRuns: 500 },
    );
    expect(seen.severalTrades).toBeGreaterThan(1_000);
    expect(seen.orders).toBeGreaterThan(2_000);
    const { stretches, late, wide, safe } = seen;
    for (const often of [seen.large, stretches, late, wide, safe])
      expect(often).toBeGreaterThan(100);
  });

  test('rolls up to what is folded at the coarser length', () => {
    fc.assert(
      fc.property(
        fc.oneof(someParts(sized), someParts(large)),
        fc.constantFrom(2, 3, 6, 12),
        (given, factor) => {
          const parts = timed(given);
          const barMs = factor * BAR_MS;
          const coarse = gridRows(rolledUp(folded(parts, '100'), barMs));
          expect(coarse).toEqual(gridRows(folded(parts, '100', barMs)));
          expect(coarse).toEqual(expectedRows(parts, '100', barMs));
        },
      ),
      { numRuns: 250 },
    );
  });

  test('of one second, by hand', () => {
    const fold = new FlowFold(RANGE, BAR_MS, '300');
    const sweep = [
      { timeMs: 10, price: '100', quantity: '1', side: 'sell' },
      { timeMs: 10, price: '100.5', quantity: '2', side: 'buy' },
      { timeMs: 10, price: '101', quantity: '1', side: 'buy' },
      { timeMs: 11, price: '101', quantity: '0.5', side: 'buy' },
      { timeMs: 12, price: '100', quantity: '3', side: 'sell' },
    ] as const;
    take(fold, sweep, 100, false);
    take(fold, [{ timeMs: 5, price: '100', quantity: '9', side: 'buy' }], 100, true);
    expect(gridRows(fold.finish())[0]).toEqual({
      quoteBuy: '1252.5',
      delta: '-0.5',
      deltaMin: '-1',
      deltaMax: '2.5',
      takerOrders: 4,
      takerOrderMax: '302',
      largeBuy: '3',
      largeSell: '3',
    });
  });

  test('refuses rows out of Order, also across stretches, and outside of its range', () => {
    const early = [{ timeMs: 5 }];
    const [fold, next] = [new FlowFold(RANGE, BAR_MS, '1'), new FlowFold(RANGE, BAR_MS, '1')];
    take(fold, [{ timeMs: 6 }], 1, false);
    take(next, [{ timeMs: 6 }], 1, false);
    for (const refused of [
      () => take(fold, early, 1, false),
      () => fold.merge(next),
      () => take(fold, [{ timeMs: RANGE.toMs }], 1, true),
    ]) {
      expect(refused).toThrow('invariant broken');
    }
  });
});
