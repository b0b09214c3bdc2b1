/** The seam: a fold of both streams beside bars and book gives the same result for any split of a day into chunks, parts and workers. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BarFold } from '../../../src/core/bar/bar-fold.js';
import { BookFold } from '../../../src/core/book/book-fold.js';
import { isUnreadable } from '../../../src/core/decode/chunk-columns.js';
import { decodeChunk } from '../../../src/core/decode/decode-chunk.js';
import { FoldFeed } from '../../../src/core/fold/fold-feed.js';
import { Admission } from '../../../src/core/row/admit.js';
import type { TimeRange } from '../../../src/core/unit/utc-date.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { barFileRows } from '../encode/plain-bar-rows.js';
import { productDay } from '../../support/day/product-day.js';
import {
  STEP_MS_MAX,
  type StepSums,
  sumsOfStep,
  TradedAtBest,
  type TradedSums,
} from '../../support/day/traded-at-best.js';
import { isLate, tradesInOrder } from '../../support/oracle/order.js';
import { judge } from '../../support/oracle/outcomes.js';
import {
  book,
  chunk,
  date,
  dayStartMs,
  depthHeader,
  symbol,
  trade,
  tradesWithIdHeader,
} from '../../support/oracle/raw-text.js';
import {
  inOrder,
  isDepth,
  isTrade,
  type OracleObject,
  placedRows,
  readAll,
} from '../../support/oracle/reading.js';

const MINUTE_MS = 60_000;
const BAR_MS = 3_600_000;
const EDGE_MINUTES = 2;
const DAY: TimeRange = { fromMs: dayStartMs, toMs: dayStartMs + 24 * BAR_MS };

/** When and where a row was recorded; the last one lies in the second hour. */
interface Arrival {
  readonly offsetMs: number;
  /** Arrives this many chunk minutes after its time; more than two are late. */
  readonly laterMinutes: number;
  readonly part: string;
}

interface Recorded extends Arrival {
  readonly stream: 'trades' | 'depth';
  readonly line: string;
}

/** Times within a few seconds of the start and of the hour: both streams meet there. */
const offsetMs = fc.oneof(
  fc.nat({ max: 6_000 }),
  fc.constantFrom(0, 1, 100, 100, 200, 1_000, 2_000, 2_001, 3_599_999, 3_600_000, 3_600_000),
);
const arrival = {
  offsetMs,
  laterMinutes: fc.constantFrom(0, 0, 0, 1, 2, 3, 5),
  part: fc.constantFrom('', '', '_b'),
};
const price = fc.constantFrom('99', '100', '100.0', '101', '102');
const quantity = fc.constantFrom('1', '2.5', '0.001', '40', '99999999999.99999');

/** Ids are distinct and do not follow the order of rows. */
function tradesOf(isNumeric: fc.Arbitrary<boolean>): fc.Arbitrary<Recorded[]> {
  const row = fc.record({ ...arrival, price, quantity, side: fc.boolean(), isNumeric });
  return fc.array(row, { maxLength: 30, size: 'max' }).map((all) =>
    all.map((each, index): Recorded => {
      const itsId = each.isNumeric ? String((index * 619) % 1_009) : `x${index}`;
      const line = trade(each.offsetMs, each.price, each.quantity, String(each.side), itsId);
      return { ...each, stream: 'trades', line };
    }),
  );
}

/** No two snapshots share a millisecond: only their chunks would order them. */
const snapshots: fc.Arbitrary<Recorded[]> = fc
  .uniqueArray(
    fc.record({
      ...arrival,
      bid: fc.constantFrom('99', '100'),
      ask: fc.constantFrom('101', '102'),
    }),
    { maxLength: 25, size: 'max', selector: (each) => each.offsetMs },
  )
  .map((all) =>
    all.map((each): Recorded => ({
      ...each,
      stream: 'depth',
      line: book(each.offsetMs, [[each.bid, '1']], [[each.ask, '1']]),
    })),
  );

const both = fc
  .tuple(tradesOf(fc.constantFrom(true, true, true, false)), snapshots)
  .map((rows) => rows.flat());

function minuteOf({ offsetMs: ofRow, laterMinutes }: Arrival): number {
  return Math.floor(ofRow / MINUTE_MS) + laterMinutes;
}

/** The chunks, in the order of a plan: by minute, trades before depth, by name. */
function objectsOf(rows: readonly Recorded[]): OracleObject[] {
  const byChunk = Map.groupBy(rows, (row) => {
    const minute = String(minuteOf(row)).padStart(4, '0');
    return `${minute} ${row.stream === 'trades' ? 'a' : 'b'}${row.part}.csv`;
  });
  return [...byChunk]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, together]) => {
      const [first] = together;
      if (first === undefined) return [];
      const header = first.stream === 'trades' ? tradesWithIdHeader : depthHeader;
      const lines = together.map(({ line }) => line);
      return [chunk(first.stream, minuteOf(first), [header, ...lines], `${first.part}.csv`)];
    });
}

/** Its definition, over all rows of the day at once. */
function expectedSums(objects: readonly OracleObject[]): TradedSums {
  const used = (stream: string) =>
    judge(
      placedRows(readAll([...objects], symbol).filter((object) => object.stream === stream)),
      DAY.fromMs,
      DAY.toMs,
    )
      .filter(({ outcome }) => ['used', 'short'].includes(outcome))
      .map(({ placed }) => placed);
  const trades = used('trades').filter(isTrade);
  const inTime = trades.filter((placed) => !isLate(placed, EDGE_MINUTES));
  const depth = used('depth').filter(isDepth);
  const quotes = inOrder(depth.filter((placed) => !isLate(placed, EDGE_MINUTES))).map(
    ({ row }) => ({
      timeMs: row.timeMs,
      bidE18: row.bids[0]?.priceE18 ?? 0n,
      askE18: row.asks[0]?.priceE18 ?? 0n,
    }),
  );
  const ordered = tradesInOrder(inTime.map(({ row }) => row));
  const steps = new Map<number, StepSums>();
  for (const [index, now] of quotes.entries()) {
    const before = quotes[index - 1];
    if (before === undefined || now.timeMs - before.timeMs > STEP_MS_MAX) continue;
    const between = ordered
      .filter(({ timeMs }) => before.timeMs < timeMs && timeMs <= now.timeMs)
      .map((row) => ({ ...row, buys: row.takerSide === 'buy' }));
    const bar = Math.floor((now.timeMs - DAY.fromMs) / BAR_MS);
    const [bid, ask, last] = steps.get(bar) ?? [0n, 0n, 0n];
    const [atBid, atAsk, lastPrice] = sumsOfStep(before, between);
    steps.set(bar, [bid + atBid, ask + atAsk, last + lastPrice]);
  }
  return {
    steps,
    quantityE18: trades.reduce((sum, { row }) => sum + row.quantityE18, 0n),
    lateTrades: trades.length - inTime.length,
    lateSnapshots: depth.length - quotes.length,
  };
}

interface Folds {
  readonly traded: TradedAtBest;
  readonly bars: BarFold;
  readonly book: BookFold;
}

/** One worker: reads all chunks, keeps its stretch of time, and hands it to all folds. */
function work(objects: readonly OracleObject[], stretch: TimeRange): Folds {
  const folds: Folds = {
    traded: new TradedAtBest(DAY, BAR_MS),
    bars: new BarFold(DAY, BAR_MS),
    book: new BookFold(DAY, BAR_MS),
  };
  const feed = new FoldFeed([folds.traded, folds.bars, folds.book]);
  const admissions = { trades: Admission.forTrades(stretch), depth: Admission.forDepth(stretch) };
  let sequence = 0;
  for (const { name, content } of objects) {
    const stream = name.includes('/trades/') ? 'trades' : 'depth';
    const decoded = decodeChunk({
      stream,
      columns: [],
      object: name,
      bytes: content,
      scales: { priceDecimals: 0, quantityDecimals: 0 },
      splitLine: (line) => csvTables.splitLine(line),
      batchRowsMax: 2,
    });
    if (isUnreadable(decoded)) throw new Error(`unreadable: ${name}`);
    const [hour = 0, minute = 0] =
      /(\d\d)-(\d\d)(?:_[bc])?\.csv$/.exec(name)?.slice(1).map(Number) ?? [];
    const lateBeforeMs = dayStartMs + (hour * 60 + minute - EDGE_MINUTES) * MINUTE_MS;
    feed.advance(lateBeforeMs);
    for (const batch of decoded.batches) {
      for (let row = 0; row < batch.count; row++) batch.sequence[row] = sequence++;
      admissions[stream].admit(batch, 0, name);
      feed.push(batch, lateBeforeMs);
    }
  }
  feed.finish();
  return folds;
}

function barsOf({ bars, book: snapshotCells }: Folds): string[][] {
  return barFileRows({ bars: bars.finish(), book: snapshotCells.finish() });
}

describe('a fold of both streams', () => {
  test('equals its definition for any split of the day into workers, without late rows', () => {
    const seen = { steps: 0, traded: 0, late: 0 };
    fc.assert(
      fc.property(both, fc.array(offsetMs, { maxLength: 3 }), (rows, cuts) => {
        const objects = objectsOf(rows);
        const bounds = [DAY.fromMs, ...cuts.map((cut) => dayStartMs + cut), DAY.toMs].toSorted(
          (a, b) => a - b,
        );
        const [first, ...others] = bounds
          .slice(1)
          .map((toMs, index) => work(objects, { fromMs: bounds[index] ?? toMs, toMs }));
        if (first === undefined) throw new Error('no worker');
        for (const next of others) {
          first.traded.merge(next.traded);
          first.bars.merge(next.bars);
          first.book.merge(next.book);
        }
        const expected = expectedSums(objects);
        expect(first.traded.finish()).toEqual(expected);
        expect(barsOf(first)).toEqual(barsOf(work(objects, DAY)));
        seen.steps += expected.steps.size;
        seen.traded += [...expected.steps.values()].filter(([bid, ask]) => bid + ask > 0n).length;
        seen.late += expected.lateTrades + expected.lateSnapshots;
      }),
      { numRuns: 200 },
    );
    expect(seen.steps).toBeGreaterThan(100);
    expect(seen.traded).toBeGreaterThan(50);
    expect(seen.late).toBeGreaterThan(100);
  });

  test('is the same for any split of the rows into chunks and parts', () => {
    let steps = 0;
    const places = fc.array(
      fc.record({ laterMinutes: fc.nat({ max: 2 }), part: fc.constantFrom('', '_b', '_c') }),
      { minLength: 60, maxLength: 60 },
    );
    fc.assert(
      fc.property(tradesOf(fc.constant(true)), snapshots, places, (trades, quotes, elsewhere) => {
        const rows = [...trades, ...quotes].map((row) => ({ ...row, laterMinutes: 0 }));
        const moved = rows.map((row, index) => ({ ...row, ...elsewhere[index] }));
        const [whole, split] = [rows, moved.toReversed()].map((all) => work(objectsOf(all), DAY));
        expect(split?.traded.finish()).toEqual(whole?.traded.finish());
        steps += whole?.traded.finish().steps.size ?? 0;
      }),
      { numRuns: 200 },
    );
    expect(steps).toBeGreaterThan(100);
  });

  test('joins the one pass over a symbol-day', async () => {
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(both, async (rows) => {
        const objects = objectsOf(rows);
        const fold = new TradedAtBest(DAY, BAR_MS);
        await productDay(objects, { symbol, date, resolutions: ['1h'] }, [fold]);
        const expected = expectedSums(objects);
        expect(fold.finish()).toEqual(expected);
        steps += expected.steps.size;
      }),
      { numRuns: 40 },
    );
    expect(steps).toBeGreaterThan(20);
  });
});
