/**
 * Checksums of a folder's files by reading them, without holding them: piece after piece, at once, into
 * memory that all of them share. Where a disk or a network answers slowly, files are read through promises instead.
 */
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredObject } from '../../jobs/ports.js';
import { assertObjectName } from '../format/object-name.js';
import { onFiles } from './local-error.js';
import { openListed, PIECE_BYTES, PieceReader, readObject, refuseOtherSize } from './local-read.js';
import type { Pace } from './pace.js';

type Checksums = (listed: StoredObject) => Promise<string | undefined>;

export function openChecksums(root: string, pace: Pace): Checksums {
  const piece = new Uint8Array(PIECE_BYTES);
  const checksumOf = async (path: string, listed: StoredObject): Promise<string> => {
    const file = pace.timed(() => openListed(path, listed));
    try {
      const pieces = new PieceReader(file, listed.sizeBytes);
      let isEnd = false;
      while (!isEnd) {
        await pace.rest();
        // Without a pause up to its checksum, since other files use the same piece.
        isEnd = pace.timed(() => pieces.next(piece));
      }
      refuseOtherSize(path, file, pieces.readBytes, listed.sizeBytes);
      return pieces.crc32c();
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
