/** What a sample recording holds: the same bytes again, in chunks of the minutes in which rows arrived. */
import { describe, expect, test } from 'vitest';
import { sampleNames } from '../../../src/core/sample/symbol-setup.js';
import {
  MINUTE_MS,
  START_MS,
  digestOf,
  isAscending,
  record,
  setupOf,
  snapshotsOf,
  sum,
  tradesOf,
} from './recorded.js';

/** Digest of three minutes with the default setup. If the generator changes it, stored samples no longer match. */
const GOLDEN_SHA256 = '231324d283878e16bd4c10227f22f7d30489b58a8f45bf65890b4e2d55d13803';
const recorded = record();
const clean = record({ faults: [] });

describe('the bytes of a recording', () => {
  test('are the same for the same setup, on every machine', () => {
    expect(digestOf(record({ minutes: 3 }))).toBe(digestOf(record({ minutes: 3 })));
    expect(digestOf(record({ minutes: 3 }))).toBe(GOLDEN_SHA256);
  });

  test.each([
    { seed: 2 },
    { symbol: 'ETHUSDT' },
    { startMs: START_MS + 86_400_000 },
    { depthLevels: 5 as const },
    { rate: 2 },
    { snapshotMs: 500 },
    { market: 'martingale' as const },
    { faults: [] },
    { tradeIds: false },
  ])('differ for %o', (change) => {
    expect(digestOf(record({ minutes: 2, ...change }))).not.toBe(digestOf(record({ minutes: 2 })));
  });

  test('of a longer recording begin with those of a shorter one', () => {
    const short = record({ minutes: 3, faults: [] });
    expect(short.chunks).toHaveLength(6);
    const names = new Set(short.chunks.map(({ name }) => name));
    const first = clean.chunks.filter(({ name }) => names.has(name));
    expect(digestOf({ ...clean, chunks: first })).toBe(digestOf(short));
  });

  test('are counted in the summary', () => {
    const { sample, chunks } = recorded;
    expect(sample.chunks).toBe(chunks.length);
    expect(sample.sizeBytes).toBe(sum(chunks.map(({ bytes }) => bytes.length)));
    expect(sample.tradeRows + sample.snapshotRows).toBe(sum(chunks.map(({ rows }) => rows)));
    expect(sample.tradeRows).toBe(tradesOf(recorded).trades.length + 1);
    expect(sample.snapshotRows).toBe(snapshotsOf(recorded).snapshots.length + 1);
  });
});

describe('the chunks of a recording', () => {
  test('have the names of their minutes, across midnight as well', () => {
    const { chunks } = record({ startMs: START_MS - MINUTE_MS, minutes: 2, gzip: true });
    expect(chunks.map(({ name }) => name)).toEqual([
      'BTCUSDT/trades/2025-12-10/23-59.csv.gz',
      'BTCUSDT/depth/2025-12-10/23-59.csv.gz',
      'BTCUSDT/trades/2025-12-11/00-00.csv.gz',
      'BTCUSDT/depth/2025-12-11/00-00.csv.gz',
    ]);
  });

  test('are those that the setup predicts', () => {
    const { chunks, stems, folders } = sampleNames(setupOf());
    expect(new Set(recorded.chunks.map(({ name }) => name))).toEqual(chunks);
    expect([chunks.size, stems.size, folders.size]).toEqual([18, 20, 2]);
  });

  test('hold what arrived in their minute, rows of one millisecond in order', () => {
    const { trades } = tradesOf(clean);
    const neighbours = trades.filter(({ object, timeMs }) => minuteOf(object) !== minuteAt(timeMs));
    const { snapshots } = snapshotsOf(clean);
    expect(Math.abs(snapshots.length - 6_000)).toBeLessThanOrEqual(1);
    expect(neighbours.length).toBeGreaterThan(0);
    for (const { object, timeMs } of neighbours) {
      expect(minuteOf(object)).toBe(minuteAt(timeMs) + 1);
      expect(timeMs % MINUTE_MS).toBeGreaterThanOrEqual(MINUTE_MS - 150);
    }
    expect(trades.map(({ tradeId }) => tradeId)).toEqual(
      trades.map((_, index) => (trades[0]?.tradeId ?? 0) + index),
    );
    expect(isAscending(trades.map(({ timeMs }) => timeMs))).toBe(true);
    expect(isAscending(snapshots.map(({ timeMs }) => timeMs))).toBe(true);
  });
});

test.each(['ETHUSDT', 'TRXUSDT', '1000PEPEUSDT', 'XYZUSDC', 'A', '币安人生USDT'])(
  'records %s with prices and sizes of its own',
  (symbol) => {
    const other = record({ symbol, minutes: 2, faults: [] });
    const { trades, damaged } = tradesOf(other);
    expect(damaged).toEqual([]);
    expect(trades.length).toBeGreaterThan(50);
    expect(snapshotsOf(other).damaged).toEqual([]);
    expect(new Set(trades.map(({ price }) => decimalsOf(price))).size).toBe(1);
    expect(new Set(trades.map(({ quantity }) => decimalsOf(quantity))).size).toBe(1);
  },
);

test('writes the four required columns alone when asked', () => {
  const plain = record({ minutes: 1, tradeIds: false });
  const text = Buffer.from(plain.chunks[0]?.bytes ?? []).toString('ascii');
  const lines = text.trimEnd().split('\n');
  expect(lines[0]).toBe('timestamp,price,quantity,is_buyer_maker');
  expect(lines.length).toBeGreaterThan(50);
  const odd = lines
    .slice(1)
    .filter((line) => !/^\d{13},\d+\.\d\d,\d+\.\d{3},(true|false)$/.test(line));
  expect(odd).toHaveLength(1);
});

function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

function minuteOf(object: string): number {
  return Number(/00-(\d\d)\.csv$/.exec(object)?.[1]);
}

function minuteAt(timeMs: number): number {
  return Math.floor((timeMs - START_MS) / MINUTE_MS);
}
