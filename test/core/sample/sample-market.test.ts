/** The market of a sample recording, against the statistics of order-flow.md section 1. */
import { describe, expect, test } from 'vitest';
import { cents, isAscending, medianOf, record, snapshotsOf, sum, tradesOf } from './recorded.js';

describe('the market of a recording', () => {
  const halfHour = record({ minutes: 30, faults: [], seed: 3 });
  const { trades, damaged } = tradesOf(halfHour);
  const { snapshots } = snapshotsOf(halfHour);

  test('trades about 900 times a minute, mostly in the millisecond of the trade before', () => {
    expect(damaged).toEqual([]);
    expect(trades.length / 30).toBeGreaterThan(600);
    expect(trades.length / 30).toBeLessThan(1_200);
    const same = trades.filter((trade, index) => trade.timeMs === trades[index - 1]?.timeMs);
    expect(same.length / trades.length).toBeGreaterThan(0.7);
    expect(same.length / trades.length).toBeLessThan(0.8);
    const buys = trades.filter(({ isBuyerMaker }) => !isBuyerMaker);
    expect(Math.abs(buys.length / trades.length - 0.5)).toBeLessThan(0.15);
  });

  test('has ten snapshots a second, in the middle 99.8 % of them a spread of one tick', () => {
    expect(Math.abs(snapshots.length - 18_000)).toBeLessThanOrEqual(1);
    const spreads = snapshots.map(({ bids, asks }) => cents(asks[0]) - cents(bids[0]));
    const oneTick = spreads.filter((spread) => spread === 10).length / snapshots.length;
    expect(Math.min(...spreads)).toBe(10);
    expect(oneTick).toBeGreaterThan(0.996);
    expect(oneTick).toBeLessThan(0.9995);
  });

  test('has twenty levels a side, best first, within half a basis point, most of them at the touch', () => {
    const shares: number[] = [];
    const spans: number[] = [];
    for (const { bids, asks } of snapshots) {
      const isInOrder =
        isAscending(asks.map(cents), true) && isAscending(bids.map(cents).toReversed(), true);
      const quantities = [...bids, ...asks].map(([, quantity]) => Number(quantity));
      const isFull = bids.length === 20 && asks.length === 20 && Math.min(...quantities) > 0;
      if (!isInOrder || !isFull) throw new Error('levels are out of order, missing or empty');
      shares.push(((quantities[0] ?? 0) + (quantities[20] ?? 0)) / sum(quantities));
      spans.push(((cents(bids[0]) - cents(bids[19])) / cents(bids[0])) * 1e4);
    }
    expect(medianOf(shares)).toBeGreaterThan(0.6);
    expect(medianOf(spans)).toBeGreaterThan(0.3);
    expect(medianOf(spans)).toBeLessThan(0.5);
  });

  test('trades at the touch of the snapshot before', () => {
    let next = 0;
    let atTouch = 0;
    let seen = 0;
    for (const { timeMs, price, isBuyerMaker } of trades) {
      while ((snapshots[next]?.timeMs ?? Infinity) <= timeMs) next += 1;
      const before = snapshots[next - 1];
      if (before === undefined) continue;
      seen += 1;
      const paid = cents([price]);
      const isAt = isBuyerMaker ? paid <= cents(before.bids[0]) : paid >= cents(before.asks[0]);
      if (isAt) atTouch += 1;
    }
    expect(seen).toBeGreaterThan(15_000);
    expect(atTouch / seen).toBeGreaterThan(0.9);
  });

  test('is silent in its quiet spells while depth lives', () => {
    expect(halfHour.sample.quiet).toHaveLength(3);
    for (const { fromMs, toMs } of halfHour.sample.quiet) {
      expect(toMs - fromMs).toBeGreaterThan(5_000);
      const inside = ({ timeMs }: { timeMs: number }) => timeMs >= fromMs && timeMs < toMs;
      expect(trades.filter(inside)).toEqual([]);
      expect(snapshots.filter(inside)).toHaveLength((toMs - fromMs) / 100);
    }
  });
});
