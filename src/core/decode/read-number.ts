/** HOT. The number scanner of both byte kernels; bench: decode. It leaves anything unusual to the strict path. */
import { POWERS_OF_TEN } from '../event/mantissas.js';

// The engine folds the constants of a file; imported ones cost this path a sixth of its rate.
const POINT = 46;
const DIGIT_0 = 48;

/** 15 digits stay below 2^53, so a double accumulates them exactly. */
const DIGITS_MAX = 15;
/** Ids of 16 digits may lie below 2^53; longer ones do not. */
const ID_DIGITS_MAX = 16;
const MILLISECOND_DIGITS = 13;
const MICROSECOND_DIGITS = 16;
const NANOSECOND_DIGITS = 19;

/**
 * Reads `digits[.digits]` at `position` into `out[index]` as a mantissa at `decimals`.
 * Returns the position after it, or -1 if it has another form, more than 15 digits, more decimals
 * than `decimals`, or exceeds 2^53 at this scale. Trailing zeros of the fraction are padding and do
 * not count.
 */
export function readNumber(
  bytes: Uint8Array,
  position: number,
  decimals: number,
  out: Float64Array,
  index: number,
): number {
  let at = position;
  let mantissa = 0;
  let digit = (bytes[at] ?? 0) - DIGIT_0;
  while (digit >= 0 && digit <= 9) {
    mantissa = mantissa * 10 + digit;
    at += 1;
    digit = (bytes[at] ?? 0) - DIGIT_0;
  }
  let digits = at - position;
  if (digits === 0) return -1;
  let fraction = 0;
  if (bytes[at] === POINT) {
    at += 1;
    const fractionStart = at;
    let zeros = 0;
    digit = (bytes[at] ?? 0) - DIGIT_0;
    while (digit >= 0 && digit <= 9) {
      if (digit === 0) {
        zeros += 1;
      } else {
        mantissa = mantissa * (POWERS_OF_TEN[zeros + 1] ?? Number.NaN) + digit;
        zeros = 0;
      }
      at += 1;
      digit = (bytes[at] ?? 0) - DIGIT_0;
    }
    if (at === fractionStart) return -1;
    fraction = at - fractionStart - zeros;
    digits += fraction;
  }
  if (digits > DIGITS_MAX || fraction > decimals) return -1;
  if (fraction < decimals) {
    mantissa *= POWERS_OF_TEN[decimals - fraction] ?? Number.NaN;
    if (!(mantissa <= Number.MAX_SAFE_INTEGER)) return -1;
  }
  out[index] = mantissa;
  return at;
}

/** Position after a run of exactly 13, 16 or 19 digits, or -1. */
export function skipEpoch(bytes: Uint8Array, position: number): number {
  let at = position;
  let digit = (bytes[at] ?? 0) - DIGIT_0;
  while (digit >= 0 && digit <= 9) {
    at += 1;
    digit = (bytes[at] ?? 0) - DIGIT_0;
  }
  const digits = at - position;
  const isEpoch =
    digits === MILLISECOND_DIGITS || digits === MICROSECOND_DIGITS || digits === NANOSECOND_DIGITS;
  return isEpoch ? at : -1;
}

/** The first 13 digits at `position`: an epoch of any unit cut to milliseconds. */
export function readMilliseconds(bytes: Uint8Array, position: number): number {
  let value = 0;
  const end = position + MILLISECOND_DIGITS;
  for (let at = position; at < end; at++) value = value * 10 + (bytes[at] ?? 0) - DIGIT_0;
  return value;
}

/**
 * Reads one unquoted id: a number below 2^53 without a leading zero, or nothing (NaN). Returns the
 * position after its digits, or -1 for a leading zero or a larger number.
 */
export function readId(
  bytes: Uint8Array,
  position: number,
  out: Float64Array,
  index: number,
): number {
  let at = position;
  let value = 0;
  let digit = (bytes[at] ?? 0) - DIGIT_0;
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    at += 1;
    digit = (bytes[at] ?? 0) - DIGIT_0;
  }
  const digits = at - position;
  // Beyond 2^53 a sum of digits only rounds up, so a value that passes was read exactly.
  if (digits > ID_DIGITS_MAX || value > Number.MAX_SAFE_INTEGER) return -1;
  if (digits > 1 && bytes[position] === DIGIT_0) return -1;
  out[index] = digits === 0 ? Number.NaN : value;
  return at;
}
