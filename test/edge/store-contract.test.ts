/**
 * The contract of every Store, run over all of them: in memory, in a folder, and on fake-gcs-server.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FlowbarsError } from '../../src/core/unit/errors.js';
import { crc32cHex } from '../../src/edge/format/crc32c.js';
import { openGcsStore } from '../../src/edge/gcs/gcs-store.js';
import { openLocalStore } from '../../src/edge/local/local-store.js';
import type { Store, StoredContent, StoredObject } from '../../src/jobs/ports.js';
import { startFakeGcsServer } from '../support/gcs/fake-gcs-server.js';
import { openMemoryStore } from '../support/memory-store.js';

interface StoreKind {
  readonly kind: string;
  readonly available: boolean;
  /** An empty root. */
  readonly open: () => Promise<Store>;
  readonly openMissing: () => Promise<Store>;
}

const server = await startFakeGcsServer();
const folder = await mkdtemp(join(tmpdir(), 'flowbars-stores-'));
let roots = 0;

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true });
});

const gcsStore = async (bucket: string, prefix: string): Promise<Store> => {
  if (server === undefined) throw new Error('skipped');
  return openGcsStore({ bucket, prefix, endpoint: server.endpoint, limits: { pageObjects: 2 } });
};

const kinds: readonly StoreKind[] = [
  {
    kind: 'memory',
    available: true,
    open: async () => openMemoryStore(),
    openMissing: async () => openMemoryStore({ missing: true }),
  },
  {
    kind: 'folder',
    available: true,
    open: async () => openLocalStore(await mkdtemp(join(folder, 'root-'))),
    openMissing: async () => openLocalStore(join(folder, 'missing')),
  },
  {
    kind: 'Google Cloud Storage',
    available: server !== undefined,
    open: async () => {
      roots += 1;
      await server?.createBucket(`bucket-${roots}`);
      return await gcsStore(`bucket-${roots}`, 'some/root');
    },
    openMissing: async () => await gcsStore('bucket-missing', 'some/root'),
  },
];

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (content: StoredContent | undefined): string | undefined =>
  content === undefined ? undefined : new TextDecoder().decode(content.bytes);

async function kindOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'no error';
  } catch (error) {
    return error instanceof FlowbarsError ? error.kind : String(error);
  }
}

async function present(store: Store, name: string): Promise<StoredContent> {
  const content = await store.read(name);
  if (content === undefined) throw new Error(`nothing at ${name}`);
  return content;
}

async function only(store: Store, name: string): Promise<StoredObject> {
  const [listed] = await store.list(name);
  if (listed === undefined) throw new Error(`nothing listed at ${name}`);
  return listed;
}

describe.each(kinds)('a store in $kind', ({ available, open, openMissing }) => {
  let store: Store;
  const put = async (name: string, text: string): Promise<void> => {
    await store.write(name, bytesOf(text), 'anything');
  };

  beforeEach(async (context) => {
    if (!available) context.skip('no fake-gcs-server');
    store = await open();
  });

  it('lists names that begin with a prefix, with sizes, by UTF-16 code unit', async () => {
    const names = [
      'a/b/00-01.csv',
      'a/b/00-00.csv',
      'a/b/c/x',
      'a/b_',
      'a/bc/x',
      'é/x',
      '\u{1F600}',
      '\uFF5E',
    ];
    for (const name of names) await put(name, name);
    const listed = async (prefix: string) => (await store.list(prefix)).map(({ name }) => name);
    expect(await listed('a/b/')).toEqual(['a/b/00-00.csv', 'a/b/00-01.csv', 'a/b/c/x']);
    expect(await listed('a/b')).toEqual([
      'a/b/00-00.csv',
      'a/b/00-01.csv',
      'a/b/c/x',
      'a/b_',
      'a/bc/x',
    ]);
    expect(await listed('a/b/00-01')).toEqual(['a/b/00-01.csv']);
    expect(await listed('')).toEqual([...names].sort());
    expect((await store.list('a/b/c')).map(({ sizeBytes }) => sizeBytes)).toEqual([7]);
  });

  it('lists nothing for a prefix that matches nothing', async () => {
    await put('a/b', 'x');
    expect(await store.list('c/')).toEqual([]);
    expect(await store.list('a/b/')).toEqual([]);
    expect(await store.list('a/c')).toEqual([]);
  });

  it('shows in a listing no checksum but the right one', async () => {
    await put('a', 'content');
    expect([undefined, crc32cHex(bytesOf('content'))]).toContain((await only(store, 'a')).crc32c);
  });

  it('gives the folders of the first level in order', async () => {
    for (const name of [
      'TRXUSDT/trades/x',
      'BTCUSDT/trades/x',
      'BTCUSDT/depth/x',
      '币安人生USDT/x',
      'file',
    ]) {
      await put(name, 'x');
    }
    expect(await store.folders()).toEqual(['BTCUSDT', 'TRXUSDT', '币安人生USDT']);
    expect(await store.folders('BTCUSDT/')).toEqual(['depth', 'trades']);
    expect(await store.folders('BTCUSDT/trades/')).toEqual([]);
    expect(await store.folders('TRX/')).toEqual([]);
  });

  it('refuses to list a root that does not exist, or its folders', async () => {
    expect(await kindOf((await openMissing()).folders())).toBe('absent');
    expect(await kindOf((await openMissing()).list('a/'))).toBe('absent');
  });

  it('reads nothing from a root that does not exist', async () => {
    expect(await (await openMissing()).read('a/b')).toBeUndefined();
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['one byte', Uint8Array.of(255)],
    ['three megabytes', Uint8Array.from({ length: 3e6 }, (_, index) => (index * 7919) >> 5)],
  ])('reads back %s with its checksum', async (_, bytes) => {
    const written = await store.write('a/b.bin', bytes, 'nothing');
    const content = await present(store, 'a/b.bin');
    expect(Buffer.compare(content.bytes, bytes)).toBe(0);
    expect(content.crc32c).toBe(crc32cHex(bytes));
    expect(content.generation).toBe(written.generation);
    expect(written).toMatchObject({ outcome: 'written', crc32c: content.crc32c });
    const listed = await only(store, 'a/b.bin');
    expect(
      Buffer.compare((await store.read('a/b.bin', listed))?.bytes ?? bytesOf('?'), bytes),
    ).toBe(0);
  });

  it('gives bytes in memory of their own', async () => {
    await put('a', 'content');
    const { bytes } = await present(store, 'a');
    expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
  });

  it('reads nothing where nothing is', async () => {
    await put('a/b', 'x');
    expect(await store.read('a/c')).toBeUndefined();
    expect(await store.read('a/b/c')).toBeUndefined();
  });

  it.each(['100%', 'a b+c&d=e?f#g', '币安人生USDT/x', '.hidden', 'a.b/..c'])(
    'takes %s as an ordinary name',
    async (name) => {
      await put(name, name);
      expect(textOf(await store.read(name))).toBe(name);
      expect((await store.list('')).map((object) => object.name)).toEqual([name]);
    },
  );

  it.each(['', '/a', 'a//b', 'a/', '../a', 'a/../b', 'a/./b'])(
    "breaks on the name '%s'",
    async (name) => {
      await expect(store.read(name)).rejects.toThrow('invariant broken');
      await expect(store.write(name, bytesOf('x'), 'anything')).rejects.toThrow('invariant broken');
    },
  );

  it('changes nothing when the bytes are already there', async () => {
    await put('a', 'x');
    const before = await present(store, 'a');
    for (const replaces of ['anything', 'nothing', { content: before }] as const) {
      const result = await store.write('a', bytesOf('x'), replaces);
      expect(result).toEqual({
        outcome: 'unchanged',
        crc32c: before.crc32c,
        generation: before.generation,
      });
    }
    expect(await store.read('a')).toEqual(before);
  });

  it('replaces anything', async () => {
    await put('a', 'x');
    expect(await store.write('a', bytesOf('y'), 'anything')).toMatchObject({ outcome: 'written' });
    expect(textOf(await store.read('a'))).toBe('y');
  });

  it('creates and does not replace when it may replace nothing', async () => {
    await put('a', 'x');
    expect(await kindOf(store.write('a', bytesOf('y'), 'nothing'))).toBe('conflict');
    expect(textOf(await store.read('a'))).toBe('x');
  });

  it('replaces exactly the content that was read', async () => {
    await put('a', 'x');
    const content = await present(store, 'a');
    expect((await store.write('a', bytesOf('y'), { content })).outcome).toBe('written');
    expect(await kindOf(store.write('a', bytesOf('z'), { content }))).toBe('conflict');
    expect(textOf(await store.read('a'))).toBe('y');
  });

  it('does not write back what was read once another has written', async () => {
    await put('a', 'x');
    const content = await present(store, 'a');
    await put('a', 'y');
    expect(await kindOf(store.write('a', bytesOf('x'), { content }))).toBe('conflict');
    expect(textOf(await store.read('a'))).toBe('y');
  });

  it('refuses to read a listed object that has changed since', async () => {
    await put('a', 'x');
    const listed = await only(store, 'a');
    await put('a', 'longer');
    expect(await kindOf(store.read('a', listed))).toBe('world');
    expect(textOf(await store.read('a'))).toBe('longer');
  });

  it('lets one of many creators win', async () => {
    const texts = ['a', 'b', 'c', 'd', 'e'];
    const outcomes = await Promise.all(
      texts.map((text) => kindOf(store.write('one', bytesOf(text), 'nothing'))),
    );
    const winner = texts[outcomes.indexOf('no error')];
    expect(outcomes.toSorted()).toEqual([...Array<string>(4).fill('conflict'), 'no error']);
    expect(textOf(await store.read('one'))).toBe(winner);
  });

  // Each writer adds its own lines, since bytes that another writer stored also count as written.
  it('loses no update when many read, change and write', async () => {
    await put('log', '');
    let conflicts = 0;
    const append = async (line: string): Promise<void> => {
      for (;;) {
        const content = await present(store, 'log');
        try {
          await store.write('log', bytesOf(`${textOf(content)}${line}\n`), { content });
          return;
        } catch (error) {
          if (!(error instanceof FlowbarsError) || error.kind !== 'conflict') throw error;
          conflicts += 1;
        }
      }
    };
    const writers = ['a', 'b', 'c', 'd'];
    const rounds = ['0', '1', '2', '3', '4'];
    await Promise.all(
      writers.map(async (writer) => {
        for (const round of rounds) await append(writer + round);
      }),
    );
    const lines = (textOf(await store.read('log')) ?? '').trim().split('\n');
    expect(lines.toSorted()).toEqual(
      writers.flatMap((writer) => rounds.map((round) => writer + round)),
    );
    expect(conflicts).toBeGreaterThan(0);
  });
});
