/** A walk finds the same files whether it waits for the system or asks it through promises. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { walkFiles } from '../../../src/edge/local/local-walk.js';
import { openPace } from '../../../src/edge/local/pace.js';

test('finds the same at every pace', async () => {
  const root = await mkdtemp(join(tmpdir(), 'flowbars-walk-'));
  await mkdir(join(root, 'a/b'), { recursive: true });
  for (const name of ['a/1', 'a/2', 'a/b/3', 'c']) await writeFile(join(root, name), name);
  await symlink(join(root, 'a'), join(root, 'link'));
  await symlink(join(root, 'nowhere'), join(root, 'broken'));
  let asked = 0;
  const mixed = { ...openPace(), isQuick: () => (asked += 1) % 2 === 0 };
  const slow = { ...openPace(), isQuick: () => false };
  for (const pace of [openPace(), mixed, slow]) {
    const found = await walkFiles(root, '', '', pace);
    expect(found.map(({ name, sizeBytes }) => `${name} ${sizeBytes}`).toSorted()).toEqual([
      'a/1 3',
      'a/2 3',
      'a/b/3 5',
      'c 1',
      'link/1 3',
      'link/2 3',
      'link/b/3 5',
    ]);
  }
  await rm(root, { recursive: true });
});
