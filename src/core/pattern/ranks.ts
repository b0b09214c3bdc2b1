/**
 * HOT. The place of each value of a day among its values, once and for all, so that quantiles compare
 * small integers; oracle: rankedBy with big integers.
 */
import { assert } from '../unit/errors.js';
import type { SafeCells, Series } from './series.js';

export interface Ranks {
  /** By row: how many different values are less; -1: the row has no value. */
  readonly rankOf: Int32Array;
  /** By rank: a row that has this value. */
  readonly rowOf: Int32Array;
}

/** Values are sorted by so many bits at a time, twice for each half of a double's 54 bits. */
const HALF = 2 ** 27;
const DIGIT_BITS = 9;
const DIGITS = 2 ** DIGIT_BITS;

export function ranksOf(series: Series): Ranks {
  if (series.safe !== undefined) return safeRanks(series.safe);
  const rows = Array.from({ length: series.length }, (_, row) => row);
  return rankedBy(
    rows.filter((row) => series.has(row)),
    series.length,
    (one, two) => series.compare(one, two),
  );
}

/** Ranks of `rows`, of so many in all, by a comparison of two rows. */
export function rankedBy(
  rows: readonly number[],
  length: number,
  compare: (one: number, two: number) => number,
): Ranks {
  const sorted = Int32Array.from(rows.toSorted(compare));
  return ranked(sorted, length, (one, two) => compare(one, two) === 0);
}

function ranked(
  sorted: Int32Array,
  length: number,
  isSame: (one: number, two: number) => boolean,
): Ranks {
  const rankOf = new Int32Array(length).fill(-1);
  const rowOf = new Int32Array(sorted.length);
  let count = 0;
  for (let at = 0; at < sorted.length; at++) {
    const row = sorted[at] ?? 0;
    if (at === 0 || !isSame(row, sorted[at - 1] ?? 0)) rowOf[count++] = row;
    rankOf[row] = count - 1;
  }
  return { rankOf, rowOf: rowOf.subarray(0, count) };
}

/** Sorts by digits, the last one first. */
function safeRanks(cells: SafeCells): Ranks {
  const { rows, least, most } = extentOf(cells);
  if (rows.length === 0) return { rankOf: new Int32Array(cells.length).fill(-1), rowOf: rows };
  const low = new Int32Array(cells.length);
  const high = new Int32Array(cells.length);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const half = Math.floor((cells[row] ?? 0) / HALF);
    low[row] = (cells[row] ?? 0) - half * HALF;
    high[row] = half - Math.floor(least / HALF);
  }
  let sorted = sortedByDigits(rows, low, HALF);
  sorted = sortedByDigits(sorted, high, Math.floor(most / HALF) - Math.floor(least / HALF) + 1);
  return ranked(sorted, cells.length, (one, two) => cells[one] === cells[two]);
}

interface Extent {
  /** Those with a value. */
  readonly rows: Int32Array;
  readonly least: number;
  readonly most: number;
}

function extentOf(cells: SafeCells): Extent {
  const rows = new Int32Array(cells.length);
  let count = 0;
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] ?? Number.NaN;
    if (Number.isNaN(cell)) continue;
    rows[count++] = row;
    if (cell < least) least = cell;
    if (cell > most) most = cell;
  }
  return { rows: rows.subarray(0, count), least, most };
}

/** The rows by their keys, which are at least 0 and below the limit; rows of one key keep their order. */
function sortedByDigits(rows: Int32Array, keys: Int32Array, limit: number): Int32Array {
  assert(limit <= HALF * DIGITS, 'a half of a safe integer has few digits');
  let from = rows;
  for (let shift = 0; limit > 2 ** shift; shift += DIGIT_BITS) {
    const ends = new Int32Array(DIGITS + 1);
    for (let at = 0; at < from.length; at++) {
      const digit = ((keys[from[at] ?? 0] ?? 0) >>> shift) & (DIGITS - 1);
      ends[digit + 1] = (ends[digit + 1] ?? 0) + 1;
    }
    for (let digit = 0; digit < DIGITS; digit++) {
      ends[digit + 1] = (ends[digit + 1] ?? 0) + (ends[digit] ?? 0);
    }
    const into = new Int32Array(from.length);
    for (let at = 0; at < from.length; at++) {
      const row = from[at] ?? 0;
      const digit = ((keys[row] ?? 0) >>> shift) & (DIGITS - 1);
      const place = ends[digit] ?? 0;
      into[place] = row;
      ends[digit] = place + 1;
    }
    from = into;
  }
  return from;
}
