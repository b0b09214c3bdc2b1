/**
 * HOT. The checks of a grid file in doubles: most files are right, and this says so in a fraction of the
 * time; bench: encode; oracle: checkingFile. It never says what is wrong: whatever breaks a check or is in
 * doubt (a number beyond the safe integers, quotes, another line end) goes to checkingFile.
 */
import type { Column } from '../column/column.js';
import { DAY_SECONDS, dayStartMs, isoStamp, MINUTE_MS, SECOND_MS } from '../unit/utc-date.js';
import { type CellReader, cellReader } from './cell-values.js';
import {
  CHECK_STEP_ROWS,
  checksOfFile,
  type FileChecks,
  type FileExpectation,
  type RowChecks,
  withoutRest,
} from './file-checks.js';
import { QuickLimits } from './quick-limits.js';
import { IN_DOUBT, QuickRow } from './quick-row.js';

const LF = 10;
const COMMA = 44;
const DIGIT_0 = 48;
const ASCII_MAX = 127;
/** Bytes of `2025-12-11T00:00:00Z`, and where its seconds are. */
const STAMP_BYTES = 20;
const SECOND_AT = 17;
const SECONDS_OF_MINUTE = MINUTE_MS / SECOND_MS;

/** A longer header, or a longer line of cells, is in doubt. */
const HEADER_BYTES_MAX = 4_096;
const QUICK_LINE_BYTES_MAX = 4_096;

/** `records` and rests as in checkingFile. `see` gets each row, lent, and returns false if it is in doubt. */
export function* checkingQuickly(
  records: Iterable<readonly string[]>,
  rowChecks: RowChecks,
  expected: FileExpectation,
  see: (row: QuickRow) => boolean,
): Generator<number, FileChecks | undefined> {
  const pass = QuickPass.of(rowChecks, expected);
  if (pass === undefined) return undefined;
  let count = 0;
  for (const record of records) {
    if (count === 0 ? !pass.isHeader(record) : !pass.takeCells(record, see)) return undefined;
    count += 1;
    if (count % CHECK_STEP_ROWS === 0) yield count;
  }
  return count > 0 ? pass.finish() : undefined;
}

/** The same for the bytes of a file, read line by line without quotes and a library. */
export function* checkingPlainBytes(
  bytes: Uint8Array,
  rowChecks: RowChecks,
  expected: FileExpectation,
  see: (row: QuickRow) => boolean,
): Generator<number, FileChecks | undefined> {
  const pass = QuickPass.of(rowChecks, expected);
  if (pass === undefined) return undefined;
  const headerEnd = bytes.indexOf(LF);
  if (headerEnd < 0 || headerEnd > HEADER_BYTES_MAX) return undefined;
  const header = String.fromCharCode(...bytes.subarray(0, headerEnd));
  if (!pass.isHeader(header.split(','))) return undefined;
  let place = headerEnd + 1;
  for (let records = 1; place < bytes.length; records += CHECK_STEP_ROWS) {
    if (records > 1) yield records;
    place = pass.takeLines(bytes, place, CHECK_STEP_ROWS, see);
    if (place === IN_DOUBT) return undefined;
  }
  return pass.finish();
}

/** True only if the bytes are a file that holds every check of its kind. `see` gets each row that does, lent. */
export function holdsSurely(
  bytes: Uint8Array,
  rowChecks: RowChecks,
  expected: FileExpectation,
  see: (row: QuickRow) => void,
): boolean {
  const seeing = (row: QuickRow): boolean => {
    see(row);
    return true;
  };
  const checking = checkingPlainBytes(bytes, rowChecks, expected, seeing);
  return withoutRest(checking) !== undefined;
}

/** Owns what is known of the rows so far. Use it no further once a call said that it is in doubt. */
class QuickPass {
  readonly row: QuickRow;
  /** The cell that the table's `carry` names, of the row before. */
  private readonly carried: QuickRow;
  private readonly carriedAt: number;
  private readonly countAt: number;
  private readonly timeAt: number;
  private readonly rowChecks: RowChecks;
  private readonly limits: QuickLimits;
  /** Words of the columns that hold one of a list. */
  private readonly words: readonly (readonly Uint8Array[] | undefined)[];
  /** Readers of the columns that hold times. */
  private readonly readers: readonly (CellReader | undefined)[];
  /** Columns of which some numbers are longer than a safe integer, and need not be exact here. */
  private readonly mayBeLong: readonly boolean[];
  /** A line of cells that came as texts. */
  private readonly line = new Uint8Array(QUICK_LINE_BYTES_MAX);
  /** The time that the next row must have. */
  private readonly stamp = new Uint8Array(STAMP_BYTES);
  private minuteEndMs = Number.NaN;
  private readonly startMs: number;
  private readonly stepMs: number;
  private readonly rowsExpected: number;
  private rows = 0;

  constructor(rowChecks: RowChecks, { date }: FileExpectation, seconds: number) {
    const { table } = rowChecks;
    const { columns, carry, rows } = table;
    this.row = new QuickRow(columns);
    this.carried = new QuickRow(columns);
    this.carriedAt = carry === undefined ? 0 : table.at(carry.from);
    this.countAt = carry === undefined ? -1 : table.at(carry.count);
    this.timeAt = rows.kind === 'grid' ? table.at(rows.time) : -1;
    this.rowChecks = rowChecks;
    this.limits = new QuickLimits(table);
    this.words = columns.map((column) =>
      column.kind === 'text' ? column.values.map((word) => bytesOf(word)) : undefined,
    );
    this.readers = columns.map((column) =>
      column.kind === 'time' ? cellReader(column) : undefined,
    );
    this.mayBeLong = columns.map((column) => isFreeMean(column));
    this.startMs = dayStartMs(date);
    this.stepMs = seconds * SECOND_MS;
    this.rowsExpected = DAY_SECONDS / seconds;
    this.setStamp();
  }

  /** Undefined: files of the kind, or files that carry such a price, are not checked quickly. */
  static of(rowChecks: RowChecks, expected: FileExpectation): QuickPass | undefined {
    const { resolution, carried } = expected;
    if (resolution === undefined || rowChecks.surely === undefined) return undefined;
    const pass = new QuickPass(rowChecks, expected, resolution.seconds);
    if (carried === '') return pass;
    const end = pass.carried.read(pass.carriedAt, bytesOf(`${carried}\n`), 0);
    return end === carried.length ? pass : undefined;
  }

  isHeader(cells: readonly string[]): boolean {
    const { header } = this.rowChecks.table;
    return cells.length === header.length && header.every((name, at) => cells[at] === name);
  }

  /** A cell with a comma or a line feed makes too many cells of the line, which puts it in doubt. */
  takeCells(cells: readonly string[], see: (row: QuickRow) => boolean): boolean {
    const { line } = this;
    if (cells.length !== this.readers.length) return false;
    let end = 0;
    for (let at = 0; at < cells.length; at++) {
      const text = cells[at] ?? '';
      if (end + text.length >= line.length) return false;
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        if (code > ASCII_MAX) return false;
        line[end++] = code;
      }
      line[end++] = at === cells.length - 1 ? LF : COMMA;
    }
    return this.takeLines(line, 0, 1, see) === end;
  }

  /**
   * Takes so many rows at most, each with its line feed, and lends them to `see`. Returns the place behind the last
   * one, or IN_DOUBT.
   */
  takeLines(
    bytes: Uint8Array,
    from: number,
    rowsMost: number,
    see: (row: QuickRow) => boolean,
  ): number {
    const { readers, words, timeAt, row } = this;
    const last = readers.length - 1;
    let place = from;
    for (let taken = 0; taken < rowsMost && place < bytes.length; taken++) {
      for (let at = 0; at <= last; at++) {
        const ofColumn = words[at];
        let end = place;
        if (at === timeAt) end = this.readStamp(bytes, place);
        else if (ofColumn !== undefined) end = this.readWord(at, ofColumn, bytes, place);
        else if (readers[at] === undefined) end = this.readNumber(at, bytes, place);
        else end = this.readTime(at, bytes, place);
        if (bytes[end] !== (at === last ? LF : COMMA)) return IN_DOUBT;
        place = end + 1;
      }
      if (!this.takeRow() || !see(row)) return IN_DOUBT;
    }
    return place;
  }

  finish(): FileChecks | undefined {
    const { rows, rowChecks, carried, carriedAt } = this;
    if (rows !== this.rowsExpected) return undefined;
    const checks = checksOfFile(rowChecks).map((check) => ({ check, ok: true, detail: '' }));
    return { checks, rows, isWhole: true, carried: carried.text(carriedAt) };
  }

  private readNumber(at: number, bytes: Uint8Array, from: number): number {
    const end = this.row.read(at, bytes, from);
    return end === IN_DOUBT && this.mayBeLong[at] === true
      ? this.row.readLong(at, bytes, from)
      : end;
  }

  /** Like QuickRow.read: returns the place behind the cell, or IN_DOUBT, where no byte is. */
  private readStamp(bytes: Uint8Array, from: number): number {
    const { stamp } = this;
    for (let index = 0; index < STAMP_BYTES; index++) {
      if (bytes[from + index] !== stamp[index]) return IN_DOUBT;
    }
    return from + STAMP_BYTES;
  }

  private readWord(
    at: number,
    words: readonly Uint8Array[],
    bytes: Uint8Array,
    from: number,
  ): number {
    for (let index = 0; index < words.length; index++) {
      const end = endOfWord(words[index], bytes, from);
      if (end === IN_DOUBT) continue;
      this.row.set(at, index);
      return end;
    }
    this.row.set(at, Number.NaN);
    return from;
  }

  private readTime(at: number, bytes: Uint8Array, from: number): number {
    let end = from;
    while (end < bytes.length && bytes[end] !== COMMA && bytes[end] !== LF) end += 1;
    if (end - from > QUICK_LINE_BYTES_MAX) return IN_DOUBT;
    const text = String.fromCharCode(...bytes.subarray(from, end));
    const value = text === '' ? undefined : this.readers[at]?.(text);
    if (text !== '' && value === undefined) return IN_DOUBT;
    this.row.set(at, value === undefined ? Number.NaN : Number(value));
    return end;
  }

  private takeRow(): boolean {
    const { row, carried, carriedAt, limits } = this;
    const holdsNothing = this.countAt >= 0 && row.isZero(this.countAt);
    if (!limits.holds(row, holdsNothing)) return false;
    if (this.rowChecks.surely?.(row, carried) !== true) return false;
    carried.copy(carriedAt, row, carriedAt);
    this.rows += 1;
    this.setStamp();
    return true;
  }

  private setStamp(): void {
    const { stamp } = this;
    const timeMs = this.startMs + this.rows * this.stepMs;
    if (timeMs < this.minuteEndMs) {
      const second = SECONDS_OF_MINUTE - (this.minuteEndMs - timeMs) / SECOND_MS;
      const ten = Math.floor(second / 10);
      stamp[SECOND_AT] = DIGIT_0 + ten;
      stamp[SECOND_AT + 1] = DIGIT_0 + second - 10 * ten;
      return;
    }
    this.minuteEndMs = (Math.floor(timeMs / MINUTE_MS) + 1) * MINUTE_MS;
    const text = isoStamp(timeMs);
    for (let index = 0; index < STAMP_BYTES; index++) stamp[index] = text.charCodeAt(index);
  }
}

/** A mean that no other cell is made from and no range is asked of. */
function isFreeMean(column: Column): boolean {
  return (
    column.kind === 'quotient' &&
    column.nothing === 'empty' &&
    column.rollUp === 'recomputed' &&
    column.range === undefined
  );
}

/** The place behind the word if it is all that the cell holds. */
function endOfWord(word: Uint8Array | undefined, bytes: Uint8Array, from: number): number {
  const length = word?.length ?? 0;
  for (let index = 0; index < length; index++) {
    if (bytes[from + index] !== word?.[index]) return IN_DOUBT;
  }
  const end = from + length;
  return bytes[end] === COMMA || bytes[end] === LF ? end : IN_DOUBT;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
