/**
 * The oracle's steps of the book: two snapshots that follow one another, the trades between them, and what
 * others than the aggressors did at each price that both could see.
 */
import type { DepthRow, TradeRow } from '../oracle/chunk.js';
import { levelsMax } from '../oracle/json-levels.js';
import type { Level } from '../oracle/json-levels.js';
import { sumOf } from './trade-signals.js';

export type BookSide = 'bids' | 'asks';

export interface Step {
  from: DepthRow;
  to: DepthRow;
  /** Later than `from`, not later than `to`. */
  trades: TradeRow[];
}

/** What happened to one side of the book in a step; quantities at 18 decimals. */
export interface SideFlow {
  added: bigint;
  pulled: bigint;
  wallPulled: bigint;
}

const stepMsMax = 1000;

/** Of the day's usable snapshots and used trades, both in Order and without late ones. */
export function stepsOf(snapshots: DepthRow[], trades: TradeRow[]): Step[] {
  const steps: Step[] = [];
  let next = 0;
  snapshots.forEach((to, index) => {
    const from = snapshots[index - 1];
    const between: TradeRow[] = [];
    for (let trade = trades[next]; trade !== undefined && trade.timeMs <= to.timeMs;) {
      if (from !== undefined && trade.timeMs > from.timeMs) between.push(trade);
      next += 1;
      trade = trades[next];
    }
    if (from !== undefined && to.timeMs - from.timeMs <= stepMsMax) {
      steps.push({ from, to, trades: between });
    }
  });
  return steps;
}

export function isFull({ bids, asks }: DepthRow): boolean {
  return hasLevels({ bids, asks }, levelsMax);
}

/** Whether both sides have at least so many levels. */
export function hasLevels({ bids, asks }: Pick<DepthRow, BookSide>, count: number): boolean {
  return bids.length >= count && asks.length >= count;
}

/** Added, pulled, and pulled of walls; there are walls only where both snapshots are full. */
export function sideFlowOf(step: Step, side: BookSide): SideFlow {
  const before = step.from[side];
  const after = step.to[side];
  const flow: SideFlow = { added: 0n, pulled: 0n, wallPulled: 0n };
  const isWall = wallTest(before);
  const areFull = isFull(step.from) && isFull(step.to);
  for (const priceE18 of commonPrices(before, after, side)) {
    const heldE18 = quantityAt(before, priceE18);
    const netE18 = quantityAt(after, priceE18) - heldE18 + tradedAt(step, side, priceE18);
    if (netE18 > 0n) flow.added += netE18;
    if (netE18 >= 0n) continue;
    flow.pulled -= netE18;
    const isMostOfIt = -netE18 * 10n >= heldE18 * 6n;
    if (areFull && isWall(priceE18) && isMostOfIt) flow.wallPulled -= netE18;
  }
  return flow;
}

/** e of Cont, Kukanov and Stoikov between one level of both snapshots, counted from 0. */
export function flowImbalanceE18({ from, to }: Step, level: number): bigint {
  const [bid, ask] = [from.bids[level], from.asks[level]];
  const [newBid, newAsk] = [to.bids[level], to.asks[level]];
  if (bid === undefined || ask === undefined || newBid === undefined || newAsk === undefined) {
    throw new RangeError(`no level ${level} on both sides`);
  }
  let imbalanceE18 = 0n;
  if (newBid.priceE18 >= bid.priceE18) imbalanceE18 += newBid.quantityE18;
  if (newBid.priceE18 <= bid.priceE18) imbalanceE18 -= bid.quantityE18;
  if (newAsk.priceE18 <= ask.priceE18) imbalanceE18 -= newAsk.quantityE18;
  if (newAsk.priceE18 >= ask.priceE18) imbalanceE18 += ask.quantityE18;
  return imbalanceE18;
}

/** The prices of either snapshot that are at least as attractive as the worst of each. */
function commonPrices(before: Level[], after: Level[], side: BookSide): Set<bigint> {
  const [worst, newWorst] = [before.at(-1)?.priceE18, after.at(-1)?.priceE18];
  if (worst === undefined || newWorst === undefined) {
    throw new RangeError('a usable snapshot has both sides');
  }
  const isSeen = (priceE18: bigint): boolean =>
    side === 'bids'
      ? priceE18 >= worst && priceE18 >= newWorst
      : priceE18 <= worst && priceE18 <= newWorst;
  return new Set([...before, ...after].map(({ priceE18 }) => priceE18).filter(isSeen));
}

function quantityAt(levels: Level[], priceE18: bigint): bigint {
  return levels.find((level) => level.priceE18 === priceE18)?.quantityE18 ?? 0n;
}

/** Sellers hit bids, buyers hit asks. */
function tradedAt({ trades }: Step, side: BookSide, priceE18: bigint): bigint {
  const aggressor = side === 'bids' ? 'sell' : 'buy';
  return sumOf(
    trades
      .filter((trade) => trade.takerSide === aggressor && trade.priceE18 === priceE18)
      .map(({ quantityE18 }) => quantityE18),
  );
}

/** Whether a price is that of a wall: not the best level, and at least 20 % of the side. */
function wallTest(levels: Level[]): (priceE18: bigint) => boolean {
  const sideE18 = sumOf(levels.map(({ quantityE18 }) => quantityE18));
  const walls = levels.slice(1).filter(({ quantityE18 }) => quantityE18 * 5n >= sideE18);
  return (priceE18) => walls.some((wall) => wall.priceE18 === priceE18);
}
