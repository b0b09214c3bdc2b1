/**
 * HOT. Folds runs of snapshots into a LevelGrid; bench: fold; oracle: test/core/book. Late runs count in
 * everything but the last quotes, which alone depend on order.
 */
import { FIVE, LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import { type Mantissas, POWERS_OF_TEN } from '../event/mantissas.js';
import type { DepthFold, DepthRun } from '../fold/fold.js';
import { powerOfTen } from '../unit/decimal.js';
import type { TimeRange } from '../unit/utc-date.js';
import { ratioE9, wideRatioE9 } from './imbalance.js';
import { LevelGrid } from './level-grid.js';

export class LevelFold implements DepthFold<LevelGrid> {
  readonly streams = 'depth' as const;
  private readonly grid: LevelGrid;

  constructor(range: TimeRange, barMs: number) {
    this.grid = new LevelGrid(range.fromMs, barMs, (range.toMs - range.fromMs) / barMs);
  }

  takeDepth({ rows, from, to, late }: DepthRun): void {
    const { grid } = this;
    const { timeMs } = rows;
    // Rows of a run are in time order, so checking both ends checks them all.
    grid.assertHolds(timeMs[from] ?? Number.NaN);
    grid.assertHolds(timeMs[to - 1] ?? Number.NaN);
    grid.raisePrice(rows.bidPrice.decimals);
    grid.raiseQuantity(rows.bidQuantity.decimals);
    const { isWide } = rows;
    const { startMs, barMs, snapshotCount, closeCount } = grid;
    for (let row = from; row < to; row++) {
      const bar = Math.floor(((timeMs[row] ?? 0) - startMs) / barMs);
      if (isWide || grid.hasWide || !this.addSafely(rows, row, bar, late)) {
        this.addPlainly(rows, row, bar, late);
      }
      snapshotCount[bar] = (snapshotCount[bar] ?? 0) + 1;
      if (!late) closeCount[bar] = (closeCount[bar] ?? 0) + 1;
    }
  }

  merge(next: this): void {
    this.grid.absorb(next.grid);
  }

  finish(): LevelGrid {
    return this.grid;
  }

  /** In doubles. False, with nothing added, if a sum or a price exceeds the safe integers. */
  private addSafely(rows: DepthRows, row: number, bar: number, late: boolean): boolean {
    const { grid } = this;
    const { bids, asks, spreadMax } = grid;
    const bidPrices = rows.bidPrice.safe;
    const askPrices = rows.askPrice.safe;
    const bidQuantities = rows.bidQuantity.safe;
    const askQuantities = rows.askQuantity.safe;
    const byPrice = POWERS_OF_TEN[grid.priceDecimals - rows.bidPrice.decimals] ?? Number.NaN;
    const byQuantity =
      POWERS_OF_TEN[grid.quantityDecimals - rows.bidQuantity.decimals] ?? Number.NaN;
    const best = row * LEVELS_MAX;
    const levels = Math.min(rows.bidLevels[row] ?? 0, rows.askLevels[row] ?? 0);
    const bids5 = sumOf(bidQuantities, best, best + FIVE);
    const asks5 = sumOf(askQuantities, best, best + FIVE);
    const bids20 = bids5 + sumOf(bidQuantities, best + FIVE, best + LEVELS_MAX);
    const asks20 = asks5 + sumOf(askQuantities, best + FIVE, best + LEVELS_MAX);
    const farAsk = askPrices[best + (rows.askLevels[row] ?? 0) - 1] ?? Number.NaN;
    // All terms are positive and the farthest ask is the largest price: these two say that all is exact.
    if (!((bids20 + asks20) * byQuantity <= Number.MAX_SAFE_INTEGER)) return false;
    if (!(farAsk * byPrice <= Number.MAX_SAFE_INTEGER)) return false;
    const bid = bidPrices[best] ?? 0;
    const ask = askPrices[best] ?? 0;
    const bidQuantity = bidQuantities[best] ?? 0;
    const askQuantity = askQuantities[best] ?? 0;
    const spread = (ask - bid) * byPrice;
    if (grid.snapshotCount[bar] === 0 || spread > (spreadMax.safe[bar] ?? 0)) {
      spreadMax.safe[bar] = spread;
    }
    if (!late) {
      bids.priceClose.safe[bar] = bid * byPrice;
      asks.priceClose.safe[bar] = ask * byPrice;
      bids.quantityClose.safe[bar] = bidQuantity * byQuantity;
      asks.quantityClose.safe[bar] = askQuantity * byQuantity;
    }
    grid.imbalanceL1.add(bar, ratioE9(bidQuantity, bidQuantity + askQuantity));
    if (levels >= FIVE) {
      grid.imbalanceL5.add(bar, ratioE9(bids5, bids5 + asks5));
      grid.fiveCount[bar] = (grid.fiveCount[bar] ?? 0) + 1;
    }
    if (levels === LEVELS_MAX) {
      const count = grid.fullCount[bar] ?? 0;
      const farBid = bidPrices[best + LEVELS_MAX - 1] ?? 0;
      bids.addSafe(bar, count === 0, bids20 * byQuantity, (bid - farBid) * byPrice);
      asks.addSafe(bar, count === 0, asks20 * byQuantity, (farAsk - ask) * byPrice);
      grid.fullCount[bar] = count + 1;
    }
    return true;
  }

  /** In big integers. */
  private addPlainly(rows: DepthRows, row: number, bar: number, late: boolean): void {
    const { grid } = this;
    const { bids, asks, spreadMax } = grid;
    const byPrice = powerOfTen(grid.priceDecimals - rows.bidPrice.decimals);
    const byQuantity = powerOfTen(grid.quantityDecimals - rows.bidQuantity.decimals);
    const best = row * LEVELS_MAX;
    const levels = Math.min(rows.bidLevels[row] ?? 0, rows.askLevels[row] ?? 0);
    const [bid, ask] = [rows.bidPrice.at(best) * byPrice, rows.askPrice.at(best) * byPrice];
    const bidOf = (count: number): bigint => exactSumOf(rows.bidQuantity, best, count) * byQuantity;
    const askOf = (count: number): bigint => exactSumOf(rows.askQuantity, best, count) * byQuantity;
    if (grid.snapshotCount[bar] === 0 || ask - bid > spreadMax.at(bar)) {
      spreadMax.set(bar, ask - bid);
    }
    if (!late) {
      bids.priceClose.set(bar, bid);
      asks.priceClose.set(bar, ask);
      bids.quantityClose.set(bar, bidOf(1));
      asks.quantityClose.set(bar, askOf(1));
    }
    grid.imbalanceL1.add(bar, wideRatioE9(bidOf(1), bidOf(1) + askOf(1)));
    if (levels >= FIVE) {
      grid.imbalanceL5.add(bar, wideRatioE9(bidOf(FIVE), bidOf(FIVE) + askOf(FIVE)));
      grid.fiveCount[bar] = (grid.fiveCount[bar] ?? 0) + 1;
    }
    if (levels === LEVELS_MAX) {
      const count = grid.fullCount[bar] ?? 0;
      const far = best + LEVELS_MAX - 1;
      bids.add(bar, count === 0, bidOf(LEVELS_MAX), bid - rows.bidPrice.at(far) * byPrice);
      asks.add(bar, count === 0, askOf(LEVELS_MAX), rows.askPrice.at(far) * byPrice - ask);
      grid.fullCount[bar] = count + 1;
    }
  }
}

function sumOf(quantities: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += quantities[at] ?? 0;
  return sum;
}

function exactSumOf(quantities: Mantissas, from: number, count: number): bigint {
  let sum = 0n;
  for (let at = from; at < from + count; at++) sum += quantities.at(at);
  return sum;
}
