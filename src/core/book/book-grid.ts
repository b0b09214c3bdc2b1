/** The book side of consecutive bars, exactly: sums of spreads and of imbalances, with their counts. */
import { ExactSums } from '../grid/exact-cells.js';
import { Grid, type RollsUp } from '../grid/grid.js';

/** Decimals of a snapshot's imbalance, rounded half up once per snapshot (docs/OUTPUT.md). */
export const IMBALANCE_DECIMALS = 9;

export class BookGrid extends Grid implements RollsUp<BookGrid> {
  /** Scale of the spreads; raised when a value has more decimals. */
  priceDecimals = 0;
  /** Σ (best ask − best bid), at priceDecimals, over spreadCount snapshots. */
  readonly spread: ExactSums;
  readonly spreadCount: Float64Array;
  /** Σ of rounded imbalances, at IMBALANCE_DECIMALS, over imbalanceCount snapshots. */
  readonly imbalance: ExactSums;
  readonly imbalanceCount: Float64Array;

  constructor(startMs: number, barMs: number, length: number) {
    super(startMs, barMs, length);
    this.spread = new ExactSums(length);
    this.spreadCount = new Float64Array(length);
    this.imbalance = new ExactSums(length);
    this.imbalanceCount = new Float64Array(length);
  }

  emptyOf(barMs: number): BookGrid {
    return new BookGrid(this.startMs, barMs, this.lengthOf(barMs));
  }

  raisePrice(decimals: number): void {
    const shift = decimals - this.priceDecimals;
    if (shift <= 0) return;
    this.spread.raise(shift);
    this.priceDecimals = decimals;
  }

  absorb(source: BookGrid): void {
    this.assertTakes(source);
    this.raisePrice(source.priceDecimals);
    const byPrice = this.priceDecimals - source.priceDecimals;
    for (let index = 0; index < source.length; index++) {
      const spreads = source.spreadCount[index] ?? 0;
      if (spreads === 0) continue;
      const bar = this.barOfBar(source, index);
      this.spread.addRaised(bar, source.spread, index, byPrice);
      this.spreadCount[bar] = (this.spreadCount[bar] ?? 0) + spreads;
      this.imbalance.addRaised(bar, source.imbalance, index, 0);
      this.imbalanceCount[bar] =
        (this.imbalanceCount[bar] ?? 0) + (source.imbalanceCount[index] ?? 0);
    }
  }
}
