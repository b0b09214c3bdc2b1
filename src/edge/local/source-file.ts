/** A file of a person's own to read from the beginning, unpacked by its first bytes: gzip, zip, or plain. It decides nothing else. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SourceFile, SourcePiece } from '../../jobs/ports.js';
import { isAbsent, onFiles } from './local-error.js';
import { zipPieces } from '../format/zip-entry.js';

/** Read and unpacked at once: large enough for zlib and small enough for many. */
const PIECE_BYTES = 262_144;
const GZIP_MAGIC = '1f8b';
const ZIP_MAGIC = ['504b0304', '504b0506'];

/** Throws a usage error for what is no file. */
export async function openSourceFile(path: string): Promise<SourceFile> {
  const sizeBytes = await sizeOf(path);
  return {
    path,
    sizeBytes,
    pieces: () => piecesOf(path, sizeBytes),
    sha256: async () => await onFiles('read', path, async () => await sha256Of(path)),
    checksumText: async () =>
      await onFiles('read', `${path}.CHECKSUM`, async () => await textOf(`${path}.CHECKSUM`)),
  };
}

async function sizeOf(path: string): Promise<number> {
  const found = await onFiles('read', path, async () => {
    try {
      return await stat(path);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  });
  if (found?.isFile() === true) return found.size;
  const what = found === undefined ? 'no file of this name' : 'a folder or a device';
  const expected = 'the paths of files (a shell spells out patterns such as archive/*.zip)';
  throw new FlowbarsError('usage', { where: path, what: 'file', found: what, expected });
}

async function* piecesOf(path: string, sizeBytes: number): AsyncGenerator<SourcePiece> {
  const magic = await onFiles('read', path, async () => await magicOf(path));
  if (ZIP_MAGIC.includes(magic)) {
    for await (const { bytes, share } of zipPieces(path)) {
      yield { text: bytes.toString('latin1'), readBytes: Math.floor(share * sizeBytes) };
    }
    return;
  }
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
  const gunzip = magic.startsWith(GZIP_MAGIC) ? unpacked(file) : undefined;
  const content = gunzip ?? file;
  const pieces: AsyncIterator<unknown> = content[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await onFiles('read', path, async () => await naming(path, pieces.next()));
      if (next.done === true) break;
      if (!Buffer.isBuffer(next.value)) continue;
      yield { text: next.value.toString('latin1'), readBytes: file.bytesRead };
    }
  } finally {
    content.destroy();
    file.destroy();
  }
  if (gunzip !== undefined) await refuseMoreBehind(path, gunzip.bytesWritten);
}

/** zlib ends at a zero byte behind a member. Padding may stand there; a further member behind it would be lost. */
async function refuseMoreBehind(path: string, readBytes: number): Promise<void> {
  const rest = createReadStream(path, { start: readBytes, highWaterMark: PIECE_BYTES });
  const isPadding = await onFiles('read', path, async () => {
    for await (const bytes of rest) {
      if (Buffer.isBuffer(bytes) && bytes.some((byte) => byte !== 0)) return false;
    }
    return true;
  });
  if (isPadding) return;
  throw new FlowbarsError('data', {
    where: path,
    what: 'gzip',
    found: `further bytes behind padding at byte ${readBytes}`,
    expected: 'gzip members one right behind the other, and zeros after the last alone',
  });
}

function unpacked(file: Readable): Gunzip {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  // The reader of the pieces meets the error.
  pipeline(file, gunzip, () => undefined);
  return gunzip;
}

async function naming<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isOfZlib =
      error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
    if (!isOfZlib) throw error;
    const parts = { what: 'gzip', found: `'${error.message}'`, expected: 'whole gzip members' };
    throw new FlowbarsError('data', { where: path, ...parts }, error);
  }
}

async function magicOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).toString('hex');
  } finally {
    await file.close();
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
  for await (const bytes of file) if (Buffer.isBuffer(bytes)) hash.update(bytes);
  return hash.digest('hex');
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
