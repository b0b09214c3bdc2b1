/**
 * The oracle's numbers: decimal text to an integer at 18 decimals and back, and rounding half up. It
 * shares no code with the product.
 */

/** Decimals at which every price and quantity is held. */
export const decimals = 18;

/** One, at the scale of prices and quantities. */
export const oneE18: bigint = 10n ** BigInt(decimals);

/** An exponent with more digits shifts any mantissa that fits a line out of range. */
const exponentDigitsMax = 9;

const grammar = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?$/;

/**
 * Reads `-?digits[.digits][(e|E)[±]digits]` with at most 18 digits before and 18 after the point, counted in
 * the value, that is, after the exponent is applied and padding zeros are gone. Anything else is undefined.
 */
export function parseDecimalE18(text: string): bigint | undefined {
  const match = grammar.exec(text);
  if (match === null) return undefined;
  const [, minus = '', integer = '', fraction = '', exponentSign = '', exponentText = ''] = match;

  const padded = integer + fraction;
  const significant = padded.replace(/^0+/, '');
  if (significant === '') return 0n;

  const exponentDigits = exponentText.replace(/^0+/, '');
  if (exponentDigits.length > exponentDigitsMax) return undefined;
  const exponent = exponentDigits === '' ? 0 : Number(exponentDigits);

  // The value is 0.DIGITS times ten to the power of digitsBeforePoint.
  const digits = withoutTrailingZeros(significant);
  const leadingZeros = padded.length - significant.length;
  const digitsBeforePoint =
    integer.length - leadingZeros + (exponentSign === '-' ? -exponent : exponent);
  const digitsAfterPoint = digits.length - digitsBeforePoint;
  if (digitsBeforePoint > 18 || digitsAfterPoint > 18) return undefined;

  const magnitude = BigInt(digits) * 10n ** BigInt(decimals - digitsAfterPoint);
  return minus === '-' ? -magnitude : magnitude;
}

/** The plain text of `value / 10^scale`: no exponent, no trailing zero, no trailing point, `0` for zero. */
export function plainText(value: bigint, scale: number): string {
  if (value === 0n) return '0';
  if (value < 0n) return `-${plainText(-value, scale)}`;
  const digits = value.toString().padStart(scale + 1, '0');
  const integer = digits.slice(0, digits.length - scale);
  const fraction = withoutTrailingZeros(digits.slice(digits.length - scale));
  return fraction === '' ? integer : `${integer}.${fraction}`;
}

/** The integer nearest to a quotient that is not negative; the exact half goes up. */
export function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n || denominator <= 0n)
    throw new RangeError('the quotient must not be negative');
  const whole = numerator / denominator;
  const rest = numerator % denominator;
  return rest * 2n >= denominator ? whole + 1n : whole;
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
