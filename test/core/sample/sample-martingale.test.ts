/** The martingale market: what its seconds show of book and flow says nothing about the next price. */
import { expect, test } from 'vitest';
import type { MarketKind } from '../../../src/core/market/sample-book.js';
import {
  cents,
  correlation,
  type DepthLine,
  meanOf,
  record,
  snapshotsOf,
  START_MS,
  sum,
  tradesOf,
} from './recorded.js';

const MINUTES = 15;
const SEEDS = [1, 2, 3, 4];

const leaning = SEEDS.map((seed) => foretold('leaning', seed));
const martingale = SEEDS.map((seed) => foretold('martingale', seed));

test.each(['imbalance', 'delta', 'flow', 'lastTrade'] as const)(
  'the %s of a second does not foretell the next return',
  (what) => {
    const mean = meanOf(martingale.map((found) => found[what]));
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(meanOf(leaning.map((found) => found[what]))).toBeGreaterThan(0.03);
  },
);

test('all else is alike: a second’s delta goes with its own return', () => {
  for (const found of [leaning, martingale]) {
    const mean = meanOf(found.map(({ ownReturn }) => ownReturn));
    expect(mean).toBeGreaterThan(0.25);
    expect(mean).toBeLessThan(0.42);
  }
});

interface Foretold {
  readonly imbalance: number;
  readonly delta: number;
  /** Order-flow imbalance at the best quotes. */
  readonly flow: number;
  /** The last trade's distance from the last middle: trades that no snapshot of the second shows. */
  readonly lastTrade: number;
  readonly ownReturn: number;
}

/** Correlations of what a second shows with the next return. */
function foretold(market: MarketKind, seed: number): Foretold {
  const recorded = record({ market, seed, minutes: MINUTES, faults: [] });
  const seconds = MINUTES * 60;
  const zeros = (): number[] => Array.from({ length: seconds }, () => 0);
  const [mid, delta, flow, lastTrade, imbalance] = [zeros(), zeros(), zeros(), zeros(), zeros()];
  let before: DepthLine | undefined;
  for (const snapshot of snapshotsOf(recorded).snapshots) {
    const second = secondOf(snapshot.timeMs);
    mid[second] = cents(snapshot.bids[0]) + cents(snapshot.asks[0]);
    const [bid = 0, ask = 0] = [snapshot.bids, snapshot.asks].map((side) => sum(side.map(lots)));
    imbalance[second] = bid / (bid + ask);
    if (before !== undefined) flow[second] = (flow[second] ?? 0) + flowOf(before, snapshot);
    before = snapshot;
  }
  for (const { timeMs, price, quantity, isBuyerMaker } of tradesOf(recorded).trades) {
    const second = secondOf(timeMs);
    delta[second] = (delta[second] ?? 0) + (isBuyerMaker ? -1 : 1) * Number(quantity);
    lastTrade[second] = 2 * cents([price]) - (mid[second] ?? 0);
  }
  const returns = mid.map((value, second) => (second === 0 ? 0 : value - (mid[second - 1] ?? 0)));
  expect(returns.filter((change) => change !== 0).length).toBeGreaterThan(seconds / 5);
  return {
    imbalance: correlation(imbalance, returns, 1),
    delta: correlation(delta, returns, 1),
    flow: correlation(flow, returns, 1),
    lastTrade: correlation(lastTrade, returns, 1),
    ownReturn: correlation(delta, returns, 0),
  };
}

function secondOf(timeMs: number): number {
  return Math.floor((timeMs - START_MS) / 1_000);
}

function lots(level: readonly string[] | undefined): number {
  return Number(level?.[1] ?? 0);
}

function flowOf(before: DepthLine, after: DepthLine): number {
  const up = cents(after.bids[0]) - cents(before.bids[0]);
  const down = cents(before.asks[0]) - cents(after.asks[0]);
  const bids = (up >= 0 ? lots(after.bids[0]) : 0) - (up <= 0 ? lots(before.bids[0]) : 0);
  const asks = (down >= 0 ? lots(after.asks[0]) : 0) - (down <= 0 ? lots(before.asks[0]) : 0);
  return bids - asks;
}
