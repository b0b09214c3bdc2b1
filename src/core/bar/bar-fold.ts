/**
 * HOT. Folds runs of trades and snapshots into a BarGrid; bench: fold; oracle: test/support/oracle.
 * Late runs are right here: sums do not care for order, and open and close compare keys.
 */
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import { POWERS_OF_TEN } from '../event/mantissas.js';
import { USED } from '../event/row-columns.js';
import { TAKER_BUY } from '../event/trade-rows.js';
import type { DepthRun, Fold, TradeRun } from '../fold/fold.js';
import { powerOfTen } from '../unit/decimal.js';
import type { TimeRange } from '../unit/utc-date.js';
import { BarGrid } from './bar-grid.js';
import { imbalanceE9 } from './imbalance.js';

export class BarFold implements Fold<BarGrid> {
  private readonly grid: BarGrid;

  constructor(range: TimeRange, barMs: number) {
    this.grid = new BarGrid(range.fromMs, barMs, (range.toMs - range.fromMs) / barMs);
  }

  takeTrades(run: TradeRun): void {
    const { grid } = this;
    this.assertWithin(run);
    const { price, quantity } = run.rows;
    grid.raisePrice(price.decimals);
    grid.raiseQuantity(quantity.decimals);
    const isWide = price.wide !== undefined || quantity.wide !== undefined || grid.hasWidePrices;
    const start = isWide || run.late ? run.from : this.takeSafeTrades(run);
    for (let row = start; row < run.to; row++) this.takeTradePlainly(run, row);
  }

  takeDepth(run: DepthRun): void {
    const { grid } = this;
    const { rows } = run;
    this.assertWithin(run);
    const { timeMs, outcome, bidPrice, askPrice } = rows;
    grid.raisePrice(bidPrice.decimals);
    const isPlain = bidPrice.wide !== undefined || askPrice.wide !== undefined;
    const factor = POWERS_OF_TEN[grid.priceDecimals - bidPrice.decimals] ?? Number.NaN;
    const { startMs, barMs, spreadCount, imbalanceCount } = grid;
    for (let row = run.from; row < run.to; row++) {
      const bar = Math.floor(((timeMs[row] ?? 0) - startMs) / barMs);
      const best = row * LEVELS_MAX;
      const spread = ((askPrice.safe[best] ?? 0) - (bidPrice.safe[best] ?? 0)) * factor;
      if (isPlain || !(spread <= Number.MAX_SAFE_INTEGER)) this.addWideSpread(rows, best, bar);
      else grid.spread.add(bar, spread);
      spreadCount[bar] = (spreadCount[bar] ?? 0) + 1;
      if (outcome[row] === USED) {
        grid.imbalance.add(bar, imbalanceE9(rows, row));
        imbalanceCount[bar] = (imbalanceCount[bar] ?? 0) + 1;
      }
    }
  }

  merge(next: this): void {
    this.grid.absorb(next.grid);
  }

  finish(): BarGrid {
    return this.grid;
  }

  /** Rows of a run are in time order, so its ends speak for all. */
  private assertWithin({ rows, from, to }: TradeRun | DepthRun): void {
    this.grid.assertHolds(rows.timeMs[from] ?? Number.NaN);
    this.grid.assertHolds(rows.timeMs[to - 1] ?? Number.NaN);
  }

  /** The common case, rows in order and all values safe. Returns the first row that it left. */
  private takeSafeTrades(run: TradeRun): number {
    const { grid } = this;
    const { timeMs, sequence, takerSide, price, quantity } = run.rows;
    const priceFactor = POWERS_OF_TEN[grid.priceDecimals - price.decimals] ?? Number.NaN;
    const quantityFactor = POWERS_OF_TEN[grid.quantityDecimals - quantity.decimals] ?? Number.NaN;
    const { startMs, barMs, tradeCount, openMs, openSequence, closeMs, closeSequence } = grid;
    const open = grid.open.safe;
    const high = grid.high.safe;
    const low = grid.low.safe;
    const close = grid.close.safe;
    for (let row = run.from; row < run.to; row++) {
      const rowPrice = (price.safe[row] ?? 0) * priceFactor;
      const rowQuantity = (quantity.safe[row] ?? 0) * quantityFactor;
      const isSafe = rowPrice <= Number.MAX_SAFE_INTEGER && rowQuantity <= Number.MAX_SAFE_INTEGER;
      if (!isSafe) return row;
      const rowMs = timeMs[row] ?? 0;
      const bar = Math.floor((rowMs - startMs) / barMs);
      const count = tradeCount[bar] ?? 0;
      if (count === 0) {
        open[bar] = rowPrice;
        high[bar] = rowPrice;
        low[bar] = rowPrice;
        openMs[bar] = rowMs;
        openSequence[bar] = sequence[row] ?? 0;
      } else {
        if (rowPrice > (high[bar] ?? 0)) high[bar] = rowPrice;
        if (rowPrice < (low[bar] ?? 0)) low[bar] = rowPrice;
      }
      close[bar] = rowPrice;
      closeMs[bar] = rowMs;
      closeSequence[bar] = sequence[row] ?? 0;
      tradeCount[bar] = count + 1;
      if (takerSide[row] === TAKER_BUY) grid.buyQuantity.add(bar, rowQuantity);
      else grid.sellQuantity.add(bar, rowQuantity);
      grid.turnover.addProduct(bar, rowPrice, rowQuantity);
    }
    return run.to;
  }

  private takeTradePlainly(run: TradeRun, row: number): void {
    const { grid } = this;
    const { timeMs, sequence, takerSide, price, quantity } = run.rows;
    const rowMs = timeMs[row] ?? 0;
    grid.addTrade(Math.floor((rowMs - grid.startMs) / grid.barMs), {
      timeMs: rowMs,
      sequence: sequence[row] ?? 0,
      price: price.at(row) * powerOfTen(grid.priceDecimals - price.decimals),
      quantity: quantity.at(row) * powerOfTen(grid.quantityDecimals - quantity.decimals),
      buys: takerSide[row] === TAKER_BUY,
    });
  }

  private addWideSpread(rows: DepthRows, best: number, bar: number): void {
    const { grid } = this;
    const spread = rows.askPrice.at(best) - rows.bidPrice.at(best);
    grid.spread.addWide(bar, spread * powerOfTen(grid.priceDecimals - rows.bidPrice.decimals));
  }
}
