/**
 * HOT. One row of a file in doubles, for checks that must be cheap; bench: encode; oracle: checkingFile.
 * Whatever it cannot hold or compare exactly counts as in doubt, and the caller then reads the file again
 * in big integers. It shares no code with the encoder.
 */
import type { Column } from '../column/column.js';
import { POWERS_OF_TEN } from '../event/mantissas.js';
import { formatSafe, powerOfTen } from '../unit/decimal.js';
import { CELL_DECIMALS, type RowValues } from './cell-values.js';

const DIGIT_0 = 48;
const MINUS = 45;
/** A point as a digit. */
const POINT_DIGIT = -2;
/** Numbers of so many digits are compared with the largest safe integer; longer ones exceed it. */
const SAFE_DIGITS_MAX = 16;

/** Far beyond what rounding a mantissa and dividing it can move a value. */
const CLEARLY_MORE = 1 + 1e-9;

/** Both ends included; infinite without a limit. */
export interface WholeRange {
  readonly leastWhole: number;
  readonly mostWhole: number;
}

/** What `read` returns for a cell in doubt. */
export const IN_DOUBT = -1;

export class QuickRow {
  /** value = mantissa / 10^decimals by position, the fewest decimals; NaN: an empty cell. Safe integers, but for long numbers. */
  readonly mantissa: Float64Array;
  readonly decimals: Uint8Array;
  private readonly valueDecimals: readonly number[];

  constructor(columns: readonly Column[]) {
    this.mantissa = new Float64Array(columns.length).fill(Number.NaN);
    this.decimals = new Uint8Array(columns.length);
    this.valueDecimals = columns.map(({ kind }) =>
      kind === 'time' || kind === 'text' ? 0 : CELL_DECIMALS,
    );
  }

  /**
   * Reads a number in plain notation, or an empty cell, that begins at `from` and ends before a byte that
   * belongs to no number. Returns the place of that byte, which the caller checks, or IN_DOUBT.
   */
  read(at: number, bytes: Uint8Array, from: number): number {
    const isNegative = bytes[from] === MINUS;
    const first = isNegative ? from + 1 : from;
    let size = 0;
    let index = first;
    let digit = (bytes[index] ?? 0) - DIGIT_0;
    while (digit >= 0 && digit <= 9) {
      size = size * 10 + digit;
      index += 1;
      digit = (bytes[index] ?? 0) - DIGIT_0;
    }
    if (index === from && digit !== POINT_DIGIT) return this.takeEmpty(at, from);
    const wholeEnd = index;
    let decimals = 0;
    if (digit === POINT_DIGIT) {
      index += 1;
      digit = (bytes[index] ?? 0) - DIGIT_0;
      while (digit >= 0 && digit <= 9) {
        size = size * 10 + digit;
        index += 1;
        digit = (bytes[index] ?? 0) - DIGIT_0;
      }
      decimals = index - wholeEnd - 1;
      if (decimals === 0 || bytes[index - 1] === DIGIT_0) return IN_DOUBT;
    }
    const wholeDigits = wholeEnd - first;
    if (wholeDigits === 0 || (wholeDigits > 1 && bytes[first] === DIGIT_0)) return IN_DOUBT;
    if (wholeDigits + decimals > SAFE_DIGITS_MAX || size > Number.MAX_SAFE_INTEGER) return IN_DOUBT;
    if (isNegative && size === 0) return IN_DOUBT;
    this.mantissa[at] = isNegative ? -size : size;
    this.decimals[at] = decimals;
    return index;
  }

  /**
   * The same for a number that `read` left in doubt for its length: the mantissa is then rounded and no safe integer,
   * so that every exact comparison is in doubt.
   */
  readLong(at: number, bytes: Uint8Array, from: number): number {
    let [size, index, pointAt] = [0, from, -1];
    for (; ; index++) {
      const digit = (bytes[index] ?? 0) - DIGIT_0;
      if (digit === POINT_DIGIT && pointAt < 0) pointAt = index;
      else if (digit >= 0 && digit <= 9) size = size * 10 + digit;
      else break;
    }
    const wholeEnd = pointAt < 0 ? index : pointAt;
    const isPadded = bytes[from] === DIGIT_0 && wholeEnd > from + 1;
    if (wholeEnd === from || isPadded || size <= Number.MAX_SAFE_INTEGER) return IN_DOUBT;
    if (pointAt >= 0 && (pointAt === index - 1 || bytes[index - 1] === DIGIT_0)) return IN_DOUBT;
    const decimals = pointAt < 0 ? 0 : index - pointAt - 1;
    if (decimals > CELL_DECIMALS) return IN_DOUBT;
    this.mantissa[at] = size;
    this.decimals[at] = decimals;
    return index;
  }

  /** A whole number, or NaN for an empty cell. */
  set(at: number, whole: number): void {
    this.mantissa[at] = whole;
    this.decimals[at] = 0;
  }

  copy(at: number, source: QuickRow, from: number): void {
    this.mantissa[at] = source.mantissa[from] ?? Number.NaN;
    this.decimals[at] = source.decimals[from] ?? 0;
  }

  isEmpty(at: number): boolean {
    return Number.isNaN(this.mantissa[at]);
  }

  isZero(at: number): boolean {
    return this.mantissa[at] === 0;
  }

  /** Limits in whole numbers; false also stands for doubt. */
  isWithin(at: number, { leastWhole, mostWhole }: WholeRange): boolean {
    const value = this.mantissa[at] ?? Number.NaN;
    const one = POWERS_OF_TEN[this.decimals[at] ?? 0] ?? Number.NaN;
    return isSurelyAtMost(leastWhole * one, value) && isSurelyAtMost(value, mostWhole * one);
  }

  /** Both have values and the one is at most the other; false also stands for doubt. */
  isAtMost(at: number, otherAt: number): boolean {
    const [own, others] = [this.decimals[at] ?? 0, this.decimals[otherAt] ?? 0];
    const decimals = own > others ? own : others;
    return this.mantissaAt(at, decimals) <= this.mantissaAt(otherAt, decimals);
  }

  /** The same where the other may be a long number that lies clearly above; neither is negative. */
  isClearlyAtMost(at: number, otherAt: number): boolean {
    if (this.isAtMost(at, otherAt)) return true;
    return this.roughly(at) * CLEARLY_MORE <= this.roughly(otherAt);
  }

  /** The number in plain notation; '' for an empty cell. */
  text(at: number): string {
    return this.isEmpty(at) ? '' : formatSafe(this.mantissa[at] ?? 0, this.decimals[at] ?? 0);
  }

  /** Both cells are empty or have the same text, as a notation without padding has one text a value. */
  isSame(at: number, other: QuickRow, otherAt: number): boolean {
    const [one, two] = [this.mantissa[at], other.mantissa[otherAt]];
    if (Number.isNaN(one) && Number.isNaN(two)) return true;
    return one === two && this.decimals[at] === other.decimals[otherAt];
  }

  /** The mantissa at so many decimals, no fewer than it has; NaN if it is empty or no safe integer then. */
  mantissaAt(at: number, decimals: number): number {
    const raised =
      (this.mantissa[at] ?? Number.NaN) *
      (POWERS_OF_TEN[decimals - (this.decimals[at] ?? 0)] ?? Number.NaN);
    return Math.abs(raised) <= Number.MAX_SAFE_INTEGER ? raised : Number.NaN;
  }

  /** The most decimals that any of these cells has. */
  decimalsOf(columns: readonly number[]): number {
    let most = 0;
    for (let index = 0; index < columns.length; index++) {
      const decimals = this.decimals[columns[index] ?? 0] ?? 0;
      if (decimals > most) most = decimals;
    }
    return most;
  }

  /** The same row in big integers; a long number counts as empty. */
  values(): RowValues {
    return this.valueDecimals.map((valueDecimals, at) => {
      const [mantissa = Number.NaN, decimals = 0] = [this.mantissa[at], this.decimals[at]];
      if (!(Math.abs(mantissa) <= Number.MAX_SAFE_INTEGER)) return undefined;
      return BigInt(mantissa) * powerOfTen(valueDecimals - decimals);
    });
  }

  private roughly(at: number): number {
    return (this.mantissa[at] ?? Number.NaN) / 10 ** (this.decimals[at] ?? 0);
  }

  private takeEmpty(at: number, place: number): number {
    this.set(at, Number.NaN);
    return place;
  }
}

/** Safe integers, or infinite; false also stands for doubt. */
function isSurelyAtMost(one: number, other: number): boolean {
  return one <= other && isExact(one) && isExact(other);
}

function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER || Math.abs(value) === Infinity;
}
