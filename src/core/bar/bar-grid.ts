/**
 * The exact state of consecutive bars of one length: prices, keys of the first and last trade, and
 * sums. Coarser bars and merged stretches come from the same cells, so they agree to the last digit.
 */
import { powerOfTen } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import { ExactCells, ExactSums } from './exact-cells.js';

/** Decimals of a snapshot's imbalance, rounded half up once per snapshot (SPEC section 3). */
export const IMBALANCE_DECIMALS = 9;

export class BarGrid {
  readonly startMs: number;
  readonly barMs: number;
  readonly length: number;
  /** Scales of the cells; raised as the data asks for it. */
  priceDecimals = 0;
  quantityDecimals = 0;
  readonly open: ExactCells;
  readonly high: ExactCells;
  readonly low: ExactCells;
  readonly close: ExactCells;
  /** Key of the first and last trade: exchange time, then reading order. */
  readonly openMs: Float64Array;
  readonly openSequence: Float64Array;
  readonly closeMs: Float64Array;
  readonly closeSequence: Float64Array;
  readonly tradeCount: Float64Array;
  /** Σ quantity by aggressor, at quantityDecimals. */
  readonly buyQuantity: ExactSums;
  readonly sellQuantity: ExactSums;
  /** Σ price·quantity, at priceDecimals + quantityDecimals. */
  readonly turnover: ExactSums;
  /** Σ (best ask − best bid), at priceDecimals, over spreadCount snapshots. */
  readonly spread: ExactSums;
  readonly spreadCount: Float64Array;
  /** Σ of rounded imbalances, at IMBALANCE_DECIMALS, over imbalanceCount snapshots. */
  readonly imbalance: ExactSums;
  readonly imbalanceCount: Float64Array;

  constructor(startMs: number, barMs: number, length: number) {
    this.startMs = startMs;
    this.barMs = barMs;
    this.length = length;
    this.open = new ExactCells(length);
    this.high = new ExactCells(length);
    this.low = new ExactCells(length);
    this.close = new ExactCells(length);
    this.openMs = new Float64Array(length);
    this.openSequence = new Float64Array(length);
    this.closeMs = new Float64Array(length);
    this.closeSequence = new Float64Array(length);
    this.tradeCount = new Float64Array(length);
    this.buyQuantity = new ExactSums(length);
    this.sellQuantity = new ExactSums(length);
    this.turnover = new ExactSums(length);
    this.spread = new ExactSums(length);
    this.spreadCount = new Float64Array(length);
    this.imbalance = new ExactSums(length);
    this.imbalanceCount = new Float64Array(length);
  }

  raisePrice(decimals: number): void {
    const shift = decimals - this.priceDecimals;
    if (shift <= 0) return;
    for (const cells of [this.open, this.high, this.low, this.close, this.turnover, this.spread]) {
      cells.raise(shift);
    }
    this.priceDecimals = decimals;
  }

  raiseQuantity(decimals: number): void {
    const shift = decimals - this.quantityDecimals;
    if (shift <= 0) return;
    for (const cells of [this.buyQuantity, this.sellQuantity, this.turnover]) cells.raise(shift);
    this.quantityDecimals = decimals;
  }

  /** True once a price cell is beyond the safe integers: comparing numbers alone is then not enough. */
  get hasWidePrices(): boolean {
    const { open, high, low, close } = this;
    return open.wide.size + high.wide.size + low.wide.size + close.wide.size > 0;
  }

  /** A row outside of the grid would vanish in silence. */
  assertHolds(timeMs: number): void {
    const endMs = this.startMs + this.length * this.barMs;
    assert(timeMs >= this.startMs && timeMs < endMs, 'rows of a fold lie in its range');
  }

  /** One trade with values at the grid's scales; the plain way, right for any size and any order. */
  addTrade(bar: number, trade: GridTrade): void {
    const { price, quantity, timeMs, sequence } = trade;
    this.assertHolds(timeMs);
    this.joinPrices(bar, {
      open: price,
      high: price,
      low: price,
      close: price,
      openKey: [timeMs, sequence],
      closeKey: [timeMs, sequence],
    });
    this.tradeCount[bar] = (this.tradeCount[bar] ?? 0) + 1;
    (trade.buys ? this.buyQuantity : this.sellQuantity).addWide(bar, quantity);
    this.turnover.addWide(bar, price * quantity);
  }

  /** Adds all cells of `source`, each to the bar of this grid that holds its start. Scales are made equal first. */
  absorb(source: BarGrid): void {
    assert(this.barMs % source.barMs === 0, 'bars are rolled up from a length that divides theirs');
    this.raisePrice(source.priceDecimals);
    this.raiseQuantity(source.quantityDecimals);
    this.assertHolds(source.startMs);
    this.assertHolds(source.startMs + source.length * source.barMs - 1);
    const priceFactor = powerOfTen(this.priceDecimals - source.priceDecimals);
    const quantityFactor = powerOfTen(this.quantityDecimals - source.quantityDecimals);
    const turnoverFactor = priceFactor * quantityFactor;
    for (let from = 0; from < source.length; from++) {
      const bar = Math.floor((source.startMs + from * source.barMs - this.startMs) / this.barMs);
      if ((source.tradeCount[from] ?? 0) > 0) {
        this.joinPrices(bar, {
          open: source.open.at(from) * priceFactor,
          high: source.high.at(from) * priceFactor,
          low: source.low.at(from) * priceFactor,
          close: source.close.at(from) * priceFactor,
          openKey: [source.openMs[from] ?? 0, source.openSequence[from] ?? 0],
          closeKey: [source.closeMs[from] ?? 0, source.closeSequence[from] ?? 0],
        });
        this.tradeCount[bar] = (this.tradeCount[bar] ?? 0) + (source.tradeCount[from] ?? 0);
        this.buyQuantity.addWide(bar, source.buyQuantity.at(from) * quantityFactor);
        this.sellQuantity.addWide(bar, source.sellQuantity.at(from) * quantityFactor);
        this.turnover.addWide(bar, source.turnover.at(from) * turnoverFactor);
      }
      if ((source.spreadCount[from] ?? 0) > 0) {
        this.spread.addWide(bar, source.spread.at(from) * priceFactor);
        this.spreadCount[bar] = (this.spreadCount[bar] ?? 0) + (source.spreadCount[from] ?? 0);
        this.imbalance.addWide(bar, source.imbalance.at(from));
        this.imbalanceCount[bar] =
          (this.imbalanceCount[bar] ?? 0) + (source.imbalanceCount[from] ?? 0);
      }
    }
  }

  private joinPrices(bar: number, part: PricePart): void {
    const isFirst = this.tradeCount[bar] === 0;
    if (isFirst || isBefore(part.openKey, [this.openMs[bar] ?? 0, this.openSequence[bar] ?? 0])) {
      this.open.set(bar, part.open);
      [this.openMs[bar], this.openSequence[bar]] = part.openKey;
    }
    if (
      isFirst ||
      isBefore([this.closeMs[bar] ?? 0, this.closeSequence[bar] ?? 0], part.closeKey)
    ) {
      this.close.set(bar, part.close);
      [this.closeMs[bar], this.closeSequence[bar]] = part.closeKey;
    }
    if (isFirst || part.high > this.high.at(bar)) this.high.set(bar, part.high);
    if (isFirst || part.low < this.low.at(bar)) this.low.set(bar, part.low);
  }
}

export interface GridTrade {
  readonly timeMs: number;
  readonly sequence: number;
  readonly price: bigint;
  readonly quantity: bigint;
  readonly buys: boolean;
}

/** Exchange time in milliseconds, then reading order. */
type OrderKey = readonly [number, number];

interface PricePart {
  readonly open: bigint;
  readonly high: bigint;
  readonly low: bigint;
  readonly close: bigint;
  readonly openKey: OrderKey;
  readonly closeKey: OrderKey;
}

function isBefore(a: OrderKey, b: OrderKey): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}
