/** Copies for the duration of a command: they can be read back, and nothing is left at the end. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { keptPlace, openKeptFiles } from '../../../src/edge/local/kept-files.js';

/** A temporary folder for this test. */
function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flowbars-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  vi.stubEnv('TMPDIR', folder);
  expect(keptPlace()).toBe(folder);
  return folder;
}

describe('kept files', () => {
  test('come back as they were, and take less room', async () => {
    const folder = place();
    const bytes = new TextEncoder().encode('100.5,0,0,0\n'.repeat(10_000));
    const kept = openKeptFiles();
    await kept.keep('BTCUSDT/2025-12-11_1m.csv', bytes);
    await kept.keep('微USDT/2025-12-11_1m.csv', new Uint8Array(0));
    expect(await kept.read('BTCUSDT/2025-12-11_1m.csv')).toEqual(bytes);
    expect(await kept.read('微USDT/2025-12-11_1m.csv')).toEqual(new Uint8Array(0));
    expect(await kept.read('BTCUSDT/2025-12-11_1s.csv')).toBeUndefined();
    expect(readdirSync(folder, { recursive: true })).toHaveLength(5);
  });

  test('are forgotten all at once, and can be begun again', async () => {
    const folder = place();
    const kept = openKeptFiles();
    await kept.clear();
    await kept.keep('a', Uint8Array.of(1));
    await kept.clear();
    expect(readdirSync(folder)).toEqual([]);
    expect(await kept.read('a')).toBeUndefined();
    await kept.keep('a', Uint8Array.of(2));
    expect(await kept.read('a')).toEqual(Uint8Array.of(2));
    await kept.clear();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('make no folder before there is something to keep', async () => {
    const folder = place();
    expect(await openKeptFiles().read('a')).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('say where they cannot be kept', async () => {
    const folder = place();
    writeFileSync(join(folder, 'file'), '');
    vi.stubEnv('TMPDIR', join(folder, 'file'));
    await expect(openKeptFiles().keep('a', Uint8Array.of(1))).rejects.toMatchObject({
      kind: 'world',
      parts: { what: 'make a folder', where: join(folder, 'file') },
    });
  });

  test('have plain names', async () => {
    place();
    await expect(openKeptFiles().keep('../a', Uint8Array.of(1))).rejects.toThrow('plain segments');
  });
});
