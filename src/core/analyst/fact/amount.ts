/** Exact numbers of cells, and how a person reads them: grouped, with the rounding named. */
import {
  DECIMALS_MAX,
  divideHalfUp,
  formatDecimal,
  parseDecimal,
  powerOfTen,
} from '../../unit/decimal.js';
import { FlowbarsError } from '../../unit/errors.js';

/** In units of 1e-18. */
export type AmountE18 = bigint;

export const ONE_E18: AmountE18 = powerOfTen(DECIMALS_MAX);

/** Undefined for an empty cell. Throws a FlowbarsError of kind `data` for a text that is no number. */
export function amountE18(text: string, where: string): AmountE18 | undefined {
  if (text === '') return undefined;
  const decimal = parseDecimal(text);
  if (decimal !== undefined) return decimal.mantissa * powerOfTen(DECIMALS_MAX - decimal.decimals);
  const parts = { where, what: 'cell', found: JSON.stringify(text), expected: 'a decimal number' };
  throw new FlowbarsError('data', parts);
}

/** Plain notation, exact. */
export function exactText(amount: AmountE18): string {
  return formatDecimal(amount, DECIMALS_MAX);
}

/** The same with its thousands grouped: `-64,003.25`. */
export function groupedText(amount: AmountE18): string {
  return grouped(exactText(amount));
}

/** A quotient half up to so many decimals, all of them printed. Denominator > 0. */
export function fixedText(numerator: bigint, denominator: bigint, decimals: number): string {
  const units = divideHalfUp(numerator * powerOfTen(decimals), denominator);
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const fraction = decimals === 0 ? '' : `.${digits.slice(cut)}`;
  return grouped(`${units < 0n ? '-' : ''}${digits.slice(0, cut)}${fraction}`);
}

/** A quotient half up to so many digits from its first one on, at most 18 decimals; whole digits are never cut. */
export function digitsText(numerator: bigint, denominator: bigint, digits: number): string {
  const size = numerator < 0n ? -numerator : numerator;
  const least = denominator * powerOfTen(digits - 1);
  let decimals = 0;
  for (
    let scaled = size;
    scaled !== 0n && scaled < least && decimals < DECIMALS_MAX;
    scaled *= 10n
  ) {
    decimals += 1;
  }
  return grouped(
    formatDecimal(divideHalfUp(numerator * powerOfTen(decimals), denominator), decimals),
  );
}

/** Exact quotient as text, half up to `decimals`. */
export function quotientText(numerator: bigint, denominator: bigint, decimals: number): string {
  return formatDecimal(divideHalfUp(numerator * powerOfTen(decimals), denominator), decimals);
}

function grouped(text: string): string {
  const [whole = '', ...fraction] = text.split('.');
  return [whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, ','), ...fraction].join('.');
}
