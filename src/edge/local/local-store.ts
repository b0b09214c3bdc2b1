/**
 * A Store in a folder of the local file system, without generations or index. local-claim.ts excludes
 * other processes, but only among conditional writers: they may still replace what a write of
 * `anything` stores in the meantime.
 */
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
import { openChecksums } from './local-checksum.js';
import { claimFile, draftFile, sweepRivals } from './local-claim.js';
import { errnoOf, isAbsent, onFiles } from './local-error.js';
import { readIfThere, readNow, readObject } from './local-read.js';
import { nearestFolder } from './nearest-folder.js';
import { syncFolder } from './sync-folder.js';
import { isFolder, makeFolder } from './make-folder.js';
import { foldersIn, walkFiles } from './local-walk.js';
import { openPace, type Pace } from './pace.js';
import { assertObjectName, splitPrefix } from '../format/object-name.js';

/** More are not faster on a disk and take more memory. */
const READS_AT_ONCE = 24;

export interface LocalStoreOptions {
  readonly clock?: Clock;
  readonly random?: () => number;
}

export function openLocalStore(root: string, options: LocalStoreOptions = {}): Store {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  const pace = openPace();
  const checksum = openChecksums(root, pace);
  return {
    root,
    readsAtOnce: READS_AT_ONCE,
    list: async (prefix) => await listFiles(root, prefix, pace),
    folders: async (prefix = '') => (await listFolders(root, prefix)).sort(compareNames),
    read: async (name, listed) => await readObject(join(root, checked(name)), listed),
    readNow: (name, listed, allocate) => readNow(join(root, checked(name)), listed, allocate, pace),
    isQuick: () => pace.isQuick(),
    checksum,
    write: async (name, bytes, replaces) => {
      const path = join(root, checked(name));
      return await onFiles('write', path, () =>
        writeFile({ root, path, clock, random }, bytes, replaces),
      );
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

async function listFiles(root: string, prefix: string, pace: Pace): Promise<StoredObject[]> {
  const { folder, rest } = splitPrefix(prefix);
  const path = folder === '' ? root : join(root, folder);
  return await onFiles('list', root, async () => {
    try {
      const found = await walkFiles(path, folder === '' ? '' : `${folder}/`, rest, pace);
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

interface WritePlace {
  readonly root: string;
  readonly path: string;
  readonly clock: Clock;
  readonly random: () => number;
}

async function writeFile(
  { root, path, clock, random }: WritePlace,
  bytes: Uint8Array,
  replaces: Replaces,
): Promise<WriteResult> {
  const crc32c = crc32cHex(bytes);
  const unchanged: WriteResult = { outcome: 'unchanged', crc32c, generation: undefined };
  if (sameBytes(await readIfThere(path), bytes)) {
    await sweepRivals(path, undefined, clock);
    return unchanged;
  }
  await makeFolderIn(root, dirname(path));
  // An unconditional write needs no exclusion of other writers.
  const isFree = replaces === 'anything';
  const claim = await (isFree ? draftFile(path, clock) : claimFile(path, clock, random));
  try {
    const stored = await readIfThere(path);
    if (sameBytes(stored, bytes)) return unchanged;
    refuseConflict(path, stored, replaces);
    await claim.publish(bytes);
    // What a create stores may be deleted where it came from, so its name has to survive a crash of the machine, too.
    if (replaces === 'nothing') await syncFolders(root, dirname(path));
    return { outcome: 'written', crc32c, generation: undefined };
  } finally {
    await claim.withdraw();
  }
}

/** A root that is a file, or lies below one, is like a root that does not exist: whoever typed it has to change it. */
async function makeFolderIn(root: string, folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    const isFileInPlace = errnoOf(error) === 'EEXIST' || errnoOf(error) === 'ENOTDIR';
    if (!isFileInPlace || (await isFolder(root))) throw error;
    const parts = { what: 'write', found: 'a file in place of a folder', expected: 'a folder' };
    throw new FlowbarsError('absent', { ...parts, where: root }, error);
  }
}

/** A name is durable once its folder is, and that folder's own name: up to the root. */
async function syncFolders(root: string, folder: string): Promise<void> {
  const top = dirname(join(root, 'x'));
  for (let path = folder; path.length >= top.length; path = dirname(path)) {
    await syncFolder(path);
    if (path === dirname(path)) return;
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
