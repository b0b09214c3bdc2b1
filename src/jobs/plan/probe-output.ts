/**
 * Finds out whether the output root takes files before hours of work depend on it, and leaves no
 * file behind: a write on the condition that content is there which never was.
 */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Codec, Store, StoredContent } from '../ports.js';

/** Google Cloud Storage checks the right to write before the precondition; no object has generation 1. */
const NEVER_STORED: StoredContent = {
  bytes: new Uint8Array(0),
  crc32c: '00000000',
  generation: '1',
};

/** Tries a name that the caller is going to write. Throws what the store throws when it cannot be written. */
export async function probeOutput(name: string, out: Store, codec: Codec): Promise<void> {
  const bytes = codec.encode('{"probe":true}\n');
  try {
    await out.write(name, bytes, { content: NEVER_STORED });
  } catch (error) {
    if (error instanceof FlowbarsError && error.kind === 'conflict') return;
    throw error;
  }
}
