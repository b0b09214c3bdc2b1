/** The share of bid quantity over 20 levels in integer units of 1e-9, exactly rounded (docs/OUTPUT.md). */
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import { divideHalfUp } from '../unit/decimal.js';

const UNITS = 1_000_000_000;
/** Distance from a tie below which the double quotient, off by less than 1e-6 units, cannot decide. */
const DOUBT_UNITS = 1e-5;

/** Imbalance of a full snapshot, rounded half up to 1e-9. */
export function imbalanceE9(rows: DepthRows, row: number): number {
  const { bidQuantity, askQuantity } = rows;
  const first = row * LEVELS_MAX;
  if (bidQuantity.wide !== undefined || askQuantity.wide !== undefined) {
    return wideImbalanceE9(rows, first);
  }
  let bids = 0;
  let asks = 0;
  for (let at = first; at < first + LEVELS_MAX; at++) {
    bids += bidQuantity.safe[at] ?? 0;
    asks += askQuantity.safe[at] ?? 0;
  }
  const total = bids + asks;
  // All terms are positive, so a safe total means that every partial sum was exact.
  if (total > Number.MAX_SAFE_INTEGER) return wideImbalanceE9(rows, first);
  return ratioE9(bids, total);
}

/** part / total in units of 1e-9, rounded half up. Safe integers, 0 <= part <= total, total > 0. */
export function ratioE9(part: number, total: number): number {
  const units = (part / total) * UNITS;
  const floor = Math.floor(units);
  const distance = units - floor - 0.5;
  if (distance > DOUBT_UNITS) return floor + 1;
  if (distance < -DOUBT_UNITS) return floor;
  return wideRatioE9(BigInt(part), BigInt(total));
}

/** The same for values of any size. */
export function wideRatioE9(part: bigint, total: bigint): number {
  return Number(divideHalfUp(part * BigInt(UNITS), total));
}

function wideImbalanceE9(rows: DepthRows, first: number): number {
  let bids = 0n;
  let asks = 0n;
  for (let at = first; at < first + LEVELS_MAX; at++) {
    bids += rows.bidQuantity.at(at);
    asks += rows.askQuantity.at(at);
  }
  return wideRatioE9(bids, bids + asks);
}
