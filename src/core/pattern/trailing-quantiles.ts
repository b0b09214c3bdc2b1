/**
 * HOT. Quantiles of what came before: of a window that slides by whole blocks of rows. Each step counts
 * the ranks that enter and those that leave; coarse counts make finding a place cheap.
 */
import type { Ranks } from '../series/ranks.js';

export interface Window {
  /** Rows of a block; the window of a block ends where it begins. */
  readonly blockRows: number;
  /** Blocks of the window; at the begin of the day there are fewer. */
  readonly blocks: number;
  /** With fewer values there is no quantile. */
  readonly leastValues: number;
}

/** The trailing hour, at each minute. */
export const HOUR_BEFORE: Window = { blockRows: 60, blocks: 60, leastValues: 1_800 };
/** The trailing 240 minutes, where a row is a minute. */
export const MINUTES_BEFORE: Window = { blockRows: 1, blocks: 240, leastValues: 60 };

/** Ranks that share a coarse count, as a power of two. */
const COARSE_BITS = 8;

/**
 * One list for each of `percents`: by block, the rank of the value of place ⌈percent·n/100⌉ among the n
 * values in its window, in ascending order; -1: there are too few.
 */
export function trailingQuantiles(
  { rankOf, rowOf }: Ranks,
  percents: readonly number[],
  { blockRows, blocks, leastValues }: Window,
): Int32Array[] {
  const blockCount = Math.ceil(rankOf.length / blockRows);
  const found = percents.map(() => new Int32Array(blockCount).fill(-1));
  const counts = new Counts(rowOf.length);
  for (let block = 0; block < blockCount; block++) {
    for (let at = 0; counts.total >= leastValues && at < percents.length; at++) {
      const place = Math.ceil(((percents[at] ?? 0) * counts.total) / 100);
      const ranks = found[at];
      if (ranks !== undefined) ranks[block] = counts.rankAt(place);
    }
    counts.add(rankOf, block * blockRows, (block + 1) * blockRows, 1);
    const leaving = (block - blocks) * blockRows;
    if (leaving >= 0) counts.add(rankOf, leaving, leaving + blockRows, -1);
  }
  return found;
}

/** How many values of a window have each rank. */
class Counts {
  total = 0;
  private readonly fine: Int32Array;
  private readonly coarse: Int32Array;

  constructor(ranks: number) {
    this.fine = new Int32Array(ranks);
    this.coarse = new Int32Array((ranks >> COARSE_BITS) + 1);
  }

  /** Adds `by` for each row from `from` to `to` (end exclusive) that has a rank. */
  add(rankOf: Int32Array, from: number, to: number, by: 1 | -1): void {
    const { fine, coarse } = this;
    for (let row = from; row < to; row++) {
      const rank = rankOf[row] ?? -1;
      if (rank < 0) continue;
      fine[rank] = (fine[rank] ?? 0) + by;
      coarse[rank >> COARSE_BITS] = (coarse[rank >> COARSE_BITS] ?? 0) + by;
      this.total += by;
    }
  }

  /** The rank of the value at this place, from 1 to `total`. */
  rankAt(place: number): number {
    const { fine, coarse } = this;
    let left = place;
    let group = 0;
    for (; left > (coarse[group] ?? left); group++) left -= coarse[group] ?? 0;
    let rank = group << COARSE_BITS;
    for (; left > (fine[rank] ?? left); rank++) left -= fine[rank] ?? 0;
    return rank;
  }
}
