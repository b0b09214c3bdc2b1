/**
 * Rows of several files of one day side by side: those of bars and of signals of the same length begin with the same
 * time, which stands once. Of one file alone it passes the rows on.
 */
import { type FileTable, fileTable } from '../column/file-table.js';
import { FlowbarsError } from '../unit/errors.js';
import { type TextFile, type TypedColumn, typedRows } from './typed-rows.js';

const LF = 10;
const COMMA = 44;

/** The columns of both, the time of the first. */
export function joinedTable(tables: readonly FileTable[]): FileTable {
  const [first, ...others] = tables;
  if (first === undefined) throw new Error('a joined file has a kind');
  if (others.length === 0) return first;
  const { rows, carry } = first;
  const columns = [...first.columns, ...others.flatMap((table) => table.columns.slice(1))];
  const kind = tables.map((table) => table.kind).join('_');
  return fileTable({ kind, rows, columns, ...(carry === undefined ? {} : { carry }) });
}

/** Throws a FlowbarsError of kind `data` if their times differ. */
export function joinedColumns(
  files: readonly TextFile[],
  tables: readonly FileTable[],
): TypedColumn[] {
  const typed = tables.map((table, at) => typedRows(fileAt(files, at), table));
  const [first, ...others] = typed;
  for (const [at, other] of others.entries()) {
    const [one, two] = [timesOf(first?.columns[0]), timesOf(other.columns[0])];
    const row = one.findIndex((timeMs, index) => timeMs !== two[index]);
    const place = row < 0 && one.length !== two.length ? Math.min(one.length, two.length) : row;
    if (place >= 0) throw otherTimes(files, at + 1, place + 1);
  }
  return typed.flatMap(({ columns }, at) => (at === 0 ? columns : columns.slice(1)));
}

/** The lines of the files side by side, without their headers. Throws as joinedColumns does. */
export function joinedLines(files: readonly TextFile[]): Uint8Array {
  const [first, second] = files;
  const bytes = fileAt(files, 0).bytes;
  const start = bytes.indexOf(LF) + 1;
  if (first === undefined || second === undefined) return bytes.subarray(start);
  const others = second.bytes;
  const joined = new Uint8Array(bytes.length + others.length);
  let [place, otherPlace, size, line] = [start, others.indexOf(LF) + 1, 0, 1];
  while (place < bytes.length || otherPlace < others.length) {
    const [end, otherEnd] = [lineEnd(bytes, place), lineEnd(others, otherPlace)];
    const cell = others.indexOf(COMMA, otherPlace);
    if (!isSamePrefix(bytes, place, others, otherPlace, cell)) throw otherTimes(files, 1, line);
    joined.set(bytes.subarray(place, end), size);
    size += end - place;
    joined.set(others.subarray(cell, otherEnd + 1), size);
    size += otherEnd + 1 - cell;
    [place, otherPlace, line] = [end + 1, otherEnd + 1, line + 1];
  }
  return joined.subarray(0, size);
}

function timesOf(column: TypedColumn | undefined): Float64Array {
  return column !== undefined && 'numbers' in column ? column.numbers : new Float64Array();
}

/** The first cells of both lines, with their commas, are the same. */
function isSamePrefix(
  one: Uint8Array,
  from: number,
  other: Uint8Array,
  otherFrom: number,
  otherComma: number,
): boolean {
  if (otherComma < 0) return false;
  for (let at = 0; at <= otherComma - otherFrom; at++) {
    if (one[from + at] !== other[otherFrom + at]) return false;
  }
  return true;
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(LF, from);
  return end < 0 ? bytes.length : end;
}

function fileAt(files: readonly TextFile[], at: number): TextFile {
  const file = files[at];
  if (file === undefined) throw new Error('each table has its file');
  return file;
}

function otherTimes(files: readonly TextFile[], at: number, row: number): FlowbarsError {
  return new FlowbarsError('data', {
    where: `${fileAt(files, at).name} row ${row}`,
    what: 'time',
    found: `another time or no row`,
    expected: `that of ${fileAt(files, 0).name}`,
  });
}
