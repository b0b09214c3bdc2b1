/**
 * HOT. Reads some columns of a grid file of one day as exact series, and passes over the others. It
 * accepts what the encoder writes: plain notation, no quotes, one row for each step of the day.
 */
import { decimalsOf, plainValue } from '../check/cell-values.js';
import { IN_DOUBT, QuickRow } from '../check/quick-row.js';
import type { FileTable } from '../column/file-table.js';
import { assert, FlowbarsError } from '../unit/errors.js';
import { DAY_SECONDS, dayStartMs, SECOND_MS, stampWriter, type UtcDate } from '../unit/utc-date.js';
import { type CellColumn, cellColumns, seriesOf } from './cell-columns.js';
import type { SeriesByName } from './series.js';

const LF = 10;
const COMMA = 44;
const DIGIT_0 = 48;
/** Bytes of `2025-12-11T00:00:00Z`, and the place of its last digit. */
const STAMP_BYTES = 20;
const LAST_DIGIT_AT = 18;
/** What is longer is no cell and no header. */
const CELL_BYTES_MAX = 4_096;
/** Characters of a cell or a line that an error quotes. */
const QUOTED_MAX = 40;

/** A file of one row a second. */
export interface SecondFile {
  readonly bytes: Uint8Array;
  /** Its object, for errors. */
  readonly name: string;
  readonly date: UtcDate;
}

/** The series of these columns, by name. Throws a FlowbarsError of kind `data`. */
export function readSeries<Name extends string>(
  file: SecondFile,
  table: FileTable<Name>,
  names: readonly Name[],
): SeriesByName<Name> {
  const columns = cellColumns(table, names);
  new Reader(file, table, columns).read();
  return seriesOf(columns);
}

/** Owns the place in the bytes. */
class Reader {
  private readonly file: SecondFile;
  private readonly header: readonly string[];
  /** By position; undefined: passed over. */
  private readonly columns: readonly (CellColumn | undefined)[];
  private readonly cell: QuickRow;
  private readonly startMs: number;
  private readonly stampOf = stampWriter();
  private readonly stamp = new Uint8Array(STAMP_BYTES);

  constructor(file: SecondFile, table: FileTable, wanted: ReadonlyMap<string, CellColumn>) {
    const { header, rows } = table;
    assert(rows.kind === 'grid' && rows.time === header[0], 'a row begins with its time');
    this.file = file;
    this.startMs = dayStartMs(file.date);
    this.header = header;
    this.columns = header.map((name) => wanted.get(name));
    this.cell = new QuickRow(table.columns.slice(0, 1));
  }

  read(): void {
    const { bytes } = this.file;
    let place = this.readHeader();
    for (let row = 0; row < DAY_SECONDS; row++) place = this.readRow(row, place);
    if (place === bytes.length) return;
    this.refuse(DAY_SECONDS, 'rows', 'more of them', `${DAY_SECONDS}`);
  }

  private readHeader(): number {
    const { bytes } = this.file;
    const expected = this.header.join(',');
    const end = bytes.indexOf(LF);
    const found = textOf(bytes, 0, end < 0 ? bytes.length : end);
    if (found !== expected || end < 0) this.refuse(-1, 'header', quoted(found), quoted(expected));
    return end + 1;
  }

  /** Returns the place behind the line. */
  private readRow(row: number, from: number): number {
    const { columns, cell } = this;
    const { bytes } = this.file;
    const last = columns.length - 1;
    let place = this.readStamp(row, from);
    for (let at = 1; at <= last; at++) {
      const column = columns[at];
      let end = place;
      if (column === undefined) {
        while (isInside(bytes[end] ?? LF)) end += 1;
      } else {
        end = cell.read(0, bytes, place);
        if (end === IN_DOUBT) end = this.readWide(row, at, place);
        else if (end === place && !column.canBeEmpty) this.refuseCell(row, at, place);
        else column.take(row, cell.mantissa[0] ?? Number.NaN, cell.decimals[0] ?? 0);
      }
      if (bytes[end] !== (at === last ? LF : COMMA)) this.refuseCell(row, at, place);
      place = end + 1;
    }
    return place;
  }

  /** Reads the cell of a number that is no safe integer. Returns the place behind it. */
  private readWide(row: number, at: number, from: number): number {
    const { bytes } = this.file;
    const end = cellEnd(bytes, from);
    const text = textOf(bytes, from, end);
    // A longer text is cut, and would be another number.
    const value = end - from > CELL_BYTES_MAX ? undefined : plainValue(text);
    if (value === undefined) this.refuseCell(row, at, from);
    else this.columns[at]?.takeWide(row, value, decimalsOf(text));
    return end;
  }

  /** Returns the place of the next cell. */
  private readStamp(row: number, from: number): number {
    const { stamp } = this;
    const { bytes } = this.file;
    const digit = row % 10;
    if (digit === 0) {
      const text = this.stampOf(this.startMs + row * SECOND_MS);
      for (let index = 0; index < STAMP_BYTES; index++) stamp[index] = text.charCodeAt(index);
    } else {
      stamp[LAST_DIGIT_AT] = DIGIT_0 + digit;
    }
    for (let index = 0; index < STAMP_BYTES; index++) {
      if (bytes[from + index] !== stamp[index]) this.refuseStamp(row, from);
    }
    if (bytes[from + STAMP_BYTES] !== COMMA) this.refuseStamp(row, from);
    return from + STAMP_BYTES + 1;
  }

  private refuseStamp(row: number, from: number): never {
    const { bytes } = this.file;
    const expected = quoted(String.fromCharCode(...this.stamp));
    const found =
      from >= bytes.length ? 'the end' : quoted(textOf(bytes, from, cellEnd(bytes, from)));
    this.refuse(row, `column ${this.header[0] ?? ''}`, found, expected);
  }

  private refuseCell(row: number, at: number, from: number): never {
    const { bytes } = this.file;
    const end = cellEnd(bytes, from);
    const isLast = at === this.header.length - 1;
    const behind =
      bytes[end] === undefined ? 'the end' : bytes[end] === LF ? 'a line end' : 'a comma';
    this.refuse(
      row,
      `column ${this.header[at] ?? ''}`,
      `${quoted(textOf(bytes, from, end))} and ${behind}`,
      `a number in plain notation and ${isLast ? 'a line end' : 'a comma'}`,
    );
  }

  /** Row -1 is the header. */
  private refuse(row: number, what: string, found: string, expected: string): never {
    throw new FlowbarsError('data', {
      what,
      found,
      expected,
      where: `${this.file.name} line ${row + 2}`,
    });
  }
}

function isInside(byte: number): boolean {
  return byte !== COMMA && byte !== LF;
}

function cellEnd(bytes: Uint8Array, from: number): number {
  let end = from;
  while (end < bytes.length && bytes[end] !== COMMA && bytes[end] !== LF) end += 1;
  return end;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, Math.min(to, from + CELL_BYTES_MAX)));
}

function quoted(text: string): string {
  return text.length > QUOTED_MAX ? `'${text.slice(0, QUOTED_MAX)} …'` : `'${text}'`;
}
