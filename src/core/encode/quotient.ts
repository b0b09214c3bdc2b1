/** Rounds exact quotients half up (docs/OUTPUT.md): in doubles where that is provably exact, else in big integers. */
import { POWERS_OF_TEN } from '../event/mantissas.js';
import { divideHalfUp, powerOfTen } from '../unit/decimal.js';
import { floorQuotient, type RowBytes } from './row-bytes.js';

/** Decimals gained in one step of the division: a remainder times 10^4 mostly stays a safe integer. */
const STEP_DECIMALS = 4;

/** Quotients of cells at a scale, numerator / 10^scale / denominator, rounded to `decimals`. */
export class Quotients {
  private readonly decimals: number;
  private readonly shift: number;

  constructor(decimals: number, scale: number) {
    this.decimals = decimals;
    this.shift = decimals - scale;
  }

  /** Writes the quotient of two doubles if both are safe integers and every step is exact; else false. */
  writeSafe(numerator: number, denominator: number, out: RowBytes): boolean {
    const rounded = safeQuotient(numerator, denominator, this.shift);
    if (Number.isNaN(rounded)) return false;
    out.safe(rounded, this.decimals);
    return true;
  }

  write(numerator: bigint, denominator: bigint, out: RowBytes): void {
    const { shift } = this;
    const factor = powerOfTen(Math.abs(shift));
    const rounded =
      shift >= 0
        ? divideHalfUp(numerator * factor, denominator)
        : divideHalfUp(numerator, denominator * factor);
    out.exact(rounded, this.decimals);
  }
}

/**
 * numerator · 10^shift / denominator rounded half up, for safe integers; NaN also stands for one that is
 * not. NaN if a step or the result would leave the safe integers, if the numerator is negative, or if the
 * denominator is not positive. Long division: each step multiplies the remainder, not the numerator.
 */
export function safeQuotient(numerator: number, denominator: number, shift: number): number {
  const divisor = shift < 0 ? denominator * (POWERS_OF_TEN[-shift] ?? Number.NaN) : denominator;
  if (!(numerator >= 0 && divisor > 0 && divisor <= Number.MAX_SAFE_INTEGER)) return Number.NaN;
  let whole = floorQuotient(numerator, divisor);
  let remainder = numerator - whole * divisor;
  let left = shift;
  while (left > 0) {
    const step = Math.min(left, STEP_DECIMALS);
    const factor = POWERS_OF_TEN[step] ?? Number.NaN;
    const raised = remainder * factor;
    if (!(raised <= Number.MAX_SAFE_INTEGER)) return Number.NaN;
    const digits = floorQuotient(raised, divisor);
    remainder = raised - digits * divisor;
    whole = whole * factor + digits;
    left -= step;
  }
  if (remainder >= divisor - remainder) whole += 1;
  return whole <= Number.MAX_SAFE_INTEGER ? whole : Number.NaN;
}
