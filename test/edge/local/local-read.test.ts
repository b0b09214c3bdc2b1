/** Reading at once into lent memory gives and refuses what reading through promises does. */
import { appendFile, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { namedRoots } from '../../../src/cli/compute/named-roots.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { openLocalStore } from '../../../src/edge/local/local-store.js';
import type { StoredContent, StoredObject } from '../../../src/jobs/ports.js';
import { openMemoryStore } from '../../support/memory-store.js';

let root: string;
const make = (bytes: number): Uint8Array => new Uint8Array(bytes);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flowbars-read-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

/** The content, or the error as kind and message. */
async function outcomeOf(
  read: () => StoredContent | undefined | Promise<StoredContent | undefined>,
): Promise<unknown> {
  try {
    const content = await read();
    return content === undefined ? undefined : { ...content, bytes: [...content.bytes] };
  } catch (error) {
    if (error instanceof FlowbarsError) return `${error.kind} ${error.message}`;
    throw error;
  }
}

async function expectSame(name: string, listed?: StoredObject): Promise<unknown> {
  const store = openLocalStore(root);
  const outcome = await outcomeOf(() => store.read(name, listed));
  if (listed === undefined) return outcome;
  expect(await outcomeOf(() => store.readNow?.(name, listed, make))).toEqual(outcome);
  return outcome;
}

async function onlyListed(name = ''): Promise<StoredObject> {
  const [object] = await openLocalStore(root).list(name);
  if (object === undefined) throw new Error('nothing listed');
  return object;
}

test('gives the same content with its checksum', async () => {
  const lent = new Uint8Array(5_000).fill(255);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 4_000 }), async (bytes) => {
      await writeFile(join(root, 'a'), bytes);
      const listed = await onlyListed();
      await expectSame('a', listed);
      const content = openLocalStore(root).readNow?.('a', listed, () => lent);
      expect(Buffer.compare(content?.bytes ?? make(1), bytes)).toBe(0);
      expect(content?.bytes.buffer).toBe(lent.buffer);
    }),
    { numRuns: 20 },
  );
});

test('gives nothing where nothing is, and refuses a listed file that is gone', async () => {
  await writeFile(join(root, 'a'), 'x');
  const listed = await onlyListed();
  expect(await expectSame('b')).toBeUndefined();
  expect(await expectSame('a/b')).toBeUndefined();
  await rm(join(root, 'a'));
  expect(await expectSame('a', listed)).toContain('nothing there now');
});

test('refuses a file that has grown or shrunk since it was listed', async () => {
  const path = join(root, 'a');
  await writeFile(path, '1234');
  const listed = await onlyListed();
  await appendFile(path, '56789');
  expect(await expectSame('a', listed)).toContain('found 9 bytes, expected the 4 bytes listed');
  await truncate(path, 3);
  expect(await expectSame('a', listed)).toContain('found 3 bytes, expected the 4 bytes listed');
});

test('refuses a folder and a file beyond the limit', async () => {
  await mkdir(join(root, 'folder'));
  const listed = { name: 'folder', sizeBytes: 1, crc32c: undefined, generation: undefined };
  expect(await expectSame('folder', listed)).toContain('a folder (EISDIR)');
  await writeFile(join(root, 'large'), '');
  await truncate(join(root, 'large'), 2 ** 30 + 1);
  expect(await expectSame('large')).toContain('at most 1073741824 bytes in one object');
  expect(await expectSame('large', await onlyListed('large'))).toContain('at most 1073741824');
});

test('breaks on a bad name, and on memory that is too small', async () => {
  const store = openLocalStore(root);
  await writeFile(join(root, 'a'), '1234');
  const listed = await onlyListed();
  expect(() => store.readNow?.('../a', listed, make)).toThrow('invariant broken');
  expect(() => store.readNow?.('a', listed, () => make(4))).toThrow('invariant broken');
});

test('throws with the name of the option where a root has one', async () => {
  const store = namedRoots({ raw: openLocalStore(root), out: openMemoryStore() }).raw;
  await mkdir(join(root, 'folder'));
  const outcome = await outcomeOf(() => store.read('folder'));
  expect(outcome).toContain(`world --raw root: found '${root}': a folder (EISDIR)`);
  const bucket = namedRoots({ raw: openMemoryStore(), out: openMemoryStore() }).raw;
  expect('readNow' in bucket).toBe(false);
});
