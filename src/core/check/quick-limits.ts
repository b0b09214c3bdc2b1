/** The checks of single cells (cell-checks) in doubles, from the table of columns. */
import type { FileTable } from '../column/file-table.js';
import { checkedColumns } from './cell-checks.js';
import type { QuickRow, WholeRange } from './quick-row.js';

const NO_LIMIT = 255;

interface RangedColumn {
  readonly at: number;
  readonly range: WholeRange;
}

export class QuickLimits {
  /** 1 or 0 by position. The time of a grid is never read as a number, so it counts as empty. */
  private readonly canBeEmpty: Uint8Array;
  private readonly canBeNegative: Uint8Array;
  private readonly isCarried: Uint8Array;
  private readonly decimalsMax: Uint8Array;
  private readonly ranged: readonly RangedColumn[];

  constructor(table: FileTable) {
    const columns = checkedColumns(table);
    const { length } = table.columns;
    this.canBeEmpty = new Uint8Array(length).fill(1);
    this.canBeNegative = new Uint8Array(length);
    this.isCarried = new Uint8Array(length);
    this.decimalsMax = new Uint8Array(length);
    for (const column of columns) {
      const { at } = column;
      this.canBeEmpty[at] = Number(column.canBeEmpty);
      this.canBeNegative[at] = Number(column.canBeNegative);
      this.isCarried[at] = Number(column.isCarried);
      this.decimalsMax[at] = Math.min(column.decimalsMax, NO_LIMIT);
    }
    this.ranged = columns.flatMap(({ at, range }) => (range === undefined ? [] : [{ at, range }]));
  }

  /** False: a cell breaks a check, or is in doubt. Carried cells have the decimals of what they carry. */
  holds(row: QuickRow, holdsNothing: boolean): boolean {
    const { canBeEmpty, canBeNegative, isCarried, decimalsMax } = this;
    const { mantissa, decimals } = row;
    for (let at = 0; at < mantissa.length; at++) {
      const value = mantissa[at] ?? Number.NaN;
      if (Number.isNaN(value)) {
        if (canBeEmpty[at] === 0) return false;
        continue;
      }
      if (value < 0 && canBeNegative[at] === 0) return false;
      const isLong = (decimals[at] ?? 0) > (decimalsMax[at] ?? 0);
      if (isLong && !(holdsNothing && isCarried[at] === 1)) return false;
    }
    for (const { at, range } of this.ranged) {
      if (!row.isEmpty(at) && !row.isWithin(at, range)) return false;
    }
    return true;
  }
}
