/** Turns an error about one chunk's content into a finding's reason; all other errors are rethrown. */
import type { Unreadable } from '../decode/chunk-columns.js';
import { CUT_IT } from '../decode/decode-chunk.js';
import { FlowbarsError } from '../unit/errors.js';

/**
 * Decompressed bytes of a chunk; a minute of the busiest market is a few megabytes. A file of this size
 * is read within the 1 GiB of a task.
 */
export const CHUNK_BYTES_MAX = 268_435_456;
/** Decompressed bytes of all objects of one chunk minute, which are in memory together. */
export const CHUNK_MINUTE_BYTES_MAX = 536_870_912;

/** Damaged or oversized content becomes a finding; anything else is rethrown. */
export function unreadableOf(error: unknown): Unreadable {
  if (!(error instanceof FlowbarsError)) throw error;
  const { what, found, expected } = error.parts;
  switch (error.kind) {
    case 'data':
      return { what, found, expected };
    case 'limit':
      return { what, found, expected: `${expected}: ${CUT_IT}` };
    default:
      throw error;
  }
}

/** Of an object that does not fit beside those read before it in its chunk minute. */
export const CHUNK_MINUTE_TOO_LARGE: Unreadable = {
  what: 'size of all objects of the chunk minute',
  found: `more than ${CHUNK_MINUTE_BYTES_MAX} bytes`,
  expected: `at most ${CHUNK_MINUTE_BYTES_MAX} bytes: ${CUT_IT}`,
};
