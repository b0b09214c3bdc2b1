/** Reads a file whole, with its checksum: in memory of its own through promises, or at once in lent memory. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { assert, FlowbarsError } from '../../core/unit/errors.js';
import type { StoredContent, StoredObject } from '../../jobs/ports.js';
import { crc32cHex, RunningCrc32c } from '../format/crc32c.js';
import { OBJECT_BYTES_MAX } from '../format/object-name.js';
import { isAbsent, onFiles, onFilesNow } from './local-error.js';

/** Bytes read by one request to the system. */
const PIECE_BYTES = 131_072;

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

/** Copies a small Buffer, whose memory is shared with others and must not be transferred to a worker. */
function ownBytes(buffer: Buffer): Uint8Array {
  const whole = buffer.byteLength === buffer.buffer.byteLength;
  return whole ? new Uint8Array(buffer.buffer) : new Uint8Array(buffer);
}

/** As readObject does, but waits for the system. Asks for room for a byte more, which shows that a file has grown. */
export function readNow(
  path: string,
  listed: StoredObject | undefined,
  allocate: (bytes: number) => Uint8Array,
): StoredContent | undefined {
  return onFilesNow('read', path, () => {
    const file = listed === undefined ? openIfThere(path) : openListed(path, listed);
    if (file === undefined) return undefined;
    try {
      const sizeBytes = listed?.sizeBytes ?? fstatSync(file).size;
      refuseTooLarge(path, sizeBytes);
      const room = allocate(sizeBytes + 1).subarray(0, sizeBytes + 1);
      assert(room.length > sizeBytes, 'lent memory has the room that was asked for');
      const crc32c = new RunningCrc32c();
      const readBytes = fill(file, room, sizeBytes, crc32c);
      refuseOtherSize(path, file, readBytes, sizeBytes);
      return {
        bytes: room.subarray(0, readBytes),
        crc32c: crc32c.hex(),
        generation: undefined,
      };
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
 * Reads `bytes` if the file has them, and one more if it has grown. Returns how many. A whole chunk at once
 * takes two fifths longer, since its checksum finds the first bytes no longer in the processor's cache.
 */
function fill(file: number, room: Uint8Array, bytes: number, crc32c: RunningCrc32c): number {
  let filledBytes = 0;
  for (;;) {
    const asked = Math.min(PIECE_BYTES, room.length - filledBytes);
    const readBytes = readSync(file, room, filledBytes, asked, null);
    crc32c.add(room.subarray(filledBytes, filledBytes + readBytes));
    filledBytes += readBytes;
    const isEnd = readBytes < asked && filledBytes === bytes;
    if (readBytes === 0 || isEnd || filledBytes > bytes) return filledBytes;
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
