/**
 * Finds the price carried into 00:00: the last in Order of the usable trades before it. It has
 * its own admission, whose day is all time before 00:00.
 */
import { USED } from '../event/row-columns.js';
import type { TradeRows } from '../event/trade-rows.js';
import { formatDecimal } from '../unit/decimal.js';
import { Admission } from './admit.js';

export interface SeedPrice {
  readonly price: string;
  readonly timeMs: number;
  readonly object: string;
}

export class SeedSearch {
  private readonly admission: Admission;
  private lastMs = Number.NEGATIVE_INFINITY;
  /** Highest id of the last millisecond; NaN if one of its trades has no numeric id: reading order decides. */
  private highestId = Number.NaN;
  private lastById: SeedPrice | undefined = undefined;
  private lastRead: SeedPrice | undefined = undefined;

  constructor(dayStartMs: number) {
    this.admission = Admission.forTrades({ fromMs: Number.NEGATIVE_INFINITY, toMs: dayStartMs });
  }

  /** Takes the rows of the next chunk of the window in reading order. Overwrites their outcomes. */
  take(rows: TradeRows, object: string): void {
    this.admission.admit(rows, 0, object);
    let byId = -1;
    let read = -1;
    for (let row = 0; row < rows.count; row++) {
      const timeMs = rows.timeMs[row] ?? 0;
      if (rows.outcome[row] !== USED || timeMs < this.lastMs) continue;
      const id = rows.idNumber(row);
      read = row;
      if (timeMs > this.lastMs || id >= this.highestId) byId = row;
      if (timeMs > this.lastMs) this.highestId = id;
      else this.highestId = Math.max(id, this.highestId);
      this.lastMs = timeMs;
    }
    if (byId >= 0) this.lastById = priceOf(rows, byId, object);
    if (read >= 0) this.lastRead = priceOf(rows, read, object);
  }

  get found(): SeedPrice | undefined {
    return Number.isNaN(this.highestId) ? this.lastRead : this.lastById;
  }
}

function priceOf(rows: TradeRows, row: number, object: string): SeedPrice {
  return {
    price: formatDecimal(rows.price.at(row), rows.price.decimals),
    timeMs: rows.timeMs[row] ?? 0,
    object,
  };
}
