/**
 * The columns of one kind of file, in order, and how its rows follow each other. Look a column's
 * position up once per file, not once per row.
 */
import { assert } from '../unit/errors.js';
import type { Column } from './column.js';

/** One row for each step of a day, whatever was recorded; `time` holds the start of the step. */
export interface GridRows<Name extends string> {
  readonly kind: 'grid';
  readonly time: Name;
}

/** One row per event, strictly ordered by the texts of these columns. */
export interface EventRows<Name extends string> {
  readonly kind: 'events';
  readonly order: readonly Name[];
}

/** A row whose `count` is 0 holds nothing: its carried cells repeat the last cell of `from`. */
export interface Carry<Name extends string> {
  readonly from: Name;
  readonly count: Name;
}

interface FileShape<Name extends string> {
  /** The `kind` of its artifacts in quality reports. */
  readonly kind: string;
  readonly rows: GridRows<Name> | EventRows<Name>;
  readonly carry?: Carry<Name>;
  readonly columns: readonly Column<Name>[];
}

export interface FileTable<Name extends string = string> extends FileShape<Name> {
  readonly header: readonly Name[];
  /** Position of a column, from 0. */
  at(name: Name): number;
}

export function fileTable<Name extends string>(shape: FileShape<Name>): FileTable<Name> {
  const header = shape.columns.map(({ name }) => name);
  const positions = new Map(header.map((name, position) => [name, position]));
  assert(positions.size === header.length, 'the columns of a file have distinct names');
  const isCarrying = shape.columns.some(({ nothing }) => nothing === 'carried');
  assert(isCarrying === (shape.carry !== undefined), 'a table with carried columns has a carry');
  return {
    ...shape,
    header,
    at(name) {
      const position = positions.get(name);
      assert(position !== undefined, 'a column is in the table of its file');
      return position;
    },
  };
}

/** Decimals to which a column's quotients are rounded. */
export function quotientDecimals<Name extends string>(table: FileTable<Name>, name: Name): number {
  const column = table.columns[table.at(name)];
  assert(column?.kind === 'quotient', 'only a quotient is rounded');
  return column.decimals;
}
