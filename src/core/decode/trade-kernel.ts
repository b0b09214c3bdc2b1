/**
 * HOT. Reads trade lines of one shape straight from a chunk's bytes; bench: decode; oracle: the strict path
 * and test/support/oracle. It stops at any other line.
 */
import { TAKER_BUY, TAKER_SELL, type TradeRows } from '../event/trade-rows.js';
import type {
  ROLE_BUYER_MAKER,
  ROLE_PRICE,
  ROLE_QUANTITY,
  ROLE_SIDE,
  ROLE_TIMESTAMP,
} from './chunk-columns.js';
import type { LineShape } from './chunk-shape.js';
import type { KernelText } from './kernel-text.js';
import { lineEndAt, readCell, readEpoch } from './read-cell.js';
import { numberForm, readNumber } from './read-number.js';

// The engine folds the constants of a file; imported ones cost this path a sixth of its rate.
const QUOTE = 34;
const COMMA = 44;
const DIGIT_0 = 48;
const DIGIT_1 = 49;
const LOWER_E = 101;
const LINE_FEED_BYTES = 1;
const TIMESTAMP: typeof ROLE_TIMESTAMP = 4;
const PRICE: typeof ROLE_PRICE = 5;
const QUANTITY: typeof ROLE_QUANTITY = 6;
const BUYER_MAKER: typeof ROLE_BUYER_MAKER = 7;
const SIDE: typeof ROLE_SIDE = 8;

// Words of four bytes, the first in the lowest. The bit of a letter's case is set in all of them.
const LOWER_BITS = 0x20202020;
const TRUE = 0x65757274;
const FALS = 0x736c6166;
const SELL = 0x6c6c6573;
const BUY = 0x00797562;
const THREE_BYTES = 0x00ffffff;

/**
 * Appends rows from the line that begins at `start`. Stops before the first line that has another shape
 * or is not canonical, or when the columns are full. Returns where that line begins, or the text's end.
 */
export function readTrades(
  { bytes, words, end }: KernelText,
  start: number,
  { roles, quotes }: LineShape,
  symbol: Uint8Array | undefined,
  rows: TradeRows,
  lineBytesMax: number,
): number {
  const { timeMs, id, excluded, takerSide, capacity } = rows;
  const price = rows.price.safe;
  const quantity = rows.quantity.safe;
  const priceForm = numberForm(rows.price.decimals);
  const quantityForm = numberForm(rows.quantity.decimals);
  let line = start;
  while (line < end && rows.count < capacity) {
    const row = rows.count;
    let epochDigits = 0;
    let at = line;
    id[row] = Number.NaN;
    for (let field = 0; field < roles.length; field++) {
      if (field > 0) {
        if (bytes[at] !== COMMA) return line;
        at += 1;
      }
      const isQuoted = quotes[field] === 1;
      if (isQuoted) {
        if (bytes[at] !== QUOTE) return line;
        at += 1;
      }
      const cell = at;
      const role = roles[field] ?? 0;
      switch (role) {
        case TIMESTAMP:
          at = readEpoch(bytes, words, cell, timeMs, row);
          epochDigits = at - cell;
          break;
        case PRICE:
          at = readNumber(bytes, words, cell, priceForm, price, row);
          break;
        case QUANTITY:
          at = readNumber(bytes, words, cell, quantityForm, quantity, row);
          break;
        case BUYER_MAKER:
          at = readBuyerMaker(bytes, words, cell, takerSide, row);
          break;
        case SIDE:
          at = readTakerSide(words, cell, takerSide, row);
          break;
        default:
          at = readCell(bytes, words, cell, end, role, isQuoted, symbol, rows);
      }
      if (at < 0) return line;
      if (isQuoted) {
        if (bytes[at] !== QUOTE) return line;
        at += 1;
      }
    }
    at = lineEndAt(bytes, at, end);
    if (at < 0 || at - line > lineBytesMax) return line;
    excluded[row] = price[row] === 0 || quantity[row] === 0 ? 1 : 0;
    rows.noteEpoch(epochDigits);
    rows.count = row + 1;
    line = at + LINE_FEED_BYTES;
  }
  return line < end ? line : end;
}

/** Reads `true` or `false` in any case, `1` or `0`. Returns the position after it, or -1. */
function readBuyerMaker(
  bytes: Uint8Array,
  words: DataView,
  position: number,
  takerSide: Uint8Array,
  row: number,
): number {
  const word = words.getInt32(position, true) | LOWER_BITS;
  if (word === TRUE) {
    takerSide[row] = TAKER_SELL;
    return position + 4;
  }
  if (word === FALS && ((bytes[position + 4] ?? 0) | 0x20) === LOWER_E) {
    takerSide[row] = TAKER_BUY;
    return position + 5;
  }
  const byte = bytes[position];
  if (byte !== DIGIT_0 && byte !== DIGIT_1) return -1;
  takerSide[row] = byte === DIGIT_1 ? TAKER_SELL : TAKER_BUY;
  return position + 1;
}

/** Reads `buy` or `sell` in any case. Returns the position after it, or -1. */
function readTakerSide(
  words: DataView,
  position: number,
  takerSide: Uint8Array,
  row: number,
): number {
  const word = words.getInt32(position, true) | LOWER_BITS;
  if (word === SELL) {
    takerSide[row] = TAKER_SELL;
    return position + 4;
  }
  if ((word & THREE_BYTES) !== BUY) return -1;
  takerSide[row] = TAKER_BUY;
  return position + 3;
}
