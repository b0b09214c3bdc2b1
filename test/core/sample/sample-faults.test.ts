/** The planted faults: they are where the summary says, and the oracle, which reads by itself, finds them. */
import { describe, expect, test } from 'vitest';
import { type OracleDay, oracleDay } from '../../support/oracle/oracle-day.js';
import {
  MINUTE_MS,
  type Recorded,
  START_MS,
  contentOf,
  record,
  snapshotsOf,
  tradesOf,
} from './recorded.js';

const recorded = record();
const clean = record({ faults: [] });

describe('the faults of a recording', () => {
  const { sample } = recorded;
  const { trades, damaged } = tradesOf(recorded);
  const { snapshots, damaged: damagedDepth } = snapshotsOf(recorded);

  test('leave the market as it is', () => {
    const prints = new Set(tradesOf(clean).trades.map(contentOf));
    const real = trades.filter(({ execType }) => execType === 'MARKET' || execType === 'RPI');
    expect(real.length).toBeGreaterThan(1_000);
    expect(real.filter((trade) => !prints.has(contentOf(trade)))).toEqual([]);
  });

  test('are an off-book and a zero row with ids of their own', () => {
    const odd = trades.filter(({ execType }) => execType !== 'MARKET' && execType !== 'RPI');
    expect(odd.map(({ execType }) => execType)).toEqual(['INSURANCE_FUND', 'NA']);
    expect(Number(odd[0]?.price)).toBeGreaterThan(1.019 * 64_000);
    expect([odd[1]?.price, odd[1]?.quantity]).toEqual(['0.00', '0.000']);
    const places = sample.planted.flatMap((fault) =>
      fault.kind === 'off-book' || fault.kind === 'zero-row' ? [fault] : [],
    );
    expect(odd.map(({ object, line, tradeId }) => ({ place: { object, line }, tradeId }))).toEqual(
      places.map(({ place, tradeId }) => ({ place, tradeId })),
    );
  });

  test('are damaged lines where the summary says', () => {
    const places = sample.planted.filter((fault) => fault.kind === 'damaged-line');
    expect(places.map(({ place }) => `${place.object}:${place.line}`).sort()).toEqual(
      [...damaged, ...damagedDepth].sort(),
    );
    expect(places.map(({ stream }) => stream)).toEqual(['trades', 'depth']);
  });

  test('are rows of both streams that arrive behind newer ones', () => {
    const late = sample.planted.filter((fault) => fault.kind === 'late-rows');
    expect(late.map(({ object }) => object)).toEqual([
      'BTCUSDT/trades/2025-12-11/00-01.csv',
      'BTCUSDT/depth/2025-12-11/00-01.csv',
    ]);
    for (const { object, rows, range } of late) {
      const inChunk = [...trades, ...snapshots].filter((row) => row.object === object);
      const lateRows = inChunk.filter(
        ({ timeMs }) => timeMs >= range.fromMs && timeMs < range.toMs,
      );
      expect(lateRows).toHaveLength(rows);
      expect(rows).toBeGreaterThan(3);
    }
    const first = snapshots.find(({ object }) => object.endsWith('00-01.csv'));
    expect(first?.timeMs).toBeGreaterThan(late[1]?.range.toMs ?? Infinity);
  });

  test('are outages and missing chunks, one of them a chunk with its header alone', () => {
    const withoutRows = recorded.chunks.filter(({ rows }) => rows === 0).map(({ name }) => name);
    expect(withoutRows.sort()).toEqual([
      'BTCUSDT/depth/2025-12-11/00-07.csv',
      'BTCUSDT/trades/2025-12-11/00-07.csv',
    ]);
    const outages = sample.planted.filter((fault) => fault.kind === 'outage');
    expect(outages.map(({ range }) => range.toMs - range.fromMs)).toEqual([20_000, 80_000]);
    for (const { range } of outages) {
      const inside = [...trades, ...snapshots].filter(
        ({ timeMs }) => timeMs >= range.fromMs && timeMs < range.toMs,
      );
      expect(inside).toEqual([]);
    }
    const missing = sample.planted.filter((fault) => fault.kind === 'missing-chunk');
    expect(missing.map(({ object }) => object)).toEqual([
      'BTCUSDT/trades/2025-12-11/00-02.csv',
      'BTCUSDT/depth/2025-12-11/00-04.csv',
    ]);
    expect(missing.every(({ rows }) => rows > 0)).toBe(true);
  });

  test('are those that fit into a shorter recording', () => {
    const inMinute = ['off-book', 'lost-trade', 'damaged-line', 'zero-row', 'damaged-line'];
    expect(kindsIn(1)).toEqual(inMinute);
    expect(kindsIn(2)).toEqual([...inMinute, 'late-rows', 'late-rows', 'outage']);
    expect(kindsIn(6).filter((kind) => kind === 'missing-chunk')).toHaveLength(2);
  });
});

describe('the oracle', () => {
  test('finds a recording without faults complete and its quiet spells proved', () => {
    const day = judged(clean);
    expect(day.status).toBe('complete');
    expect(day.missingTradeIds).toBe(0);
    expect(day.quietMs).toBeGreaterThan(6_000);
    expect(day.levelsSeen).toEqual([20]);
  });

  test('finds every fault and the outages that follow from them', () => {
    const day = judged(recorded);
    expect(day.status).toBe('partial');
    // Ids are missing over the holes, so what a hole in trades has beyond the other stream's is missing of trades alone.
    const outages = day.outages.filter(({ fromMs, toMs }) => toMs - fromMs > 1_000);
    expect(outages.map(({ kind }) => kind).sort()).toEqual([
      'depth_missing',
      'feed_down',
      'feed_down',
      'trades_missing',
      'trades_missing',
      'trades_missing',
    ]);
    expect([day.counts.trades.malformed, day.counts.depth.malformed]).toEqual([1, 1]);
    expect(day.counts.trades.excluded).toBe(2);
    const lost = recorded.sample.planted.find(({ kind }) => kind === 'lost-trade');
    expect(lost).toBeDefined();
    expect(day.idGaps[0]?.missing).toBe(1n);
    // The lost one, the damaged one, two outages and a missing chunk.
    expect(day.idGaps).toHaveLength(5);
  });

  test('sees 5 levels before the switch and 20 from it on', () => {
    const switched = record({ minutes: 3, depthLevels: 'switch', faults: [] });
    const at = switched.sample.switchAtMs ?? 0;
    expect(at).toBe(START_MS + 90_000);
    for (const { timeMs, bids, asks } of snapshotsOf(switched).snapshots) {
      expect([bids.length, asks.length]).toEqual(timeMs < at ? [5, 5] : [20, 20]);
    }
    expect(judged(switched, 3).levelsSeen).toEqual([5, 20]);
  });
});

function kindsIn(minutes: number): string[] {
  return record({ minutes, rate: 0.01 }).sample.planted.map(({ kind }) => kind);
}

function judged({ chunks }: Recorded, minutes = 10): OracleDay {
  return oracleDay(
    chunks.map(({ name, bytes }) => ({ name, content: bytes })),
    {
      symbol: 'BTCUSDT',
      date: '2025-12-11',
      resolutions: ['1m'],
      expect: { fromMs: START_MS, toMs: START_MS + minutes * MINUTE_MS },
    },
  );
}
