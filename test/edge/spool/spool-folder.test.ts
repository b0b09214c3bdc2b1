/** The spool's folder on a disk. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSpoolFolder } from '../../../src/edge/spool/spool-folder.js';
import { openMemoryFolder } from '../../support/spool/memory-folder.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flowbars-spool-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe.each([
  ['on a disk', openSpoolFolder],
  ['in memory', openMemoryFolder],
])('the folder of a spool %s', (_, open) => {
  test('has files that grow at their end, and are new', async () => {
    const folder = open(root);
    const log = await folder.create('segments/a');
    await log.append('one\n');
    await log.sync();
    await log.append('two\n');
    await log.close();
    const bytes: Uint8Array[] = [];
    for await (const piece of folder.read('segments/a')) bytes.push(piece);
    expect(Buffer.concat(bytes).toString()).toBe('one\ntwo\n');
    await expect(folder.create('segments/a')).rejects.toMatchObject({ kind: 'world' });
  });

  test('writes, lists, reads, moves and deletes', async () => {
    const folder = open(root);
    const large = new Uint8Array(600_000).fill(7);
    await folder.write('stage/b/send/x', [large.subarray(0, 9), large.subarray(9)]);
    await folder.move('stage/b/send', 'pending/b');
    await folder.move('stage/absent', 'pending/c/d');
    expect(await folder.list('pending')).toEqual([{ name: 'b', sizeBytes: 0, isFolder: true }]);
    expect(await folder.list('pending/b')).toEqual([
      { name: 'x', sizeBytes: 600_000, isFolder: false },
    ]);
    const pieces: Uint8Array[] = [];
    for await (const piece of folder.read('pending/b/x')) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(large)).toBe(true);
    await folder.remove('pending/b/x');
    await folder.remove('pending/b/x');
    await folder.write('pending/b/y', [large]);
    await folder.remove('pending');
    expect(await folder.list('pending')).toEqual([]);
  });
});

describe('a disk', () => {
  test('says in four parts what it may not or cannot do', async () => {
    const folder = openSpoolFolder(root);
    await expect(folder.read('absent')[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      kind: 'world',
      parts: { what: 'read', where: join(root, 'absent') },
    });
    await writeFile(join(root, 'file'), '');
    await expect(folder.write('file/x', [])).rejects.toMatchObject({ parts: { what: 'write' } });
    // The system's administrator may write anywhere.
    if (process.getuid?.() === 0) return;
    await chmod(root, 0o500);
    await expect(folder.create('a')).rejects.toMatchObject({ kind: 'blocked' });
    await chmod(root, 0o700);
  });
});
