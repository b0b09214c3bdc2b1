/** The spool's folder behind the port. One process at a time uses it (spool-lock.ts). */
import { type FileHandle, open, readdir, rename, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compareNames } from '../../core/unit/compare-names.js';
import type { SpoolEntry, SpoolFolder, SpoolLog } from '../../jobs/recorder-ports.js';
import { errnoOf, isAbsent, onFiles } from '../local/local-error.js';
import { makeFolder } from '../local/make-folder.js';

/** What one turn of the event loop handles. */
const PIECE_BYTES: number = 2 ** 18;

export function openSpoolFolder(root: string): SpoolFolder {
  return {
    root,
    list: async (folder) => {
      const path = join(root, folder);
      return await onFiles('list', path, () => entriesOf(path));
    },
    read: (path) => readPieces(join(root, path)),
    create: async (name) => {
      const path = join(root, name);
      return await onFiles('create', path, async () => {
        await makeFolder(dirname(path));
        return growing(path, await open(path, 'wx'));
      });
    },
    write: async (name, pieces) => {
      const path = join(root, name);
      await onFiles('write', path, () => writeAll(path, pieces));
    },
    move: async (from, to) => {
      await onFiles('move', join(root, from), () => moveIfThere(join(root, from), join(root, to)));
    },
    remove: async (name) => {
      const path = join(root, name);
      await onFiles('delete', path, () => removeIfThere(path));
    },
  };
}

async function entriesOf(path: string): Promise<SpoolEntry[]> {
  const found = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  const entries: SpoolEntry[] = [];
  for (const entry of found) {
    const isFolder = entry.isDirectory();
    const sizeBytes = isFolder ? 0 : await sizeOf(join(path, entry.name));
    if (sizeBytes !== undefined) entries.push({ name: entry.name, sizeBytes, isFolder });
  }
  return entries.sort((one, other) => compareNames(one.name, other.name));
}

/** Undefined if the file was deleted in the meantime. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const handle = await onFiles('read', path, () => open(path, 'r'));
  try {
    for (;;) {
      const piece = new Uint8Array(PIECE_BYTES);
      const { bytesRead } = await onFiles('read', path, () => handle.read(piece, 0, PIECE_BYTES));
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

function growing(path: string, handle: FileHandle): SpoolLog {
  let sizeBytes = 0;
  return {
    append: async (text) => {
      const bytes = Buffer.from(text, 'latin1');
      await onFiles('append', path, () => writeAt(handle, bytes, sizeBytes));
      sizeBytes += bytes.length;
    },
    sync: async () => {
      await onFiles('make durable', path, () => handle.datasync());
    },
    close: async () => {
      await onFiles('close', path, () => handle.close());
    },
  };
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const rest = bytes.length - written;
    written += (await handle.write(bytes, written, rest, position + written)).bytesWritten;
  }
}

async function writeAll(
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const handle = await open(path, 'w').catch(async (error: unknown) => {
    if (errnoOf(error) !== 'ENOENT') throw error;
    await makeFolder(dirname(path));
    return await open(path, 'w');
  });
  try {
    let sizeBytes = 0;
    for await (const bytes of pieces) {
      await writeAt(handle, bytes, sizeBytes);
      sizeBytes += bytes.length;
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function moveIfThere(from: string, to: string): Promise<void> {
  if ((await sizeOf(from)) === undefined) return;
  await makeFolder(dirname(to));
  await rename(from, to);
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (isAbsent(error)) return;
    // Linux says EISDIR of a folder, others EPERM.
    if (errnoOf(error) !== 'EISDIR' && errnoOf(error) !== 'EPERM') throw error;
    await rmdir(path).catch(() => rm(path, { recursive: true, force: true }));
  }
}
