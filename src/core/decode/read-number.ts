/** HOT. The number scanner of both byte kernels; bench: decode. It leaves anything unusual to the strict path. */
import { POWERS_OF_TEN } from '../event/mantissas.js';

// The engine folds the constants of a file; imported ones cost this path a sixth of its rate.
const POINT = 46;
const DIGIT_0 = 48;
const CLOSE_BRACKET = 93;
const LOWER_E = 101;
/** Makes an ASCII letter lower case. */
const LOWER_BIT = 32;
const PLUS = 43;
const MINUS = 45;

/** 15 digits stay below 2^53, so a double accumulates them exactly. */
const WHOLE_DIGITS_MAX = 15;
/** As many fit 31 bits. */
const INTEGER_DIGITS_MAX = 9;
/** Further decimals must be zeros. A fraction of them, and of three more, is exact in a double. */
const DECIMALS_READ_MAX = 12;
const EXPONENT_DIGITS_MAX = 2;

// Four bytes are read at once as a little-endian word: the first byte is the lowest.
const WORD_BYTES = 4;
const FOUR_DIGITS = 0x30303030;
const POINT_AND_DIGITS = 0x3030302e;
/** Added to the values of four digits it leaves their high bits clear; to the first that is no digit it does not. */
const DIGIT_LIMITS = 0x76767676;
/** The same for the point and three digits. */
const POINT_AND_DIGIT_LIMITS = 0x7676767f;
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
const TAIL_UNITS = Int32Array.of(1, 10, 100, 1_000, 10_000);
/** Decimals that are read as two words. */
const LONG_DECIMALS_MAX = 7;

/**
 * The scale of one column of a chunk, and how its numbers are printed: each is expected to have as many
 * decimals as the last one that was not as expected. Others are read more slowly, to the same values.
 */
export interface NumberForm {
  readonly decimals: number;
  /** 10^decimals. */
  readonly unit: number;
  /** Bytes of an expected tail: the point, `decimals` digits, and zeros as padding. */
  tailBytes: number;
  /** Added to the values of such a tail they leave the bits of `tailMask` clear. */
  tailLimits: number;
  tailMask: number;
  /** Bits that bring the decimals to the top of the word, which drops the padding. */
  tailShift: number;
  /** As `unit`; of a longer tail, what the first three decimals are in the last one. */
  tailUnit: number;
  /** The same of the second word of a longer tail; mask 0: none is expected. */
  longLimits: number;
  longMask: number;
  longShift: number;
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
    longLimits: 0,
    longMask: 0,
    longShift: 0,
  };
}

/**
 * Reads `digits[.digits][e±digits]` at `position` into `cells[index]`. Returns the position after it, or -1
 * if it has another form, more than 15 digits before the point, more decimals than the column, or exceeds 2^53 at its scale.
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
  if ((at - position - 1) >>> 0 < SHORT_DIGITS_MAX) {
    const tail = words.getInt32(at, true) ^ POINT_AND_DIGITS;
    const end = at + form.tailBytes;
    // A quote, a comma or a line end is below the point; digits and exponents are above.
    const others = ((tail + form.tailLimits) | tail) & form.tailMask;
    if (others === 0 && (bytes[end] ?? 0) < POINT) {
      cells[index] = Math.imul(whole, form.tailUnit) + fourDigits(tail << form.tailShift);
      return end;
    }
  }
  return readUnexpected(bytes, words, position, at, whole, form, cells, index);
}

/** As readNumber, for any number, whose whole digits end at `wholeEnd`. Others like it are expected then. */
function readUnexpected(
  bytes: Uint8Array,
  words: DataView,
  position: number,
  wholeEnd: number,
  shortWhole: number,
  form: NumberForm,
  cells: Float64Array,
  index: number,
): number {
  const { decimals } = form;
  const wholeDigits = wholeEnd - position;
  const next = bytes[wholeEnd] ?? 0;
  if (next < POINT && decimals === 0 && wholeDigits > 0 && wholeDigits <= SHORT_DIGITS_MAX) {
    cells[index] = shortWhole;
    return wholeEnd;
  }
  if (form.longMask !== 0 && wholeDigits > 0 && wholeDigits <= SHORT_DIGITS_MAX) {
    const end = readLongTail(bytes, words, wholeEnd, shortWhole, form, cells, index);
    if (end > 0) return end;
  }
  if (wholeDigits === 0 || wholeDigits > WHOLE_DIGITS_MAX) return -1;
  const isShort = wholeDigits <= INTEGER_DIGITS_MAX;
  const whole = isShort ? shortWhole : longWhole(bytes, position, wholeEnd);
  let at = wholeEnd;
  let places = 0;
  let fraction = 0;
  if (next === POINT) {
    at += 1;
    let word = words.getInt32(at, true) ^ FOUR_DIGITS;
    let others = ((word + DIGIT_LIMITS) | word) & HIGH_BITS;
    while (others === 0 && places < DECIMALS_READ_MAX) {
      fraction = fraction * 10_000 + fourDigits(word);
      places += WORD_BYTES;
      word = words.getInt32(at + places, true) ^ FOUR_DIGITS;
      others = ((word + DIGIT_LIMITS) | word) & HIGH_BITS;
    }
    // Of the last word, the digits before the first byte that is none.
    const rest = others === 0 ? 0 : (31 - Math.clz32(others & -others)) >> 3;
    if (rest > 0) {
      const unit = POWERS_OF_TEN[rest] ?? Number.NaN;
      fraction = fraction * unit + fourDigits(word << (8 * (WORD_BYTES - rest)));
      places += rest;
    }
    if (places === 0) return -1;
    const end = skipZeros(bytes, at + places);
    if (((bytes[end] ?? 0) - DIGIT_0) >>> 0 <= 9) return -1;
    expectDecimals(form, end - at);
    at = end;
  }
  if (((bytes[at] ?? 0) | LOWER_BIT) === LOWER_E) {
    const end = skipExponent(bytes, at);
    if (end < 0) return -1;
    const mantissa = whole * (POWERS_OF_TEN[places] ?? Number.NaN) + fraction;
    const power = POWERS_OF_TEN[decimals - places + exponentBefore(bytes, end)] ?? Number.NaN;
    cells[index] = mantissa * power;
    return mantissa <= Number.MAX_SAFE_INTEGER && mantissa * power <= Number.MAX_SAFE_INTEGER
      ? end
      : -1;
  }
  if (places > decimals) {
    fraction /= POWERS_OF_TEN[places - decimals] ?? Number.NaN;
    if (fraction !== Math.floor(fraction)) return -1;
  } else if (places < decimals) {
    fraction *= POWERS_OF_TEN[decimals - places] ?? Number.NaN;
  }
  const mantissa = whole * form.unit + fraction;
  cells[index] = mantissa;
  return mantissa <= Number.MAX_SAFE_INTEGER ? at : -1;
}

/** Reads an expected tail of four to seven decimals. Returns the position after it, or -1. */
function readLongTail(
  bytes: Uint8Array,
  words: DataView,
  position: number,
  whole: number,
  form: NumberForm,
  cells: Float64Array,
  index: number,
): number {
  const tail = words.getInt32(position, true) ^ POINT_AND_DIGITS;
  const rest = words.getInt32(position + WORD_BYTES, true) ^ FOUR_DIGITS;
  const others = ((tail + POINT_AND_DIGIT_LIMITS) | tail) & HIGH_BITS;
  const restOthers = ((rest + form.longLimits) | rest) & form.longMask;
  const end = position + form.tailBytes;
  const after = bytes[end] ?? 0;
  if ((others | restOthers) !== 0 || !(after < POINT || after === CLOSE_BRACKET)) return -1;
  const fraction = fourDigits(tail) * form.tailUnit + fourDigits(rest << form.longShift);
  cells[index] = whole * form.unit + fraction;
  return end;
}

function longWhole(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at] ?? 0) - DIGIT_0;
  return value;
}

function skipZeros(bytes: Uint8Array, position: number): number {
  let at = position;
  while (bytes[at] === DIGIT_0) at += 1;
  return at;
}

/** Prepares `form` for numbers with so many decimals, if these fill its scale and a word holds them. */
function expectDecimals(form: NumberForm, printed: number): void {
  const { decimals } = form;
  form.tailLimits = NEVER;
  form.tailMask = NEVER;
  form.longMask = 0;
  if (printed < decimals) return;
  if (printed <= TAIL_DECIMALS_MAX) {
    form.tailBytes = printed + 1;
    form.tailLimits = wordLimits(1, decimals);
    form.tailMask = highBits(printed + 1);
    form.tailShift = 8 * (TAIL_DECIMALS_MAX - decimals);
    form.tailUnit = TAIL_UNITS[decimals] ?? 0;
  } else if (printed <= LONG_DECIMALS_MAX && decimals > TAIL_DECIMALS_MAX) {
    const rest = decimals - TAIL_DECIMALS_MAX;
    form.tailBytes = printed + 1;
    form.tailUnit = TAIL_UNITS[rest] ?? 0;
    form.longLimits = wordLimits(0, rest);
    form.longMask = highBits(printed - TAIL_DECIMALS_MAX);
    form.longShift = 8 * (WORD_BYTES - rest);
  }
}

/** The limits of a word in which `digits` digits follow `before` zeros, and zeros follow them. */
function wordLimits(before: number, digits: number): number {
  return ZERO_LIMITS - ((NINES & lowBytes(digits)) << (8 * before));
}

/** The high bits of a word's first bytes. */
function highBits(bytes: number): number {
  return HIGH_BITS & lowBytes(bytes);
}

function lowBytes(bytes: number): number {
  return bytes === WORD_BYTES ? -1 : (1 << (8 * bytes)) - 1;
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
export function fourDigits(word: number): number {
  const pairs = (word * 10 + (word >>> 8)) & 0x00ff00ff;
  return (pairs * 100 + (pairs >>> 16)) & 0xffff;
}
