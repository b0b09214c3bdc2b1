/** One condition of a pattern: what it says, where it holds, and with which numbers. Detection and explanation use the same one. */
import { type Decimal, formatDecimal } from '../unit/decimal.js';
import type { Series } from '../series/series.js';

/** The values that a quantile was taken of. Steps are rows, or minutes. */
export interface QuantileShown {
  readonly percent: number;
  readonly fromStep: number;
  /** End exclusive. */
  readonly toStep: number;
  readonly values: number;
}

/** What a condition compares at a step, as texts; null where there is none. */
export interface Shown {
  readonly value: string | null;
  readonly relation: '≥' | '≤' | '>' | '<' | 'has';
  readonly threshold: string | null;
  readonly quantile?: QuantileShown | undefined;
}

export interface Condition {
  /** In words, with the quantity that is compared. */
  readonly says: string;
  readonly holds: (step: number) => boolean;
  readonly shown: (step: number) => Shown;
}

/** Where all conditions hold. */
export function allHold(conditions: readonly Condition[]): (step: number) => boolean {
  return (step) => {
    for (const { holds } of conditions) if (!holds(step)) return false;
    return true;
  };
}

export function textAt(series: Series, row: number): string | null {
  const mantissa = series.at(row);
  return mantissa === undefined ? null : plainText({ mantissa, decimals: series.decimals });
}

export function plainText({ mantissa, decimals }: Decimal): string {
  return formatDecimal(mantissa, decimals);
}

/** The value has this sign: above or below 0. */
export function hasSign(says: string, series: Series, sign: number): Condition {
  return {
    says,
    holds: (row) => series.sign(row) === sign,
    shown: (row) => ({
      value: textAt(series, row),
      relation: sign > 0 ? '>' : '<',
      threshold: '0',
    }),
  };
}

/** The value is 0 or more. */
export function isNotNegative(says: string, series: Series): Condition {
  return {
    says,
    holds: (row) => series.sign(row) >= 0,
    shown: (row) => ({ value: textAt(series, row), relation: '≥', threshold: '0' }),
  };
}

/** What a control needs of a quantity that its event names: that it is there. */
export function isThere(says: string, series: Series): Condition {
  return {
    says,
    holds: (row) => series.has(row),
    shown: (row) => ({ value: textAt(series, row), relation: 'has', threshold: null }),
  };
}
