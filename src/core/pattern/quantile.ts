/** One quantile of a quantity through the day, and where the quantity reaches it. Nothing is true without both. */
import type { Decimal } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import { type Ranks, ranksOf } from '../series/ranks.js';
import type { Series } from '../series/series.js';
import { type Condition, plainText, type QuantileShown, type Shown } from './condition.js';
import { trailingQuantiles, type Window } from './trailing-quantiles.js';

/** What a quantile is taken of, and which one it is. */
export interface Ranking {
  readonly ranks: Ranks;
  /** Its rank by block of the window; -1: none. */
  readonly quantiles: Int32Array;
  readonly percent: number;
  readonly window: Window;
  /** The value at a row, where there is one. */
  readonly textOf: (row: number) => string;
}

export class Quantile {
  protected readonly ranks: Ranks;
  private readonly quantiles: Int32Array;
  private readonly blockRows: number;
  private readonly ranking: Ranking;

  constructor(ranking: Ranking) {
    this.ranks = ranking.ranks;
    this.quantiles = ranking.quantiles;
    this.blockRows = ranking.window.blockRows;
    this.ranking = ranking;
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

  /** The value is at least, or at most, the quantile. */
  reached(says: string): Condition {
    return { says, holds: (row) => this.isReached(row), shown: (row) => this.shownAt(row, '≥') };
  }

  kept(says: string): Condition {
    return { says, holds: (row) => this.isKept(row), shown: (row) => this.shownAt(row, '≤') };
  }

  /** What a control needs. */
  there(says: string): Condition {
    return { says, holds: (row) => this.isThere(row), shown: (row) => this.shownAt(row, 'has') };
  }

  shownAt(row: number, relation: Shown['relation']): Shown {
    const { textOf } = this.ranking;
    const rank = this.quantileRank(row);
    return {
      value: this.rankOf(row) < 0 ? null : textOf(row),
      relation,
      threshold: rank < 0 ? null : textOf(this.ranks.rowOf[rank] ?? -1),
      quantile: this.windowAt(row),
    };
  }

  private windowAt(row: number): QuantileShown {
    const { percent, window } = this.ranking;
    const toStep = Math.floor(row / window.blockRows) * window.blockRows;
    const fromStep = Math.max(0, toStep - window.blocks * window.blockRows);
    let values = 0;
    for (let step = fromStep; step < toStep; step++) if (this.rankOf(step) >= 0) values += 1;
    return { percent, fromStep, toStep, values };
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

  constructor(series: Series, ranking: Omit<Ranking, 'textOf'>) {
    super({ ...ranking, textOf: (row) => plainText(decimalAt(series, row)) });
    this.series = series;
  }

  /** Value and quantile, where both are there. */
  measured(row: number): Measured {
    return { strength: decimalAt(this.series, row), threshold: this.threshold(row) };
  }

  threshold(row: number): Decimal {
    return decimalAt(this.series, this.ranks.rowOf[this.quantileRank(row)] ?? -1);
  }
}

function decimalAt(series: Series, row: number): Decimal {
  const mantissa = series.at(row);
  assert(mantissa !== undefined, 'a quantile is asked for where it is there');
  return { mantissa, decimals: series.decimals };
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
  const found = trailingQuantiles(ranks, percents, window);
  return (percent) => {
    const quantiles = found[percents.indexOf(percent)];
    assert(quantiles !== undefined, 'only quantiles that were named are asked for');
    return new ExactQuantile(series, { ranks, quantiles, percent, window });
  };
}
