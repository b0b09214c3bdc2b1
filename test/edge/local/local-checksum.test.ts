/** A checksum read piece after piece is that of the content, and refuses what a read refuses. */
import { appendFile, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { namedRoots } from '../../../src/cli/compute/named-roots.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import { openLocalStore } from '../../../src/edge/local/local-store.js';
import type { Store, StoredObject } from '../../../src/jobs/ports.js';
import { openMemoryStore } from '../../support/memory-store.js';

const PIECE_BYTES = 262_144;
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flowbars-checksum-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function onlyListed(store: Store, name = ''): Promise<StoredObject> {
  const [object] = await store.list(name);
  if (object === undefined) throw new Error('nothing listed');
  return object;
}

async function messageOf(work: Promise<unknown> | undefined): Promise<string> {
  try {
    return String(await work);
  } catch (error) {
    if (error instanceof FlowbarsError) return `${error.kind} ${error.message}`;
    throw error;
  }
}

const sizes = fc.oneof(
  fc.nat(300),
  fc.constantFrom(PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 700_000),
);

test('is that of the content, of many files at once', async () => {
  const store = openLocalStore(root);
  await fc.assert(
    fc.asyncProperty(fc.array(sizes, { maxLength: 6 }), fc.nat(255), async (lengths, seed) => {
      const contents = lengths.map((length, index) =>
        Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 9) + seed * 7 + index) & 255),
      );
      await rm(root, { recursive: true });
      await mkdir(root);
      for (const [index, content] of contents.entries()) {
        await writeFile(join(root, String(index)), content);
      }
      const listed = await store.list('');
      const found = await Promise.all(listed.map(async (object) => await store.checksum?.(object)));
      expect(found).toEqual(contents.map((content) => crc32cHex(content)));
    }),
    { numRuns: 25 },
  );
});

test('lets others go on while it reads', async () => {
  const store = openLocalStore(root);
  // Holes of a sparse file are read like content.
  await writeFile(join(root, 'a'), '');
  await truncate(join(root, 'a'), 120_000_000);
  const seen = { turns: 0, isRead: false };
  const reading = store.checksum?.(await onlyListed(store));
  const counting = (async () => {
    for (; !seen.isRead; seen.turns += 1) await turn();
  })();
  await reading;
  seen.isRead = true;
  await counting;
  expect(seen.turns).toBeGreaterThan(1);
});

test('refuses a file that is gone, has grown, has shrunk or is too large, as a read does', async () => {
  const store = openLocalStore(root);
  const path = join(root, 'a');
  await writeFile(path, '1234');
  const listed = await onlyListed(store);
  const expectSame = async (object: StoredObject, part: string): Promise<void> => {
    const message = await messageOf(store.checksum?.(object));
    expect(message).toContain(part);
    expect(message).toBe(await messageOf(store.read('a', object)));
  };
  await appendFile(path, '56789');
  await expectSame(listed, 'found 9 bytes, expected the 4 bytes listed before');
  await truncate(path, 3);
  await expectSame(listed, 'found 3 bytes, expected the 4 bytes listed before');
  await truncate(path, 2 ** 30 + 1);
  await expectSame(await onlyListed(store), 'limit');
  await rm(path);
  await expectSame(listed, 'nothing there now');
  await mkdir(path);
  await expectSame(listed, 'a folder (EISDIR)');
});

test('throws with the name of the option where a root has one', async () => {
  const local = openLocalStore(root);
  await writeFile(join(root, 'a'), '1234');
  const listed = await onlyListed(local);
  const { raw } = namedRoots({ raw: local, out: openMemoryStore() });
  expect(await raw.checksum?.(listed)).toBe(crc32cHex(Buffer.from('1234')));
  await rm(join(root, 'a'));
  expect(await messageOf(raw.checksum?.(listed))).toContain('world --raw root: found');
});
