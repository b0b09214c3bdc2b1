/**
 * Lists the files of a folder whose names begin with a prefix. Enters only folders that the prefix can
 * match, follows links and skips anything but files and folders.
 */
import { type Dirent, type Stats, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { StoredObject } from '../../jobs/ports.js';
import { isAbsent } from './local-error.js';
import { isClaimName } from './local-claim.js';
import type { Pace } from './pace.js';

/** The default layout has 3 folders, others a few more; a link that leads back up would never end. */
const FOLDER_DEPTH_MAX = 16;
const STATS_AT_ONCE = 16;

interface Walk {
  readonly found: StoredObject[];
  readonly atOnce: LimitFunction;
  readonly pace: Pace;
}

/** Files in `folder` (a path) whose names begin with `rest`, at any depth; returned names begin with `namePrefix`. */
export async function walkFiles(
  folder: string,
  namePrefix: string,
  rest: string,
  pace: Pace,
): Promise<StoredObject[]> {
  const walk: Walk = { found: [], atOnce: pLimit(STATS_AT_ONCE), pace };
  await enter(walk, folder, namePrefix, rest, 1);
  return walk.found;
}

/** Names of the folders in a folder, links to folders included. */
export async function foldersIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) names.push(entry.name);
    else if (entry.isSymbolicLink()) {
      const target = await statIfThere(join(folder, entry.name));
      if (target?.isDirectory() === true) names.push(entry.name);
    }
  }
  return names;
}

async function enter(
  walk: Walk,
  folder: string,
  namePrefix: string,
  rest: string,
  depth: number,
): Promise<void> {
  if (depth > FOLDER_DEPTH_MAX) {
    throw new FlowbarsError('limit', {
      what: 'list',
      found: 'another folder',
      expected: `at most ${FOLDER_DEPTH_MAX} nested folders (check for a link that leads back)`,
      where: folder,
    });
  }
  const entries = await entriesOf(folder, depth);
  const matching = entries.filter((entry) => entry.name.startsWith(rest));
  for (const name of await takeFiles(walk, folder, namePrefix, matching)) {
    await enter(walk, join(folder, name), `${namePrefix}${name}/`, '', depth + 1);
  }
}

/** Adds the files to the result; returns the names of the folders to enter. */
async function takeFiles(
  { found, atOnce, pace }: Walk,
  folder: string,
  namePrefix: string,
  entries: readonly Dirent[],
): Promise<string[]> {
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const take = ({ name }: Dirent, status: Stats | undefined): void => {
    if (status?.isDirectory() === true) folders.push(name);
    if (status?.isFile() !== true) return;
    const sizeBytes = status.size;
    found.push({
      name: `${namePrefix}${name}`,
      sizeBytes,
      crc32c: undefined,
      generation: undefined,
    });
  };
  const slow: Dirent[] = [];
  for (const entry of entries) {
    if (isClaimName(entry.name) || !(entry.isFile() || entry.isSymbolicLink())) continue;
    await pace.rest();
    if (pace.isQuick()) take(entry, statNow(join(folder, entry.name), pace));
    else slow.push(entry);
  }
  const takeSlow = async (entry: Dirent): Promise<void> =>
    take(entry, await statIfThere(join(folder, entry.name)));
  await Promise.all(slow.map((entry) => atOnce(() => takeSlow(entry))));
  return folders;
}

/** A folder below the first may vanish during the walk; for the first one the caller decides. */
async function entriesOf(folder: string, depth: number): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (depth > 1 && isAbsent(error)) return [];
    throw error;
  }
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function statNow(path: string, { timed }: Pace): Stats | undefined {
  return timed(() => statSync(path, { throwIfNoEntry: false }));
}
