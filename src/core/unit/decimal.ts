/**
 * Exact decimal numbers: text to integers and back, and the one rounding rule. A number is a mantissa
 * and a count of decimals, value = mantissa / 10^decimals; there are no floats.
 */
import { assert } from './errors.js';

/** Most digits of a value before and after the point. */
export const DIGITS_BEFORE_POINT_MAX = 18;
export const DECIMALS_MAX = 18;

const DIGIT_0 = 48;

export interface Decimal {
  readonly mantissa: bigint;
  /** 0 to DECIMALS_MAX, as few as the value needs. */
  readonly decimals: number;
}

const NUMBER_PATTERN = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * Reads `-?digits[.digits][(e|E)[±]digits]`. Limits apply to the value: `1.50` has one decimal and
 * `0e999` is zero. Undefined if the text has another form or exceeds the limits.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = NUMBER_PATTERN.exec(text);
  if (match === null) return undefined;
  const [, sign, whole, fraction = '', exponentText = '0'] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (digits === '') return { mantissa: 0n, decimals: 0 };
  const significant = withoutTrailingZeros(digits);
  // Number() rounds an exponent past 2^53 but keeps its sign, and such a value is out of range anyway.
  const exponent = Number(exponentText) - fraction.length + (digits.length - significant.length);
  if (significant.length + exponent > DIGITS_BEFORE_POINT_MAX) return undefined;
  if (-exponent > DECIMALS_MAX) return undefined;
  const magnitude = BigInt(significant) * (exponent > 0 ? powerOfTen(exponent) : 1n);
  return {
    mantissa: sign === '-' ? -magnitude : magnitude,
    decimals: Math.max(0, -exponent),
  };
}

/** 10^exponent, for exponent >= 0. */
export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** The quotient rounded half up (towards +infinity at a tie). Denominator > 0. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  assert(denominator > 0n, 'a quotient has a positive denominator');
  const doubled = 2n * numerator + denominator;
  const divisor = 2n * denominator;
  const truncated = doubled / divisor;
  return doubled % divisor < 0n ? truncated - 1n : truncated;
}

/** Plain notation: no exponent, no trailing zeros, no trailing point, `0` for zero. */
export function formatDecimal(mantissa: bigint, decimals: number): string {
  if (mantissa === 0n) return '0';
  const sign = mantissa < 0n ? '-' : '';
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString();
  if (decimals === 0) return sign + digits;
  const padded = digits.padStart(decimals + 1, '0');
  const whole = padded.slice(0, -decimals);
  const fraction = withoutTrailingZeros(padded.slice(-decimals));
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

/** formatDecimal for a safe integer, without the cost of a bigint. */
export function formatSafe(mantissa: number, decimals: number): string {
  if (mantissa === 0) return '0';
  const sign = mantissa < 0 ? '-' : '';
  const digits = Math.abs(mantissa).toString();
  if (decimals === 0) return sign + digits;
  const padded = digits.length > decimals ? digits : digits.padStart(decimals + 1, '0');
  const point = padded.length - decimals;
  let end = padded.length;
  while (end > point && padded.charCodeAt(end - 1) === DIGIT_0) end -= 1;
  return end === point
    ? sign + padded.slice(0, point)
    : `${sign}${padded.slice(0, point)}.${padded.slice(point, end)}`;
}

/** Takes linear time, unlike /0+$/: a damaged line may have a million digits. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === DIGIT_0) end -= 1;
  return digits.slice(0, end);
}
