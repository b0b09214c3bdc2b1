/** HOT. Reads the cells that both byte kernels have in common: ids, symbols, exec_types, ignored ones; bench: decode. */
import type { RowColumns } from '../event/row-columns.js';
import { ROLE_EXEC_TYPE, ROLE_ID, ROLE_SYMBOL } from './chunk-columns.js';
import { readId } from './read-number.js';

// The engine folds the constants of a file; imported ones cost this path a sixth of its rate.
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const COMMA = 44;
const UPPER_A = 65;
const UPPER_E = 69;
const UPPER_I = 73;
const UPPER_K = 75;
const UPPER_M = 77;
const UPPER_P = 80;
const UPPER_R = 82;
const UPPER_T = 84;
const LOWER_A = 97;
const LOWER_E = 101;
const LOWER_L = 108;
const LOWER_N = 110;
const LOWER_O = 111;
const LOWER_U = 117;
/** Makes an ASCII letter lower case. */
const LOWER_BIT = 32;

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
  if (role === ROLE_ID) {
    const idEnd = readId(bytes, words, position, rows.id, rows.count);
    return idEnd === position ? skipAbsent(bytes, position) : idEnd;
  }
  const cellEnd = isQuoted ? skipQuoted(bytes, position, end) : skipField(bytes, position, end);
  if (cellEnd < 0) return -1;
  // The strict path notes which exec_types were excluded; there are few such rows.
  if (role === ROLE_EXEC_TYPE && !isOnBook(bytes, position, cellEnd)) return -1;
  if (role === ROLE_SYMBOL && !isEqualTo(symbol, bytes, position, cellEnd)) return -1;
  return cellEnd;
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

/** Binance's X: empty, MARKET and RPI trade against the book; anything else is excluded, by the strict path (order-flow facts F6, F7). */
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
    case 6:
      return (
        bytes[start] === UPPER_M &&
        bytes[start + 1] === UPPER_A &&
        bytes[start + 2] === UPPER_R &&
        bytes[start + 3] === UPPER_K &&
        bytes[start + 4] === UPPER_E &&
        bytes[start + 5] === UPPER_T
      );
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
