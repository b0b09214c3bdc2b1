/**
 * How one column of a file is declared. Encoder, checks, roll-up, typed schema and docs/OUTPUT.md
 * follow from the declaration; none of them keeps its own list of columns.
 */

/**
 * What a cell holds if its row has no value. `never`: every row has one. `zero`: `0`. `empty`: an empty
 * cell. `carried`: the last cell of the column that the table's `carry` names.
 */
export type Nothing = 'never' | 'zero' | 'empty' | 'carried';

/**
 * How a coarser cell follows from the non-empty finer ones; carried columns skip rows that hold
 * nothing. `recomputed`: it cannot be derived from the cells of this file.
 */
export type RollUpRule = 'first' | 'last' | 'max' | 'min' | 'sum' | 'recomputed';

/** A named check that a number lies in a range of whole numbers, both ends included. */
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
  /** Which clock it is. */
  readonly unit: string;
}

/** One of a closed list of words; `min` and `max` compare them by their place in the list. */
export interface TextColumn<Name extends string = string> extends ColumnBase<Name> {
  readonly kind: 'text';
  readonly values: readonly string[];
}

interface NumberBase<Name extends string> extends ColumnBase<Name> {
  readonly unit: string;
  /** May be negative. Ignored if `range` is set. */
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

/** What a table says of a column beside its name. */
export type UnnamedColumn = Unnamed<Column>;
type Unnamed<One> = One extends Column ? Omit<One, 'name'> : never;

export function namedColumns<Name extends string>(
  header: readonly Name[],
  columns: Readonly<Record<Name, UnnamedColumn>>,
): Column<Name>[] {
  return header.map((name) => {
    const column: UnnamedColumn = columns[name];
    return { name, ...column };
  });
}

/** A carried cell is empty until there is something to carry. */
export function canBeEmpty({ nothing }: Column): boolean {
  return nothing === 'empty' || nothing === 'carried';
}
