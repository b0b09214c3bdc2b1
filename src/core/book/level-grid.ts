/**
 * What the snapshots of consecutive bars say level by level, exactly (docs/SIGNALS.md): the last best
 * quotes, the widest spread, and sums over the first levels and over all 20.
 */
import { ExactCells, ExactSums } from '../grid/exact-cells.js';
import { addCount, Grid, type RollsUp } from '../grid/grid.js';
import { SideLevels } from './side-levels.js';

export class LevelGrid extends Grid implements RollsUp<LevelGrid> {
  /** Scales of the cells; raised when a value has more decimals. */
  priceDecimals = 0;
  quantityDecimals = 0;
  /** Usable snapshots. */
  readonly snapshotCount: Float64Array;
  /** Those that are not late: where there is none, the sides have no close. */
  readonly closeCount: Float64Array;
  /** Those with 5 levels on both sides. */
  readonly fiveCount: Float64Array;
  /** Those with 20 levels on both sides. */
  readonly fullCount: Float64Array;
  readonly bids: SideLevels;
  readonly asks: SideLevels;
  /** Largest best ask − best bid of the usable snapshots. */
  readonly spreadMax: ExactCells;
  /** Σ of rounded imbalances at IMBALANCE_DECIMALS: of the best level over snapshotCount, of 5 levels over fiveCount. */
  readonly imbalanceL1: ExactSums;
  readonly imbalanceL5: ExactSums;

  constructor(startMs: number, barMs: number, length: number) {
    super(startMs, barMs, length);
    this.snapshotCount = new Float64Array(length);
    this.closeCount = new Float64Array(length);
    this.fiveCount = new Float64Array(length);
    this.fullCount = new Float64Array(length);
    this.bids = new SideLevels(length);
    this.asks = new SideLevels(length);
    this.spreadMax = new ExactCells(length);
    this.imbalanceL1 = new ExactSums(length);
    this.imbalanceL5 = new ExactSums(length);
  }

  emptyOf(barMs: number): LevelGrid {
    return new LevelGrid(this.startMs, barMs, this.lengthOf(barMs));
  }

  raisePrice(decimals: number): void {
    const shift = decimals - this.priceDecimals;
    if (shift <= 0) return;
    this.spreadMax.raise(shift);
    for (const side of [this.bids, this.asks]) side.raisePrice(shift);
    this.priceDecimals = decimals;
  }

  raiseQuantity(decimals: number): void {
    const shift = decimals - this.quantityDecimals;
    if (shift <= 0) return;
    for (const side of [this.bids, this.asks]) side.raiseQuantity(shift);
    this.quantityDecimals = decimals;
  }

  /** True once a cell that is set or compared, not added to, exceeds the safe integers. */
  get hasWide(): boolean {
    return this.spreadMax.wide.size > 0 || this.bids.hasWide || this.asks.hasWide;
  }

  /** Of the snapshots of one bar those of `source` are the later ones. */
  absorb(source: LevelGrid): void {
    this.assertTakes(source);
    this.raisePrice(source.priceDecimals);
    this.raiseQuantity(source.quantityDecimals);
    for (let index = 0; index < source.length; index++) {
      if (source.snapshotCount[index] !== 0) this.absorbBar(source, index);
    }
  }

  private absorbBar(source: LevelGrid, index: number): void {
    const bar = this.barOfBar(source, index);
    const { bids, asks, spreadMax } = this;
    const by = {
      price: this.priceDecimals - source.priceDecimals,
      quantity: this.quantityDecimals - source.quantityDecimals,
    };
    const isFirst = this.snapshotCount[bar] === 0;
    if (isFirst || spreadMax.compareRaised(bar, source.spreadMax, index, by.price) < 0) {
      spreadMax.setRaised(bar, source.spreadMax, index, by.price);
    }
    if (source.closeCount[index] !== 0) {
      bids.absorbClose(bar, source.bids, index, by);
      asks.absorbClose(bar, source.asks, index, by);
    }
    if (source.fullCount[index] !== 0) {
      const isFirstFull = this.fullCount[bar] === 0;
      bids.absorbFull(bar, isFirstFull, source.bids, index, by);
      asks.absorbFull(bar, isFirstFull, source.asks, index, by);
    }
    this.imbalanceL1.addRaised(bar, source.imbalanceL1, index, 0);
    this.imbalanceL5.addRaised(bar, source.imbalanceL5, index, 0);
    addCount(this.snapshotCount, bar, source.snapshotCount, index);
    addCount(this.closeCount, bar, source.closeCount, index);
    addCount(this.fiveCount, bar, source.fiveCount, index);
    addCount(this.fullCount, bar, source.fullCount, index);
  }
}
