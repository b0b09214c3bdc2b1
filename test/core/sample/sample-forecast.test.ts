/**
 * What the book of a sample says about its next price, and what its past prices do not say: as 1s bars
 * have it, over recordings of several seeds and symbols, with bands around order-flow.md and issue 10.
 */
import { describe, expect, test } from 'vitest';
import { instrumentOf } from '../../../src/core/market/instrument.js';
import { Random } from '../../../src/core/unit/random.js';
import { SampleBook } from '../../../src/core/market/sample-book.js';
import {
  cents,
  correlation,
  type DepthLine,
  meanOf,
  record,
  snapshotsOf,
  sum,
  tradesOf,
} from './recorded.js';

const MINUTES = 15;
const RECORDINGS = [
  { symbol: 'BTCUSDT', seed: 1 },
  { symbol: 'BTCUSDT', seed: 2 },
  { symbol: 'ETHUSDT', seed: 3 },
];

describe('the 1s bars of a recording', () => {
  const recordings = RECORDINGS.map((setup) => {
    const recorded = record({ ...setup, minutes: MINUTES, faults: [] });
    const { trades } = tradesOf(recorded);
    const { snapshots } = snapshotsOf(recorded);
    const returns = changesOf(lastOfEachSecond(snapshots, midOf));
    return { trades, snapshots, returns, imbalances: imbalancesOf(snapshots) };
  });

  test('have an imbalance that lasts for seconds and that the next return follows', () => {
    const lasting = recordings.map(({ imbalances }) => correlation(imbalances, imbalances, 1));
    const followed = recordings.map(({ imbalances, returns }) =>
      // The first return is that of the second second.
      correlation(imbalances.slice(1), returns, 1),
    );
    expect(meanOf(lasting)).toBeGreaterThan(0.63);
    expect(meanOf(lasting)).toBeLessThan(0.8);
    expect(meanOf(followed)).toBeGreaterThan(0.22);
    expect(meanOf(followed)).toBeLessThan(0.38);
  });

  test('have returns that no return before them foretells', () => {
    for (const lag of [1, 2, 3, 10]) {
      const found = recordings.map(({ returns }) => correlation(returns, returns, lag));
      expect(Math.abs(meanOf(found)), `lag ${lag}`).toBeLessThan(0.05);
    }
  });

  test('have buyers above the middle of the book and sellers below it', () => {
    for (const { trades, snapshots } of recordings) {
      let next = 0;
      const agree = { above: 0, below: 0 };
      const seen = { above: 0, below: 0 };
      for (const { timeMs, price, isBuyerMaker } of trades) {
        while ((snapshots[next]?.timeMs ?? Infinity) < timeMs) next += 1;
        const before = snapshots[next - 1];
        const offMid = before === undefined ? 0 : cents([price]) - midOf(before);
        if (offMid === 0) continue;
        const side = offMid > 0 ? 'above' : 'below';
        seen[side] += 1;
        if (isBuyerMaker === (side === 'below')) agree[side] += 1;
      }
      expect(Math.min(seen.above, seen.below)).toBeGreaterThan(3_000);
      expect(agree.above / seen.above).toBeGreaterThan(0.95);
      expect(agree.below / seen.below).toBeGreaterThan(0.95);
    }
  });
});

test('a price far from its start is drawn nowhere', () => {
  const rises = { steps: 0, up: 0 };
  for (let seed = 0; seed < 10; seed++) {
    const instrument = instrumentOf('BTCUSDT');
    const book = new SampleBook(instrument, new Random(`far:${seed}`), 'leaning');
    book.move(1, Math.floor(instrument.startTicks / 20));
    for (let step = 0; step < 20_000; step++) {
      book.evolve();
      rises.steps += 1;
      if (book.likelyDirection() > 0) rises.up += 1;
    }
  }
  expect(Math.abs(rises.up / rises.steps - 0.5)).toBeLessThan(0.05);
});

function midOf({ bids, asks }: DepthLine): number {
  return (cents(bids[0]) + cents(asks[0])) / 2;
}

/** The mean of each second's ratios of bids in twenty levels. */
function imbalancesOf(snapshots: readonly DepthLine[]): number[] {
  const seconds = new Map<number, number[]>();
  for (const { timeMs, bids, asks } of snapshots) {
    const second = Math.floor(timeMs / 1_000);
    const [bid, ask] = [bids, asks].map((side) =>
      sum(side.map(([, quantity]) => Number(quantity))),
    );
    const ratios = seconds.get(second) ?? [];
    ratios.push((bid ?? 0) / ((bid ?? 0) + (ask ?? 0)));
    seconds.set(second, ratios);
  }
  expect(seconds.size).toBeGreaterThanOrEqual(MINUTES * 60);
  return [...seconds.values()].map(meanOf);
}

function lastOfEachSecond(
  snapshots: readonly DepthLine[],
  measure: (snapshot: DepthLine) => number,
): number[] {
  const seconds = new Map<number, number>();
  for (const snapshot of snapshots) {
    seconds.set(Math.floor(snapshot.timeMs / 1_000), measure(snapshot));
  }
  return [...seconds.values()];
}

function changesOf(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - (values[index] ?? Number.NaN));
}
