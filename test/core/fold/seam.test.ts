/** The seam: bars and a second fold in one pass give the same for any split of a day into chunks and workers. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BarFold } from '../../../src/core/bar/bar-fold.js';
import { decodeChunk } from '../../../src/core/decode/decode-chunk.js';
import { isUnreadable } from '../../../src/core/decode/chunk-columns.js';
import { barRows } from '../../../src/core/encode/bar-rows.js';
import type { DepthRows } from '../../../src/core/event/depth-rows.js';
import type { Fold } from '../../../src/core/fold/fold.js';
import { Admission } from '../../../src/core/row/admit.js';
import { ExchangeOrder } from '../../../src/core/row/exchange-order.js';
import type { TimeRange } from '../../../src/core/unit/utc-date.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { parseDecimalE18 } from '../../support/oracle/decimal.js';
import {
  chunk,
  date,
  dayStartMs,
  depthHeader,
  quotedJson,
  symbol,
} from '../../support/oracle/raw-text.js';
import type { OracleObject } from '../../support/oracle/reading.js';
import {
  type BestQuotes,
  imbalanceE18,
  OrderFlowImbalance,
} from '../../support/day/order-flow-imbalance.js';
import { productDay } from '../../support/day/product-day.js';

const MINUTE_MS = 60_000;
const BAR_MS = 3_600_000;
const DAY: TimeRange = { fromMs: dayStartMs, toMs: dayStartMs + 24 * BAR_MS };

interface Quote {
  /** From 00:00; the last one of the recording lies in the second hour. */
  readonly offsetMs: number;
  /** Arrives this many chunk minutes after its time. */
  readonly lateMinutes: number;
  readonly part: string;
  readonly bid: readonly [string, string];
  readonly ask: readonly [string, string];
}

const quantityText = fc.constantFrom('1', '2.5', '0.001', '40', '99999999999.99999');
const quote: fc.Arbitrary<Quote> = fc.record({
  offsetMs: fc.oneof(fc.nat({ max: 7_199_999 }), fc.constantFrom(0, 1, 3_599_999, 3_600_000)),
  lateMinutes: fc.constantFrom(0, 0, 0, 1),
  part: fc.constantFrom('', '', '_b'),
  bid: fc.tuple(fc.constantFrom('99', '99.5', '100', '100.0'), quantityText),
  ask: fc.tuple(fc.constantFrom('101', '101.25', '100.5'), quantityText),
});

/** In reading order: chunk minute, object name, row. */
function recordingOf(quotes: readonly Quote[]): { objects: OracleObject[]; read: Quote[] } {
  const minuteOf = ({ offsetMs, lateMinutes }: Quote): number =>
    Math.floor(offsetMs / MINUTE_MS) + lateMinutes;
  const byChunk = Map.groupBy(
    quotes,
    (each) => `${String(minuteOf(each)).padStart(4, '0')}${each.part}.csv`,
  );
  const chunks = [...byChunk].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const objects = chunks.map(([key, rows]) => {
    const lines = rows.map(({ offsetMs, bid, ask }) =>
      [dayStartMs + offsetMs, quotedJson([bid]), quotedJson([ask])].join(','),
    );
    return chunk('depth', Number(key.slice(0, 4)), [depthHeader, ...lines], key.slice(4));
  });
  return { objects, read: chunks.flatMap(([, rows]) => rows) };
}

function e18(text: string): bigint {
  return parseDecimalE18(text) ?? 0n;
}

/** Order-flow imbalance by its definition, over all snapshots at once. */
function expectedSums(read: readonly Quote[]): Map<number, bigint> {
  const quotes = read
    .toSorted((a, b) => a.offsetMs - b.offsetMs)
    .map(({ offsetMs, bid, ask }): BestQuotes => {
      const [bidE18, bidQuantityE18, askE18, askQuantityE18] = [...bid, ...ask].map(e18);
      return {
        timeMs: offsetMs,
        bidE18: bidE18 ?? 0n,
        bidQuantityE18: bidQuantityE18 ?? 0n,
        askE18: askE18 ?? 0n,
        askQuantityE18: askQuantityE18 ?? 0n,
      };
    });
  const sums = new Map<number, bigint>();
  for (const [index, now] of quotes.entries()) {
    const before = quotes[index - 1];
    if (before === undefined) continue;
    const bar = Math.floor(now.timeMs / BAR_MS);
    sums.set(bar, (sums.get(bar) ?? 0n) + imbalanceE18(before, now));
  }
  return sums;
}

/** One worker: reads all chunks, keeps its stretch of time, and hands it to both folds. */
function work(
  objects: readonly OracleObject[],
  stretch: TimeRange,
): readonly [OrderFlowImbalance, BarFold] {
  const folds = [new OrderFlowImbalance(DAY, BAR_MS), new BarFold(DAY, BAR_MS)] as const;
  const all: readonly Fold<unknown>[] = folds;
  const order = new ExchangeOrder<DepthRows>((run) => {
    for (const fold of all) fold.takeDepth(run);
  });
  const admission = Admission.forDepth(stretch);
  let sequence = 0;
  for (const { name, content } of objects) {
    const decoded = decodeChunk({
      stream: 'depth',
      object: name,
      bytes: content,
      scales: { priceDecimals: 0, quantityDecimals: 0 },
      splitLine: (line) => csvTables.splitLine(line),
    });
    if (isUnreadable(decoded) || decoded.rows.stream !== 'depth')
      throw new Error(`unreadable: ${name}`);
    for (let row = 0; row < decoded.rows.count; row++) decoded.rows.sequence[row] = sequence++;
    admission.admit(decoded.rows, decoded.malformed);
    order.push(decoded.rows);
    const [hour = 0, minute = 0] =
      /(\d\d)-(\d\d)(?:_b)?\.csv$/.exec(name)?.slice(1).map(Number) ?? [];
    order.advance(dayStartMs + (hour * 60 + minute - 1) * MINUTE_MS);
  }
  order.finish();
  return folds;
}

test('is the same for any split of the day into chunks and workers', () => {
  let terms = 0;
  fc.assert(
    fc.property(
      fc.array(quote, { maxLength: 25, size: 'max' }),
      fc.array(fc.nat({ max: 7_200_000 }), { maxLength: 3 }),
      (quotes, cuts) => {
        const { objects, read } = recordingOf(quotes);
        const bounds = [DAY.fromMs, ...cuts.map((cut) => dayStartMs + cut), DAY.toMs].toSorted(
          (a, b) => a - b,
        );
        const workers = bounds
          .slice(1)
          .map((toMs, index) => work(objects, { fromMs: bounds[index] ?? toMs, toMs }));
        const [flow, bars] = workers.reduce((before, next) => {
          before[0].merge(next[0]);
          before[1].merge(next[1]);
          return before;
        });
        expect(flow.finish()).toEqual({ sumsE18: expectedSums(read), late: 0 });
        const [, wholeBars] = work(objects, DAY);
        expect([...barRows(bars.finish(), undefined)]).toEqual([
          ...barRows(wholeBars.finish(), undefined),
        ]);
        terms += expectedSums(read).size;
      },
    ),
    { numRuns: 200 },
  );
  expect(terms).toBeGreaterThan(100);
});

test('joins the one pass over a symbol-day', async () => {
  let terms = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(quote, { maxLength: 25, size: 'max' }), async (quotes) => {
      const { objects, read } = recordingOf(quotes);
      const fold = new OrderFlowImbalance(DAY, BAR_MS);
      const options = { symbol, date, resolutions: ['1h'] };
      const { evidence } = await productDay(objects, options, [fold]);
      expect(evidence.depth.short).toBe(quotes.length);
      expect(fold.finish()).toEqual({ sumsE18: expectedSums(read), late: 0 });
      terms += expectedSums(read).size;
    }),
    { numRuns: 40 },
  );
  expect(terms).toBeGreaterThan(20);
});
