/** HOT. Cells of seconds as the doubles nearest to their texts, whatever the other cells of their column are. */
import type { Series } from '../series/series.js';
import { formatDecimal } from '../unit/decimal.js';

/** Up to here a double holds the power of ten. */
const EXACT_POWER_MAX = 22;

/** By second; NaN: an empty cell. */
export function doublesOf(cells: Series): Float64Array {
  const { safe, decimals, length } = cells;
  if (safe !== undefined && decimals <= EXACT_POWER_MAX) {
    // Both are exact, so one division rounds to the nearest double.
    const one = 10 ** decimals;
    return safe.map((cell) => cell / one);
  }
  return Float64Array.from({ length }, (_, row) => {
    const mantissa = cells.at(row);
    return mantissa === undefined ? Number.NaN : Number(formatDecimal(mantissa, decimals));
  });
}

/** Shares of 0 to 1 as numbers of -1 to 1 whose sign says which side outweighs: 2·share − 1. */
export function balancesOf(shares: Series): Float64Array {
  const whole = 10 ** shares.decimals;
  return Float64Array.from({ length: shares.length }, (_, row) => {
    const cell = shares.safe?.[row] ?? Number(shares.at(row) ?? Number.NaN);
    return (2 * cell - whole) / whole;
  });
}
