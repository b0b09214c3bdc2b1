/** The book side of consecutive bars, exactly: sums of spreads and of imbalances, with their counts. */
import { ExactSums } from '../grid/exact-cells.js';
import { Grid, type RollsUp } from '../grid/grid.js';
import { powerOfTen } from '../unit/decimal.js';

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
    this.raisePrice(source.priceDecimals);
    const priceFactor = powerOfTen(this.priceDecimals - source.priceDecimals);
    for (const [from, bar] of this.barsOf(source)) {
      const spreads = source.spreadCount[from] ?? 0;
      if (spreads === 0) continue;
      this.spread.addWide(bar, source.spread.at(from) * priceFactor);
      this.spreadCount[bar] = (this.spreadCount[bar] ?? 0) + spreads;
      this.imbalance.addWide(bar, source.imbalance.at(from));
      this.imbalanceCount[bar] =
        (this.imbalanceCount[bar] ?? 0) + (source.imbalanceCount[from] ?? 0);
    }
  }
}
