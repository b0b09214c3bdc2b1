/**
 * HOT. Reads canonical trade lines straight from a chunk's bytes; bench: decode; oracle: the strict
 * path and test/support/oracle. A line it does not recognise is left where it is.
 */
import { TAKER_BUY, TAKER_SELL, type TradeRows } from '../event/trade-rows.js';
import { readMilliseconds, readNumber, skipEpoch } from './read-number.js';
import { readTail } from './tail.js';

const LINE_FEED_BYTES = 1;
const COMMA = 44;

/**
 * Appends rows from the line that begins at `start`. Stops before the first line that is not
 * canonical, or when the columns are full; returns where that line begins (the length at the end).
 */
export function readTrades(
  bytes: Uint8Array,
  start: number,
  tail: Uint8Array,
  rows: TradeRows,
  lineBytesMax: number,
): number {
  const { timeMs, excluded, takerSide, capacity } = rows;
  const price = rows.price.safe;
  const quantity = rows.quantity.safe;
  const priceDecimals = rows.price.decimals;
  const quantityDecimals = rows.quantity.decimals;
  const length = bytes.length;
  let line = start;
  while (line < length && rows.count < capacity) {
    const row = rows.count;
    const epochEnd = skipEpoch(bytes, line);
    if (epochEnd < 0 || bytes[epochEnd] !== COMMA) return line;
    let at = readNumber(bytes, epochEnd + 1, priceDecimals, price, row);
    if (at < 0 || bytes[at] !== COMMA) return line;
    at = readNumber(bytes, at + 1, quantityDecimals, quantity, row);
    if (at < 0 || bytes[at] !== COMMA) return line;
    at += 1;
    const makerEnd = skipBoolean(bytes, at);
    if (makerEnd < 0) return line;
    excluded[row] = price[row] === 0 || quantity[row] === 0 ? 1 : 0;
    const end = readTail(bytes, makerEnd, tail, rows);
    if (end < 0 || end - line > lineBytesMax) return line;
    const first = bytes[at] ?? 0;
    takerSide[row] = first === 116 || first === 84 || first === 49 ? TAKER_SELL : TAKER_BUY;
    timeMs[row] = readMilliseconds(bytes, line);
    rows.noteEpoch(epochEnd - line);
    rows.count = row + 1;
    line = end + LINE_FEED_BYTES;
  }
  return Math.min(line, length);
}

/** Behind `true`, `True`, `false`, `False`, `1` or `0`; -1 for anything else. */
function skipBoolean(bytes: Uint8Array, position: number): number {
  const first = bytes[position] ?? 0;
  if (first === 48 || first === 49) return position + 1;
  const second = bytes[position + 1];
  const third = bytes[position + 2];
  if (first === 116 || first === 84) {
    return second === 114 && third === 117 && bytes[position + 3] === 101 ? position + 4 : -1;
  }
  if (first !== 102 && first !== 70) return -1;
  const isFalse =
    second === 97 && third === 108 && bytes[position + 3] === 115 && bytes[position + 4] === 101;
  return isFalse ? position + 5 : -1;
}
