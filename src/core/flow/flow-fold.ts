/**
 * HOT. Folds runs of trades into a FlowGrid, taker order by taker order; bench: fold; oracle:
 * test/core/flow. Late rows are in no order: they count in the turnover alone.
 */
import { isSafe, POWERS_OF_TEN } from '../event/mantissas.js';
import { TAKER_BUY } from '../event/trade-rows.js';
import type { TradeFold, TradeRun } from '../fold/fold.js';
import { ExactSums } from '../grid/exact-cells.js';
import { type Decimal, powerOfTen } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import type { TimeRange } from '../unit/utc-date.js';
import { FlowGrid } from './flow-grid.js';
import { largeOrderAt, largeOrderOf } from './large-order.js';

export class FlowFold implements TradeFold<FlowGrid> {
  readonly streams = 'trades' as const;
  private readonly grid: FlowGrid;
  private readonly largeOrder: Decimal;
  /** Of the rows that are not late: infinity, and minus infinity, without one. */
  private firstMs: number = Number.POSITIVE_INFINITY;
  private lastMs: number = Number.NEGATIVE_INFINITY;
  /** The order that the next row may continue, its sums at the grid's scales; NaN: there is none. */
  private openMs: number = Number.NaN;
  private openSide: number = TAKER_BUY;
  private readonly openQuote: ExactSums = new ExactSums(1);
  private readonly openQuantity: ExactSums = new ExactSums(1);
  /** From this on an order is large, at the scale of its quote volume; in doubles infinity if none is safe. */
  private largeFromExact = 0n;
  private largeFrom = 0;

  /** `largeOrder` is the least quote volume of a large taker order, in plain notation. */
  constructor(range: TimeRange, barMs: number, largeOrder: string) {
    this.grid = new FlowGrid(range.fromMs, barMs, (range.toMs - range.fromMs) / barMs);
    this.largeOrder = largeOrderOf(largeOrder);
    this.setLargeFrom();
  }

  takeTrades(run: TradeRun): void {
    const { grid } = this;
    const { timeMs, price, quantity } = run.rows;
    const firstMs = timeMs[run.from] ?? Number.NaN;
    const lastMs = timeMs[run.to - 1] ?? Number.NaN;
    // Rows of a run are in time order, so checking both ends checks them all.
    grid.assertHolds(firstMs);
    grid.assertHolds(lastMs);
    this.raise(price.decimals, quantity.decimals);
    const areSafe =
      price.isSafeAt(grid.priceDecimals, run) && quantity.isSafeAt(grid.quantityDecimals, run);
    if (run.late) {
      this.takeLate(run, areSafe);
      return;
    }
    assert(firstMs >= this.lastMs, 'rows that are not late come in Order');
    this.firstMs = Math.min(this.firstMs, firstMs);
    this.lastMs = lastMs;
    // The run's first rows may continue an order, and its last ones may be continued.
    const head = areSafe ? this.endOfOpen(run) : run.to;
    const tail = startOfLast(run, head);
    this.takeRowByRow(run, run.from, head, areSafe);
    if (head < tail) {
      this.closeOrder();
      this.takeSafely(run, head, tail);
    }
    this.takeRowByRow(run, tail, run.to, areSafe);
  }

  /** Both folds hold whole milliseconds, so no order goes on from one to the other. */
  merge(next: this): void {
    assert(next.firstMs > this.lastMs, 'a millisecond lies in one stretch');
    this.closeOrder();
    next.closeOrder();
    this.grid.absorb(next.grid);
    this.firstMs = Math.min(this.firstMs, next.firstMs);
    this.lastMs = Math.max(this.lastMs, next.lastMs);
  }

  finish(): FlowGrid {
    this.closeOrder();
    return this.grid;
  }

  private raise(priceDecimals: number, quantityDecimals: number): void {
    const { grid } = this;
    const before = { quote: grid.quoteDecimals, quantity: grid.quantityDecimals };
    grid.raisePrice(priceDecimals);
    grid.raiseQuantity(quantityDecimals);
    if (grid.quoteDecimals === before.quote) return;
    this.openQuote.raise(grid.quoteDecimals - before.quote);
    this.openQuantity.raise(grid.quantityDecimals - before.quantity);
    this.setLargeFrom();
  }

  private setLargeFrom(): void {
    const least = largeOrderAt(this.largeOrder, this.grid.quoteDecimals);
    this.largeFromExact = least;
    this.largeFrom = isSafe(least) ? Number(least) : Number.POSITIVE_INFINITY;
  }

  /** The first row that does not continue the open order. */
  private endOfOpen({ rows, from, to }: TradeRun): number {
    const { timeMs, takerSide } = rows;
    let row = from;
    while (row < to && timeMs[row] === this.openMs && takerSide[row] === this.openSide) row += 1;
    return row;
  }

  private closeOrder(): void {
    const { grid, openMs, openQuote, openQuantity } = this;
    if (Number.isNaN(openMs)) return;
    const bar = grid.barOf(openMs);
    const buys = this.openSide === TAKER_BUY;
    // Prices are at least 1 at their scale, so a safe quote volume means a safe quantity.
    if (openQuote.isWide(0)) {
      const quote = openQuote.at(0);
      const isLarge = quote >= this.largeFromExact;
      grid.addOrder(bar, { buys, quote, quantity: openQuantity.at(0), isLarge });
    } else {
      const quote = openQuote.safe[0] ?? 0;
      const quantity = openQuantity.safe[0] ?? 0;
      const large = quote >= this.largeFrom ? quantity : 0;
      grid.addOrders(bar, {
        buyTurnover: buys ? quote : 0,
        orders: 1,
        orderMax: quote,
        largeBuy: buys ? large : 0,
        largeSell: buys ? 0 : large,
      });
      if (buys) grid.joinDelta(bar, quantity, 0, quantity);
      else grid.joinDelta(bar, -quantity, -quantity, 0);
    }
    this.openMs = Number.NaN;
    openQuote.set(0, 0n);
    openQuantity.set(0, 0n);
  }

  /** The common case: the rows are whole orders of safe integers. Works bar by bar, in doubles. */
  private takeSafely(run: TradeRun, from: number, to: number): void {
    const { grid, largeFrom } = this;
    const { timeMs, takerSide, price, quantity } = run.rows;
    const prices = price.safe;
    const quantities = quantity.safe;
    const priceFactor = POWERS_OF_TEN[grid.priceDecimals - price.decimals] ?? Number.NaN;
    const quantityFactor = POWERS_OF_TEN[grid.quantityDecimals - quantity.decimals] ?? Number.NaN;
    let row = from;
    while (row < to) {
      const first = row;
      const bar = grid.barOf(timeMs[row] ?? 0);
      const endMs = grid.startMs + (bar + 1) * grid.barMs;
      let buyTurnover = 0;
      let turnover = 0;
      let bought = 0;
      let sold = 0;
      let least = 0;
      let most = 0;
      let orders = 0;
      let orderMax = 0;
      let largeBuy = 0;
      let largeSell = 0;
      while (row < to) {
        const orderMs = timeMs[row] ?? 0;
        if (orderMs >= endMs) break;
        const side = takerSide[row];
        let quote = 0;
        let size = 0;
        do {
          const rowQuantity = (quantities[row] ?? 0) * quantityFactor;
          quote += (prices[row] ?? 0) * priceFactor * rowQuantity;
          size += rowQuantity;
          row += 1;
        } while (row < to && timeMs[row] === orderMs && takerSide[row] === side);
        orders += 1;
        turnover += quote;
        if (quote > orderMax) orderMax = quote;
        // One aggressor moves the delta one way, so an order's end is its extreme.
        if (side === TAKER_BUY) {
          bought += size;
          buyTurnover += quote;
          if (quote >= largeFrom) largeBuy += size;
          if (bought - sold > most) most = bought - sold;
        } else {
          sold += size;
          if (quote >= largeFrom) largeSell += size;
          if (bought - sold < least) least = bought - sold;
        }
      }
      // All terms are positive, so a safe total means that every partial sum was exact: that of quantities
      // as well, since prices are at least 1 at their scale.
      if (turnover > Number.MAX_SAFE_INTEGER) {
        this.takeRowByRow(run, first, row, true);
        continue;
      }
      grid.addOrders(bar, { buyTurnover, orders, orderMax, largeBuy, largeSell });
      grid.joinDelta(bar, bought - sold, least, most);
    }
  }

  /** Any rows, also of safe integers (`areSafe`) whose sums exceed them. Leaves the last order open. */
  private takeRowByRow({ rows }: TradeRun, from: number, to: number, areSafe: boolean): void {
    const { grid, openQuote, openQuantity } = this;
    const { timeMs, takerSide, price, quantity } = rows;
    const byPrice = grid.priceDecimals - price.decimals;
    const byQuantity = grid.quantityDecimals - quantity.decimals;
    const priceFactor = POWERS_OF_TEN[byPrice] ?? Number.NaN;
    const quantityFactor = POWERS_OF_TEN[byQuantity] ?? Number.NaN;
    for (let row = from; row < to; row++) {
      const rowMs = timeMs[row] ?? 0;
      const side = takerSide[row] ?? TAKER_BUY;
      if (rowMs !== this.openMs || side !== this.openSide) this.closeOrder();
      this.openMs = rowMs;
      this.openSide = side;
      const rowQuantity = (quantity.safe[row] ?? 0) * quantityFactor;
      const quote = (price.safe[row] ?? 0) * priceFactor * rowQuantity;
      if (areSafe && quote <= Number.MAX_SAFE_INTEGER) {
        openQuote.add(0, quote);
        openQuantity.add(0, rowQuantity);
      } else {
        const exactQuantity = quantity.at(row) * powerOfTen(byQuantity);
        openQuote.addWide(0, price.at(row) * powerOfTen(byPrice) * exactQuantity);
        openQuantity.addWide(0, exactQuantity);
      }
    }
  }

  /** Late rows come in any number, in no order. */
  private takeLate({ rows, from, to }: TradeRun, areSafe: boolean): void {
    const { grid } = this;
    const { timeMs, takerSide, price, quantity } = rows;
    const decimals = grid.quoteDecimals - price.decimals - quantity.decimals;
    const factor = POWERS_OF_TEN[decimals] ?? Number.NaN;
    for (let row = from; row < to; row++) {
      if (takerSide[row] !== TAKER_BUY) continue;
      const bar = grid.barOf(timeMs[row] ?? 0);
      const quote = (price.safe[row] ?? 0) * (quantity.safe[row] ?? 0) * factor;
      if (areSafe && quote <= Number.MAX_SAFE_INTEGER) grid.buyTurnover.add(bar, quote);
      else grid.buyTurnover.addWide(bar, price.at(row) * quantity.at(row) * powerOfTen(decimals));
    }
  }
}

/** The first row of the last order that begins at `from` or later; `to` if there is none. */
function startOfLast({ rows, to }: TradeRun, from: number): number {
  const { timeMs, takerSide } = rows;
  const last = to - 1;
  let row = Math.max(from, last);
  while (row > from && timeMs[row - 1] === timeMs[last] && takerSide[row - 1] === takerSide[last]) {
    row -= 1;
  }
  return row;
}
