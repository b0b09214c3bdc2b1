/**
 * Checks that the output root is writable before hours of work depend on it. Leaves no file behind:
 * the write requires a content that was never stored.
 */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Codec, Store, StoredContent } from '../ports.js';

/** Google Cloud Storage checks the permission before the precondition; no object has generation 1. */
const NEVER_STORED: StoredContent = {
  bytes: new Uint8Array(0),
  crc32c: '00000000',
  generation: '1',
};

/** Probes a name that the caller will write. Throws the store's error if it is not writable. */
export async function probeOutput(name: string, out: Store, codec: Codec): Promise<void> {
  const bytes = codec.encode('{"probe":true}\n');
  try {
    await out.write(name, bytes, { content: NEVER_STORED });
  } catch (error) {
    if (error instanceof FlowbarsError && error.kind === 'conflict') return;
    throw error;
  }
}
