/** Reads a file whole, with its checksum: in memory of its own through promises, or at once in lent memory. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { assert, FlowbarsError } from '../../core/unit/errors.js';
import type { Allocate, StoredContent, StoredObject } from '../../jobs/ports.js';
import { crc32cHex, RunningCrc32c } from '../format/crc32c.js';
import { OBJECT_BYTES_MAX } from '../format/object-name.js';
import { isAbsent, onFiles, onFilesNow } from './local-error.js';
import type { Pace } from './pace.js';

/** Bytes read by one request to the system: they stay in the processor's cache between their reading and their checksum. */
export const PIECE_BYTES = 131_072;

/** Undefined if there is no file. Throws if its size is not the listed one. */
export async function readObject(
  path: string,
  listed: StoredObject | undefined,
): Promise<StoredContent | undefined> {
  const content = await onFiles('read', path, () => readIfThere(path));
  if (listed === undefined || content?.bytes.length === listed.sizeBytes) return content;
  throw changed(path, content?.bytes.length, listed.sizeBytes);
}

export async function readIfThere(path: string): Promise<StoredContent | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  try {
    refuseTooLarge(path, (await handle.stat()).size);
    const bytes = await handle.readFile();
    return { bytes: ownBytes(bytes), crc32c: crc32cHex(bytes), generation: undefined };
  } finally {
    await handle.close();
  }
}

/** Copies a small Buffer: kept, it would keep the memory that it shares with others. */
function ownBytes(buffer: Buffer): Uint8Array {
  const whole = buffer.byteLength === buffer.buffer.byteLength;
  return whole ? new Uint8Array(buffer.buffer) : new Uint8Array(buffer);
}

/** As readObject does, but waits for the system. Asks for room for a byte more, which shows that a file has grown. */
export function readNow(
  path: string,
  listed: StoredObject,
  allocate: Allocate,
  pace: Pace,
): StoredContent {
  const { sizeBytes } = listed;
  return onFilesNow('read', path, () => {
    const file = pace.timed(() => openListed(path, listed));
    try {
      const room = allocate(sizeBytes + 1).subarray(0, sizeBytes + 1);
      assert(room.length > sizeBytes, 'lent memory has the room that was asked for');
      const pieces = new PieceReader(file, sizeBytes);
      let isEnd = false;
      while (!isEnd) {
        const piece = room.subarray(pieces.readBytes, pieces.readBytes + PIECE_BYTES);
        isEnd = pace.timed(() => pieces.next(piece));
      }
      refuseOtherSize(path, file, pieces.readBytes, sizeBytes);
      return { bytes: room.subarray(0, sizeBytes), crc32c: pieces.crc32c(), generation: undefined };
    } finally {
      closeSync(file);
    }
  });
}

/** The descriptor of a file that was listed. Throws if it is gone or larger than anything that is read. */
export function openListed(path: string, { sizeBytes }: StoredObject): number {
  refuseTooLarge(path, sizeBytes);
  const file = openIfThere(path);
  if (file === undefined) throw changed(path, undefined, sizeBytes);
  return file;
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/**
 * Reads the listed bytes of a file if it has them, and at most a piece more if it has grown. A whole chunk at once
 * takes two fifths longer, since its checksum finds the first bytes no longer in the processor's cache.
 */
export class PieceReader {
  private readonly file: number;
  private readonly listedBytes: number;
  private readonly running = new RunningCrc32c();
  readBytes = 0;

  /** `file`: its descriptor. */
  constructor(file: number, listedBytes: number) {
    this.file = file;
    this.listedBytes = listedBytes;
  }

  /** Reads as much as `piece` holds, if the file has it. True if there is no more to read. */
  next(piece: Uint8Array): boolean {
    const bytes = readSync(this.file, piece, 0, piece.length, null);
    this.running.add(piece.subarray(0, bytes));
    this.readBytes += bytes;
    const isWhole = this.readBytes === this.listedBytes && bytes < piece.length;
    return bytes === 0 || isWhole || this.readBytes > this.listedBytes;
  }

  /** Of all bytes so far, as eight hex digits. */
  crc32c(): string {
    return this.running.hex();
  }
}

/** `file`: its descriptor. */
export function refuseOtherSize(
  path: string,
  file: number,
  readBytes: number,
  listedBytes: number,
): void {
  if (readBytes !== listedBytes) throw changed(path, fstatSync(file).size, listedBytes);
}

/** `foundBytes`: undefined if the file is gone. */
function changed(path: string, foundBytes: number | undefined, listedBytes: number): FlowbarsError {
  return new FlowbarsError('world', {
    what: 'read',
    found: foundBytes === undefined ? 'nothing there now' : `${foundBytes} bytes`,
    expected: `the ${listedBytes} bytes listed before (it changed while it was read)`,
    where: path,
  });
}

function refuseTooLarge(path: string, sizeBytes: number): void {
  if (sizeBytes <= OBJECT_BYTES_MAX) return;
  throw new FlowbarsError('limit', {
    what: 'read',
    found: `${sizeBytes} bytes`,
    expected: `at most ${OBJECT_BYTES_MAX} bytes in one object`,
    where: path,
  });
}
