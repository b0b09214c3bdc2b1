/**
 * Compares two bar files of one symbol-day and resolution, before and after a repair, row by row and to
 * the last digit. It does not judge which is right.
 */
import { CELL_DECIMALS, plainValue } from '../check/cell-values.js';
import type { BarColumn } from '../column/bar-table.js';
import { divideHalfUp, formatDecimal, powerOfTen } from '../unit/decimal.js';

const SHARE_DECIMALS = 8;
const TIME: BarColumn = 'timestamp';

/** The bar whose cell in one column changed most, with the exact difference. */
export interface LargestChange {
  /** Open time of the bar. */
  readonly time: string;
  readonly before: string;
  readonly after: string;
  /** After − before, plain and exact. */
  readonly difference: string;
  /** `difference` ÷ `before`, half up to 8 decimals; null if `before` is 0. */
  readonly share: string | null;
}

export interface BarsComparison {
  /** Rows of the longer file. */
  readonly bars: number;
  /** Rows with any different cell, and rows that only one file has. */
  readonly different: number;
  /** The largest change of close, the first of several; null if no bar has two different closes. */
  readonly close: LargestChange | null;
  /** The same for `vol_total`. */
  readonly volume: LargestChange | null;
}

type Row = readonly string[];

/** `before`, `after`: every record, the header first. Both are read once, side by side. */
export function compareBars(before: Iterable<Row>, after: Iterable<Row>): BarsComparison {
  const close = new ChangeSearch('close');
  const volume = new ChangeSearch('vol_total');
  let bars = -1;
  let different = 0;
  for (const [one, other] of pairs(before, after)) {
    bars += 1;
    if (bars === 0) {
      for (const search of [close, volume]) search.readHeaders(one, other);
    } else if (!isSameRow(one, other)) {
      different += 1;
      for (const search of [close, volume]) search.take(one, other);
    }
  }
  return { bars: Math.max(0, bars), different, close: close.found, volume: volume.found };
}

/** Pairs the rows; a missing row counts as an empty one. */
function* pairs(before: Iterable<Row>, after: Iterable<Row>): Generator<readonly [Row, Row]> {
  const [ones, others] = [before[Symbol.iterator](), after[Symbol.iterator]()];
  for (;;) {
    const [one, other] = [ones.next(), others.next()];
    if (one.done === true && other.done === true) return;
    yield [one.done === true ? [] : one.value, other.done === true ? [] : other.value];
  }
}

function isSameRow(one: Row, other: Row): boolean {
  return one.length === other.length && one.every((cell, index) => cell === other[index]);
}

/** Finds the largest change of one column, which may be at different positions in the two files. */
class ChangeSearch {
  found: LargestChange | null = null;
  private size = 0n;
  private readonly column: BarColumn;
  private places: readonly [before: number, after: number] = [-1, -1];
  private timeAt = -1;

  constructor(column: BarColumn) {
    this.column = column;
  }

  readHeaders(before: Row, after: Row): void {
    this.places = [before.indexOf(this.column), after.indexOf(this.column)];
    this.timeAt = after.indexOf(TIME);
  }

  take(before: Row, after: Row): void {
    const [one = '', other = ''] = [before[this.places[0]], after[this.places[1]]];
    const [oneValue, otherValue] = [plainValue(one), plainValue(other)];
    if (oneValue === undefined || otherValue === undefined) return;
    const difference = otherValue - oneValue;
    const size = difference < 0n ? -difference : difference;
    if (size <= this.size) return;
    this.size = size;
    this.found = {
      time: after[this.timeAt] ?? '',
      before: one,
      after: other,
      difference: formatDecimal(difference, CELL_DECIMALS),
      share: shareOf(difference, oneValue),
    };
  }
}

function shareOf(difference: bigint, before: bigint): string | null {
  if (before <= 0n) return null;
  const scaled = difference * powerOfTen(SHARE_DECIMALS);
  return formatDecimal(divideHalfUp(scaled, before), SHARE_DECIMALS);
}
