/**
 * Compressed copies of files for the duration of a command, in a new folder among the machine's
 * temporary files. The first copy makes the folder. After a kill, the system clears it.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzip, gzip, type ZlibOptions } from 'node:zlib';
import { errnoOf, isAbsent, onFiles } from './local-error.js';
import { assertObjectName } from '../format/object-name.js';

export interface KeptFolder {
  readonly keep: (name: string, bytes: Uint8Array) => Promise<void>;
  readonly read: (name: string) => Promise<Uint8Array | undefined>;
  /** Deletes all copies. */
  readonly clear: () => Promise<void>;
}

/** Begins with a dot, so that it is never listed as a symbol. */
const FOLDER_START = '.flowbars-kept-';
const compress = promisify<Uint8Array, ZlibOptions, Uint8Array>(gzip);
const unpack = promisify<Uint8Array, Uint8Array>(gunzip);

/** The folder of the copies. */
export function keptPlace(): string {
  return tmpdir();
}

export function openKeptFiles(): KeptFolder {
  let folder: Promise<string> | undefined;
  const opened = async (): Promise<string> => await (folder ??= makeTemporary());
  return {
    keep: async (name, bytes) => {
      assertObjectName(name);
      const path = join(await opened(), name);
      await onFiles('keep a copy', path, async () => {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, await compress(bytes, { level: constants.Z_BEST_SPEED }));
      });
    },
    read: async (name) => {
      assertObjectName(name);
      if (folder === undefined) return undefined;
      const path = join(await folder, name);
      const packed = await onFiles('read a copy', path, () => readIfThere(path));
      return packed === undefined ? undefined : new Uint8Array(await unpack(packed));
    },
    clear: async () => {
      const made = folder;
      folder = undefined;
      if (made === undefined) return;
      await rm(await made, { recursive: true, force: true, maxRetries: 3 }).catch(
        (error: unknown) => {
          // A leftover copy is not a failure.
          if (errnoOf(error) === undefined) throw error;
        },
      );
    },
  };
}

async function makeTemporary(): Promise<string> {
  const place = keptPlace();
  return await onFiles('make a folder', place, () => mkdtemp(join(place, FOLDER_START)));
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
