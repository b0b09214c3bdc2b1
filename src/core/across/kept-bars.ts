/** What is kept of a bar file until the signals of the same resolution are compared with it: the columns that they share. */
import { BARS } from '../column/bar-table.js';
import type { Column } from '../column/column.js';
import type { RowValues } from '../check/cell-values.js';
import { QuickRow } from '../check/quick-row.js';
import { assert } from '../unit/errors.js';

const KEPT = [
  'vwap',
  'vol_total',
  'vol_buy',
  'vol_sell',
  'vol_delta',
  'trade_count',
  'avg_spread',
  'imbalance_l20',
] as const;
export type KeptColumn = (typeof KEPT)[number];

/** Positions in the bar file. */
const KEPT_AT: readonly number[] = KEPT.map((name) => BARS.at(name));
const KEPT_COLUMNS: readonly Column[] = KEPT_AT.flatMap((at) => BARS.columns[at] ?? []);

/** Position of a column among the kept ones. */
export function keptAt(name: KeptColumn): number {
  return KEPT.indexOf(name);
}

/** The kept columns of bar `index`, by keptAt. */
export interface KeptBars {
  values(index: number): RowValues;
}

/** Kept of a file that was checked in big integers. */
export class ExactKeptBars implements KeptBars {
  private readonly rows: RowValues[] = [];

  take(values: RowValues): void {
    this.rows.push(KEPT_AT.map((at) => values[at]));
  }

  values(index: number): RowValues {
    return this.rows[index] ?? [];
  }
}

/** Kept of a file that was checked in doubles: nine bytes a cell. */
export class QuickKeptBars implements KeptBars {
  private readonly mantissa: Float64Array;
  private readonly decimals: Uint8Array;
  private readonly lent = new QuickRow(KEPT_COLUMNS);
  private taken = 0;

  constructor(rows: number) {
    this.mantissa = new Float64Array(rows * KEPT_AT.length);
    this.decimals = new Uint8Array(rows * KEPT_AT.length);
  }

  take(row: QuickRow): void {
    let place = this.taken * KEPT_AT.length;
    for (let index = 0; index < KEPT_AT.length; index++) {
      const at = KEPT_AT[index] ?? 0;
      this.mantissa[place] = row.mantissa[at] ?? Number.NaN;
      this.decimals[place] = row.decimals[at] ?? 0;
      place += 1;
    }
    this.taken += 1;
  }

  /** Lent until the next call. */
  row(index: number): QuickRow {
    const { lent, mantissa, decimals } = this;
    assert(index < this.taken, 'a bar is kept before it is compared');
    const from = index * KEPT_AT.length;
    for (let at = 0; at < KEPT_AT.length; at++) {
      lent.mantissa[at] = mantissa[from + at] ?? Number.NaN;
      lent.decimals[at] = decimals[from + at] ?? 0;
    }
    return lent;
  }

  values(index: number): RowValues {
    return this.row(index).values();
  }
}
