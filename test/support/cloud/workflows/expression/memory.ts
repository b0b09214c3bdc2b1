/** Counts the bytes of an execution's variables by the formula of Google's page, against the limit. */
import { VARIABLES_BYTES_MAX } from '../run/limits.js';
import { limitExceeded } from '../run/workflow-errors.js';
import { isList, type List, type Value } from './values.js';

const SCALAR_BYTES = 8;

/** One for an execution: the limit counts the variables of all running routines. */
export class Memory {
  private bytes = 0;

  /** Counts `value` in place of `old`. */
  replace(old: Value | undefined, value: Value | undefined): void {
    this.bytes += bytesOf(value) - bytesOf(old);
    const isTooMuch = value !== undefined && this.bytes > VARIABLES_BYTES_MAX;
    if (isTooMuch) throw limitExceeded('Memory usage limit exceeded');
  }
}

/** 8 bytes for numbers, booleans and null; 8 and their content for texts, bytes, lists and maps. */
function bytesOf(value: Value | undefined): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return SCALAR_BYTES + Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return SCALAR_BYTES;
  if (value instanceof Uint8Array) return SCALAR_BYTES + value.byteLength;
  const parts: List = isList(value) ? value : Object.entries(value).flat();
  return parts.reduce((sum: number, part) => sum + bytesOf(part), SCALAR_BYTES);
}
