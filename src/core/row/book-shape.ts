/** HOT. Whether the prices of a snapshot lie as in a book: every one of its 40 levels is looked at; oracle: test/support/oracle. */
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';

/** From the first level on bids strictly fall and asks strictly rise. */
export function isOrdered(rows: DepthRows, row: number): boolean {
  const { bidPrice, askPrice } = rows;
  const first = row * LEVELS_MAX;
  const bidsEnd = first + (rows.bidLevels[row] ?? 0);
  const asksEnd = first + (rows.askLevels[row] ?? 0);
  if (bidPrice.wide !== undefined || askPrice.wide !== undefined) {
    for (let at = first + 1; at < bidsEnd; at++) {
      if (bidPrice.at(at) >= bidPrice.at(at - 1)) return false;
    }
    for (let at = first + 1; at < asksEnd; at++) {
      if (askPrice.at(at) <= askPrice.at(at - 1)) return false;
    }
    return true;
  }
  return fall(bidPrice.safe, first, bidsEnd) && rise(askPrice.safe, first, asksEnd);
}

/** The best ask is at or below the best bid. After decoding both columns have one scale. */
export function isCrossed({ bidPrice, askPrice }: DepthRows, row: number): boolean {
  const best = row * LEVELS_MAX;
  if (bidPrice.wide !== undefined || askPrice.wide !== undefined) {
    return askPrice.at(best) <= bidPrice.at(best);
  }
  return (askPrice.safe[best] ?? 0) <= (bidPrice.safe[best] ?? 0);
}

function fall(prices: Float64Array, from: number, to: number): boolean {
  let before = prices[from] ?? 0;
  for (let at = from + 1; at < to; at++) {
    const price = prices[at] ?? 0;
    if (price >= before) return false;
    before = price;
  }
  return true;
}

function rise(prices: Float64Array, from: number, to: number): boolean {
  let before = prices[from] ?? 0;
  for (let at = from + 1; at < to; at++) {
    const price = prices[at] ?? 0;
    if (price <= before) return false;
    before = price;
  }
  return true;
}
