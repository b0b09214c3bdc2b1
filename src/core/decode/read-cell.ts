/** HOT. Reads the cells that both byte kernels have in common: epochs, ids, symbols, exec_types, ignored ones; bench: decode. */
import type { RowColumns } from '../event/row-columns.js';
import type { ROLE_EXEC_TYPE, ROLE_ID, ROLE_SYMBOL } from './chunk-columns.js';
import { fourDigits } from './read-number.js';

// The engine folds the constants of a file; imported ones cost this path a sixth of its rate.
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const COMMA = 44;
const DIGIT_0 = 48;
const UPPER_I = 73;
const UPPER_P = 80;
const UPPER_R = 82;
const LOWER_A = 97;
const LOWER_E = 101;
const LOWER_L = 108;
const LOWER_N = 110;
const LOWER_O = 111;
const LOWER_U = 117;
/** Makes an ASCII letter lower case. */
const LOWER_BIT = 32;
/** Ids of 16 digits may lie below 2^53; longer ones do not. */
const ID_DIGITS_MAX = 16;
const MILLISECOND_DIGITS = 13;
const MICROSECOND_DIGITS = 16;
const NANOSECOND_DIGITS = 19;
// Words of four digits, as in read-number.
const WORD_BYTES = 4;
const FOUR_DIGITS = 0x30303030;
const DIGIT_LIMITS = 0x76767676;
const HIGH_BITS = 0x80808080;
/** MARKET in two words that overlap, the first byte in the lowest. */
const MARK = 0x4b52414d;
const RKET = 0x54454b52;
const MARKET_BYTES = 6;
const ID: typeof ROLE_ID = 1;
const EXEC_TYPE: typeof ROLE_EXEC_TYPE = 2;
const SYMBOL: typeof ROLE_SYMBOL = 3;

/**
 * Reads a cell of row `rows.count` in the role of an id, an exec_type, a symbol, or to be ignored. Returns
 * the position after it, before its closing quote if it has one, or -1 if it is not canonical.
 */
export function readCell(
  bytes: Uint8Array,
  words: DataView,
  position: number,
  end: number,
  role: number,
  isQuoted: boolean,
  symbol: Uint8Array | undefined,
  rows: RowColumns,
): number {
  if (role === ID) {
    const idEnd = readId(bytes, words, position, rows.id, rows.count);
    return idEnd === position ? skipAbsent(bytes, position) : idEnd;
  }
  if (role === EXEC_TYPE && isMarket(words, position)) return position + MARKET_BYTES;
  const cellEnd = isQuoted ? skipQuoted(bytes, position, end) : skipField(bytes, position, end);
  if (cellEnd < 0) return -1;
  // The strict path notes which exec_types were excluded; there are few such rows.
  if (role === EXEC_TYPE && !isOnBook(bytes, position, cellEnd)) return -1;
  if (role === SYMBOL && !isEqualTo(symbol, bytes, position, cellEnd)) return -1;
  return cellEnd;
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

/** MARKET, which nearly all are, begins here; the caller sees where the cell ends. */
function isMarket(words: DataView, position: number): boolean {
  return words.getInt32(position, true) === MARK && words.getInt32(position + 2, true) === RKET;
}

/** Position of the line feed, or of the end of the content, after the last cell; -1 if it is not there. */
export function lineEndAt(bytes: Uint8Array, position: number, end: number): number {
  const at = skipReturns(bytes, position);
  return endsLine(bytes, at, end) ? at : -1;
}

/** Position of the closing quote; -1 if the line ends before it. A quote in the cell is taken for it. */
function skipQuoted(bytes: Uint8Array, position: number, end: number): number {
  for (let at = position; at < end; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) return -1;
  }
  return -1;
}

/** Position after an unquoted field; -1 at a quote. Carriage returns end it only before a line end. */
function skipField(bytes: Uint8Array, position: number, end: number): number {
  let at = position;
  while (at < end) {
    const byte = bytes[at];
    if (byte === COMMA || byte === LINE_FEED) return at;
    if (byte === QUOTE) return -1;
    if (byte === CARRIAGE_RETURN) {
      const after = skipReturns(bytes, at);
      if (endsLine(bytes, after, end)) return at;
      at = after;
    } else {
      at += 1;
    }
  }
  return at;
}

function skipReturns(bytes: Uint8Array, position: number): number {
  let at = position;
  while (bytes[at] === CARRIAGE_RETURN) at += 1;
  return at;
}

function endsLine(bytes: Uint8Array, at: number, end: number): boolean {
  return at >= end || bytes[at] === LINE_FEED;
}

/** Binance's X: empty and RPI, like MARKET, trade against the book; anything else is excluded, by the strict path (order-flow facts F6, F7). */
function isOnBook(bytes: Uint8Array, start: number, end: number): boolean {
  switch (end - start) {
    case 0:
      return true;
    case 3:
      return (
        (bytes[start] === UPPER_R &&
          bytes[start + 1] === UPPER_P &&
          bytes[start + 2] === UPPER_I) ||
        skipAbsent(bytes, start) === end
      );
    case 4:
      return skipAbsent(bytes, start) === end;
    default:
      return false;
  }
}

/** Position after `None`, `null` or `nan` in any case, which stand for an empty cell; else the same position. */
function skipAbsent(bytes: Uint8Array, position: number): number {
  if (lower(bytes, position) !== LOWER_N) return position;
  const second = lower(bytes, position + 1);
  const third = lower(bytes, position + 2);
  if (second === LOWER_A && third === LOWER_N) return position + 3;
  const fourth = lower(bytes, position + 3);
  const isNone = second === LOWER_O && third === LOWER_N && fourth === LOWER_E;
  const isNull = second === LOWER_U && third === LOWER_L && fourth === LOWER_L;
  return isNone || isNull ? position + 4 : position;
}

function lower(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | LOWER_BIT;
}

function isEqualTo(
  text: Uint8Array | undefined,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (text === undefined || text.length !== end - start) return false;
  for (let index = 0; index < text.length; index++) {
    if (text[index] !== bytes[start + index]) return false;
  }
  return true;
}
