/**
 * A column of exact decimals at one scale: safe integers in a Float64Array, or bigints once a value
 * does not fit 2^53 at that scale. It never rounds and never mixes the two.
 */
import { powerOfTen } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import { grownFloats } from './row-columns.js';

/** Exact powers of ten a double can multiply by without leaving the safe integers for small mantissas. */
export const POWERS_OF_TEN: Float64Array = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);

export class Mantissas {
  /** value = mantissa / 10^decimals, for every cell of the column. */
  decimals: number;
  /** Safe integers; meaningless once `wide` is there. */
  safe: Float64Array;
  /** All cells, when at least one is beyond the safe integers at this scale. */
  wide: bigint[] | undefined = undefined;

  constructor(length: number, decimals: number) {
    this.safe = new Float64Array(length);
    this.decimals = decimals;
  }

  grow(length: number): void {
    this.safe = grownFloats(this.safe, length);
  }

  at(index: number): bigint {
    return this.wide?.[index] ?? BigInt(this.safe[index] ?? 0);
  }

  /**
   * Writes a value, raising the scale of the cells before `filled` where it asks for more decimals.
   * `writtenDecimals` is the padded scale of the text: taken over while it costs nothing, so that
   * the byte kernel recognises the rows that follow.
   */
  set(index: number, value: bigint, decimals: number, written: { decimals: number; filled: number }): void {
    if (written.decimals > this.decimals && this.fitsAt(written.decimals, written.filled)) {
      this.raise(written.decimals, written.filled);
    }
    if (decimals > this.decimals) this.raise(decimals, written.filled);
    const mantissa = value * powerOfTen(this.decimals - decimals);
    if (this.wide === undefined && !isSafe(mantissa)) this.widen(written.filled);
    if (this.wide === undefined) this.safe[index] = Number(mantissa);
    else this.wide[index] = mantissa;
  }

  private fitsAt(decimals: number, filled: number): boolean {
    const shift = decimals - this.decimals;
    if (this.wide !== undefined || decimals > 8 || shift >= POWERS_OF_TEN.length) return false;
    const factor = POWERS_OF_TEN[shift] ?? 1;
    for (let i = 0; i < filled; i++) {
      if (Math.abs((this.safe[i] ?? 0) * factor) > Number.MAX_SAFE_INTEGER) return false;
    }
    return true;
  }

  /** Multiplies the cells before `filled` to a larger scale. */
  raise(decimals: number, filled: number): void {
    assert(decimals > this.decimals, 'a scale is only ever raised');
    const factor = powerOfTen(decimals - this.decimals);
    this.decimals = decimals;
    if (this.wide === undefined) {
      const raised: bigint[] = Array.from(this.safe.subarray(0, filled), (m) => BigInt(m) * factor);
      if (!raised.every(isSafe)) {
        this.wide = raised;
        return;
      }
      for (let i = 0; i < filled; i++) this.safe[i] = Number(raised[i]);
    } else {
      this.wide = this.wide.map((mantissa) => mantissa * factor);
    }
  }

  private widen(filled: number): void {
    this.wide = Array.from(this.safe.subarray(0, filled), BigInt);
  }
}

export function isSafe(mantissa: bigint): boolean {
  return mantissa <= 9_007_199_254_740_991n && mantissa >= -9_007_199_254_740_991n;
}
