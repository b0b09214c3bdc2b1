/**
 * Makes the bytes of a file of many rows from its table of columns and one writer per column. The table
 * says what a cell without a value holds. A small file may go through `file-rows` and a CSV library.
 */
import type { FileTable } from '../column/file-table.js';
import { assert } from '../unit/errors.js';
import type { RowExtent } from './file-rows.js';
import { RowBytes } from './row-bytes.js';

/** Writes a column's cell of a row. Writes nothing if the row has no value. */
export type CellWriter = (row: number, out: RowBytes) => void;

/** One writer per column of a table, or of the part that shares a source. */
export type CellWriters<Name extends string> = Readonly<Record<Name, CellWriter>>;

/** A column without a writer has no value in any row. */
type SomeWriters<Name extends string> = Partial<CellWriters<Name>>;

/** Bytes of a usual cell with its comma. The buffer grows if cells are longer. */
const CELL_BYTES_USUAL = 9;

const LF = 10;
const COMMA = 44;
const DIGIT_0 = 48;

export function fileBytes<Name extends string>(
  table: FileTable<Name>,
  writers: SomeWriters<Name>,
  { rows, carried }: RowExtent,
): Uint8Array {
  const { header, columns } = table;
  const writeCell = header.map((name) => writers[name]);
  const nothing = columns.map((column) => column.nothing);
  const carriedAt = table.carry === undefined ? -1 : table.at(table.carry.from);
  const out = new RowBytes((rows + 1) * header.length * CELL_BYTES_USUAL);
  // What rows carry lies in the buffer, in the row before; at first in front of the file.
  if (carried !== undefined) out.text(carried);
  const start = out.end;
  let carriedFrom = 0;
  let carriedTo = start;
  writeHeader(header, out);
  for (let row = 0; row < rows; row++) {
    let cellFrom = 0;
    let nextFrom = 0;
    let nextTo = 0;
    for (let at = 0; at < writeCell.length; at++) {
      if (at > 0) out.byte(COMMA);
      cellFrom = out.end;
      writeCell[at]?.(row, out);
      if (out.end === cellFrom) {
        const kind = nothing[at];
        if (kind === 'carried') out.repeat(carriedFrom, carriedTo);
        else if (kind === 'zero') out.byte(DIGIT_0);
        else assert(kind === 'empty', 'a column that is never empty has a value in every row');
      }
      if (at === carriedAt) {
        nextFrom = cellFrom;
        nextTo = out.end;
      }
    }
    out.byte(LF);
    carriedFrom = nextFrom;
    carriedTo = nextTo;
  }
  return out.finish().subarray(start);
}

function writeHeader(header: readonly string[], out: RowBytes): void {
  for (const [at, name] of header.entries()) {
    if (at > 0) out.byte(COMMA);
    out.text(name);
  }
  out.byte(LF);
}
