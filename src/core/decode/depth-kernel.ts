/**
 * HOT. Reads canonical snapshot lines, all levels of both sides, straight from a chunk's bytes;
 * bench: decode; oracle: the strict path and test/support/oracle. It stops at any other line.
 */
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import type { Mantissas } from '../event/mantissas.js';
import { type OptionalColumns, readOptionalColumns } from './optional-columns.js';
import { readMilliseconds, readNumber, skipEpoch } from './read-number.js';

// The engine folds the constants of a file; imported ones cost this path a sixth of its rate.
const QUOTE = 34;
const COMMA = 44;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const LINE_FEED_BYTES = 1;

/** One side of the book: where its levels are written, and how many the last line had. */
interface Side {
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  levels: number;
}

/**
 * Appends rows from the line that begins at `start`. Stops before the first line that is not
 * canonical, or when the columns are full. Returns where that line begins, or the content's length.
 */
export function readSnapshots(
  bytes: Uint8Array,
  start: number,
  optional: OptionalColumns,
  rows: DepthRows,
  lineBytesMax: number,
): number {
  const { timeMs, excluded, bidLevels, askLevels, capacity } = rows;
  const bids = sideOf(rows.bidPrice, rows.bidQuantity);
  const asks = sideOf(rows.askPrice, rows.askQuantity);
  const length = bytes.length;
  let line = start;
  while (line < length && rows.count < capacity) {
    const row = rows.count;
    const epochEnd = skipEpoch(bytes, line);
    if (epochEnd < 0 || bytes[epochEnd] !== COMMA) return line;
    const first = row * LEVELS_MAX;
    let at = readSide(bytes, epochEnd + 1, bids, first);
    if (at < 0 || bytes[at] !== COMMA) return line;
    at = readSide(bytes, at + 1, asks, first);
    if (at < 0) return line;
    const end = readOptionalColumns(bytes, at, optional, rows);
    if (end < 0 || end - line > lineBytesMax) return line;
    excluded[row] = hasZero(bids, first) || hasZero(asks, first) ? 1 : 0;
    bidLevels[row] = bids.levels;
    askLevels[row] = asks.levels;
    timeMs[row] = readMilliseconds(bytes, line);
    rows.noteEpoch(epochEnd - line);
    rows.count = row + 1;
    line = end + LINE_FEED_BYTES;
  }
  return Math.min(line, length);
}

function sideOf(price: Mantissas, quantity: Mantissas): Side {
  return {
    price: price.safe,
    quantity: quantity.safe,
    priceDecimals: price.decimals,
    quantityDecimals: quantity.decimals,
    levels: 0,
  };
}

/**
 * Reads `"[[""p"",""q""],…]"` into the cells of `side` from `first` on and notes its levels.
 * Returns the position after the closing quote, or -1.
 */
function readSide(bytes: Uint8Array, position: number, side: Side, first: number): number {
  const { price, quantity, priceDecimals, quantityDecimals } = side;
  if (bytes[position] !== QUOTE || bytes[position + 1] !== OPEN_BRACKET) return -1;
  let at = position + 2;
  side.levels = 0;
  if (bytes[at] === CLOSE_BRACKET) return bytes[at + 1] === QUOTE ? at + 2 : -1;
  for (let level = 0; level < LEVELS_MAX; level++) {
    if (bytes[at] !== OPEN_BRACKET || bytes[at + 1] !== QUOTE || bytes[at + 2] !== QUOTE) return -1;
    at = readNumber(bytes, at + 3, priceDecimals, price, first + level);
    if (at < 0 || bytes[at] !== QUOTE || bytes[at + 1] !== QUOTE) return -1;
    if (bytes[at + 2] !== COMMA || bytes[at + 3] !== QUOTE || bytes[at + 4] !== QUOTE) return -1;
    at = readNumber(bytes, at + 5, quantityDecimals, quantity, first + level);
    if (at < 0 || bytes[at] !== QUOTE || bytes[at + 1] !== QUOTE) return -1;
    if (bytes[at + 2] !== CLOSE_BRACKET) return -1;
    at += 3;
    if (bytes[at] === COMMA) {
      at += 1;
      continue;
    }
    side.levels = level + 1;
    return bytes[at] === CLOSE_BRACKET && bytes[at + 1] === QUOTE ? at + 2 : -1;
  }
  return -1;
}

function hasZero({ price, quantity, levels }: Side, first: number): boolean {
  for (let at = first; at < first + levels; at++) {
    if (price[at] === 0 || quantity[at] === 0) return true;
  }
  return false;
}
