/** Names in a folder are made durable. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { syncFolder } from '../../../src/edge/local/sync-folder.js';

test('a folder is made durable, and one that is not there is an error', async () => {
  const root = await mkdtemp(join(tmpdir(), 'flowbars-sync-'));
  await writeFile(join(root, 'file'), 'x');
  await expect(syncFolder(root)).resolves.toBeUndefined();
  await rm(root, { recursive: true });
  await expect(syncFolder(root)).rejects.toThrow('ENOENT');
});
