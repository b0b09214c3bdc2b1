/**
 * HOT. Reads snapshot lines of one shape, all levels of both sides, straight from a chunk's bytes; bench:
 * decode; oracle: the strict path and test/support/oracle. It stops at any other line.
 */
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import type { Mantissas } from '../event/mantissas.js';
import type { ROLE_ASKS, ROLE_BIDS, ROLE_TIMESTAMP } from './chunk-columns.js';
import type { LineShape, Separator, SideStyle } from './chunk-shape.js';
import type { KernelText } from './kernel-text.js';
import { lineEndAt, readCell, readEpoch } from './read-cell.js';
import { type NumberForm, numberForm, readNumber } from './read-number.js';

// The engine folds the constants of a file; imported ones cost this path a sixth of its rate.
const QUOTE = 34;
const COMMA = 44;
const DIGIT_0 = 48;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const LINE_FEED_BYTES = 1;
const TIMESTAMP: typeof ROLE_TIMESTAMP = 4;
const BIDS: typeof ROLE_BIDS = 9;
const ASKS: typeof ROLE_ASKS = 10;
/** Bytes that are compared at once. */
const CHUNK_BYTES = 8;

/** One side of the book: where its levels are written, and what the line before had there. */
interface Side {
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  readonly priceForm: NumberForm;
  readonly quantityForm: NumberForm;
  /** Levels of the line that was read last; 0 if there is none to compare with. */
  levels: number;
  /** A price or quantity of it is zero. */
  hasZero: boolean;
  /** Where its levels begin in the text. */
  readonly starts: Int32Array;
}

/**
 * Appends rows from the line that begins at `start`. Stops before the first line that has another shape
 * or is not canonical, or when the columns are full. Returns where that line begins, or the text's end.
 */
export function readSnapshots(
  { bytes, words, end }: KernelText,
  start: number,
  { roles, quotes, sides }: LineShape,
  symbol: Uint8Array | undefined,
  rows: DepthRows,
  lineBytesMax: number,
): number {
  const { timeMs, id, excluded, bidLevels, askLevels, capacity } = rows;
  const bids = sideOf(rows.bidPrice, rows.bidQuantity);
  const asks = sideOf(rows.askPrice, rows.askQuantity);
  let line = start;
  while (line < end && rows.count < capacity) {
    const row = rows.count;
    const firstCell = row * LEVELS_MAX;
    let epochDigits = 0;
    let at = line;
    id[row] = Number.NaN;
    for (let field = 0; field < roles.length; field++) {
      if (field > 0) {
        if (bytes[at] !== COMMA) return line;
        at += 1;
      }
      const role = roles[field] ?? 0;
      if (role === BIDS || role === ASKS) {
        at = readSide(bytes, words, at, sides, role === BIDS ? bids : asks, firstCell);
        if (at < 0) return line;
        continue;
      }
      const isQuoted = quotes[field] === 1;
      if (isQuoted) {
        if (bytes[at] !== QUOTE) return line;
        at += 1;
      }
      if (role === TIMESTAMP) {
        const epochEnd = readEpoch(bytes, words, at, timeMs, row);
        epochDigits = epochEnd - at;
        at = epochEnd;
      } else {
        at = readCell(bytes, words, at, end, role, isQuoted, symbol, rows);
      }
      if (at < 0) return line;
      if (isQuoted) {
        if (bytes[at] !== QUOTE) return line;
        at += 1;
      }
    }
    at = lineEndAt(bytes, at, end);
    if (at < 0 || at - line > lineBytesMax) return line;
    excluded[row] = bids.hasZero || asks.hasZero ? 1 : 0;
    bidLevels[row] = bids.levels;
    askLevels[row] = asks.levels;
    if (bids.levels < LEVELS_MAX || asks.levels < LEVELS_MAX) rows.clearPastLevels(row);
    rows.noteEpoch(epochDigits);
    rows.count = row + 1;
    line = at + LINE_FEED_BYTES;
  }
  return line < end ? line : end;
}

function sideOf(price: Mantissas, quantity: Mantissas): Side {
  return {
    price: price.safe,
    quantity: quantity.safe,
    priceForm: numberForm(price.decimals),
    quantityForm: numberForm(quantity.decimals),
    levels: 0,
    hasZero: false,
    starts: new Int32Array(LEVELS_MAX),
  };
}

/**
 * Reads a side into the cells from `firstCell` on and notes its levels. Most levels are the same as in the
 * line before, whose cells are then copied. Returns the position after the side, or -1.
 */
function readSide(
  bytes: Uint8Array,
  words: DataView,
  position: number,
  style: SideStyle,
  side: Side,
  firstCell: number,
): number {
  const { hasNumbers, opening, withinLevel, betweenLevels, closing } = style;
  if (!isAt(words, position, opening)) return readEmptySide(bytes, position, side);
  const { price, quantity, priceForm, quantityForm, starts } = side;
  const comparable = side.hasZero ? 0 : side.levels - 1;
  let hasZero = false;
  let at = position + opening.length;
  side.levels = 0;
  for (let level = 0; level < LEVELS_MAX; level++) {
    const cell = firstCell + level;
    const before = starts[level] ?? 0;
    starts[level] = at;
    if (level < comparable) {
      const length = (starts[level + 1] ?? 0) - before;
      if (isSameText(words, before, at, length)) {
        price[cell] = price[cell - LEVELS_MAX] ?? 0;
        quantity[cell] = quantity[cell - LEVELS_MAX] ?? 0;
        at += length;
        continue;
      }
    }
    at = readNumber(bytes, words, at, priceForm, price, cell);
    if (at < 0 || !isAt(words, at, withinLevel)) return -1;
    const second = at + withinLevel.length;
    at = readNumber(bytes, words, second, quantityForm, quantity, cell);
    if (at < 0) return -1;
    if (hasNumbers && (isPadded(bytes, starts[level] ?? 0) || isPadded(bytes, second))) return -1;
    if (price[cell] === 0 || quantity[cell] === 0) hasZero = true;
    if (isAt(words, at, betweenLevels)) {
      at += betweenLevels.length;
      continue;
    }
    side.levels = level + 1;
    side.hasZero = hasZero;
    return isAt(words, at, closing) ? at + closing.length : -1;
  }
  return -1;
}

/** Position after `"[]"` or `[]`, or -1. */
function readEmptySide(bytes: Uint8Array, position: number, side: Side): number {
  side.levels = 0;
  side.hasZero = false;
  const isQuoted = bytes[position] === QUOTE;
  const at = isQuoted ? position + 1 : position;
  if (bytes[at] !== OPEN_BRACKET || bytes[at + 1] !== CLOSE_BRACKET) return -1;
  if (!isQuoted) return at + 2;
  return bytes[at + 2] === QUOTE ? at + 3 : -1;
}

function isAt(words: DataView, at: number, separator: Separator): boolean {
  const { word, mask, nextWord, nextMask } = separator;
  const first = (words.getInt32(at, true) ^ word) & mask;
  const next = (words.getInt32(at + 4, true) ^ nextWord) & nextMask;
  return (first | next) === 0;
}

/**
 * Compares a level that was read with the text at `at`, eight bytes at once as doubles: in text of digits
 * and punctuation two doubles are equal only if their bytes are.
 */
function isSameText(words: DataView, level: number, at: number, length: number): boolean {
  const last = length - CHUNK_BYTES;
  for (let offset = 0; offset < last; offset += CHUNK_BYTES) {
    if (words.getFloat64(level + offset, true) !== words.getFloat64(at + offset, true))
      return false;
  }
  return words.getFloat64(level + last, true) === words.getFloat64(at + last, true);
}

/** A number begins with a zero before another digit, which JSON does not allow. */
function isPadded(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === DIGIT_0 && ((bytes[at + 1] ?? 0) - DIGIT_0) >>> 0 <= 9;
}
