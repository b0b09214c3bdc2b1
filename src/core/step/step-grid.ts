/** What the steps of consecutive bars did to the book, exactly (docs/SIGNALS.md). A step lies in the bar of its later snapshot. */
import { ExactSums } from '../grid/exact-cells.js';
import { addCount, Grid, type RollsUp } from '../grid/grid.js';

/** Quantities of one side that came, that went untraded, and that went untraded of walls. */
interface SideTotals<Integer> {
  readonly added: Integer;
  readonly pulled: Integer;
  readonly wallPulled: Integer;
}

/** Σ quantity of one side over a bar's steps. */
export class SideSums {
  readonly added: ExactSums;
  readonly pulled: ExactSums;
  readonly wallPulled: ExactSums;

  constructor(length: number) {
    this.added = new ExactSums(length);
    this.pulled = new ExactSums(length);
    this.wallPulled = new ExactSums(length);
  }

  /** Adds safe integers. */
  add(bar: number, { added, pulled, wallPulled }: SideTotals<number>): void {
    this.added.add(bar, added);
    this.pulled.add(bar, pulled);
    this.wallPulled.add(bar, wallPulled);
  }

  addWide(bar: number, { added, pulled, wallPulled }: SideTotals<bigint>): void {
    this.added.addWide(bar, added);
    this.pulled.addWide(bar, pulled);
    this.wallPulled.addWide(bar, wallPulled);
  }

  sums(): ExactSums[] {
    return [this.added, this.pulled, this.wallPulled];
  }
}

export class StepGrid extends Grid implements RollsUp<StepGrid> {
  /** Scale of all sums; raised when a value has more decimals. */
  quantityDecimals = 0;
  readonly stepCount: Float64Array;
  /** Steps whose both snapshots have 5 levels on both sides. */
  readonly fiveCount: Float64Array;
  /** Steps whose both snapshots have 20 levels on both sides. */
  readonly fullCount: Float64Array;
  /** Σ order-flow imbalance at the best quotes; over levels 1 to 5 of the steps of fiveCount. */
  readonly flowL1: ExactSums;
  readonly flowL5: ExactSums;
  readonly bids: SideSums;
  readonly asks: SideSums;

  constructor(startMs: number, barMs: number, length: number) {
    super(startMs, barMs, length);
    this.stepCount = new Float64Array(length);
    this.fiveCount = new Float64Array(length);
    this.fullCount = new Float64Array(length);
    this.flowL1 = new ExactSums(length);
    this.flowL5 = new ExactSums(length);
    this.bids = new SideSums(length);
    this.asks = new SideSums(length);
  }

  emptyOf(barMs: number): StepGrid {
    return new StepGrid(this.startMs, barMs, this.lengthOf(barMs));
  }

  raiseQuantity(decimals: number): void {
    const shift = decimals - this.quantityDecimals;
    if (shift <= 0) return;
    for (const sums of this.sums()) sums.raise(shift);
    this.quantityDecimals = decimals;
  }

  absorb(source: StepGrid): void {
    this.assertTakes(source);
    this.raiseQuantity(source.quantityDecimals);
    const by = this.quantityDecimals - source.quantityDecimals;
    const [sums, added] = [this.sums(), source.sums()];
    for (let index = 0; index < source.length; index++) {
      if (source.stepCount[index] === 0) continue;
      const bar = this.barOfBar(source, index);
      for (const [at, others] of added.entries()) sums[at]?.addRaised(bar, others, index, by);
      addCount(this.stepCount, bar, source.stepCount, index);
      addCount(this.fiveCount, bar, source.fiveCount, index);
      addCount(this.fullCount, bar, source.fullCount, index);
    }
  }

  private sums(): ExactSums[] {
    return [this.flowL1, this.flowL5, ...this.bids.sums(), ...this.asks.sums()];
  }
}
