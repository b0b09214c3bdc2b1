/**
 * The rows of stored files as bytes for a page, column by column. Each cell is a whole number at the column's
 * decimals, most columns as differences: a day of seconds is a third smaller than as text. src/page/packed-rows
 * reads them back to the same texts.
 */
import { assert } from '../unit/errors.js';

/** How one column is written; all of it is JSON. */
export interface PackedColumn {
  readonly name: string;
  /** Of its bytes, which follow those of the column before. */
  readonly sizeBytes: number;
  readonly decimals: number;
  /** Each number is the difference to the one before it. */
  readonly isDelta: boolean;
  /** Of a column of words: each number is a place in this list. */
  readonly words: readonly string[] | null;
  /** Cells that are no such number, by row. */
  readonly odd: readonly (readonly [row: number, text: string])[];
  /** Cells that are not empty. */
  readonly filled: number;
}

/** The line of JSON before the bytes. */
export interface PackedHeader {
  readonly rows: number;
  readonly columns: readonly PackedColumn[];
}

export interface TextColumn {
  readonly name: string;
  readonly cells: readonly string[];
}

/** Twice a difference of two of them, and one, is exact in a double. */
const NUMBER_MOST = 2 ** 50;
/** A column of other texts has at most so many different ones. */
const WORDS_MOST = 64;
/** A cell by itself costs about its row and its quotes beside its text. */
const ODD_BYTES = 10;
/** Decimals that fewer cells fit would make too many of them odd. */
const FITTING_LEAST = 0.9;

const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;

/** `encode` is UTF-8. */
export function packRows(
  columns: readonly TextColumn[],
  encode: (text: string) => Uint8Array,
): Uint8Array {
  const rows = columns[0]?.cells.length ?? 0;
  const packed = columns.map((column) => {
    assert(column.cells.length === rows, 'all columns have the same rows');
    return packColumn(column);
  });
  const header: PackedHeader = { rows, columns: packed.map(({ column }) => column) };
  const parts = [encode(`${JSON.stringify(header)}\n`), ...packed.map(({ bytes }) => bytes)];
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

interface Packed {
  readonly column: PackedColumn;
  readonly bytes: Uint8Array;
}

function packColumn({ name, cells }: TextColumn): Packed {
  const filled = cells.reduce((count, cell) => count + (cell === '' ? 0 : 1), 0);
  const words = wordsOf(cells);
  if (words !== undefined) {
    const numbers = cells.map((cell) => (cell === '' ? Number.NaN : words.indexOf(cell)));
    const bytes = numbersBytes(numbers, false);
    const column = { name, decimals: 0, isDelta: false, words, odd: [], filled };
    return { column: { ...column, sizeBytes: bytes.length }, bytes };
  }
  const { decimals, numbers, isDelta } = smallest(cells);
  const bytes = numbersBytes(numbers, isDelta);
  const odd = cells.flatMap((cell, row): [number, string][] =>
    cell !== '' && Number.isNaN(numbers[row]) ? [[row, cell]] : [],
  );
  const column = { name, decimals, isDelta, words: null, odd, filled };
  return { column: { ...column, sizeBytes: bytes.length }, bytes };
}

/** Undefined for a column of numbers. */
function wordsOf(cells: readonly string[]): string[] | undefined {
  const first = cells.find((cell) => cell !== '');
  if (first === undefined || PLAIN.test(first)) return undefined;
  const words = new Set(cells);
  words.delete('');
  return words.size > WORDS_MOST ? undefined : [...words];
}

interface Numbers {
  readonly decimals: number;
  /** NaN: empty or odd. */
  readonly numbers: readonly number[];
  readonly isDelta: boolean;
}

/** The decimals and the form that take the fewest bytes. */
function smallest(cells: readonly string[]): Numbers {
  let best: Numbers & { readonly sizeBytes: number } = {
    decimals: 0,
    numbers: [],
    isDelta: false,
    sizeBytes: Number.POSITIVE_INFINITY,
  };
  for (const decimals of candidates(cells)) {
    const numbers = cells.map((cell) => numberAt(cell, decimals));
    const oddBytes = cells.reduce(
      (sum, cell, row) =>
        sum + (cell !== '' && Number.isNaN(numbers[row]) ? cell.length + ODD_BYTES : 0),
      0,
    );
    for (const isDelta of [false, true]) {
      const sizeBytes = numbersSize(numbers, isDelta) + oddBytes;
      if (sizeBytes < best.sizeBytes) best = { decimals, numbers, isDelta, sizeBytes };
    }
  }
  return best;
}

/** Numbers of decimals that most cells fit; the most that any cell has is among them. */
function candidates(cells: readonly string[]): number[] {
  const counts: number[] = [];
  let total = 0;
  for (const cell of cells) {
    if (!PLAIN.test(cell)) continue;
    const decimals = decimalsOf(cell);
    counts[decimals] = (counts[decimals] ?? 0) + 1;
    total += 1;
  }
  if (total === 0) return [0];
  let fitting = 0;
  return Object.entries(counts).flatMap(([decimals, count]) => {
    fitting += count;
    return fitting >= total * FITTING_LEAST ? [Number(decimals)] : [];
  });
}

function decimalsOf(cell: string): number {
  const point = cell.indexOf('.');
  return point < 0 ? 0 : cell.length - point - 1;
}

/** NaN for an empty cell and for one that is not exactly a whole number at these decimals, plainly written. */
function numberAt(cell: string, decimals: number): number {
  const missing = decimals - decimalsOf(cell);
  if (missing < 0 || cell === '-0' || !PLAIN.test(cell)) return Number.NaN;
  const number = Number(cell.replace('.', '') + '0'.repeat(missing));
  return Math.abs(number) <= NUMBER_MOST ? number : Number.NaN;
}

/** 0 for no number; else twice its size, and one more where it is not negative. */
function codeOf(number: number): number {
  if (Number.isNaN(number)) return 0;
  return number < 0 ? -2 * number : 2 * number + 1;
}

/** The codes in order, as a caller takes them. */
function eachCode(
  numbers: readonly number[],
  isDelta: boolean,
  take: (code: number) => void,
): void {
  let before = 0;
  for (const number of numbers) {
    take(codeOf(isDelta ? number - before : number));
    if (!Number.isNaN(number)) before = number;
  }
}

function numbersSize(numbers: readonly number[], isDelta: boolean): number {
  let sizeBytes = 0;
  eachCode(numbers, isDelta, (code) => {
    let rest = code;
    do {
      sizeBytes += 1;
      rest = Math.floor(rest / 128);
    } while (rest > 0);
  });
  return sizeBytes;
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function numbersBytes(numbers: readonly number[], isDelta: boolean): Uint8Array {
  const bytes = new Uint8Array(numbersSize(numbers, isDelta));
  let offset = 0;
  eachCode(numbers, isDelta, (code) => {
    let rest = code;
    while (rest >= 128) {
      bytes[offset] = (rest % 128) + 128;
      offset += 1;
      rest = Math.floor(rest / 128);
    }
    bytes[offset] = rest;
    offset += 1;
  });
  return bytes;
}
