/** Copies of the rows of runs, in their order: what has to outlive the columns that it was lent in. */
import { DepthRows } from '../event/depth-rows.js';
import { TradeRows } from '../event/trade-rows.js';
import type { DepthRun, TradeRun } from './fold.js';

export class RowCollector {
  /** Consecutive in Order, from one batch to the next. */
  readonly trades: TradeRows[] = [];
  readonly depth: DepthRows[] = [];
  /** Time of the last row; minus infinity without one. */
  lastMs: number = Number.NEGATIVE_INFINITY;

  takeTrades({ rows, from, to }: TradeRun): void {
    let batch = this.trades.at(-1);
    if (batch?.isLike(rows) !== true) {
      batch = new TradeRows(to - from, {
        priceDecimals: rows.price.decimals,
        quantityDecimals: rows.quantity.decimals,
      });
      this.trades.push(batch);
    }
    batch.copyRows(rows, from, to);
    this.lastMs = Math.max(this.lastMs, rows.timeMs[to - 1] ?? 0);
  }

  takeDepth({ rows, from, to }: DepthRun): void {
    let batch = this.depth.at(-1);
    if (batch?.isLike(rows) !== true) {
      batch = new DepthRows(to - from, {
        priceDecimals: rows.bidPrice.decimals,
        quantityDecimals: rows.bidQuantity.decimals,
      });
      this.depth.push(batch);
    }
    batch.copyRows(rows, from, to);
    this.lastMs = Math.max(this.lastMs, rows.timeMs[to - 1] ?? 0);
  }

  /** Bytes of the rows of the stream that has more. */
  get usedBytes(): number {
    return Math.max(bytesOf(this.trades), bytesOf(this.depth));
  }
}

function bytesOf(batches: readonly (TradeRows | DepthRows)[]): number {
  return batches.reduce((sum, rows) => sum + rows.usedBytes, 0);
}
