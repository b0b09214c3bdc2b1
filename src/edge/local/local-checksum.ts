/**
 * Checksums of a folder's files by reading them, without holding them: piece after piece, at once, into
 * memory that all of them share. Where a disk or a network answers slowly, files are read through promises instead.
 */
import { closeSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredObject } from '../../jobs/ports.js';
import { RunningCrc32c } from '../format/crc32c.js';
import { assertObjectName } from '../format/object-name.js';
import { onFiles } from './local-error.js';
import { openListed, readObject, refuseOtherSize } from './local-read.js';
import type { Pace } from './pace.js';

/** Stays in the processor's cache between its reading and its checksum. */
const PIECE_BYTES = 262_144;
type Checksums = (listed: StoredObject) => Promise<string | undefined>;

export function openChecksums(root: string, pace: Pace): Checksums {
  const piece = new Uint8Array(PIECE_BYTES);
  const checksumOf = async (path: string, listed: StoredObject): Promise<string> => {
    const file = pace.timed(() => openListed(path, listed));
    try {
      const crc32c = new RunningCrc32c();
      let foundBytes = 0;
      for (;;) {
        await pace.rest();
        // Without a pause up to its checksum, since other files use the same piece.
        const bytes = pace.timed(() => readSync(file, piece, 0, PIECE_BYTES, null));
        crc32c.add(piece.subarray(0, bytes));
        foundBytes += bytes;
        const isWhole = foundBytes === listed.sizeBytes && bytes < PIECE_BYTES;
        if (bytes === 0 || isWhole || foundBytes > listed.sizeBytes) break;
      }
      refuseOtherSize(path, file, foundBytes, listed.sizeBytes);
      return crc32c.hex();
    } finally {
      closeSync(file);
    }
  };
  return async (listed) => {
    assertObjectName(listed.name);
    const path = join(root, listed.name);
    if (pace.isQuick()) return await onFiles('read', path, () => checksumOf(path, listed));
    return (await readObject(path, listed))?.crc32c;
  };
}
