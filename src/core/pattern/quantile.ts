/** One quantile of a quantity through the day, and where the quantity reaches it. Nothing is true without both. */
import type { Decimal } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import { type Ranks, ranksOf } from '../series/ranks.js';
import type { Series } from '../series/series.js';
import { trailingQuantiles, type Window } from './trailing-quantiles.js';

export class Quantile {
  protected readonly ranks: Ranks;
  /** Its rank by block of the window; -1: none. */
  private readonly quantiles: Int32Array;
  private readonly blockRows: number;

  constructor(ranks: Ranks, quantiles: Int32Array, { blockRows }: Window) {
    this.ranks = ranks;
    this.quantiles = quantiles;
    this.blockRows = blockRows;
  }

  /** The row has a value, and enough rows before it have one. */
  isThere(row: number): boolean {
    return this.rankOf(row) >= 0 && this.quantileRank(row) >= 0;
  }

  /** The value is at least the quantile. */
  isReached(row: number): boolean {
    const quantile = this.quantileRank(row);
    return quantile >= 0 && this.rankOf(row) >= quantile;
  }

  /** The value is at most the quantile. */
  isKept(row: number): boolean {
    const rank = this.rankOf(row);
    return rank >= 0 && rank <= this.quantileRank(row);
  }

  protected quantileRank(row: number): number {
    return this.quantiles[Math.floor(row / this.blockRows)] ?? -1;
  }

  private rankOf(row: number): number {
    return this.ranks.rankOf[row] ?? -1;
  }
}

/** What an event was compared with. */
export interface Measured {
  readonly strength: Decimal;
  readonly threshold: Decimal;
}

/** A quantile whose value is asked for. */
export class ExactQuantile extends Quantile {
  private readonly series: Series;

  constructor(series: Series, ranks: Ranks, quantiles: Int32Array, window: Window) {
    super(ranks, quantiles, window);
    this.series = series;
  }

  /** Value and quantile, where both are there. */
  measured(row: number): Measured {
    return { strength: this.decimalAt(row), threshold: this.threshold(row) };
  }

  threshold(row: number): Decimal {
    return this.decimalAt(this.ranks.rowOf[this.quantileRank(row)] ?? -1);
  }

  private decimalAt(row: number): Decimal {
    const mantissa = this.series.at(row);
    assert(mantissa !== undefined, 'a quantile is asked for where it is there');
    return { mantissa, decimals: this.series.decimals };
  }
}

export function quantileOf(series: Series, percent: number, window: Window): ExactQuantile {
  return quantilesOf(series, [percent], window)(percent);
}

/** Several quantiles of one quantity, by their percents. */
export function quantilesOf(
  series: Series,
  percents: readonly number[],
  window: Window,
): (percent: number) => ExactQuantile {
  const ranks = ranksOf(series);
  const quantiles = trailingQuantiles(ranks, percents, window);
  return (percent) => {
    const found = quantiles[percents.indexOf(percent)];
    assert(found !== undefined, 'only quantiles that were named are asked for');
    return new ExactQuantile(series, ranks, found, window);
  };
}
