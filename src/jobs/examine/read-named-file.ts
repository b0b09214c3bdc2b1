/** Reads one file that a person named, whole and unpacked; errors carry that name. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Codec, Store } from '../ports.js';

export interface NamedFile {
  /** The file as the person wrote it. */
  readonly uri: string;
  /** The folder that holds the file, and its name there. */
  readonly store: Store;
  readonly name: string;
}

export interface ReadFile {
  /** Decompressed content. */
  readonly bytes: Uint8Array;
  readonly storedBytes: number;
  readonly isGzip: boolean;
}

/** Throws a usage error for a missing file and a FlowbarsError of kind `data` for a damaged one. */
export async function readNamedFile(
  file: NamedFile,
  codec: Codec,
  limitBytes: number,
): Promise<ReadFile> {
  const read = await readNamedFileIfThere(file, codec, limitBytes);
  if (read !== undefined) return read;
  const found = 'nothing there';
  const parts = { where: file.uri, what: 'file', found, expected: 'an existing file' };
  throw new FlowbarsError('usage', parts);
}

/** The same, but undefined for a missing file. */
export async function readNamedFileIfThere(
  { uri, store, name }: NamedFile,
  codec: Codec,
  limitBytes: number,
): Promise<ReadFile | undefined> {
  const stored = await store.read(name);
  if (stored === undefined) return undefined;
  try {
    const bytes = codec.gunzipIfGzip(stored.bytes, limitBytes);
    return { bytes, storedBytes: stored.bytes.length, isGzip: bytes !== stored.bytes };
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    throw new FlowbarsError(error.kind, { ...error.parts, where: uri }, error);
  }
}
