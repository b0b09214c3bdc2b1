/** Texts of ASCII only as bytes and back, which needs no encoder. */
import { assert } from '../unit/errors.js';

/** Arguments of one call. */
const UNITS_AT_ONCE = 4096;

export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    assert(unit < 0x80, 'a text in the spool is ASCII');
    bytes[at] = unit;
  }
  return bytes;
}

/** Each byte is one character; a damaged file may hold any. */
export function asciiText(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  let text = '';
  for (let from = start; from < end; from += UNITS_AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(from, Math.min(end, from + UNITS_AT_ONCE)));
  }
  return text;
}
