/** Reads a file whole, with its checksum: in memory of its own through promises, or at once in lent memory. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { assert, FlowbarsError } from '../../core/unit/errors.js';
import type { StoredContent, StoredObject } from '../../jobs/ports.js';
import { crc32cHex } from '../format/crc32c.js';
import { OBJECT_BYTES_MAX } from '../format/object-name.js';
import { isAbsent, onFiles, onFilesNow } from './local-error.js';

/** Undefined if there is no file. Throws if its size is not the listed one. */
export async function readObject(
  path: string,
  listed: StoredObject | undefined,
): Promise<StoredContent | undefined> {
  const content = await onFiles('read', path, () => readIfThere(path));
  if (listed !== undefined) refuseOtherSize(path, content?.bytes.length, listed.sizeBytes);
  return content;
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
    const file = openIfThere(path);
    if (file === undefined) {
      if (listed !== undefined) refuseOtherSize(path, undefined, listed.sizeBytes);
      return undefined;
    }
    try {
      const sizeBytes = listed?.sizeBytes ?? fstatSync(file).size;
      refuseTooLarge(path, sizeBytes);
      const room = allocate(sizeBytes + 1).subarray(0, sizeBytes + 1);
      assert(room.length > sizeBytes, 'lent memory has the room that was asked for');
      const readBytes = fill(file, room, sizeBytes);
      if (readBytes !== sizeBytes) refuseOtherSize(path, fstatSync(file).size, sizeBytes);
      const bytes = room.subarray(0, readBytes);
      return { bytes, crc32c: crc32cHex(bytes), generation: undefined };
    } finally {
      closeSync(file);
    }
  });
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Reads at least `bytesMin` if the file has them, at most the room. Returns how many. */
function fill(file: number, room: Uint8Array, bytesMin: number): number {
  let filledBytes = 0;
  for (;;) {
    const bytes = readSync(file, room, filledBytes, room.length - filledBytes, null);
    filledBytes += bytes;
    if (bytes === 0 || filledBytes >= bytesMin) return filledBytes;
  }
}

/** `foundBytes`: undefined if the file is gone. */
function refuseOtherSize(path: string, foundBytes: number | undefined, listedBytes: number): void {
  if (foundBytes === listedBytes) return;
  throw new FlowbarsError('world', {
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
