/** HOT. The number scanners of both byte kernels; bench: decode. They leave anything unusual to the strict path. */
import { POWERS_OF_TEN } from '../event/mantissas.js';

// The engine folds the constants of a file; imported ones cost this path a sixth of its rate.
const POINT = 46;
const DIGIT_0 = 48;
const LOWER_E = 101;
/** Makes an ASCII letter lower case. */
const LOWER_BIT = 32;
const PLUS = 43;
const MINUS = 45;

/** 15 digits stay below 2^53, so a double accumulates them exactly. */
const DIGITS_MAX = 15;
const EXPONENT_DIGITS_MAX = 2;
/** Ids of 16 digits may lie below 2^53; longer ones do not. */
const ID_DIGITS_MAX = 16;
const MILLISECOND_DIGITS = 13;
const MICROSECOND_DIGITS = 16;
const NANOSECOND_DIGITS = 19;

// Four bytes are read at once as a little-endian word: the first byte is the lowest.
const WORD_BYTES = 4;
const FOUR_DIGITS = 0x30303030;
const POINT_AND_DIGITS = 0x3030302e;
/** Added to the values of four digits it leaves their high bits clear; to the first that is no digit it does not. */
const DIGIT_LIMITS = 0x76767676;
/** The same for zeros. */
const ZERO_LIMITS = 0x7f7f7f7f;
const NINES = 0x09090909;
const HIGH_BITS = 0x80808080;
/** As limits and as mask, a tail that no word is: the added bit is set where it was clear. */
const NEVER = 0x80;

/** Decimals that are read as one word together with the point. */
const TAIL_DECIMALS_MAX = 3;
/** Whole digits that leave room for them in 31 bits. */
const SHORT_DIGITS_MAX = 6;
const TAIL_UNITS = Int32Array.of(1, 10, 100, 1_000);

/**
 * Where the numbers of one column of a chunk are written, as mantissas at `decimals`. It expects each to be
 * printed with as many decimals as the last one that was not as expected, and reads others more slowly.
 */
export interface NumberForm {
  readonly decimals: number;
  /** 10^decimals. */
  readonly unit: number;
  /** Bytes from the point on, if a number is as expected: its decimals and zeros as padding. */
  tailBytes: number;
  /** Added to such a tail it leaves the bits of `tailMask` clear. */
  tailLimits: number;
  tailMask: number;
  /** Brings the decimals to the top of the word, and drops what follows them. */
  tailShift: number;
  /** What a whole is in the last of the decimals. */
  tailUnit: number;
}

export function numberForm(decimals: number): NumberForm {
  const unit = POWERS_OF_TEN[decimals] ?? Number.NaN;
  return {
    decimals,
    unit,
    tailBytes: 0,
    tailLimits: NEVER,
    tailMask: NEVER,
    tailShift: 0,
    tailUnit: 0,
  };
}

/**
 * Reads `digits[.digits][e±digits]` at `position` into `cells[index]`. Returns the position after it, or -1
 * if it has another form, more than 15 digits, more decimals than the column, or exceeds 2^53 at its scale.
 * Trailing zeros of the fraction are padding and do not count.
 */
export function readNumber(
  bytes: Uint8Array,
  words: DataView,
  position: number,
  form: NumberForm,
  cells: Float64Array,
  index: number,
): number {
  let at = position - 1;
  let whole = 0;
  let digit = 0;
  do {
    whole = (whole * 10 + digit) | 0;
    at += 1;
    digit = ((bytes[at] ?? 0) - DIGIT_0) >>> 0;
  } while (digit <= 9);
  const length = at - position;
  if (length > 0 && length <= SHORT_DIGITS_MAX) {
    const tail = words.getInt32(at, true) ^ POINT_AND_DIGITS;
    const end = at + form.tailBytes;
    const isAsExpected = (((tail + form.tailLimits) | tail) & form.tailMask) === 0;
    // Quotes and commas are below all digits and exponents.
    if (isAsExpected && (bytes[end] ?? 0) < DIGIT_0) {
      cells[index] = Math.imul(whole, form.tailUnit) + fourDigits(tail << form.tailShift);
      return end;
    }
  }
  return readUnexpected(bytes, position, form, cells, index);
}

/** As readNumber, for a number of any length. Others like it are expected then. */
function readUnexpected(
  bytes: Uint8Array,
  position: number,
  form: NumberForm,
  cells: Float64Array,
  index: number,
): number {
  let at = position;
  let mantissa = 0;
  let digit = ((bytes[at] ?? 0) - DIGIT_0) >>> 0;
  while (digit <= 9) {
    mantissa = mantissa * 10 + digit;
    at += 1;
    digit = ((bytes[at] ?? 0) - DIGIT_0) >>> 0;
  }
  let digits = at - position;
  if (digits === 0) return -1;
  let places = 0;
  if (bytes[at] === POINT) {
    at += 1;
    const fractionStart = at;
    let zeros = 0;
    digit = ((bytes[at] ?? 0) - DIGIT_0) >>> 0;
    while (digit <= 9) {
      if (digit === 0) {
        zeros += 1;
      } else {
        mantissa = mantissa * (POWERS_OF_TEN[zeros + 1] ?? Number.NaN) + digit;
        zeros = 0;
      }
      at += 1;
      digit = ((bytes[at] ?? 0) - DIGIT_0) >>> 0;
    }
    if (at === fractionStart) return -1;
    expectDecimals(form, at - fractionStart);
    places = at - fractionStart - zeros;
    digits += places;
  }
  if (((bytes[at] ?? 0) | LOWER_BIT) === LOWER_E) {
    const end = skipExponent(bytes, at);
    if (end < 0) return -1;
    places -= exponentBefore(bytes, end);
    at = end;
  }
  const shift = form.decimals - places;
  if (digits > DIGITS_MAX || shift < 0) return -1;
  if (shift > 0) {
    mantissa *= POWERS_OF_TEN[shift] ?? Number.NaN;
    if (!(mantissa <= Number.MAX_SAFE_INTEGER)) return -1;
  }
  cells[index] = mantissa;
  return at;
}

/** Prepares `column` for numbers with so many decimals, if these fill its scale and a word holds them. */
function expectDecimals(form: NumberForm, printed: number): void {
  const { decimals } = form;
  if (printed > TAIL_DECIMALS_MAX || printed < decimals) {
    form.tailLimits = NEVER;
    form.tailMask = NEVER;
    return;
  }
  const unused = 8 * (TAIL_DECIMALS_MAX - decimals);
  form.tailBytes = printed + 1;
  form.tailMask = (HIGH_BITS >>> (8 * (TAIL_DECIMALS_MAX - printed))) | 0;
  form.tailLimits = ZERO_LIMITS - ((((NINES << 8) << unused) >>> unused) | 0);
  form.tailShift = unused;
  form.tailUnit = TAIL_UNITS[decimals] ?? 0;
}

/** Position after the exponent whose letter is at `position`, of one or two digits; else -1. */
function skipExponent(bytes: Uint8Array, position: number): number {
  let at = position + 1;
  if (bytes[at] === PLUS || bytes[at] === MINUS) at += 1;
  const start = at;
  while (((bytes[at] ?? 0) - DIGIT_0) >>> 0 <= 9) at += 1;
  return at > start && at - start <= EXPONENT_DIGITS_MAX ? at : -1;
}

/** The exponent that skipExponent accepted and that ends at `end`. */
function exponentBefore(bytes: Uint8Array, end: number): number {
  let at = end - 1;
  let value = (bytes[at] ?? 0) - DIGIT_0;
  at -= 1;
  const tens = ((bytes[at] ?? 0) - DIGIT_0) >>> 0;
  if (tens <= 9) {
    value += tens * 10;
    at -= 1;
  }
  return bytes[at] === MINUS ? -value : value;
}

/** The value of four digits, of which the first is the lowest byte. */
function fourDigits(word: number): number {
  const pairs = (word * 10 + (word >>> 8)) & 0x00ff00ff;
  return (pairs * 100 + (pairs >>> 16)) & 0xffff;
}

/**
 * Reads an epoch of 13, 16 or 19 digits into `out[index]`, cut to milliseconds. Returns the position after
 * it, or -1.
 */
export function readEpoch(
  bytes: Uint8Array,
  words: DataView,
  position: number,
  out: Float64Array,
  index: number,
): number {
  let at = position;
  let value = 0;
  for (const end = position + MILLISECOND_DIGITS - 1; at < end; at += WORD_BYTES) {
    const word = words.getInt32(at, true) ^ FOUR_DIGITS;
    if ((((word + DIGIT_LIMITS) | word) & HIGH_BITS) !== 0) return -1;
    value = value * 10_000 + fourDigits(word);
  }
  let digit = ((bytes[at] ?? 0) - DIGIT_0) >>> 0;
  out[index] = value * 10 + digit;
  while (digit <= 9) {
    at += 1;
    digit = ((bytes[at] ?? 0) - DIGIT_0) >>> 0;
  }
  const digits = at - position;
  const isEpoch =
    digits === MILLISECOND_DIGITS || digits === MICROSECOND_DIGITS || digits === NANOSECOND_DIGITS;
  return isEpoch ? at : -1;
}

/**
 * Reads one id: a number below 2^53 without a leading zero, or nothing (NaN). Returns the position after
 * its digits, or -1 for a leading zero or a larger number.
 */
export function readId(
  bytes: Uint8Array,
  words: DataView,
  position: number,
  out: Float64Array,
  index: number,
): number {
  let at = position;
  let value = 0;
  let word = words.getInt32(at, true) ^ FOUR_DIGITS;
  while ((((word + DIGIT_LIMITS) | word) & HIGH_BITS) === 0) {
    value = value * 10_000 + fourDigits(word);
    at += WORD_BYTES;
    word = words.getInt32(at, true) ^ FOUR_DIGITS;
  }
  let digit = ((bytes[at] ?? 0) - DIGIT_0) >>> 0;
  while (digit <= 9) {
    value = value * 10 + digit;
    at += 1;
    digit = ((bytes[at] ?? 0) - DIGIT_0) >>> 0;
  }
  const digits = at - position;
  // Beyond 2^53 a sum of digits only rounds up, so a value that passes was read exactly.
  if (digits > ID_DIGITS_MAX || value > Number.MAX_SAFE_INTEGER) return -1;
  if (digits > 1 && bytes[position] === DIGIT_0) return -1;
  out[index] = digits === 0 ? Number.NaN : value;
  return at;
}
