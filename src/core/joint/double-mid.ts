/** Twice the mid of a snapshot, exactly, and on which side of it a trade lies. */
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import { POWERS_OF_TEN, type Mantissas } from '../event/mantissas.js';
import { powerOfTen } from '../unit/decimal.js';

export interface DoubleMid {
  readonly timeMs: number;
  /** Best bid + best ask at `decimals`; NaN if that is no safe integer. */
  readonly sum: number;
  readonly wide: bigint | undefined;
  readonly decimals: number;
}

export function doubleMidOf(rows: DepthRows, row: number): DoubleMid {
  const { bidPrice, askPrice } = rows;
  const best = row * LEVELS_MAX;
  const timeMs = rows.timeMs[row] ?? 0;
  const sum = (bidPrice.safe[best] ?? 0) + (askPrice.safe[best] ?? 0);
  const isSafe = bidPrice.wide === undefined && askPrice.wide === undefined;
  if (isSafe && sum <= Number.MAX_SAFE_INTEGER) {
    return { timeMs, sum, wide: undefined, decimals: bidPrice.decimals };
  }
  const wide = bidPrice.at(best) + askPrice.at(best);
  return { timeMs, sum: Number.NaN, wide, decimals: bidPrice.decimals };
}

/**
 * The fast way to compare prices of a column with a mid: a safe price times `factor` against `sum`. Where
 * one of the two is no safe integer, or `sum` is NaN, sideOfMid decides.
 */
export function factorFor(price: Mantissas, mid: DoubleMid): number {
  return 2 * (POWERS_OF_TEN[Math.max(0, mid.decimals - price.decimals)] ?? Number.NaN);
}

/** The sum that goes with factorFor; NaN: there is no fast way. */
export function sumFor(price: Mantissas, mid: DoubleMid): number {
  if (price.wide !== undefined) return Number.NaN;
  const sum = mid.sum * (POWERS_OF_TEN[Math.max(0, price.decimals - mid.decimals)] ?? Number.NaN);
  return sum <= Number.MAX_SAFE_INTEGER ? sum : Number.NaN;
}

/** Above the mid: 1; below it: -1; at it: 0. The slow way, for values of any size. */
export function sideOfMid(price: Mantissas, index: number, mid: DoubleMid): number {
  const decimals = Math.max(price.decimals, mid.decimals);
  const doubled = 2n * price.at(index) * powerOfTen(decimals - price.decimals);
  const sum = (mid.wide ?? BigInt(mid.sum)) * powerOfTen(decimals - mid.decimals);
  if (doubled === sum) return 0;
  return doubled > sum ? 1 : -1;
}
