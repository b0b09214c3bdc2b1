/** Bars from any batches, splits, late runs, ids and sizes of numbers, against the oracle's bars. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BarFold } from '../../../src/core/bar/bar-fold.js';
import { BookFold } from '../../../src/core/book/book-fold.js';
import { type BarCells, barFile } from '../../../src/core/encode/bar-file.js';
import type { DepthRows } from '../../../src/core/event/depth-rows.js';
import { SHORT } from '../../../src/core/event/row-columns.js';
import type { TradeRows } from '../../../src/core/event/trade-rows.js';
import type { TradeRun } from '../../../src/core/fold/fold.js';
import { rolledUp } from '../../../src/core/grid/grid.js';
import { ExchangeOrder } from '../../../src/core/row/exchange-order.js';
import { DAY_MS } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { barsCsv } from '../../support/oracle/bars.js';
import type { DepthRow, TradeRow } from '../../support/oracle/chunk.js';
import { parseDecimalE18 } from '../../support/oracle/decimal.js';
import { tradesInOrder } from '../../support/oracle/order.js';
import {
  fullSide,
  madeSnapshots,
  madeTrades,
  type MadeSnapshot,
  type MadeTrade,
} from '../event/made-rows.js';

const HOUR_MS = 3_600_000;
const DAY = { fromMs: 0, toMs: DAY_MS };

function csvOf(cells: BarCells): string {
  return codec.decode(barFile(cells, undefined));
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
  const tradeRows = trades.map(({ timeMs, price, quantity, side, id }): TradeRow => ({
    ...common,
    kind: 'trade',
    timeMs,
    id,
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
      trades: tradesInOrder(tradeRows),
      quotes,
      books: quotes.filter(({ bids, asks }) => bids.length === 20 && asks.length === 20),
    },
    barMs,
  );
}

/** Chunks in reading order; rows of all but the first are late where they lie before `lateBeforeMs`. */
interface Reading {
  readonly trades: readonly (readonly MadeTrade[])[];
  readonly snapshots: readonly (readonly MadeSnapshot[])[];
  readonly lateBeforeMs: number;
}

interface Folded {
  readonly bars: BarFold;
  readonly book: BookFold;
  readonly late: number;
}

/** Runs of at most `batch` trades. */
function fold({ trades, snapshots, lateBeforeMs }: Reading, batch: number): Folded {
  const bars = new BarFold(DAY, HOUR_MS);
  const book = new BookFold(DAY, HOUR_MS);
  let late = 0;
  const takeTrades = (run: TradeRun): void => {
    if (run.late) late += run.to - run.from;
    for (let from = run.from; from < run.to; from += batch) {
      bars.takeTrades({ ...run, from, to: Math.min(run.to, from + batch) });
    }
  };
  const tradeOrder = new ExchangeOrder<TradeRows>();
  for (const [index, chunk] of trades.entries()) {
    const settledMs = index === 0 ? 0 : lateBeforeMs;
    tradeOrder.take(settledMs).forEach(takeTrades);
    tradeOrder.push(madeTrades(chunk, index * 1_000), settledMs).forEach(takeTrades);
  }
  tradeOrder.take(Number.POSITIVE_INFINITY).forEach(takeTrades);
  for (const chunk of snapshots) {
    const rows = madeSnapshots(chunk);
    for (const [row, { bids, asks }] of chunk.entries()) {
      if (bids?.length !== 20 || asks?.length !== 20) rows.outcome[row] = SHORT;
    }
    const order = new ExchangeOrder<DepthRows>();
    order.push(rows, 0);
    for (const run of order.take(Number.POSITIVE_INFINITY)) book.takeDepth(run);
  }
  return { bars, book, late };
}

function cellsOf({ bars, book }: Folded, barMs = HOUR_MS): BarCells {
  return { bars: rolledUp(bars.finish(), barMs), book: rolledUp(book.finish(), barMs) };
}

const timeMs = fc.oneof(
  fc.nat({ max: 3 * HOUR_MS }),
  fc.constantFrom(0, 0, HOUR_MS - 1, HOUR_MS - 1, HOUR_MS, HOUR_MS, DAY_MS - 1),
);
const id = fc.oneof(
  { weight: 9, arbitrary: fc.nat({ max: 30 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('', 'x', '007', '9007199254740991', '9007199254740992') },
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
  id,
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
  lateBeforeMs: fc.constantFrom(0, 1, HOUR_MS, DAY_MS),
});

test('bars equal the oracle for any chunks, batches and late rows, safe and wide', () => {
  let late = 0;
  fc.assert(
    fc.property(reading, fc.integer({ min: 1, max: 9 }), (given, batch) => {
      const folded = fold(given, batch);
      const csv = csvOf(cellsOf(folded));
      expect(csv).toBe(oracleCsv(given.trades.flat(), given.snapshots.flat(), HOUR_MS));
      late += folded.late;
    }),
    { numRuns: 400 },
  );
  expect(late).toBeGreaterThan(50);
});

test('folds of parts of the chunks merge into the fold of all, in any order', () => {
  fc.assert(
    fc.property(
      reading,
      fc.array(fc.nat({ max: 2 }), { minLength: 4, maxLength: 4 }),
      (given, workers) => {
        const share = (worker: number): Folded => {
          const isMine = (_: unknown, index: number): boolean => workers[index] === worker;
          // Chunks of other folds stay, but empty: every row keeps its place in reading order.
          const trades = given.trades.map((chunk, index) => (isMine(chunk, index) ? chunk : []));
          const snapshots = given.snapshots.filter(isMine);
          return fold({ trades, snapshots, lateBeforeMs: 0 }, 100);
        };
        const [first, second, third] = [share(0), share(1), share(2)];
        for (const next of [first, second]) {
          third.bars.merge(next.bars);
          third.book.merge(next.book);
        }
        expect(csvOf(cellsOf(third))).toBe(csvOf(cellsOf(fold(given, 100))));
      },
    ),
    { numRuns: 150 },
  );
});

test('coarser bars equal those folded from the same trades directly', () => {
  fc.assert(
    fc.property(reading, fc.constantFrom(1, 2, 6, 24), (given, hours) => {
      const csv = csvOf(cellsOf(fold(given, 100), hours * HOUR_MS));
      expect(csv).toBe(oracleCsv(given.trades.flat(), given.snapshots.flat(), hours * HOUR_MS));
    }),
    { numRuns: 150 },
  );
});
