/** The only file of a zip archive, unpacked while it is read, through yauzl; its CRC-32 is checked here, which yauzl leaves out. */
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise } from 'yauzl';
import { FlowbarsError } from '../../core/unit/errors.js';

export interface ZipPiece {
  readonly bytes: Buffer;
  /** Share of the archive that was read so far, 0 to 1. */
  readonly share: number;
}

/** Throws a FlowbarsError of kind `data` for an archive that is damaged or holds more than one file. */
export async function* zipPieces(path: string): AsyncGenerator<ZipPiece> {
  const archive = await naming(path, openPromise(path, { autoClose: false }));
  try {
    const entry = await onlyFile(path, archive.eachEntry());
    const stream = await naming(path, archive.openReadStreamPromise(entry));
    yield* checkedPieces(path, entry, stream);
  } finally {
    archive.close();
  }
}

async function* checkedPieces(
  path: string,
  entry: Entry,
  stream: Readable,
): AsyncGenerator<ZipPiece> {
  let sum = 0;
  let sizeBytes = 0;
  const pieces: AsyncIterator<unknown> = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await naming(path, pieces.next());
      if (next.done === true) break;
      const { value: bytes } = next;
      if (!Buffer.isBuffer(bytes)) continue;
      sum = crc32(bytes, sum);
      sizeBytes += bytes.length;
      yield { bytes, share: sizeBytes / Math.max(1, entry.uncompressedSize) };
    }
  } finally {
    stream.destroy();
  }
  if (sum === entry.crc32) return;
  throw damaged(
    path,
    `CRC-32 ${hex(sum)} of '${entry.fileName}'`,
    `${hex(entry.crc32)}, as the archive says`,
  );
}

async function onlyFile(path: string, entries: AsyncIterable<Entry>): Promise<Entry> {
  const files: Entry[] = [];
  const iterator = entries[Symbol.asyncIterator]();
  for (;;) {
    const next = await naming(path, iterator.next());
    if (next.done === true) break;
    if (!next.value.fileName.endsWith('/')) files.push(next.value);
    if (files.length > 1) break;
  }
  const [file] = files;
  if (file !== undefined && files.length === 1) return file;
  const names = files.map(({ fileName }) => `'${fileName}'`).join(' and ');
  throw damaged(
    path,
    names === '' ? 'no file' : `${names}, at least`,
    'one file: unpack it and import what you need',
  );
}

/** yauzl and zlib say what is wrong with an archive in plain errors; those of the system keep their code. */
async function naming<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : '';
    if (/^E[A-Z]+$/.test(code)) throw error;
    throw damaged(path, `'${error.message}'`, 'a whole zip archive', error);
  }
}

function damaged(where: string, found: string, expected: string, cause?: Error): FlowbarsError {
  return new FlowbarsError('data', { where, what: 'zip', found, expected }, cause);
}

function hex(sum: number): string {
  return sum.toString(16).padStart(8, '0');
}
