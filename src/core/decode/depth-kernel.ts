/**
 * HOT. Reads canonical snapshot lines, all levels of both sides, straight from a chunk's bytes;
 * bench: decode; oracle: the strict path and test/support/oracle. A line it does not recognise is
 * left where it is.
 */
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import { readMilliseconds, readNumber, skipEpoch } from './read-number.js';
import { readTail } from './tail.js';

const LINE_FEED_BYTES = 1;
const QUOTE = 34;
const COMMA = 44;
const OPEN = 91;
const CLOSE = 93;

/** Where the kernel's side reader leaves its second result: levels read. */
const levelsRead: Uint8Array = new Uint8Array(1);

/**
 * Appends rows from the line that begins at `start`. Stops before the first line that is not
 * canonical, or when the columns are full; returns where that line begins (the length at the end).
 */
export function readSnapshots(
  bytes: Uint8Array,
  start: number,
  tail: Uint8Array,
  rows: DepthRows,
  lineBytesMax: number,
): number {
  const { timeMs, excluded, bidLevels, askLevels, capacity } = rows;
  const bidPrice = rows.bidPrice.safe;
  const bidQuantity = rows.bidQuantity.safe;
  const askPrice = rows.askPrice.safe;
  const askQuantity = rows.askQuantity.safe;
  const bidScales = scalesOf(rows.bidPrice.decimals, rows.bidQuantity.decimals);
  const askScales = scalesOf(rows.askPrice.decimals, rows.askQuantity.decimals);
  const length = bytes.length;
  let line = start;
  while (line < length && rows.count < capacity) {
    const row = rows.count;
    const epochEnd = skipEpoch(bytes, line);
    if (epochEnd < 0 || bytes[epochEnd] !== COMMA) return line;
    const first = row * LEVELS_MAX;
    let at = readSide(bytes, epochEnd + 1, bidScales, bidPrice, bidQuantity, first);
    if (at < 0 || bytes[at] !== COMMA) return line;
    const bids = levelsRead[0] ?? 0;
    at = readSide(bytes, at + 1, askScales, askPrice, askQuantity, first);
    if (at < 0) return line;
    const asks = levelsRead[0] ?? 0;
    const end = readTail(bytes, at, tail, rows);
    if (end < 0 || end - line > lineBytesMax) return line;
    const hasZero =
      hasZeroIn(bidPrice, bidQuantity, first, bids) ||
      hasZeroIn(askPrice, askQuantity, first, asks);
    excluded[row] = hasZero ? 1 : 0;
    bidLevels[row] = bids;
    askLevels[row] = asks;
    timeMs[row] = readMilliseconds(bytes, line);
    rows.noteEpoch(epochEnd - line);
    rows.count = row + 1;
    line = end + LINE_FEED_BYTES;
  }
  return Math.min(line, length);
}

/** Decimals of prices and quantities packed for one side: readSide takes few arguments. */
function scalesOf(priceDecimals: number, quantityDecimals: number): number {
  return priceDecimals * 32 + quantityDecimals;
}

/**
 * Reads `"[[""p"",""q""],…]"` into the cells from `first` on and leaves the number of levels in
 * levelsRead. Returns the position behind the closing quote, or -1.
 */
function readSide(
  bytes: Uint8Array,
  position: number,
  scales: number,
  price: Float64Array,
  quantity: Float64Array,
  first: number,
): number {
  const priceDecimals = scales >> 5;
  const quantityDecimals = scales & 31;
  if (bytes[position] !== QUOTE || bytes[position + 1] !== OPEN) return -1;
  let at = position + 2;
  levelsRead[0] = 0;
  if (bytes[at] === CLOSE) return bytes[at + 1] === QUOTE ? at + 2 : -1;
  for (let level = 0; level < LEVELS_MAX; level++) {
    if (bytes[at] !== OPEN || bytes[at + 1] !== QUOTE || bytes[at + 2] !== QUOTE) return -1;
    at = readNumber(bytes, at + 3, priceDecimals, price, first + level);
    if (at < 0 || bytes[at] !== QUOTE || bytes[at + 1] !== QUOTE) return -1;
    if (bytes[at + 2] !== COMMA || bytes[at + 3] !== QUOTE || bytes[at + 4] !== QUOTE) return -1;
    at = readNumber(bytes, at + 5, quantityDecimals, quantity, first + level);
    if (at < 0 || bytes[at] !== QUOTE || bytes[at + 1] !== QUOTE) return -1;
    if (bytes[at + 2] !== CLOSE) return -1;
    at += 3;
    if (bytes[at] === COMMA) {
      at += 1;
      continue;
    }
    levelsRead[0] = level + 1;
    return bytes[at] === CLOSE && bytes[at + 1] === QUOTE ? at + 2 : -1;
  }
  return -1;
}

function hasZeroIn(
  price: Float64Array,
  quantity: Float64Array,
  first: number,
  levels: number,
): boolean {
  for (let at = first; at < first + levels; at++) {
    if (price[at] === 0 || quantity[at] === 0) return true;
  }
  return false;
}
