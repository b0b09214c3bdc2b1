/** Bars of any batches, splits, late runs and sizes of numbers against the oracle's bars. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BarFold } from '../../../src/core/bar/bar-fold.js';
import { BARS } from '../../../src/core/column/bar-table.js';
import { rolledUp } from '../../../src/core/bar/roll-up.js';
import type { BarGrid } from '../../../src/core/bar/bar-grid.js';
import { barRows } from '../../../src/core/encode/bar-rows.js';
import { SHORT } from '../../../src/core/event/row-columns.js';
import type { DepthRows } from '../../../src/core/event/depth-rows.js';
import type { TradeRows } from '../../../src/core/event/trade-rows.js';
import { ExchangeOrder } from '../../../src/core/row/exchange-order.js';
import { DAY_MS } from '../../../src/core/unit/utc-date.js';
import { barsCsv } from '../../support/oracle/bars.js';
import type { DepthRow, TradeRow } from '../../support/oracle/chunk.js';
import { parseDecimalE18 } from '../../support/oracle/decimal.js';
import {
  fullSide,
  madeSnapshots,
  madeTrades,
  type MadeSnapshot,
  type MadeTrade,
} from '../event/made-rows.js';

const HOUR_MS = 3_600_000;
const DAY = { fromMs: 0, toMs: DAY_MS };

function csvOf(grid: BarGrid): string {
  return [BARS.header, ...barRows(grid, undefined)].map((cells) => `${cells.join(',')}\n`).join('');
}

function e18(text: string | undefined): bigint {
  return parseDecimalE18(text ?? '1') ?? 0n;
}

function levels(side: readonly string[] = []): DepthRow['bids'] {
  return side.map((level) => {
    const [price, quantity] = level.split(' ');
    return { priceE18: e18(price), quantityE18: e18(quantity) };
  });
}

/** The oracle's hours, of trades in reading order and snapshots in any. */
function oracleCsv(
  trades: readonly MadeTrade[],
  snapshots: readonly MadeSnapshot[],
  barMs: number,
): string {
  const common = { line: 0, timestampDigits: 13, id: undefined };

  const tradeRows = trades.map(({ timeMs, price, quantity, side }): TradeRow => ({
    ...common,
    kind: 'trade',
    timeMs,
    priceE18: e18(price),
    quantityE18: e18(quantity),
    takerSide: side ?? 'buy',
    execType: undefined,
  }));
  const quotes = snapshots.map(({ timeMs, bids, asks }): DepthRow => ({
    ...common,
    kind: 'depth',
    timeMs,
    bids: levels(bids),
    asks: levels(asks),
  }));
  return barsCsv(
    {
      dayStartMs: 0,
      seedE18: undefined,
      trades: tradeRows.toSorted((a, b) => a.timeMs - b.timeMs),
      quotes,
      books: quotes.filter(({ bids, asks }) => bids.length === 20 && asks.length === 20),
    },
    barMs,
  );
}

/** Chunks in reading order; after each one all time before `settledMs` goes on, so that what follows may be late. */
interface Reading {
  readonly trades: readonly (readonly MadeTrade[])[];
  readonly snapshots: readonly (readonly MadeSnapshot[])[];
  readonly settledMs: number;
}

/** Runs of at most `batch` rows. Returns the fold and how many rows were late. */
function fold(
  { trades, snapshots, settledMs }: Reading,
  batch: number,
): { bars: BarFold; late: number } {
  const bars = new BarFold(DAY, HOUR_MS);
  const tradeOrder = new ExchangeOrder<TradeRows>((run) => {
    for (let from = run.from; from < run.to; from += batch) {
      bars.takeTrades({ ...run, from, to: Math.min(run.to, from + batch) });
    }
  });
  const depthOrder = new ExchangeOrder<DepthRows>((run) => {
    bars.takeDepth(run);
  });
  for (const [index, chunk] of trades.entries()) {
    tradeOrder.push(madeTrades(chunk, index * 1_000));
    tradeOrder.advance(settledMs);
  }
  for (const chunk of snapshots) {
    const rows = madeSnapshots(chunk);
    for (const [row, { bids, asks }] of chunk.entries()) {
      if (bids?.length !== 20 || asks?.length !== 20) rows.outcome[row] = SHORT;
    }
    depthOrder.push(rows);
    depthOrder.advance(settledMs);
  }
  tradeOrder.finish();
  depthOrder.finish();
  return { bars, late: tradeOrder.lateRows };
}

const timeMs = fc.oneof(
  fc.nat({ max: 3 * HOUR_MS }),
  fc.constantFrom(0, HOUR_MS - 1, HOUR_MS, DAY_MS - 1),
);
const priceText = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('100', '100.5', '99.75', '100.50', '0.00000001') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '9007199254740991',
      '9007199254740993',
      '999999999999999999.999999999999999999',
    ),
  },
);
const quantityText = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('1', '0.001', '2.5', '94906267', '0.000000000000000001'),
  },
  { weight: 1, arbitrary: fc.constantFrom('90071992547409.93', '999999999999999999') },
);
const trade: fc.Arbitrary<MadeTrade> = fc.record({
  timeMs,
  price: priceText,
  quantity: quantityText,
  side: fc.constantFrom('buy' as const, 'sell' as const),
});
const bid = fc.constantFrom('100 1', '99.5 0.25', '0.001 7', '9007199254740990.5 3');
const ask = fc.constantFrom('9007199254740991 1', '9007199254740995.25 2', '999999999999999999 1');
const snapshot: fc.Arbitrary<MadeSnapshot> = fc
  .record({ timeMs, bid, ask, isFull: fc.boolean(), plain: fc.boolean() })
  .map(({ timeMs: at, isFull, plain, ...best }) => ({
    timeMs: at,
    bids: isFull ? fullSide(100, -1, '2') : [plain ? '100.5 1' : best.bid],
    asks: isFull ? fullSide(101, 1, '0.75') : [plain ? '101 1' : best.ask],
  }));
const reading: fc.Arbitrary<Reading> = fc.record({
  trades: fc.array(fc.array(trade, { maxLength: 8 }), { maxLength: 4 }),
  snapshots: fc.array(fc.array(snapshot, { maxLength: 5 }), { maxLength: 3 }),
  settledMs: fc.constantFrom(0, HOUR_MS, DAY_MS),
});

test('bars equal the oracle for any chunks, batches and late rows, safe and wide', () => {
  let late = 0;
  fc.assert(
    fc.property(reading, fc.integer({ min: 1, max: 9 }), (given, batch) => {
      const folded = fold(given, batch);
      const csv = csvOf(folded.bars.finish());
      expect(csv).toBe(oracleCsv(given.trades.flat(), given.snapshots.flat(), HOUR_MS));
      late += folded.late;
    }),
    { numRuns: 400 },
  );
  expect(late).toBeGreaterThan(50);
});

test('folds of any share of the chunks, merged in any order, are one fold', () => {
  fc.assert(
    fc.property(
      reading,
      fc.array(fc.nat({ max: 2 }), { minLength: 4, maxLength: 4 }),
      (given, workers) => {
        const share = (worker: number): BarFold => {
          const isMine = (_: unknown, index: number): boolean => workers[index] === worker;
          // Chunks of the others stay as empty ones, so that every row keeps its place in reading order.
          const trades = given.trades.map((chunk, index) => (isMine(chunk, index) ? chunk : []));
          const snapshots = given.snapshots.filter(isMine);
          return fold({ trades, snapshots, settledMs: 0 }, 100).bars;
        };
        const [first, second, third] = [share(0), share(1), share(2)];
        third.merge(first);
        third.merge(second);
        expect(csvOf(third.finish())).toBe(csvOf(fold(given, 100).bars.finish()));
      },
    ),
    { numRuns: 150 },
  );
});

test('coarser bars are those of the same trades at once', () => {
  fc.assert(
    fc.property(reading, fc.constantFrom(1, 2, 6, 24), (given, hours) => {
      const hourly = fold(given, 100).bars.finish();
      const csv = csvOf(rolledUp(hourly, hours * HOUR_MS));
      expect(csv).toBe(oracleCsv(given.trades.flat(), given.snapshots.flat(), hours * HOUR_MS));
    }),
    { numRuns: 150 },
  );
});

describe('a minute', () => {
  const minute = { fromMs: 0, toMs: 60_000 };
  const trades = madeTrades([
    { timeMs: 0, price: '10.1', quantity: '0.3' },
    { timeMs: 999, price: '10.3', quantity: '0.1', side: 'sell' },
    { timeMs: 1_000, price: '9.9', quantity: '0.7' },
    { timeMs: 59_999, price: '10', quantity: '0.001', side: 'sell' },
  ]);

  test('is the sum of its sixty seconds to the last digit', () => {
    const run = { rows: trades, from: 0, to: trades.count, late: false };
    const [seconds, whole] = [new BarFold(minute, 1_000), new BarFold(minute, 60_000)];
    seconds.takeTrades(run);
    whole.takeTrades(run);
    const fine = seconds.finish();
    expect([...barRows(rolledUp(fine, 60_000), undefined)]).toEqual([
      ...barRows(whole.finish(), undefined),
    ]);
    expect([...barRows(fine, undefined)].filter((row) => row[10] !== '0')).toEqual([
      [
        '1970-01-01T00:00:00Z',
        '10.1',
        '10.3',
        '10.1',
        '10.3',
        '10.15',
        '0.4',
        '0.3',
        '0.1',
        '0.2',
        '2',
        '',
        '',
      ],
      [
        '1970-01-01T00:00:01Z',
        '9.9',
        '9.9',
        '9.9',
        '9.9',
        '9.9',
        '0.7',
        '0.7',
        '0',
        '0.7',
        '1',
        '',
        '',
      ],
      [
        '1970-01-01T00:00:59Z',
        '10',
        '10',
        '10',
        '10',
        '10',
        '0.001',
        '0',
        '0.001',
        '-0.001',
        '1',
        '',
        '',
      ],
    ]);
    expect(rolledUp(fine, 1_000)).toBe(fine);
  });

  test('refuses bars of a stretch of time that it does not hold', () => {
    const next = new BarFold({ fromMs: 60_000, toMs: 120_000 }, 1_000);
    const rows = madeTrades([{ timeMs: 60_000 }]);
    next.takeTrades({ rows, from: 0, to: 1, late: false });
    expect(() => {
      new BarFold(minute, 1_000).merge(next);
    }).toThrow('invariant broken');
  });

  test.for([60_000, -1])('refuses a row outside of it, at %i ms', (outsideMs) => {
    const rows = madeTrades([{ timeMs: outsideMs }]);
    for (const late of [false, true]) {
      expect(() => {
        new BarFold(minute, 1_000).takeTrades({ rows, from: 0, to: 1, late });
      }).toThrow('invariant broken');
    }
  });
});
