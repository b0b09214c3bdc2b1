/**
 * A Store in a folder of the local file system, without generations or index. local-claim.ts excludes
 * other processes, but only among conditional writers: they may still replace what a write of
 * `anything` stores in the meantime.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compareNames } from '../../core/unit/compare-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type {
  Clock,
  Replaces,
  Store,
  StoredContent,
  StoredObject,
  WriteResult,
} from '../../jobs/ports.js';
import { systemClock } from '../process/clock.js';
import { crc32cHex } from '../format/crc32c.js';
import { claimFile, draftFile, sweepRivals } from './local-claim.js';
import { errnoOf, isAbsent, onFiles } from './local-error.js';
import { nearestFolder } from './nearest-folder.js';
import { makeFolder } from './make-folder.js';
import { foldersIn, walkFiles } from './local-walk.js';
import { OBJECT_BYTES_MAX, assertObjectName, splitPrefix } from '../format/object-name.js';

/** More are not faster on a disk and take more memory. */
const READS_AT_ONCE = 24;

export interface LocalStoreOptions {
  readonly clock?: Clock;
  readonly random?: () => number;
}

export function openLocalStore(root: string, options: LocalStoreOptions = {}): Store {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  return {
    root,
    readsAtOnce: READS_AT_ONCE,
    list: async (prefix) => await listFiles(root, prefix),
    folders: async (prefix = '') => (await listFolders(root, prefix)).sort(compareNames),
    read: async (name, listed) => await readObject(join(root, checked(name)), listed),
    write: async (name, bytes, replaces) => {
      const path = join(root, checked(name));
      return await onFiles('write', path, () => writeFile(path, bytes, replaces, clock, random));
    },
  };
}

async function listFolders(root: string, prefix: string): Promise<string[]> {
  const path = join(root, splitPrefix(prefix).folder);
  return await onFiles('list', path, async () => {
    try {
      return prefix === '' ? await rootFolders(root) : await foldersIn(path);
    } catch (error) {
      if (prefix === '' || !isAbsent(error)) throw error;
      // A missing folder is empty; a missing root is an error.
      await rootFolders(root);
      return [];
    }
  });
}

function checked(name: string): string {
  assertObjectName(name);
  return name;
}

async function listFiles(root: string, prefix: string): Promise<StoredObject[]> {
  const { folder, rest } = splitPrefix(prefix);
  const path = folder === '' ? root : join(root, folder);
  return await onFiles('list', root, async () => {
    try {
      const found = await walkFiles(path, folder === '' ? '' : `${folder}/`, rest);
      return found.sort((one, other) => compareNames(one.name, other.name));
    } catch (error) {
      if (!isAbsent(error)) throw error;
      // A missing folder is empty; a missing root is an error.
      await rootFolders(root);
      return [];
    }
  });
}

async function rootFolders(root: string): Promise<string[]> {
  try {
    return await foldersIn(root);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    const isFile = errnoOf(error) === 'ENOTDIR';
    const nearest = nearestFolder(root);
    const parts = {
      what: 'list',
      found: isFile ? 'a file in place of a folder' : 'nothing there',
      expected: nearest === undefined ? 'an existing folder' : `an existing folder: '${nearest}'`,
      where: root,
    };
    throw new FlowbarsError('absent', parts, error);
  }
}

async function readObject(
  path: string,
  listed: StoredObject | undefined,
): Promise<StoredContent | undefined> {
  const content = await onFiles('read', path, () => readIfThere(path));
  if (listed === undefined) return content;
  if (content?.bytes.length === listed.sizeBytes) return content;
  throw new FlowbarsError('world', {
    what: 'read',
    found: content === undefined ? 'nothing there now' : `${content.bytes.length} bytes`,
    expected: `the ${listed.sizeBytes} bytes listed before (it changed while it was read)`,
    where: path,
  });
}

async function readIfThere(path: string): Promise<StoredContent | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  try {
    const sizeBytes = (await handle.stat()).size;
    if (sizeBytes > OBJECT_BYTES_MAX) throw tooLarge(path, sizeBytes);
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

async function writeFile(
  path: string,
  bytes: Uint8Array,
  replaces: Replaces,
  clock: Clock,
  random: () => number,
): Promise<WriteResult> {
  const crc32c = crc32cHex(bytes);
  const unchanged: WriteResult = { outcome: 'unchanged', crc32c, generation: undefined };
  if (sameBytes(await readIfThere(path), bytes)) {
    await sweepRivals(path, undefined, clock);
    return unchanged;
  }
  await makeFolder(dirname(path));
  // An unconditional write needs no exclusion of other writers.
  const isFree = replaces === 'anything';
  const claim = await (isFree ? draftFile(path, clock) : claimFile(path, clock, random));
  try {
    const stored = await readIfThere(path);
    if (sameBytes(stored, bytes)) return unchanged;
    refuseConflict(path, stored, replaces);
    await claim.publish(bytes);
    return { outcome: 'written', crc32c, generation: undefined };
  } finally {
    await claim.withdraw();
  }
}

function sameBytes(stored: StoredContent | undefined, bytes: Uint8Array): boolean {
  return stored !== undefined && Buffer.compare(stored.bytes, bytes) === 0;
}

function refuseConflict(path: string, stored: StoredContent | undefined, replaces: Replaces): void {
  if (replaces === 'anything' || (replaces === 'nothing' && stored === undefined)) return;
  if (replaces !== 'nothing' && sameBytes(stored, replaces.content.bytes)) return;
  throw new FlowbarsError('conflict', {
    what: 'write',
    found: stored === undefined ? 'nothing there now' : `other content (crc32c ${stored.crc32c})`,
    expected:
      replaces === 'nothing' ? 'nothing there' : `crc32c ${replaces.content.crc32c}, as read`,
    where: path,
  });
}

function tooLarge(path: string, sizeBytes: number): FlowbarsError {
  return new FlowbarsError('limit', {
    what: 'read',
    found: `${sizeBytes} bytes`,
    expected: `at most ${OBJECT_BYTES_MAX} bytes in one object`,
    where: path,
  });
}
