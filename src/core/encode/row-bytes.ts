/**
 * HOT. One growing buffer that takes a file cell by cell: the digits of safe integers become bytes
 * without a text in between; bench: encode; oracle: test/core/encode/plain-bar-rows.
 */
import { POWERS_OF_TEN } from '../event/mantissas.js';
import { formatDecimal, formatSafe } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';

const DIGIT_0 = 48;
const MINUS = 45;
const POINT = 46;
const QUOTE = 34;
const COMMA = 44;
const SPACE = 32;
const TILDE = 126;

/** Digits of a limb: a safe integer is at most two limbs, and each fits 32 bits. */
const LIMB_DIGITS = 8;
const LIMB = 100_000_000;
/** Sign, point, a zero before the point and two limbs. */
const SAFE_BYTES_MAX = 3 + 2 * LIMB_DIGITS;
/** Decimals whose power of ten is a safe integer. */
const SAFE_DECIMALS_MAX: number = POWERS_OF_TEN.length - 1;

export class RowBytes {
  /** Bytes written so far. */
  end = 0;
  private bytes: Uint8Array;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  /** A view of all that was written. */
  finish(): Uint8Array {
    return this.bytes.subarray(0, this.end);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.end++] = value;
  }

  /** Printable ASCII that needs no quotes in a CSV file. */
  text(text: string): void {
    this.reserve(text.length);
    const { bytes } = this;
    let at = this.end;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < SPACE || code > TILDE || code === COMMA || code === QUOTE) refuse();
      bytes[at++] = code;
    }
    this.end = at;
  }

  /** Writes bytes again that were written before (`to` exclusive). */
  repeat(from: number, to: number): void {
    this.reserve(to - from);
    const { bytes } = this;
    let at = this.end;
    for (let index = from; index < to; index++) bytes[at++] = bytes[index] ?? 0;
    this.end = at;
  }

  /** A number of any size in plain notation (formatDecimal). */
  exact(mantissa: bigint, decimals: number): void {
    this.text(formatDecimal(mantissa, decimals));
  }

  /** Two digits, padded: `value` < 100. */
  pair(value: number): void {
    this.reserve(2);
    this.digits(value, 2);
  }

  /** A safe integer / 10^decimals in plain notation (formatSafe). */
  safe(mantissa: number, decimals: number): void {
    if (decimals > SAFE_DECIMALS_MAX) {
      this.text(formatSafe(mantissa, decimals));
      return;
    }
    this.reserve(SAFE_BYTES_MAX);
    if (mantissa < 0) this.bytes[this.end++] = MINUS;
    const size = Math.abs(mantissa);
    if (decimals === 0 || size === 0) {
      this.whole(size);
      return;
    }
    const power = POWERS_OF_TEN[decimals] ?? 1;
    const whole = floorQuotient(size, power);
    const fraction = size - whole * power;
    this.whole(whole);
    if (fraction === 0) return;
    this.bytes[this.end++] = POINT;
    this.fraction(fraction, decimals);
  }

  private whole(value: number): void {
    if (value < LIMB) {
      this.digits(value, digitsOf(value));
      return;
    }
    const high = floorQuotient(value, LIMB);
    this.digits(high, digitsOf(high));
    this.digits(value - high * LIMB, LIMB_DIGITS);
  }

  /** Digits behind the point, padded in front, without trailing zeros. `value` > 0. */
  private fraction(value: number, decimals: number): void {
    if (decimals <= LIMB_DIGITS) {
      this.significant(value, decimals);
      return;
    }
    const lowDecimals = decimals - LIMB_DIGITS;
    const power = POWERS_OF_TEN[lowDecimals] ?? 1;
    const high = floorQuotient(value, power);
    const low = value - high * power;
    if (low === 0) {
      this.significant(high, LIMB_DIGITS);
      return;
    }
    this.digits(high, LIMB_DIGITS);
    this.significant(low, lowDecimals);
  }

  private significant(value: number, decimals: number): void {
    let rest = value | 0;
    let left = decimals;
    for (;;) {
      const tenth = (rest / 10) | 0;
      if (tenth * 10 !== rest) break;
      rest = tenth;
      left -= 1;
    }
    this.digits(rest, left);
  }

  /** A limb with `count` digits, padded in front. */
  private digits(value: number, count: number): void {
    const { bytes } = this;
    const end = this.end + count;
    let rest = value | 0;
    for (let at = end - 1; at >= this.end; at--) {
      const tenth = (rest / 10) | 0;
      bytes[at] = DIGIT_0 + rest - tenth * 10;
      rest = tenth;
    }
    this.end = end;
  }

  private reserve(count: number): void {
    const needed = this.end + count;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.end));
    this.bytes = grown;
  }
}

/** The quotient of safe integers without its fraction, exactly. `numerator` >= 0, `denominator` > 0. */
export function floorQuotient(numerator: number, denominator: number): number {
  const quotient = Math.floor(numerator / denominator);
  // A quotient just below an integer may have been rounded up to it. Then the product exceeds the
  // numerator by less than its last bit, so it is exact, too.
  return quotient * denominator > numerator ? quotient - 1 : quotient;
}

function digitsOf(limb: number): number {
  let count = 1;
  while (count < LIMB_DIGITS && limb >= (POWERS_OF_TEN[count] ?? 0)) count += 1;
  return count;
}

function refuse(): void {
  assert(false, 'cells are printable ASCII without commas and quotes');
}
