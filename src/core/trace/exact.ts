/**
 * Numbers of an explanation: big integers at one scale that every value of a chunk fits, so nothing is ever
 * rescaled. The grids of the pass choose their scales; sharing nothing with them is the point.
 */
import type { Mantissas } from '../event/mantissas.js';
import {
  DECIMALS_MAX,
  divideHalfUp,
  formatDecimal,
  parseDecimal,
  powerOfTen,
} from '../unit/decimal.js';

/** Decimals of prices and quantities here; of their products twice as many. */
export const SCALE: number = DECIMALS_MAX;
/** Decimals of means and of vwap (docs/OUTPUT.md). */
export const MEAN_DECIMALS = 8;
/** A snapshot's imbalance is a whole number of these. */
const SHARE_DECIMALS = 9;

/** A cell of a column, at SCALE. */
export function exactAt(cells: Mantissas, index: number): bigint {
  return cells.at(index) * powerOfTen(SCALE - cells.decimals);
}

/** A cell of a file, at SCALE; undefined for an empty one. */
export function exactOf(text: string): bigint | undefined {
  const decimal = parseDecimal(text);
  return decimal && decimal.mantissa * powerOfTen(SCALE - decimal.decimals);
}

export function plain(value: bigint): string {
  return formatDecimal(value, SCALE);
}

/** A product of two values. */
export function plainProduct(value: bigint): string {
  return formatDecimal(value, 2 * SCALE);
}

/** A quotient of integers, `numerator` at `decimals` more than `denominator`, half up to MEAN_DECIMALS. */
export function rounded(numerator: bigint, denominator: bigint, decimals: number): string {
  const raised = numerator * powerOfTen(MEAN_DECIMALS);
  return formatDecimal(divideHalfUp(raised, denominator * powerOfTen(decimals)), MEAN_DECIMALS);
}

/** part ÷ whole, half up to a whole number of 1e-9. */
export function shareE9(part: bigint, whole: bigint): bigint {
  return divideHalfUp(part * powerOfTen(SHARE_DECIMALS), whole);
}

export function plainShare(sumE9: bigint): string {
  return formatDecimal(sumE9, SHARE_DECIMALS);
}

export function meanShare(sumE9: bigint, count: number): string {
  return rounded(sumE9, BigInt(count), SHARE_DECIMALS);
}

export function meanOf(sum: bigint, count: number): string {
  return rounded(sum, BigInt(count), SCALE);
}

export function sumOf(values: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
}
