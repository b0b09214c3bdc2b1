/** A copy of one snapshot at the scales of a fold: it outlives the columns that it was lent in. */
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import type { Scales } from '../event/trade-rows.js';
import { ASK_SIGN, BID_SIGN, SideQuantities } from './side-quantities.js';

export class Snapshot {
  timeMs: number = Number.NaN;
  readonly bids: SideQuantities = new SideQuantities(BID_SIGN);
  readonly asks: SideQuantities = new SideQuantities(ASK_SIGN);

  /** Takes the place of what it held. The scales are not below those of the columns. */
  take(rows: DepthRows, row: number, scales: Scales): void {
    const { bids, asks } = this;
    const from = row * LEVELS_MAX;
    this.timeMs = rows.timeMs[row] ?? 0;
    bids.clear();
    asks.clear();
    const bidsTo = from + (rows.bidLevels[row] ?? 0);
    const asksTo = from + (rows.askLevels[row] ?? 0);
    bids.append(rows.bidPrice, rows.bidQuantity, from, bidsTo, scales);
    asks.append(rows.askPrice, rows.askQuantity, from, asksTo, scales);
  }

  raise(priceDecimals: number, quantityDecimals: number): void {
    this.bids.raise(priceDecimals, quantityDecimals);
    this.asks.raise(priceDecimals, quantityDecimals);
  }

  /** Levels that both sides have. */
  get levels(): number {
    return Math.min(this.bids.count, this.asks.count);
  }
}
