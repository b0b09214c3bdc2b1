/**
 * HOT. The place of each value of a day among its values, once and for all, so that quantiles compare
 * small integers; oracle: rankedBy with big integers.
 */
import type { SafeCells, Series } from './series.js';

export interface Ranks {
  /** By row: how many different values are less; -1: the row has no value. */
  readonly rankOf: Int32Array;
  /** By rank: a row that has this value. */
  readonly rowOf: Int32Array;
}

/** Values are sorted by so many bits at a time. */
const DIGITS = 2 ** 11;

export function ranksOf(series: Series): Ranks {
  const ranks = series.safe === undefined ? undefined : safeRanks(series.safe);
  if (ranks !== undefined) return ranks;
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
  const rankOf = new Int32Array(length).fill(-1);
  const rowOf: number[] = [];
  let before: number | undefined;
  for (const row of rows.toSorted(compare)) {
    if (before === undefined || compare(row, before) !== 0) rowOf.push(row);
    before = row;
    rankOf[row] = rowOf.length - 1;
  }
  return { rankOf, rowOf: Int32Array.from(rowOf) };
}

/** Sorts by digits, the last one first. Undefined if values lie too far apart for that. */
function safeRanks(cells: SafeCells): Ranks | undefined {
  const { least, range } = extentOf(cells);
  if (range > Number.MAX_SAFE_INTEGER) return undefined;
  const digits = new Uint16Array(cells.length);
  let sorted = presentRows(cells);
  let sorting = new Int32Array(sorted.length);
  for (let unit = 1; unit <= range; unit *= DIGITS) {
    const counts = countDigits(cells, sorted, { least, unit }, digits);
    sortByDigits(sorted, digits, counts, sorting);
    [sorted, sorting] = [sorting, sorted];
  }
  const rankOf = new Int32Array(cells.length).fill(-1);
  const count = rankSorted(cells, sorted, rankOf, sorting);
  return { rankOf, rowOf: sorting.subarray(0, count) };
}

interface Extent {
  readonly least: number;
  /** The largest value less the least one; a safe integer, or too large. */
  readonly range: number;
}

function extentOf(cells: SafeCells): Extent {
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] ?? Number.NaN;
    if (cell < least) least = cell;
    if (cell > most) most = cell;
  }
  return { least, range: most - least };
}

function presentRows(cells: SafeCells): Int32Array<ArrayBuffer> {
  const rows = new Int32Array(cells.length);
  let count = 0;
  for (let row = 0; row < cells.length; row++) {
    if (!Number.isNaN(cells[row])) rows[count++] = row;
  }
  return rows.slice(0, count);
}

/** Notes the digit of each row, and how many rows have each digit. */
function countDigits(
  cells: SafeCells,
  rows: Int32Array,
  { least, unit }: { readonly least: number; readonly unit: number },
  digits: Uint16Array,
): Int32Array {
  const counts = new Int32Array(DIGITS);
  const [byUnit, byNext] = [1 / unit, 1 / (unit * DIGITS)];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const value = (cells[row] ?? 0) - least;
    const digit = Math.floor(value * byUnit) - Math.floor(value * byNext) * DIGITS;
    digits[row] = digit;
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
  return counts;
}

/** Rows of one digit keep their order. */
function sortByDigits(
  rows: Int32Array,
  digits: Uint16Array,
  counts: Int32Array,
  into: Int32Array,
): void {
  let place = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = counts[digit] ?? 0;
    counts[digit] = place;
    place += count;
  }
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const digit = digits[row] ?? 0;
    const to = counts[digit] ?? 0;
    into[to] = row;
    counts[digit] = to + 1;
  }
}

/** Returns how many different values there are. */
function rankSorted(
  cells: SafeCells,
  sorted: Int32Array,
  rankOf: Int32Array,
  rowOf: Int32Array,
): number {
  let count = 0;
  let before = Number.NaN;
  for (let at = 0; at < sorted.length; at++) {
    const row = sorted[at] ?? 0;
    const cell = cells[row] ?? 0;
    if (cell !== before) rowOf[count++] = row;
    before = cell;
    rankOf[row] = count - 1;
  }
  return count;
}
