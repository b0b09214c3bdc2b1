/**
 * The checks of single cells, from the table of columns: the notation, and the range if the column has
 * one. An unreadable cell breaks its notation alone.
 */
import { canBeEmpty, type CellRange, type Column } from '../column/column.js';
import type { FileTable } from '../column/file-table.js';
import { CELL_ONE, decimalsOf, type RowValues } from './cell-values.js';
import { type CheckTally, quoted } from './file-tally.js';
import type { WholeRange } from './quick-row.js';

export interface CheckedRow {
  /** The row, as details name it. */
  readonly place: string;
  readonly cells: readonly string[];
  readonly values: RowValues;
  /** Its carried cells repeat those of an earlier row. */
  readonly holdsNothing: boolean;
  /** What the row carries: the cell of the row before, or the seed; empty if unknown. */
  readonly carried: string;
}

/** A column as its checks need it, made once per file. */
export interface CheckedColumn {
  readonly at: number;
  readonly name: string;
  /** The check that covers its notation. */
  readonly check: string;
  /** What details expect in place of an unreadable cell, and of an empty one. */
  readonly notation: string;
  readonly filled: string;
  readonly canBeEmpty: boolean;
  readonly canBeNegative: boolean;
  readonly decimalsMax: number;
  /** Carried cells have the decimals of the cell that they carry. */
  readonly isCarried: boolean;
  readonly range: RangeCheck | undefined;
}

interface RangeCheck extends WholeRange {
  readonly check: string;
  readonly least: bigint | undefined;
  readonly most: bigint | undefined;
  readonly expected: string;
}

/** All columns except the time of a grid, which has a check of its own (`time_steps`). */
export function checkedColumns(table: FileTable): CheckedColumn[] {
  const { columns, rows } = table;
  const gridTimeAt = rows.kind === 'grid' ? table.at(rows.time) : -1;
  return columns
    .map((column, at) => checkedColumn(column, at))
    .filter(({ at }) => at !== gridTimeAt);
}

/** The checks of notation in column order, each once. */
export function notationChecks(columns: readonly CheckedColumn[]): string[] {
  return [...new Set(columns.map(({ check }) => check))];
}

export function rangeChecks(columns: readonly CheckedColumn[]): string[] {
  return [...new Set(columns.flatMap(({ range }) => range?.check ?? []))];
}

export function checkCells(
  columns: readonly CheckedColumn[],
  { place, cells, values, holdsNothing }: CheckedRow,
  tally: CheckTally<string>,
): void {
  for (const column of columns) {
    const text = cells[column.at] ?? '';
    const value = values[column.at];
    const fault = notationFault(column, text, value, holdsNothing);
    const { name, range } = column;
    if (fault !== undefined) {
      const breach = { where: `${place} ${name}`, found: quoted(text), expected: fault };
      tally.breach(column.check, breach);
    }
    if (range !== undefined && value !== undefined && !isWithin(value, range)) {
      const breach = { where: `${place} ${name}`, found: quoted(text), expected: range.expected };
      tally.breach(range.check, breach);
    }
  }
}

/** What was expected of a faulty cell; undefined if the notation is right. */
function notationFault(
  column: CheckedColumn,
  text: string,
  value: bigint | undefined,
  holdsNothing: boolean,
): string | undefined {
  if (text === '') return column.canBeEmpty ? undefined : column.filled;
  if (value === undefined) return column.notation;
  if (value < 0n && !column.canBeNegative) return 'no minus sign';
  const { decimalsMax } = column;
  if (decimalsMax === Infinity || (column.isCarried && holdsNothing)) return undefined;
  return decimalsOf(text) > decimalsMax ? `at most ${decimalsMax} decimals` : undefined;
}

function isWithin(value: bigint, { least, most }: RangeCheck): boolean {
  return (least === undefined || value >= least) && (most === undefined || value <= most);
}

function checkedColumn(column: Column, at: number): CheckedColumn {
  const common = {
    at,
    name: column.name,
    canBeEmpty: canBeEmpty(column),
    isCarried: column.nothing === 'carried',
  };
  const noNumber = { canBeNegative: true, decimalsMax: Infinity, range: undefined };
  if (column.kind === 'time') {
    const notation = 'a time such as 2025-12-11T00:00:00Z';
    return { ...common, ...noNumber, check: 'time_format', notation, filled: notation };
  }
  if (column.kind === 'text') {
    const notation = `one of ${column.values.join(', ')}`;
    return { ...common, ...noNumber, check: 'text_values', notation, filled: notation };
  }
  return {
    ...common,
    check: 'number_format',
    notation: 'plain digits without exponent or padding zeros',
    filled: 'a number',
    // The range check reports a negative number.
    canBeNegative: column.signed === true || column.range !== undefined,
    decimalsMax: decimalsMaxOf(column),
    range: column.range === undefined ? undefined : rangeCheck(column.range),
  };
}

function decimalsMaxOf(column: Column): number {
  if (column.kind === 'count') return 0;
  return column.kind === 'quotient' ? column.decimals : Infinity;
}

function rangeCheck({ check, least, most }: CellRange): RangeCheck {
  const ends = [least, most].filter((end) => end !== undefined);
  const side = least === undefined ? 'less' : 'more';
  return {
    check,
    least: cellValue(least),
    most: cellValue(most),
    leastWhole: least ?? -Infinity,
    mostWhole: most ?? Infinity,
    expected: ends.length === 2 ? ends.join(' to ') : `${ends.join('')} or ${side}`,
  };
}

function cellValue(whole: number | undefined): bigint | undefined {
  return whole === undefined ? undefined : BigInt(whole) * CELL_ONE;
}
