/** The quote volume from which on a taker order is large (docs/SIGNALS.md), at any scale of quote volumes. */
import { type Decimal, parseDecimal, powerOfTen } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';

/** A number in plain notation. */
export function largeOrderOf(text: string): Decimal {
  const decimal = parseDecimal(text);
  assert(decimal !== undefined, 'the least quote volume of a large order is a number');
  return decimal;
}

/** The least integer at `decimals` that is not below the threshold: so an integer is at least both or none. */
export function largeOrderAt({ mantissa, decimals: own }: Decimal, decimals: number): bigint {
  if (decimals >= own) return mantissa * powerOfTen(decimals - own);
  const unit = powerOfTen(own - decimals);
  return (mantissa + unit - 1n) / unit;
}
