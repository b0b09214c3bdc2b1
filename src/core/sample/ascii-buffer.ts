/**
 * A growing buffer of ASCII bytes that formats numbers exactly from integers: no floats, no UTF-8. Core
 * has no text encoder, and a full-size sample writes 70 million numbers per symbol-day.
 */
import { assert } from '../unit/errors.js';

/** Integers for `fixed` stay below this: they are divided in 32 bits. */
const FIXED_LIMIT = 2_147_483_648;
const INITIAL_BYTES = 65_536;
/** Longer integers are written in parts of this many digits. */
const PART_DIGITS = 6;
const PART_LIMIT = 1_000_000;
/** Most bytes of a formatted number. */
const FIXED_BYTES_MAX = 24;
const POINT = 46;
const DIGIT_0 = 48;

export class AsciiBuffer {
  bytes: Uint8Array = new Uint8Array(INITIAL_BYTES);
  length = 0;

  /** Makes room for this many bytes after `length`. */
  reserve(sizeBytes: number): void {
    if (this.length + sizeBytes <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + sizeBytes));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  text(ascii: string): void {
    this.reserve(ascii.length);
    this.length = putText(this.bytes, this.length, ascii);
  }

  /** A whole number that is safe and not negative. */
  integer(value: number): void {
    assert(Number.isSafeInteger(value) && value >= 0, 'a whole number is safe and not negative');
    if (value < FIXED_LIMIT) {
      this.fixed(value, 0);
      return;
    }
    const high = Math.floor(value / PART_LIMIT);
    this.integer(high);
    this.reserve(PART_DIGITS);
    const end = this.length + PART_DIGITS;
    this.length = putDigits(this.bytes, this.length, end, value - high * PART_LIMIT);
  }

  /** `value` units of 10^-decimals, with all its decimals: (6394390, 2) is `63943.90`. */
  fixed(value: number, decimals: number): void {
    this.reserve(FIXED_BYTES_MAX);
    this.length = putFixed(this.bytes, this.length, value, decimals);
  }

  append(other: AsciiBuffer): void {
    this.reserve(other.length);
    this.bytes.set(other.bytes.subarray(0, other.length), this.length);
    this.length += other.length;
  }

  /** Returns a copy of the content and empties the buffer. */
  take(): Uint8Array {
    const content = this.bytes.slice(0, this.length);
    this.length = 0;
    return content;
  }
}

/** Writes ASCII text at an offset and returns the offset after it. The caller has reserved the room. */
export function putText(bytes: Uint8Array, at: number, ascii: string): number {
  for (let index = 0; index < ascii.length; index++) bytes[at + index] = ascii.charCodeAt(index);
  return at + ascii.length;
}

/** AsciiBuffer.fixed at an offset, for 0 <= value < 2^31; returns the offset after it. The caller has reserved the room. */
export function putFixed(bytes: Uint8Array, at: number, value: number, decimals: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits += 1;
  if (decimals === 0) return putDigits(bytes, at, at + digits, value);
  let cursor = at + (digits > decimals ? digits : decimals + 1) + 1;
  const end = cursor;
  let rest = value;
  for (let index = 0; index < decimals; index++) {
    const quotient = (rest / 10) | 0;
    cursor -= 1;
    bytes[cursor] = DIGIT_0 + rest - quotient * 10;
    rest = quotient;
  }
  cursor -= 1;
  bytes[cursor] = POINT;
  putDigits(bytes, at, cursor, rest);
  return end;
}

/** Fills [from, to) with the last digits of a value below 2^31, padded with zeros; returns `to`. */
function putDigits(bytes: Uint8Array, from: number, to: number, value: number): number {
  let rest = value;
  for (let cursor = to - 1; cursor >= from; cursor--) {
    const quotient = (rest / 10) | 0;
    bytes[cursor] = DIGIT_0 + rest - quotient * 10;
    rest = quotient;
  }
  return to;
}
