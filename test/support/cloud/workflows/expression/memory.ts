/** What the variables of an execution take, by the formula of Google's page, against the limits. */
import { STRING_BYTES_MAX, VARIABLES_BYTES_MAX } from '../run/limits.js';
import { isList, isMap, type Value } from './values.js';
import { limitExceeded } from '../run/workflow-errors.js';

const SCALAR_BYTES = 8;

/** One for an execution: the limit counts the variables of all routines that run. */
export class Memory {
  /** Values never change, so that what one takes is counted once. */
  private readonly counted = new WeakMap<object, number>();
  private bytes = 0;

  /** Counts `value` instead of `old`. */
  replace(old: Value | undefined, value: Value | undefined): void {
    this.bytes += this.bytesOf(value) - this.bytesOf(old);
    const isGrown = value !== undefined && this.bytes > VARIABLES_BYTES_MAX;
    if (isGrown) throw limitExceeded('Memory usage limit exceeded');
  }

  private bytesOf(value: Value | undefined): number {
    if (value === undefined) return 0;
    if (typeof value === 'string') return SCALAR_BYTES + Buffer.byteLength(checkedText(value));
    if (typeof value !== 'object' || value === null) return SCALAR_BYTES;
    const counted = this.counted.get(value) ?? this.count(value);
    this.counted.set(value, counted);
    return counted;
  }

  /** Numbers, booleans and null 8 bytes; texts, lists and maps 8 and what they hold. */
  private count(value: Value & object): number {
    let bytes = SCALAR_BYTES;
    if (isList(value)) {
      for (const item of value) bytes += this.bytesOf(item);
    } else if (isMap(value)) {
      for (const [key, item] of value) bytes += this.bytesOf(key) + this.bytesOf(item);
    } else {
      bytes += value.byteLength;
    }
    return bytes;
  }
}

export function checkedText(text: string): string {
  if (Buffer.byteLength(text) <= STRING_BYTES_MAX) return text;
  throw limitExceeded(`string of more than ${STRING_BYTES_MAX} bytes`);
}
