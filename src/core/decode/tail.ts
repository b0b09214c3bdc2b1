/** HOT. The columns behind the required ones, as both byte kernels read them. */
import type { RowColumns } from '../event/row-columns.js';
import { TAIL_EXEC_TYPE, TAIL_ID } from './chunk-columns.js';
import { readId } from './read-number.js';

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;

/**
 * Reads the tail columns of row `rows.count` from the comma (or line end) at `position`.
 * Returns the position of the line feed, or of the end of the content, or -1 when the line is not canonical.
 */
export function readTail(
  bytes: Uint8Array,
  position: number,
  tail: Uint8Array,
  rows: RowColumns,
): number {
  let at = position;
  const row = rows.count;
  rows.id[row] = Number.NaN;
  for (let column = 0; column < tail.length; column++) {
    if (bytes[at] !== COMMA) return -1;
    at += 1;
    const role = tail[column];
    if (role === TAIL_ID) {
      at = readId(bytes, at, rows.id, row);
      if (at < 0) return -1;
      continue;
    }
    const start = at;
    at = skipField(bytes, at);
    if (at < 0) return -1;
    if (role === TAIL_EXEC_TYPE && !isOnBook(bytes, start, at)) rows.excluded[row] = 1;
  }
  if (bytes[at] === CR && (at + 1 >= bytes.length || bytes[at + 1] === LF)) at += 1;
  return at >= bytes.length || bytes[at] === LF ? at : -1;
}

/** Behind an unquoted field; -1 at a quote. A carriage return ends it only before the line end. */
function skipField(bytes: Uint8Array, position: number): number {
  const length = bytes.length;
  let at = position;
  while (at < length) {
    const byte = bytes[at];
    if (byte === COMMA || byte === LF) return at;
    if (byte === CR && (at + 1 >= length || bytes[at + 1] === LF)) return at;
    if (byte === QUOTE) return -1;
    at += 1;
  }
  return at;
}

/** Binance's X: empty, MARKET and RPI trade against the book; all else is excluded (order-flow facts F6, F7). */
function isOnBook(bytes: Uint8Array, start: number, end: number): boolean {
  switch (end - start) {
    case 0:
      return true;
    case 3:
      return bytes[start] === 82 && bytes[start + 1] === 80 && bytes[start + 2] === 73;
    case 6:
      return (
        bytes[start] === 77 &&
        bytes[start + 1] === 65 &&
        bytes[start + 2] === 82 &&
        bytes[start + 3] === 75 &&
        bytes[start + 4] === 69 &&
        bytes[start + 5] === 84
      );
    default:
      return false;
  }
}
