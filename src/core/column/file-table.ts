/**
 * The columns of one kind of file, in order, with what holds between its rows. A position is looked
 * up by its column's name once per file, so that loops over rows stay plain.
 */
import { assert } from '../unit/errors.js';
import type { Column } from './column.js';

/** One row for each step of a day, whatever was recorded; `time` holds the begin of the step. */
export interface GridRows<Name extends string> {
  readonly kind: 'grid';
  readonly time: Name;
}

/** One row for each thing that happened, strictly ordered by the texts of these columns. */
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
  /** As artifacts are called in quality reports. */
  readonly kind: string;
  readonly rows: GridRows<Name> | EventRows<Name>;
  readonly carry?: Carry<Name>;
  readonly columns: readonly Column<Name>[];
}

export interface FileTable<Name extends string = string> extends FileShape<Name> {
  readonly header: readonly Name[];
  /** Position of a column. */
  at(name: Name): number;
}

export function fileTable<Name extends string>(shape: FileShape<Name>): FileTable<Name> {
  const header = shape.columns.map(({ name }) => name);
  const positions = new Map(header.map((name, position) => [name, position]));
  assert(positions.size === header.length, 'the columns of a file have different names');
  const isCarrying = shape.columns.some(({ nothing }) => nothing === 'carried');
  assert(isCarrying === (shape.carry !== undefined), 'carried columns say what they carry');
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

/** Decimals that a column's quotients are rounded to. */
export function quotientDecimals<Name extends string>(table: FileTable<Name>, name: Name): number {
  const column = table.columns[table.at(name)];
  assert(column?.kind === 'quotient', 'only a quotient is rounded');
  return column.decimals;
}
