/** Folders below folders, below files, and where the system allows none. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from '../../../src/edge/local/make-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'flowbars-make-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('makes all folders that lead to it, also twice at once', async () => {
  const path = join(folder, 'a', 'b', 'c');
  await Promise.all([makeFolder(path), makeFolder(path)]);
  await makeFolder(path);
  expect(existsSync(path)).toBe(true);
});

test('refuses a folder below a file', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file', 'x'))).rejects.toMatchObject({ code: 'EEXIST' });
});

test.skipIf(!existsSync('/proc'))('ends where the system makes no folders', async () => {
  await expect(makeFolder('/proc/flowbars/x')).rejects.toMatchObject({ code: 'ENOENT' });
});
