/** One file that a person named: read whole, unpacked, and its errors under that name. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Codec, Store } from '../ports.js';

export interface NamedFile {
  /** As the person wrote it. */
  readonly uri: string;
  /** The folder that holds it, and its name there. */
  readonly store: Store;
  readonly name: string;
}

export interface ReadFile {
  /** Decompressed content. */
  readonly bytes: Uint8Array;
  readonly storedBytes: number;
  readonly isGzip: boolean;
}

/** A file that is not there is the caller's mistake; a damaged one is a FlowbarsError of kind `data`. */
export async function readNamedFile(
  { uri, store, name }: NamedFile,
  codec: Codec,
  limitBytes: number,
): Promise<ReadFile> {
  const stored = await store.read(name);
  if (stored === undefined) {
    const parts = {
      where: uri,
      what: 'file',
      found: 'nothing there',
      expected: 'an existing file',
    };
    throw new FlowbarsError('usage', parts);
  }
  try {
    const bytes = await codec.gunzipIfGzip(stored.bytes, limitBytes);
    return { bytes, storedBytes: stored.bytes.length, isGzip: bytes !== stored.bytes };
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    throw new FlowbarsError(error.kind, { ...error.parts, where: uri }, error);
  }
}
