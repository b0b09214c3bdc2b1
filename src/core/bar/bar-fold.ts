/**
 * HOT. Folds runs of trades into a BarGrid; bench: fold; oracle: test/support/oracle. Late runs are no
 * special case: sums and extremes do not depend on order, and open and close compare keys.
 */
import { POWERS_OF_TEN } from '../event/mantissas.js';
import { TAKER_BUY } from '../event/trade-rows.js';
import type { TradeFold, TradeRun } from '../fold/fold.js';
import { powerOfTen } from '../unit/decimal.js';
import type { TimeRange } from '../unit/utc-date.js';
import { BarGrid } from './bar-grid.js';

export class BarFold implements TradeFold<BarGrid> {
  readonly streams = 'trades' as const;
  private readonly grid: BarGrid;

  constructor(range: TimeRange, barMs: number) {
    this.grid = new BarGrid(range.fromMs, barMs, (range.toMs - range.fromMs) / barMs);
  }

  takeTrades(run: TradeRun): void {
    const { grid } = this;
    const { timeMs, price, quantity } = run.rows;
    // Rows of a run are in time order, so checking both ends checks them all.
    grid.assertHolds(timeMs[run.from] ?? Number.NaN);
    grid.assertHolds(timeMs[run.to - 1] ?? Number.NaN);
    grid.raisePrice(price.decimals);
    grid.raiseQuantity(quantity.decimals);
    const isSafe =
      !grid.hasWidePrices &&
      price.isSafeAt(grid.priceDecimals, run) &&
      quantity.isSafeAt(grid.quantityDecimals, run);
    if (isSafe) this.takeSafely(run);
    else this.takePlainly(run, run.from, run.to);
  }

  merge(next: this): void {
    this.grid.absorb(next.grid);
  }

  finish(): BarGrid {
    return this.grid;
  }

  /** The common case: all values are safe integers. Works bar by bar, in doubles. */
  private takeSafely(run: TradeRun): void {
    const { grid } = this;
    const { timeMs, takerSide, price, quantity } = run.rows;
    const prices = price.safe;
    const quantities = quantity.safe;
    const priceFactor = POWERS_OF_TEN[grid.priceDecimals - price.decimals] ?? Number.NaN;
    const quantityFactor = POWERS_OF_TEN[grid.quantityDecimals - quantity.decimals] ?? Number.NaN;
    let row = run.from;
    while (row < run.to) {
      const first = row;
      const bar = grid.barOf(timeMs[row] ?? 0);
      const endMs = grid.startMs + (bar + 1) * grid.barMs;
      let high = 0;
      let low = Number.POSITIVE_INFINITY;
      let buys = 0;
      let sells = 0;
      let turnover = 0;
      while (row < run.to && (timeMs[row] ?? 0) < endMs) {
        const rowPrice = (prices[row] ?? 0) * priceFactor;
        const rowQuantity = (quantities[row] ?? 0) * quantityFactor;
        if (rowPrice > high) high = rowPrice;
        if (rowPrice < low) low = rowPrice;
        if (takerSide[row] === TAKER_BUY) buys += rowQuantity;
        else sells += rowQuantity;
        turnover += rowPrice * rowQuantity;
        row += 1;
      }
      // All terms are positive, so a safe total means that every partial sum was exact.
      if (buys + sells > Number.MAX_SAFE_INTEGER || turnover > Number.MAX_SAFE_INTEGER) {
        this.takePlainly(run, first, row);
        continue;
      }
      this.takeEdges(run, bar, first, row, priceFactor);
      const count = grid.tradeCount[bar] ?? 0;
      if (count === 0 || high > (grid.high.safe[bar] ?? 0)) grid.high.safe[bar] = high;
      if (count === 0 || low < (grid.low.safe[bar] ?? 0)) grid.low.safe[bar] = low;
      grid.tradeCount[bar] = count + row - first;
      grid.buyQuantity.add(bar, buys);
      grid.sellQuantity.add(bar, sells);
      grid.turnover.add(bar, turnover);
    }
  }

  /** Offers one bar's rows of its first and its last millisecond (`to` exclusive). */
  private takeEdges(
    { rows }: TradeRun,
    bar: number,
    from: number,
    to: number,
    priceFactor: number,
  ): void {
    const { open, close } = this.grid;
    const { timeMs, sequence, price } = rows;
    const firstMs = timeMs[from] ?? 0;
    const lastMs = timeMs[to - 1] ?? 0;
    if (open.isOpenTo(bar, firstMs)) {
      for (let row = from; row < to && timeMs[row] === firstMs; row++) {
        const rowPrice = (price.safe[row] ?? 0) * priceFactor;
        open.offerSafe(bar, firstMs, sequence[row] ?? 0, rows.idNumber(row), rowPrice);
      }
    }
    if (close.isOpenTo(bar, lastMs)) {
      for (let row = to - 1; row >= from && timeMs[row] === lastMs; row--) {
        const rowPrice = (price.safe[row] ?? 0) * priceFactor;
        close.offerSafe(bar, lastMs, sequence[row] ?? 0, rows.idNumber(row), rowPrice);
      }
    }
  }

  /** Row by row, in big integers. */
  private takePlainly({ rows }: TradeRun, from: number, to: number): void {
    const { grid } = this;
    const { timeMs, sequence, takerSide, price, quantity } = rows;
    const priceFactor = powerOfTen(grid.priceDecimals - price.decimals);
    const quantityFactor = powerOfTen(grid.quantityDecimals - quantity.decimals);
    for (let row = from; row < to; row++) {
      const rowMs = timeMs[row] ?? 0;
      grid.addTrade(grid.barOf(rowMs), {
        timeMs: rowMs,
        sequence: sequence[row] ?? 0,
        id: rows.idNumber(row),
        price: price.at(row) * priceFactor,
        quantity: quantity.at(row) * quantityFactor,
        buys: takerSide[row] === TAKER_BUY,
      });
    }
  }
}
