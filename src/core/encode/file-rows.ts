/**
 * Makes the rows of a file from its table of columns and one function per column. The table says what
 * a cell without a value holds. Turning fields into bytes happens elsewhere.
 */
import type { Nothing } from '../column/column.js';
import type { FileTable } from '../column/file-table.js';
import { assert } from '../unit/errors.js';

/** The text of a column's cell in a row; undefined: the row has no value. */
export type CellOf = (row: number) => string | undefined;

/** One function per column of a table, or of the part that shares a source. */
export type CellsOf<Name extends string> = Readonly<Record<Name, CellOf>>;

export interface RowExtent {
  readonly rows: number;
  /** What the first row carries; undefined if unknown. */
  readonly carried: string | undefined;
}

/** Yields one array of fields per row. */
export function* fileRows<Name extends string>(
  table: FileTable<Name>,
  cells: CellsOf<Name>,
  { rows, carried }: RowExtent,
): Generator<string[]> {
  const { header } = table;
  const cellOf = header.map((name) => cells[name]);
  const nothing = table.columns.map((column) => column.nothing);
  const carriedAt = table.carry === undefined ? -1 : table.at(table.carry.from);
  let before = carried ?? '';
  for (let row = 0; row < rows; row++) {
    const fields: string[] = header.slice();
    for (let at = 0; at < header.length; at++) {
      fields[at] = cellOf[at]?.(row) ?? textOfNothing(nothing[at], before);
    }
    before = fields[carriedAt] ?? '';
    yield fields;
  }
}

function textOfNothing(nothing: Nothing | undefined, carried: string): string {
  assert(
    nothing !== undefined && nothing !== 'never',
    'a column that is never empty has a value in every row',
  );
  if (nothing === 'carried') return carried;
  return nothing === 'zero' ? '0' : '';
}
