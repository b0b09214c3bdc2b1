/** Exact quotients of whole numbers, and the shares that are printed of them. */
import { divideHalfUp } from '../unit/decimal.js';

export interface Fraction {
  readonly numerator: bigint;
  /** Above 0. */
  readonly denominator: bigint;
}

/** Decimals of a printed share. */
const SHARE_FACTOR = 10_000;

/** Undefined where the whole is 0. */
export function fraction(part: number, whole: number): Fraction | undefined {
  return whole === 0 ? undefined : { numerator: BigInt(part), denominator: BigInt(whole) };
}

export function isAbove(one: Fraction, other: Fraction): boolean {
  return one.numerator * other.denominator > other.numerator * one.denominator;
}

/** Half up to four decimals. */
export function shareOf({ numerator, denominator }: Fraction): number {
  return Number(divideHalfUp(numerator * BigInt(SHARE_FACTOR), denominator)) / SHARE_FACTOR;
}

/** Adds pairs of pairs, so that the numbers grow only towards the end. */
export function sumOfFractions(fractions: readonly Fraction[]): Fraction {
  if (fractions.length === 0) return { numerator: 0n, denominator: 1n };
  const [only] = fractions;
  if (only !== undefined && fractions.length === 1) return only;
  const half = Math.ceil(fractions.length / 2);
  const one = sumOfFractions(fractions.slice(0, half));
  const two = sumOfFractions(fractions.slice(half));
  if (one.denominator === two.denominator) {
    return { numerator: one.numerator + two.numerator, denominator: one.denominator };
  }
  return {
    numerator: one.numerator * two.denominator + two.numerator * one.denominator,
    denominator: one.denominator * two.denominator,
  };
}
