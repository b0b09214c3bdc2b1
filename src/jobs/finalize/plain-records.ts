/**
 * The records of a CSV file without quotes, split by the runtime alone: a tenth of a CSV library's time. For checks
 * that are in doubt about everything that such a file does not hold, and then read it again with the library.
 */
import type { Codec } from '../ports.js';

/** Bytes decoded at once. */
const SLICE_BYTES = 262_144;
const LF = 10;
const ASCII_MAX = 127;

/** A line is a record; a last line may lack its line feed. */
export function* plainRecords(
  bytes: Uint8Array,
  { decode }: Pick<Codec, 'decode'>,
): Generator<readonly string[]> {
  let start = 0;
  while (start < bytes.length) {
    const lineEnd = bytes.indexOf(LF, Math.min(start + SLICE_BYTES, bytes.length - 1));
    const end = lineEnd < 0 ? bytes.length : lineEnd;
    // A decoder would drop a byte-order mark: a record without cells leaves such a line in doubt.
    if ((bytes[start] ?? 0) > ASCII_MAX) yield [];
    for (const line of decode(bytes.subarray(start, end)).split('\n')) yield line.split(',');
    start = end + 1;
  }
}
