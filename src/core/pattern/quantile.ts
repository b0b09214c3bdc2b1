/** One quantile of a quantity through the day, and where the quantity reaches it. Nothing is true without both. */
import type { Decimal } from '../unit/decimal.js';
import { type OrderKeys, orderKeys } from './order-keys.js';
import type { Series } from './series.js';
import { trailingQuantiles, type Window } from './trailing-quantiles.js';

export class Quantile {
  protected readonly keys: Float64Array;
  /** By block of the window. */
  protected readonly quantiles: Float64Array;
  private readonly blockRows: number;

  constructor(keys: Float64Array, quantiles: Float64Array, { blockRows }: Window) {
    this.keys = keys;
    this.quantiles = quantiles;
    this.blockRows = blockRows;
  }

  /** The row has a value, and enough rows before it have one. */
  isThere(row: number): boolean {
    return !Number.isNaN(this.keyOf(row)) && !Number.isNaN(this.quantileKey(row));
  }

  /** The value is at least the quantile. */
  isReached(row: number): boolean {
    return this.keyOf(row) >= this.quantileKey(row);
  }

  /** The value is at most the quantile. */
  isKept(row: number): boolean {
    return this.keyOf(row) <= this.quantileKey(row);
  }

  protected keyOf(row: number): number {
    return this.keys[row] ?? Number.NaN;
  }

  protected quantileKey(row: number): number {
    return this.quantiles[Math.floor(row / this.blockRows)] ?? Number.NaN;
  }
}

/** What an event was compared with. */
export interface Measured {
  readonly strength: Decimal;
  readonly threshold: Decimal;
}

/** A quantile of exact values. */
export class ExactQuantile extends Quantile {
  private readonly exact: OrderKeys;
  private readonly decimals: number;

  constructor(exact: OrderKeys, quantiles: Float64Array, window: Window, decimals: number) {
    super(exact.keys, quantiles, window);
    this.exact = exact;
    this.decimals = decimals;
  }

  /** Value and quantile, where both are there. */
  measured(row: number): Measured {
    return { strength: this.decimal(this.keyOf(row)), threshold: this.threshold(row) };
  }

  threshold(row: number): Decimal {
    return this.decimal(this.quantileKey(row));
  }

  private decimal(key: number): Decimal {
    return { mantissa: this.exact.exactOf(key), decimals: this.decimals };
  }
}

export function quantileOf(series: Series, percent: number, window: Window): ExactQuantile {
  const exact = orderKeys(series);
  const [quantiles = new Float64Array(0)] = trailingQuantiles(exact.keys, [percent], window);
  return new ExactQuantile(exact, quantiles, window, series.decimals);
}
