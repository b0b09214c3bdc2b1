/** Compares a quotient of counts with a share, exactly. */
import { parseDecimal, powerOfTen } from './decimal.js';
import { assert } from './errors.js';

/** part ÷ whole against `share`, a number between 0 and 1 as it is written: negative where it is less; 0 ÷ 0 counts as 0. */
export function comparedToShare(part: number, whole: number, share: number): number {
  const limit = parseDecimal(String(share));
  assert(limit !== undefined, 'a share is a decimal number');
  const difference =
    BigInt(part) * powerOfTen(limit.decimals) - limit.mantissa * BigInt(whole === 0 ? 1 : whole);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
