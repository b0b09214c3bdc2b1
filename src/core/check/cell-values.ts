/**
 * Reads the cells of a file back as exact integers. It shares no code with the encoder, and judges the
 * notation of a cell, not its value.
 */
import type { Column } from '../column/column.js';
import { DECIMALS_MAX } from '../unit/decimal.js';
import { isoStamp } from '../unit/utc-date.js';

/** Every number is held at this many decimals, the most that any cell may have: a price times a quantity. */
export const CELL_DECIMALS: number = 2 * DECIMALS_MAX;
export const CELL_ONE: bigint = 10n ** BigInt(CELL_DECIMALS);

/**
 * One row by the positions of its columns: numbers in units of 10^-CELL_DECIMALS, times in
 * milliseconds, texts by their index in the column's list. Undefined: an empty or unreadable cell.
 */
export type RowValues = readonly (bigint | undefined)[];

/** No exponent, no leading or trailing zeros, no trailing point, no minus before zero. */
const PLAIN_PATTERN = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;

export type CellReader = (text: string) => bigint | undefined;

/** The reader for a column's non-empty cells. */
export function cellReader(column: Column): CellReader {
  if (column.kind === 'time') return stampValue;
  return column.kind === 'text' ? wordReader(column.values) : plainValue;
}

/** The value of a number in plain notation; undefined for any other text. */
export function plainValue(text: string): bigint | undefined {
  if (text === '0') return 0n;
  if (!PLAIN_PATTERN.test(text)) return undefined;
  const point = text.indexOf('.');
  if (point < 0) return BigInt(text) * CELL_ONE;
  const decimals = text.length - point - 1;
  if (decimals > CELL_DECIMALS) return undefined;
  return BigInt(`${text.slice(0, point)}${text.slice(point + 1).padEnd(CELL_DECIMALS, '0')}`);
}

/** Digits after the point. */
export function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

function stampValue(text: string): bigint | undefined {
  const timeMs = Date.parse(text);
  return Number.isFinite(timeMs) && isoStamp(timeMs) === text ? BigInt(timeMs) : undefined;
}

function wordReader(words: readonly string[]): CellReader {
  const places = new Map(words.map((word, place) => [word, BigInt(place)]));
  return (text) => places.get(text);
}
