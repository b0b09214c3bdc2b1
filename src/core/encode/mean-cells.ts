/** Writers of means: an exact sum by its count, rounded once. */
import { type FileTable, quotientDecimals } from '../column/file-table.js';
import type { ExactCells } from '../grid/exact-cells.js';
import { safeCell } from './cell-writers.js';
import type { CellWriter } from './file-bytes.js';
import { Quotients } from './quotient.js';

export interface Means {
  readonly sums: ExactCells;
  /** 0: the row has no value. */
  readonly counts: Float64Array;
  /** Decimals of the sums. */
  readonly scale: number;
}

/** Means rounded to the decimals of a column. */
export function meanCells<Name extends string>(
  table: FileTable<Name>,
  column: Name,
  { sums, counts, scale }: Means,
): CellWriter {
  const means = new Quotients(quotientDecimals(table, column), scale);
  return (row, out) => {
    const count = counts[row] ?? 0;
    if (count === 0 || means.writeSafe(safeCell(sums, row), count, out)) return;
    means.write(sums.at(row), BigInt(count), out);
  };
}
