/**
 * The aggressors of consecutive bars, exactly: what buyers paid, the running delta with its extremes, and
 * taker orders. What all trades of a bar sum up to is in its BarGrid.
 */
import { ExactCells, ExactSums } from '../grid/exact-cells.js';
import { Grid, type RollsUp } from '../grid/grid.js';
import { powerOfTen } from '../unit/decimal.js';

export class FlowGrid extends Grid implements RollsUp<FlowGrid> {
  /** Scales of the cells; raised when a value has more decimals. */
  priceDecimals = 0;
  quantityDecimals = 0;
  /** Σ price·quantity of trades whose aggressor bought, late ones included, at quoteDecimals. */
  readonly buyTurnover: ExactSums;
  /** Σ ± quantity of the trades that are not late, at quantityDecimals: buyers' plus, sellers' minus. */
  readonly delta: ExactSums;
  /** Lowest and highest value of the running delta, which begins at 0 in each bar. */
  readonly deltaMin: ExactCells;
  readonly deltaMax: ExactCells;
  /** Longest runs of trades in Order of one millisecond and one aggressor. */
  readonly takerOrders: Float64Array;
  /** Largest Σ price·quantity of one taker order, at quoteDecimals. */
  readonly takerOrderMax: ExactCells;
  /** Σ quantity of large taker orders, by aggressor, at quantityDecimals. */
  readonly largeBuy: ExactSums;
  readonly largeSell: ExactSums;

  constructor(startMs: number, barMs: number, length: number) {
    super(startMs, barMs, length);
    this.buyTurnover = new ExactSums(length);
    this.delta = new ExactSums(length);
    this.deltaMin = new ExactCells(length);
    this.deltaMax = new ExactCells(length);
    this.takerOrders = new Float64Array(length);
    this.takerOrderMax = new ExactCells(length);
    this.largeBuy = new ExactSums(length);
    this.largeSell = new ExactSums(length);
  }

  /** Decimals of a price times a quantity. */
  get quoteDecimals(): number {
    return this.priceDecimals + this.quantityDecimals;
  }

  emptyOf(barMs: number): FlowGrid {
    return new FlowGrid(this.startMs, barMs, this.lengthOf(barMs));
  }

  raisePrice(decimals: number): void {
    const shift = decimals - this.priceDecimals;
    if (shift <= 0) return;
    for (const cells of [this.buyTurnover, this.takerOrderMax]) cells.raise(shift);
    this.priceDecimals = decimals;
  }

  raiseQuantity(decimals: number): void {
    const shift = decimals - this.quantityDecimals;
    if (shift <= 0) return;
    const { buyTurnover, takerOrderMax, delta, deltaMin, deltaMax, largeBuy, largeSell } = this;
    const quantities = [delta, deltaMin, deltaMax, largeBuy, largeSell];
    for (const cells of [buyTurnover, takerOrderMax, ...quantities]) cells.raise(shift);
    this.quantityDecimals = decimals;
  }

  /**
   * Adds a whole taker order, with values at the grid's scales; orders of a bar come in Order. Slower than
   * FlowFold's doubles, exact at any size.
   */
  addOrder(bar: number, { buys, quote, quantity, isLarge }: GridOrder): void {
    if (buys) this.buyTurnover.addWide(bar, quote);
    const change = buys ? quantity : -quantity;
    // One aggressor moves the delta one way, so its end is the extreme of the order.
    this.joinWideDelta(bar, change, buys ? 0n : change, buys ? change : 0n);
    this.takerOrders[bar] = (this.takerOrders[bar] ?? 0) + 1;
    if (quote > this.takerOrderMax.at(bar)) this.takerOrderMax.set(bar, quote);
    if (isLarge) (buys ? this.largeBuy : this.largeSell).addWide(bar, quantity);
  }

  /** Adds what whole taker orders of safe integers sum up to; their deltas are joined apart. */
  addOrders(bar: number, sums: OrderSums): void {
    const { takerOrders, takerOrderMax } = this;
    this.buyTurnover.add(bar, sums.buyTurnover);
    takerOrders[bar] = (takerOrders[bar] ?? 0) + sums.orders;
    // A wide maximum is larger than any safe integer.
    const isLarger = !takerOrderMax.isWide(bar) && sums.orderMax > (takerOrderMax.safe[bar] ?? 0);
    if (isLarger) takerOrderMax.safe[bar] = sums.orderMax;
    this.largeBuy.add(bar, sums.largeBuy);
    this.largeSell.add(bar, sums.largeSell);
  }

  /** Appends a piece of running delta, which begins at 0, to a bar: its last, lowest and highest value. */
  joinDelta(bar: number, change: number, least: number, most: number): void {
    const { delta, deltaMin, deltaMax } = this;
    const before = delta.safe[bar] ?? 0;
    const lowest = before + least;
    const highest = before + most;
    const isSafe =
      !this.hasWideDelta(bar) &&
      lowest >= -Number.MAX_SAFE_INTEGER &&
      highest <= Number.MAX_SAFE_INTEGER;
    if (!isSafe) {
      this.joinWideDelta(bar, BigInt(change), BigInt(least), BigInt(most));
      return;
    }
    if (lowest < (deltaMin.safe[bar] ?? 0)) deltaMin.safe[bar] = lowest;
    if (highest > (deltaMax.safe[bar] ?? 0)) deltaMax.safe[bar] = highest;
    delta.safe[bar] = before + change;
  }

  /** Adds the cells of bars that follow those absorbed before: `source` continues the delta in time. */
  absorb(source: FlowGrid): void {
    this.assertTakes(source);
    this.raisePrice(source.priceDecimals);
    this.raiseQuantity(source.quantityDecimals);
    const byQuantity = this.quantityDecimals - source.quantityDecimals;
    const byQuote = this.quoteDecimals - source.quoteDecimals;
    for (let index = 0; index < source.length; index++) {
      const bar = this.barOfBar(source, index);
      this.buyTurnover.addRaised(bar, source.buyTurnover, index, byQuote);
      const orders = source.takerOrders[index] ?? 0;
      if (orders === 0) continue;
      this.absorbDelta(bar, source, index, byQuantity);
      this.takerOrders[bar] = (this.takerOrders[bar] ?? 0) + orders;
      if (this.takerOrderMax.compareRaised(bar, source.takerOrderMax, index, byQuote) < 0) {
        this.takerOrderMax.setRaised(bar, source.takerOrderMax, index, byQuote);
      }
      this.largeBuy.addRaised(bar, source.largeBuy, index, byQuantity);
      this.largeSell.addRaised(bar, source.largeSell, index, byQuantity);
    }
  }

  private absorbDelta(bar: number, source: FlowGrid, index: number, decimals: number): void {
    const { delta, deltaMin, deltaMax } = source;
    if (decimals === 0 && !source.hasWideDelta(index)) {
      const change = delta.safe[index] ?? 0;
      this.joinDelta(bar, change, deltaMin.safe[index] ?? 0, deltaMax.safe[index] ?? 0);
      return;
    }
    const factor = powerOfTen(decimals);
    this.joinWideDelta(
      bar,
      delta.at(index) * factor,
      deltaMin.at(index) * factor,
      deltaMax.at(index) * factor,
    );
  }

  private hasWideDelta(bar: number): boolean {
    return this.delta.isWide(bar) || this.deltaMin.isWide(bar) || this.deltaMax.isWide(bar);
  }

  /** joinDelta at any size. */
  private joinWideDelta(bar: number, change: bigint, least: bigint, most: bigint): void {
    const before = this.delta.at(bar);
    const [lowest, highest] = [before + least, before + most];
    if (lowest < this.deltaMin.at(bar)) this.deltaMin.set(bar, lowest);
    if (highest > this.deltaMax.at(bar)) this.deltaMax.set(bar, highest);
    this.delta.set(bar, before + change);
  }
}

/** A taker order, its values at the grid's scales. */
export interface GridOrder {
  readonly buys: boolean;
  /** Σ price·quantity. */
  readonly quote: bigint;
  readonly quantity: bigint;
  readonly isLarge: boolean;
}

/** Cells of several taker orders of one bar, in safe integers. */
interface OrderSums {
  readonly buyTurnover: number;
  readonly orders: number;
  readonly orderMax: number;
  readonly largeBuy: number;
  readonly largeSell: number;
}
