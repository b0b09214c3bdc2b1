/**
 * HOT. The rows of a written CSV file as typed columns. A cell becomes the double nearest to its decimal text, so
 * whoever reads it back as text gets each digit again where there are at most 15. It accepts what the encoders
 * write: plain notation, no quotes, LF. Nothing is computed from rows, so the typed file says what the text says.
 */
import { IN_DOUBT, QuickRow } from '../check/quick-row.js';
import type { Column } from '../column/column.js';
import type { FileTable } from '../column/file-table.js';
import { type TypedField, typedSchema } from '../column/typed-schema.js';
import { POWERS_OF_TEN } from '../event/mantissas.js';
import { isoStamp } from '../unit/utc-date.js';
import { assert, FlowbarsError } from '../unit/errors.js';

const LF = 10;
const COMMA = 44;
/** What is longer is no cell and no header. */
const CELL_BYTES_MAX = 4_096;
/** Characters of a cell that an error quotes. */
const QUOTED_MAX = 40;
/** The code of an empty cell in a column of words. */
export const NO_WORD = 255;

/** A column of one row group, by row. */
export type TypedColumn =
  | {
      readonly field: TypedField;
      /** Doubles, whole numbers, or milliseconds since the epoch; NaN: an empty cell. */
      readonly numbers: Float64Array;
    }
  | {
      readonly field: TypedField;
      readonly words: readonly string[];
      /** Places among the words, or NO_WORD. */
      readonly codes: Uint8Array;
    };

export interface TypedRows {
  readonly rows: number;
  /** In the order of the table. */
  readonly columns: readonly TypedColumn[];
}

export interface TextFile {
  readonly bytes: Uint8Array;
  /** Its object, for errors. */
  readonly name: string;
}

/** Throws a FlowbarsError of kind `data`. */
export function typedRows(file: TextFile, table: FileTable): TypedRows {
  return new Reader(file, table).read();
}

/** Owns the place in the bytes. */
class Reader {
  private readonly file: TextFile;
  private readonly table: FileTable;
  private readonly cell: QuickRow;
  private readonly rows: number;

  constructor(file: TextFile, table: FileTable) {
    this.file = file;
    this.table = table;
    this.cell = new QuickRow(table.columns.slice(0, 1));
    this.rows = lineCount(file.bytes) - 1;
  }

  read(): TypedRows {
    const { rows, table } = this;
    let place = this.readHeader();
    const fields = typedSchema(table);
    const columns = table.columns.map((column, at): TypedColumn => {
      const field = fields[at];
      assert(field !== undefined, 'every column has a type');
      return column.kind === 'text'
        ? { field, words: column.values, codes: new Uint8Array(rows) }
        : { field, numbers: new Float64Array(rows) };
    });
    for (let row = 0; row < rows; row++) place = this.readRow(row, place, columns);
    return { rows, columns };
  }

  private readHeader(): number {
    const { bytes } = this.file;
    const expected = this.table.header.join(',');
    const end = bytes.indexOf(LF);
    const found = textOf(bytes, 0, end < 0 ? bytes.length : end);
    if (found !== expected || end < 0 || bytes[bytes.length - 1] !== LF) {
      this.refuse(0, 'header', quoted(found), `${quoted(expected)}, and lines that end`);
    }
    return end + 1;
  }

  /** Returns the place behind the line. */
  private readRow(row: number, from: number, columns: readonly TypedColumn[]): number {
    const { bytes } = this.file;
    const last = columns.length - 1;
    let place = from;
    for (let at = 0; at <= last; at++) {
      const typed = columns[at];
      const column = this.table.columns[at];
      assert(typed !== undefined && column !== undefined, 'a typed column stands for a column');
      const end =
        'codes' in typed
          ? this.readWord(typed, row, place)
          : column.kind === 'time'
            ? this.readTime(typed.numbers, row, place)
            : this.readNumber(column, typed.numbers, row, place);
      const isOver = bytes[end] === (at === last ? LF : COMMA);
      const isRight = isOver && (end > place || typed.field.repetition === 'OPTIONAL');
      if (!isRight) this.refuseCell(row, column, place);
      place = end + 1;
    }
    return place;
  }

  /** Returns the place behind the cell, or `from` where it holds no number. */
  private readNumber(column: Column, numbers: Float64Array, row: number, from: number): number {
    const { cell } = this;
    const { bytes } = this.file;
    const end = cell.read(0, bytes, from);
    if (end === IN_DOUBT) return this.readLong(column, numbers, row, from);
    if (column.kind === 'count' && cell.decimals[0] !== 0) this.refuseCell(row, column, from);
    // Both are exact, so one division rounds to the nearest double, as reading the text would.
    const one = POWERS_OF_TEN[cell.decimals[0] ?? 0] ?? Number.NaN;
    numbers[row] = (cell.mantissa[0] ?? Number.NaN) / one;
    return end;
  }

  /** A number of more digits than a safe integer has. */
  private readLong(column: Column, numbers: Float64Array, row: number, from: number): number {
    const { bytes } = this.file;
    const end = cellEnd(bytes, from);
    const text = textOf(bytes, from, end);
    const value = LONG_NUMBER.test(text) ? Number(text) : Number.NaN;
    // A count that a double cannot hold must not become another one.
    const isHeld =
      Number.isFinite(value) && (column.kind !== 'count' || Number.isSafeInteger(value));
    if (!isHeld) this.refuseCell(row, column, from);
    numbers[row] = value;
    return end;
  }

  private readTime(numbers: Float64Array, row: number, from: number): number {
    const { bytes } = this.file;
    const end = cellEnd(bytes, from);
    const text = textOf(bytes, from, end);
    const timeMs = Date.parse(text);
    numbers[row] = timeMs;
    // A day that no calendar has is read as another one.
    return Number.isFinite(timeMs) && isoStamp(timeMs) === text ? end : from;
  }

  private readWord(
    { words, codes }: Extract<TypedColumn, { codes: Uint8Array }>,
    row: number,
    from: number,
  ): number {
    const { bytes } = this.file;
    const end = cellEnd(bytes, from);
    const place = words.findIndex((word) => isWord(word, bytes, from, end));
    codes[row] = place < 0 ? NO_WORD : place;
    return place < 0 ? from : end;
  }

  private refuseCell(row: number, column: Column, from: number): never {
    const { bytes } = this.file;
    const end = cellEnd(bytes, from);
    const expected = `a ${column.kind} as the encoder writes it, and as many cells as columns`;
    this.refuse(row + 1, `column ${column.name}`, quoted(textOf(bytes, from, end)), expected);
  }

  private refuse(line: number, what: string, found: string, expected: string): never {
    const where = `${this.file.name} line ${line + 1}`;
    throw new FlowbarsError('data', { where, what, found, expected });
  }
}

/** As encoders write it, so without `-0`. */
const LONG_NUMBER = /^(?!-0$)-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;

/** Lines that end. */
export function lineCount(bytes: Uint8Array): number {
  let count = 0;
  for (let index = 0; index < bytes.length; index++) if (bytes[index] === LF) count += 1;
  return count;
}

function cellEnd(bytes: Uint8Array, from: number): number {
  let end = from;
  while (end < bytes.length && bytes[end] !== COMMA && bytes[end] !== LF) end += 1;
  return end;
}

function isWord(word: string, bytes: Uint8Array, from: number, end: number): boolean {
  if (word.length !== end - from) return false;
  for (let index = 0; index < word.length; index++) {
    if (bytes[from + index] !== word.charCodeAt(index)) return false;
  }
  return true;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, Math.min(to, from + CELL_BYTES_MAX)));
}

function quoted(text: string): string {
  return text.length > QUOTED_MAX ? `'${text.slice(0, QUOTED_MAX)} …'` : `'${text}'`;
}
