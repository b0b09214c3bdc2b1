/** Turns an error about one chunk's content into a finding's reason; all other errors are rethrown. */
import type { Unreadable } from '../decode/chunk-columns.js';
import { FlowbarsError } from '../unit/errors.js';

/** Decompressed bytes of a chunk; a minute of the busiest market is a few megabytes. */
export const CHUNK_BYTES_MAX = 268_435_456;

/** Damaged or oversized content becomes a finding; anything else is rethrown. */
export function unreadableOf(error: unknown): Unreadable {
  if (error instanceof FlowbarsError && (error.kind === 'data' || error.kind === 'limit')) {
    const { what, found, expected } = error.parts;
    return { what, found, expected };
  }
  throw error;
}
