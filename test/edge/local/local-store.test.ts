/** Cases that only a folder has: links, permissions, concurrent processes. local-claim.test.ts covers dead processes. */
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { onFiles } from '../../../src/edge/local/local-error.js';
import { openLocalStore } from '../../../src/edge/local/local-store.js';
import { type Child, startChild } from '../../support/local/child.js';

let root: string;
let children: Child[] = [];
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flowbars-local-'));
});

afterEach(async () => {
  for (const { child } of children) child.kill('SIGKILL');
  await Promise.all(children.map(({ ended }) => ended));
  children = [];
  await rm(root, { recursive: true });
});

async function errorOf(promise: Promise<unknown>): Promise<FlowbarsError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof FlowbarsError) return error;
    throw error;
  }
  throw new Error('no error');
}

async function put(name: string): Promise<void> {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), name);
}

async function listed(prefix: string): Promise<string[]> {
  return (await openLocalStore(root).list(prefix)).map(({ name }) => name);
}

describe('a list', () => {
  it('enters only folders that the prefix can match', async () => {
    await put('BTCUSDT/trades/2024-07-18/00-00.csv');
    await put('BTCUSDT/trades/2024-07-19/00-00.csv');
    // Links that would make a walk endless.
    await symlink(root, join(root, 'ETHUSDT'));
    await symlink(root, join(root, 'BTCUSDT/depth'));
    await symlink(root, join(root, 'BTCUSDT/trades/2024-07-20'));
    expect(await listed('BTCUSDT/trades/2024-07-18/')).toEqual([
      'BTCUSDT/trades/2024-07-18/00-00.csv',
    ]);
    expect(await listed('BTCUSDT/trades/2024-07-1')).toHaveLength(2);
    const { kind, parts } = await errorOf(openLocalStore(root).list(''));
    expect(kind).toBe('limit');
    expect(parts.expected).toBe('at most 16 nested folders (check for a link that leads back)');
  });

  it('follows links to files and folders and passes over broken ones', async () => {
    await put('elsewhere/a.csv');
    await mkdir(join(root, 'raw'));
    await symlink(join(root, 'elsewhere'), join(root, 'raw/BTCUSDT'));
    await symlink(join(root, 'elsewhere/a.csv'), join(root, 'raw/b.csv'));
    await symlink(join(root, 'nowhere'), join(root, 'raw/c.csv'));
    expect(await listed('raw/')).toEqual(['raw/BTCUSDT/a.csv', 'raw/b.csv']);
    expect(await openLocalStore(join(root, 'raw')).folders()).toEqual(['BTCUSDT']);
  });

  it('says that a missing root is missing', async () => {
    const missing = join(root, 'missing');
    const store = openLocalStore(missing);
    for (const attempt of [() => store.list('a/'), () => store.list(''), () => store.folders()]) {
      expect((await errorOf(attempt())).message).toBe(
        `${missing} list: found nothing there, expected an existing folder`,
      );
    }
  });

  it('names the folder that a missing root may have meant, also where a parent is misspelt', async () => {
    await mkdir(join(root, 'archive/aggregated'), { recursive: true });
    for (const name of ['archive/aggregeted', 'archieve/aggregated', 'archieve/agregated']) {
      const { parts } = await errorOf(openLocalStore(join(root, name)).folders());
      expect(parts.expected).toBe(`an existing folder: '${join(root, 'archive/aggregated')}'`);
    }
    const { parts } = await errorOf(openLocalStore(join(root, 'archive/elsewhere')).folders());
    expect(parts.expected).toBe('an existing folder');
  });
});

describe('a write', () => {
  it('leaves nothing but the file', async () => {
    await openLocalStore(root).write('a/b.csv', bytesOf('x'), 'anything');
    expect(await readdir(join(root, 'a'))).toEqual(['b.csv']);
  });

  it('does not touch a file that holds these bytes', async () => {
    await openLocalStore(root).write('a/b.csv', bytesOf('x'), 'anything');
    const before = [await stat(join(root, 'a')), await stat(join(root, 'a/b.csv'))];
    await openLocalStore(root).write('a/b.csv', bytesOf('x'), 'anything');
    const after = [await stat(join(root, 'a')), await stat(join(root, 'a/b.csv'))];
    const marks = (status: (typeof before)[number]) => [status.ino, status.mtimeMs, status.ctimeMs];
    expect(after.map(marks)).toEqual(before.map(marks));
  });

  it('refuses a name whose folder is a file, and a name that is a folder', async () => {
    const store = openLocalStore(root);
    await store.write('a/b', bytesOf('x'), 'anything');
    const { parts } = await errorOf(store.write('a/b/c', bytesOf('x'), 'anything'));
    expect(parts.found).toContain('a file in place of a folder');
    expect([parts.what, parts.where]).toEqual(['write', join(root, 'a/b/c')]);
    expect((await errorOf(store.write('a', bytesOf('x'), 'anything'))).message).toBe(
      `${join(root, 'a')} write: found a folder (EISDIR), expected a file`,
    );
    expect((await errorOf(store.read('a'))).kind).toBe('world');
  });

  it('loses no update of several processes', async () => {
    const writers = ['a', 'b', 'c', 'd'];
    const rounds = 15;
    const running = writers.map((writer) =>
      startChild('append-lines', [root, '_manifest/log', writer, String(rounds)]),
    );
    children.push(...running);
    const conflicts = await Promise.all(
      running.map(async ({ output, ended }) => {
        let text = '';
        for await (const chunk of output) text += chunk;
        expect(await ended).toBe(0);
        return Number(text);
      }),
    );
    const expected = writers.flatMap((writer) =>
      Array.from({ length: rounds }, (_, round) => `${writer} ${round}`),
    );
    const lines = (await readFile(join(root, '_manifest/log'), 'utf8')).trim().split('\n');
    expect(lines.toSorted()).toEqual(expected.toSorted());
    expect(Math.max(...conflicts)).toBeGreaterThan(0);
    expect(await readdir(join(root, '_manifest'))).toEqual(['log']);
  });
});

const refuse = (code: string) => async (): Promise<never> => {
  throw Object.assign(new Error(`${code}: as the system says it`), { code, errno: -1 });
};

describe('an error of the operating system', () => {
  it.each([
    ['EACCES', 'blocked', 'permission denied (EACCES)'],
    ['EPERM', 'blocked', 'operation not permitted (EPERM)'],
    ['EROFS', 'blocked', 'a read-only file system (EROFS)'],
    ['ENOSPC', 'blocked', 'no space left on the device (ENOSPC)'],
    ['EDQUOT', 'blocked', 'the disk quota exceeded (EDQUOT)'],
    ['EIO', 'world', 'an input/output error (EIO)'],
    ['EWHATEVER', 'world', 'EWHATEVER (EWHATEVER)'],
  ])('%s is of kind %s, with the path', async (code, kind, found) => {
    const error = await errorOf(onFiles('write', '/out/a.csv', refuse(code)));
    expect(error).toMatchObject({ kind, parts: { found, where: '/out/a.csv' } });
  });

  it('of a full device is what a write to one gives', async () => {
    const full = onFiles('write', '/dev/full', () => writeFile('/dev/full', 'x'));
    expect(await errorOf(full)).toMatchObject({ kind: 'blocked', parts: { where: '/dev/full' } });
  });

  it('is not what our own bugs become', async () => {
    const bug = onFiles('write', '/out', () => Promise.reject(new TypeError('bug')));
    await expect(bug).rejects.toThrow(TypeError);
  });
});
