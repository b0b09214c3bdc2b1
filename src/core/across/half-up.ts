/** Tells whether an integer is an exact quotient rounded half up, in doubles alone and without dividing. */

/** 2^27 + 1 cuts a double into two halves whose products are exact (Dekker 1971). */
const SPLITTER = 134_217_729;

/**
 * True if `quotient` is numerator · factor / denominator rounded half up. All are safe integers, none is negative, the
 * denominator is positive; NaN makes it false.
 */
export function isHalfUp(
  quotient: number,
  numerator: number,
  factor: number,
  denominator: number,
): boolean {
  const dividend = numerator * factor;
  const product = quotient * denominator;
  const dividendRest = productRest(numerator, factor, dividend);
  const productRests = productRest(quotient, denominator, product);
  // Both differences are exact where the result is small enough to count.
  const remainder = dividend - product + (dividendRest - productRests);
  return -denominator <= 2 * remainder && 2 * remainder < denominator;
}

/** What rounding lost of a product of two safe integers, exactly. */
function productRest(one: number, other: number, product: number): number {
  const [oneScaled, otherScaled] = [SPLITTER * one, SPLITTER * other];
  const oneHigh = oneScaled - (oneScaled - one);
  const otherHigh = otherScaled - (otherScaled - other);
  const [oneLow, otherLow] = [one - oneHigh, other - otherHigh];
  return (
    oneHigh * otherHigh - product + oneHigh * otherLow + oneLow * otherHigh + oneLow * otherLow
  );
}
