/**
 * HOT. Columns of a file of one row a second as its cells come, row by row, and the exact series that they become.
 */
import { CELL_DECIMALS } from '../check/cell-values.js';
import type { QuickRow } from '../check/quick-row.js';
import { canBeEmpty } from '../column/column.js';
import type { FileTable } from '../column/file-table.js';
import { POWERS_OF_TEN } from '../event/mantissas.js';
import { powerOfTen } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import { DAY_SECONDS } from '../unit/utc-date.js';
import { Series, type SeriesByName, type WideCells } from './series.js';

/** The cells of one column as they are read; each has its own decimals. */
export class CellColumn {
  readonly canBeEmpty: boolean;
  private readonly mantissas: Float64Array;
  private readonly decimals: Uint8Array;
  private decimalsMost = 0;
  private isGiven = false;
  /** In units of 10^-CELL_DECIMALS, by row: those that are no safe integers. */
  private readonly wide = new Map<number, bigint>();

  constructor({ columns }: FileTable, name: string) {
    this.canBeEmpty = columns.some((column) => column.name === name && canBeEmpty(column));
    this.mantissas = new Float64Array(DAY_SECONDS);
    this.decimals = new Uint8Array(DAY_SECONDS);
  }

  take(row: number, mantissa: number, decimals: number): void {
    this.mantissas[row] = mantissa;
    this.decimals[row] = decimals;
    if (decimals > this.decimalsMost) this.decimalsMost = decimals;
  }

  takeWide(row: number, value: bigint, decimals: number): void {
    this.take(row, Number.NaN, decimals);
    this.wide.set(row, value);
  }

  /** Call it once: the cells become those of the series. */
  series(): Series {
    assert(!this.isGiven, 'the cells of a column become a series once');
    this.isGiven = true;
    const { mantissas, decimals, decimalsMost } = this;
    const isSafe = this.wide.size === 0 && areSafe(mantissas, decimals, decimalsMost);
    if (!isSafe) return new Series(this.wideCells(), decimalsMost);
    raise(mantissas, decimals, decimalsMost);
    return new Series(mantissas, decimalsMost);
  }

  private wideCells(): WideCells {
    const { decimals, decimalsMost, wide } = this;
    return Array.from(this.mantissas, (mantissa, row) => {
      const value = wide.get(row);
      if (value !== undefined) return value / powerOfTen(CELL_DECIMALS - decimalsMost);
      if (Number.isNaN(mantissa)) return undefined;
      return BigInt(mantissa) * powerOfTen(decimalsMost - (decimals[row] ?? 0));
    });
  }
}

/** Every cell is a safe integer at the most decimals of any. */
function areSafe(mantissas: Float64Array, decimals: Uint8Array, decimalsMost: number): boolean {
  for (let row = 0; row < mantissas.length; row++) {
    const mantissa = mantissas[row] ?? Number.NaN;
    const factor = POWERS_OF_TEN[decimalsMost - (decimals[row] ?? 0)] ?? Number.NaN;
    const isSafe = Math.abs(mantissa * factor) <= Number.MAX_SAFE_INTEGER;
    if (!isSafe && !Number.isNaN(mantissa)) return false;
  }
  return true;
}

function raise(mantissas: Float64Array, decimals: Uint8Array, decimalsMost: number): void {
  for (let row = 0; row < mantissas.length; row++) {
    const factor = POWERS_OF_TEN[decimalsMost - (decimals[row] ?? 0)] ?? Number.NaN;
    mantissas[row] = (mantissas[row] ?? Number.NaN) * factor;
  }
}

export function cellColumns<Name extends string>(
  table: FileTable,
  names: readonly Name[],
): ReadonlyMap<Name, CellColumn> {
  return new Map(names.map((name) => [name, new CellColumn(table, name)]));
}

/** Call it once. */
export function seriesOf<Name extends string>(
  columns: ReadonlyMap<Name, CellColumn>,
): SeriesByName<Name> {
  const series = new Map(Array.from(columns, ([name, column]) => [name, column.series()]));
  return (name) => {
    const found = series.get(name);
    assert(found !== undefined, 'only columns that were read are asked for');
    return found;
  };
}

/** Some columns of a file as its rows are checked in doubles, so that nothing reads it again. */
export class SeenColumns<Name extends string> {
  private readonly byName: ReadonlyMap<Name, CellColumn>;
  private readonly columns: readonly CellColumn[];
  private readonly places: readonly number[];
  private rows = 0;
  private isSafe = true;

  constructor(table: FileTable, names: readonly Name[]) {
    this.byName = cellColumns(table, names);
    this.columns = [...this.byName.values()];
    this.places = names.map((name) => table.at(name));
  }

  /** A row that is right; they come in order. */
  take({ mantissa, decimals }: QuickRow): void {
    const { columns, places, rows } = this;
    for (let index = 0; index < places.length; index++) {
      const at = places[index] ?? 0;
      const cell = mantissa[at] ?? Number.NaN;
      if (Math.abs(cell) > Number.MAX_SAFE_INTEGER) this.isSafe = false;
      columns[index]?.take(rows, cell, decimals[at] ?? 0);
    }
    this.rows += 1;
  }

  /** Undefined if rows are missing, or a number is no safe integer: the file has to be read. Call it once. */
  series(): SeriesByName<Name> | undefined {
    return this.rows === DAY_SECONDS && this.isSafe ? seriesOf(this.byName) : undefined;
  }
}
