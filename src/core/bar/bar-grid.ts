/**
 * The trade side of consecutive bars, exactly: prices, counts and sums. Coarser bars and merged
 * stretches come from the same cells, so they agree to the last digit.
 */
import { ExactCells, ExactSums } from '../grid/exact-cells.js';
import { Grid, type RollsUp } from '../grid/grid.js';
import { EdgePrices, type TradeKey } from './edge-prices.js';

export class BarGrid extends Grid implements RollsUp<BarGrid> {
  /** Scales of the cells; raised when a value has more decimals. */
  priceDecimals = 0;
  quantityDecimals = 0;
  readonly open: EdgePrices;
  readonly high: ExactCells;
  readonly low: ExactCells;
  readonly close: EdgePrices;
  readonly tradeCount: Float64Array;
  /** Σ quantity by aggressor, at quantityDecimals. */
  readonly buyQuantity: ExactSums;
  readonly sellQuantity: ExactSums;
  /** Σ price·quantity, at priceDecimals + quantityDecimals. */
  readonly turnover: ExactSums;

  constructor(startMs: number, barMs: number, length: number) {
    super(startMs, barMs, length);
    this.open = new EdgePrices('open', length);
    this.high = new ExactCells(length);
    this.low = new ExactCells(length);
    this.close = new EdgePrices('close', length);
    this.tradeCount = new Float64Array(length);
    this.buyQuantity = new ExactSums(length);
    this.sellQuantity = new ExactSums(length);
    this.turnover = new ExactSums(length);
  }

  emptyOf(barMs: number): BarGrid {
    return new BarGrid(this.startMs, barMs, this.lengthOf(barMs));
  }

  raisePrice(decimals: number): void {
    const shift = decimals - this.priceDecimals;
    if (shift <= 0) return;
    const { open, high, low, close, turnover } = this;
    for (const cells of [open, high, low, close, turnover]) cells.raise(shift);
    this.priceDecimals = decimals;
  }

  raiseQuantity(decimals: number): void {
    const shift = decimals - this.quantityDecimals;
    if (shift <= 0) return;
    for (const cells of [this.buyQuantity, this.sellQuantity, this.turnover]) cells.raise(shift);
    this.quantityDecimals = decimals;
  }

  /** True once a price exceeds the safe integers: comparing doubles no longer suffices. */
  get hasWidePrices(): boolean {
    const { open, high, low, close } = this;
    return open.hasWide || close.hasWide || high.wide.size + low.wide.size > 0;
  }

  /** Adds one trade with values at the grid's scales. Slower than BarFold's doubles, exact at any size. */
  addTrade(bar: number, trade: GridTrade): void {
    const { price, quantity } = trade;
    this.assertHolds(trade.timeMs);
    this.open.offer(bar, trade, price);
    this.close.offer(bar, trade, price);
    this.joinRange(bar, price, price);
    this.tradeCount[bar] = (this.tradeCount[bar] ?? 0) + 1;
    (trade.buys ? this.buyQuantity : this.sellQuantity).addWide(bar, quantity);
    this.turnover.addWide(bar, price * quantity);
  }

  absorb(source: BarGrid): void {
    this.assertTakes(source);
    this.raisePrice(source.priceDecimals);
    this.raiseQuantity(source.quantityDecimals);
    const byPrice = this.priceDecimals - source.priceDecimals;
    const byQuantity = this.quantityDecimals - source.quantityDecimals;
    for (let index = 0; index < source.length; index++) {
      const count = source.tradeCount[index] ?? 0;
      if (count === 0) continue;
      const bar = this.barOfBar(source, index);
      this.open.absorb(source.open, index, bar, byPrice);
      this.close.absorb(source.close, index, bar, byPrice);
      this.absorbRange(bar, source, index, byPrice);
      this.tradeCount[bar] = (this.tradeCount[bar] ?? 0) + count;
      this.buyQuantity.addRaised(bar, source.buyQuantity, index, byQuantity);
      this.sellQuantity.addRaised(bar, source.sellQuantity, index, byQuantity);
      this.turnover.addRaised(bar, source.turnover, index, byPrice + byQuantity);
    }
  }

  /** Like joinRange. */
  private absorbRange(bar: number, source: BarGrid, index: number, decimals: number): void {
    const isFirst = this.tradeCount[bar] === 0;
    if (isFirst || this.high.compareRaised(bar, source.high, index, decimals) < 0) {
      this.high.setRaised(bar, source.high, index, decimals);
    }
    if (isFirst || this.low.compareRaised(bar, source.low, index, decimals) > 0) {
      this.low.setRaised(bar, source.low, index, decimals);
    }
  }

  /** Call it before the bar's trade count is raised: a count of 0 marks the first trades. */
  private joinRange(bar: number, high: bigint, low: bigint): void {
    const isFirst = this.tradeCount[bar] === 0;
    if (isFirst || high > this.high.at(bar)) this.high.set(bar, high);
    if (isFirst || low < this.low.at(bar)) this.low.set(bar, low);
  }
}

export interface GridTrade extends TradeKey {
  readonly price: bigint;
  readonly quantity: bigint;
  readonly buys: boolean;
}
