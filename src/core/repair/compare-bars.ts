/**
 * Two bar files of one symbol-day and resolution, before and after it was computed again, row by
 * row and to the last digit. Whether either of them is right is not asked here.
 */
import { CELL_DECIMALS, plainValue } from '../check/cell-values.js';
import type { BarColumn } from '../column/bar-table.js';
import { divideHalfUp, formatDecimal, powerOfTen } from '../unit/decimal.js';

const SHARE_DECIMALS = 8;
const TIME: BarColumn = 'timestamp';

/** The bar of which a column changed most, with the exact difference. */
export interface LargestChange {
  /** Stamp of the bar: its open time. */
  readonly time: string;
  readonly before: string;
  readonly after: string;
  /** After − before, plain and exact. */
  readonly difference: string;
  /** `difference` ÷ `before`, half up to 8 decimals; null where `before` is 0. */
  readonly share: string | null;
}

export interface BarsComparison {
  /** Rows of the longer file. */
  readonly bars: number;
  /** Rows of which any cell differs, and rows that one file alone has. */
  readonly different: number;
  /** Null where no bar has a close on both sides that differs: of several the first. */
  readonly close: LargestChange | null;
  /** The same of `vol_total`. */
  readonly volume: LargestChange | null;
}

type Row = readonly string[];

/** Every record of each file, the header first; both are gone through once, side by side. */
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

/** A missing row is an empty one. */
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

/** Looks for the largest change of one column, which each file may have in another place. */
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
