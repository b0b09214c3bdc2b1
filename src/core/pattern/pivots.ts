/** Pivots: minutes that stand out above, or below, the five minutes on either side. */
import type { MinuteCells } from './minute-cells.js';

/** Minutes on either side of a pivot. */
const SIDE_MINUTES = 5;
/** The earlier pivot of a pair lies so many minutes before the minute that confirms the later one. */
const EARLIER_MINUTES_MIN = 11;
const EARLIER_MINUTES_MAX = 65;

/** Two pivots of one kind. */
export interface PivotPair {
  readonly earlier: number;
  /** Confirmed by the minute `SIDE_MINUTES` after it. */
  readonly later: number;
}

/**
 * By the minute that confirms the later pivot: the pair of it and of the latest pivot that was confirmed
 * before it came into sight. All minutes from those in front of the earlier one on are known. `sign`: 1 for highs.
 */
export function pivotPairs(
  { highs, lows, marks }: MinuteCells,
  sign: 1 | -1,
): readonly (PivotPair | undefined)[] {
  const heights = (sign === 1 ? highs : lows).map((cell) =>
    cell === undefined ? undefined : BigInt(sign) * cell,
  );
  const isPivot = heights.map((_, minute) => standsOut(heights, marks, minute));
  return heights.map((_, minute) => {
    const later = minute - SIDE_MINUTES;
    if (isPivot[later] !== true) return undefined;
    let earlier = minute - EARLIER_MINUTES_MIN;
    const first = Math.max(0, minute - EARLIER_MINUTES_MAX);
    while (earlier >= first && isPivot[earlier] !== true) earlier -= 1;
    if (earlier < first) return undefined;
    return areKnown(marks, earlier - SIDE_MINUTES, minute) ? { earlier, later } : undefined;
  });
}

function standsOut(
  heights: readonly (bigint | undefined)[],
  marks: Uint8Array,
  minute: number,
): boolean {
  const height = heights[minute];
  const [from, to] = [minute - SIDE_MINUTES, minute + SIDE_MINUTES];
  if (height === undefined || !areKnown(marks, from, to)) return false;
  for (let other = from; other <= to; other++) {
    const beside = heights[other];
    if (beside === undefined || (other !== minute && beside >= height)) return false;
  }
  return true;
}

/** Both ends included. A minute outside the day is not known. */
function areKnown(marks: Uint8Array, from: number, to: number): boolean {
  for (let minute = from; minute <= to; minute++) {
    if (marks[minute] !== 1) return false;
  }
  return true;
}
