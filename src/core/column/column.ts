/**
 * What can be said of one column of a file. Encoder, checks, roll-up, typed schema and
 * docs/OUTPUT.md follow from it; none of them keeps a list of columns of its own.
 */

/**
 * What a cell holds where its row has nothing to say: `never` happens; `zero` is `0`; `empty` is an
 * empty cell; `carried` repeats the last cell of the column that the file's table names.
 */
export type Nothing = 'never' | 'zero' | 'empty' | 'carried';

/**
 * How a coarser row follows from finer ones: from their cells that are not empty and, in carried
 * columns, from rows that hold something. `recomputed`: it follows from no cells of this file.
 */
export type RollUpRule = 'first' | 'last' | 'max' | 'min' | 'sum' | 'recomputed';

/** A check of its own that a number lies in a range of whole numbers, both ends included. */
export interface CellRange {
  readonly check: string;
  readonly least?: number;
  readonly most?: number;
}

interface ColumnBase<Name extends string> {
  readonly name: Name;
  /** One line, as docs/OUTPUT.md prints it. */
  readonly meaning: string;
  readonly nothing: Nothing;
  readonly rollUp: RollUpRule;
}

/** An instant in whole seconds, `2025-12-20T00:00:00Z`. */
export interface TimeColumn<Name extends string = string> extends ColumnBase<Name> {
  readonly kind: 'time';
  /** Whose clock says it. */
  readonly unit: string;
}

/** One of a closed list of words, in the order in which `min` and `max` compare them. */
export interface TextColumn<Name extends string = string> extends ColumnBase<Name> {
  readonly kind: 'text';
  readonly values: readonly string[];
}

interface NumberBase<Name extends string> extends ColumnBase<Name> {
  readonly unit: string;
  /** May be below zero. Where a range says what it may be, this is not asked. */
  readonly signed?: true;
  readonly range?: CellRange;
}

/** Exact: a price or a sum has the decimals of the data, a count has none. */
export interface ExactColumn<Name extends string = string> extends NumberBase<Name> {
  readonly kind: 'price' | 'sum' | 'count';
}

/** Not exact: an exact quotient, rounded half up once. */
export interface QuotientColumn<Name extends string = string> extends NumberBase<Name> {
  readonly kind: 'quotient';
  readonly decimals: number;
}

export type Column<Name extends string = string> =
  | TimeColumn<Name>
  | TextColumn<Name>
  | ExactColumn<Name>
  | QuotientColumn<Name>;

/** Before the first thing that it could carry, a carried cell is empty. */
export function canBeEmpty({ nothing }: Column): boolean {
  return nothing === 'empty' || nothing === 'carried';
}
