/** RollUp in doubles: the same rows, or doubt where a sum leaves the safe integers. */
import type { FileTable } from '../column/file-table.js';
import type { RowValues } from '../check/cell-values.js';
import { QuickRow } from '../check/quick-row.js';
import { type RolledColumn, rolledColumns } from './roll-up-check.js';

export class QuickRollUp {
  /** As in RollUp. */
  readonly rolled: RowValues[] = [];
  private readonly columns: readonly RolledColumn[];
  private readonly countAt: number;
  private readonly carriedAt: number;
  private readonly factor: number;
  private readonly row: QuickRow;
  private taken = 0;

  constructor(table: FileTable, factor: number) {
    const { carry } = table;
    this.columns = rolledColumns(table);
    this.countAt = carry === undefined ? -1 : table.at(carry.count);
    this.carriedAt = carry === undefined ? -1 : table.at(carry.from);
    this.factor = factor;
    this.row = new QuickRow(table.columns);
  }

  /** False: in doubt, and the roll-up must not be used. */
  take(values: QuickRow): boolean {
    const { columns } = this;
    const holds = this.countAt < 0 || !values.isZero(this.countAt);
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index];
      if (column === undefined || (column.isCarried && !holds)) continue;
      if (!this.takeCell(column, values)) return false;
    }
    this.taken += 1;
    if (this.taken === this.factor) this.finishRow(values);
    return true;
  }

  private takeCell({ at, rule }: RolledColumn, values: QuickRow): boolean {
    const { row } = this;
    if (values.isEmpty(at)) return true;
    if (row.isEmpty(at) || rule === 'last') {
      row.copy(at, values, at);
      return true;
    }
    if (rule === 'first') return true;
    const decimals = Math.max(row.decimals[at] ?? 0, values.decimals[at] ?? 0);
    const before = row.mantissaAt(at, decimals);
    const value = values.mantissaAt(at, decimals);
    const next =
      rule === 'sum'
        ? before + value
        : rule === 'max'
          ? Math.max(before, value)
          : Math.min(before, value);
    row.mantissa[at] = next;
    row.decimals[at] = decimals;
    return Math.abs(next) <= Number.MAX_SAFE_INTEGER;
  }

  private finishRow(last: QuickRow): void {
    const { row, columns, carriedAt } = this;
    for (const { at, isCarried } of columns) {
      if (isCarried && row.isEmpty(at)) row.copy(at, last, carriedAt);
    }
    this.rolled.push(row.values());
    row.mantissa.fill(Number.NaN);
    this.taken = 0;
  }
}
