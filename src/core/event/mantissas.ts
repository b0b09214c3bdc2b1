/**
 * A column of exact decimals at one scale: safe integers in a Float64Array, or bigints for all cells
 * once a value exceeds 2^53 at that scale. It never rounds.
 */
import { powerOfTen, type Decimal } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import { grownFloats } from './row-columns.js';

/** The powers of ten that a double holds as safe integers. */
export const POWERS_OF_TEN: Float64Array = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);

const WIDE_CELL_BYTES = 40;

export class Mantissas {
  /** value = mantissa / 10^decimals, for every cell of the column. */
  decimals: number;
  /** Safe integers; meaningless once `wide` is set. */
  safe: Float64Array;
  /** All cells, once at least one exceeds the safe integers at this scale. */
  wide: bigint[] | undefined = undefined;

  constructor(length: number, decimals: number) {
    this.safe = new Float64Array(length);
    this.decimals = decimals;
  }

  grow(length: number): void {
    this.safe = grownFloats(this.safe, length);
  }

  /** Bytes of the cells; a bigint counts with its heap size. */
  get sizeBytes(): number {
    return this.safe.byteLength + (this.wide?.length ?? 0) * WIDE_CELL_BYTES;
  }

  /** Empties the column for values at another scale; its cells keep what they held. */
  reset(decimals: number): void {
    this.decimals = decimals;
    this.wide = undefined;
  }

  /** Copies the cells `from` to `to` (end exclusive) of a column of the same scale to `at`, behind the last cell. */
  copyCells(source: Mantissas, from: number, to: number, at: number): void {
    if (source.wide === undefined && this.wide === undefined) {
      this.safe.set(source.safe.subarray(from, to), at);
      return;
    }
    if (this.wide === undefined) this.widen(at);
    for (let cell = from; cell < to; cell++) this.wide?.push(source.at(cell));
  }

  /** Zeroes the cells `from` to `to` (end exclusive), behind the last value. */
  clear(from: number, to: number): void {
    this.safe.fill(0, from, to);
    for (let cell = from; this.wide !== undefined && cell < to; cell++) this.wide[cell] = 0n;
  }

  at(index: number): bigint {
    return this.wide?.[index] ?? BigInt(this.safe[index] ?? 0);
  }

  /** Writes a value. If it has more decimals, raises the scale of all cells before `index`, which must be filled. */
  set(index: number, { mantissa: value, decimals }: Decimal): void {
    if (decimals > this.decimals) this.raise(decimals, index);
    const mantissa = value * powerOfTen(this.decimals - decimals);
    if (this.wide === undefined && !isSafe(mantissa)) this.widen(index);
    if (this.wide === undefined) this.safe[index] = Number(mantissa);
    else this.wide[index] = mantissa;
  }

  /** True if the cells `from` to `to` (end exclusive) are safe integers at `decimals`, which is at least this scale. */
  isSafeAt(
    decimals: number,
    { from, to }: { readonly from: number; readonly to: number },
  ): boolean {
    if (this.wide !== undefined) return false;
    const shift = decimals - this.decimals;
    return shift === 0 || this.fitsTimes(POWERS_OF_TEN[shift] ?? Number.NaN, from, to);
  }

  /** Multiplies the cells before `filled` to a larger scale. */
  raise(decimals: number, filled: number): void {
    const shift = decimals - this.decimals;
    assert(shift > 0, 'a scale is only raised');
    this.decimals = decimals;
    if (this.wide === undefined && !this.fitsTimes(10 ** shift, 0, filled)) this.widen(filled);
    if (this.wide === undefined) {
      for (let i = 0; i < filled; i++) this.safe[i] = (this.safe[i] ?? 0) * 10 ** shift;
    } else {
      const factor = powerOfTen(shift);
      this.wide = this.wide.map((mantissa) => mantissa * factor);
    }
  }

  /** A product of safe integers whose double is a safe integer is exact. */
  private fitsTimes(factor: number, from: number, to: number): boolean {
    for (let i = from; i < to; i++) {
      if (!(Math.abs((this.safe[i] ?? 0) * factor) <= Number.MAX_SAFE_INTEGER)) return false;
    }
    return true;
  }

  private widen(filled: number): void {
    this.wide = Array.from(this.safe.subarray(0, filled), BigInt);
  }
}

export function isSafe(mantissa: bigint): boolean {
  return mantissa <= 9_007_199_254_740_991n && mantissa >= -9_007_199_254_740_991n;
}
