/**
 * Finds the price carried into 00:00: of the trades before it that would be used, the last by
 * (exchange time, reading order). It has its own admission, as if the day were all time before 00:00.
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
  private best: SeedPrice | undefined = undefined;

  constructor(dayStartMs: number) {
    this.admission = Admission.forTrades({ fromMs: Number.NEGATIVE_INFINITY, toMs: dayStartMs });
  }

  /** Takes the rows of the next chunk of the window in reading order. Overwrites their outcomes. */
  take(rows: TradeRows, object: string): void {
    this.admission.admit(rows, 0);
    let bestRow = -1;
    let bestMs = this.best?.timeMs ?? Number.NEGATIVE_INFINITY;
    for (let row = 0; row < rows.count; row++) {
      const timeMs = rows.timeMs[row] ?? 0;
      if (rows.outcome[row] !== USED || timeMs < bestMs) continue;
      bestRow = row;
      bestMs = timeMs;
    }
    if (bestRow < 0) return;
    const price = formatDecimal(rows.price.at(bestRow), rows.price.decimals);
    this.best = { price, timeMs: bestMs, object };
  }

  get found(): SeedPrice | undefined {
    return this.best;
  }
}
