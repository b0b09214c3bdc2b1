/** Storing a sample: the checks before, the chunks written, and the chunks never replaced. */
import { gzipSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { EPISODE_KINDS } from '../../../src/core/sample/episode-scripts.js';
import { SAMPLE_DEFAULTS, type SampleOptions } from '../../../src/jobs/sample/sample-options.js';
import { writeSample } from '../../../src/jobs/sample/write-sample.js';
import { openLocalStore } from '../../../src/edge/local/local-store.js';
import { type MemoryStore, openMemoryStore } from '../../support/memory-store.js';
import { freshWorkdir } from '../../support/workdir.js';

function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes);
}

function options(changes: Partial<SampleOptions> = {}): SampleOptions {
  return { ...SAMPLE_DEFAULTS, minutes: 3, ...changes };
}

async function written(changes: Partial<SampleOptions> = {}): Promise<MemoryStore> {
  const raw = openMemoryStore();
  await writeSample(options(changes), { raw, gzip });
  return raw;
}

test('stores every chunk of every symbol and sums up', async () => {
  const raw = openMemoryStore();
  const seen: string[] = [];
  const summary = await writeSample(options({ symbols: ['BTCUSDT', 'TRXUSDT'], start: '23:58' }), {
    raw,
    gzip,
    onChunk: ({ name }) => seen.push(name),
  });
  expect(raw.names()).toHaveLength(12);
  expect(seen.toSorted()).toEqual(raw.names().toSorted());
  expect(raw.names()[0]).toBe('BTCUSDT/depth/2025-12-11/23-58.csv');
  expect(raw.names().at(-1)).toBe('TRXUSDT/trades/2025-12-12/00-00.csv');
  expect(summary.symbols.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'TRXUSDT']);
  expect([summary.from, summary.to]).toEqual(['2025-12-11T23:58:00Z', '2025-12-12T00:01:00Z']);
  const [first] = summary.symbols;
  expect(first?.chunks).toBe(6);
  expect(first?.storedBytes).toBe(first?.sizeBytes);
});

test('compresses where asked, with the same content', async () => {
  const plain = await written();
  const packed = await written({ gzip: true });
  expect(packed.names()).toEqual(plain.names().map((name) => `${name}.gz`));
  for (const name of plain.names()) {
    const stored = await packed.read(`${name}.gz`);
    expect(gunzipSync(stored?.bytes ?? '').toString()).toBe(plain.text(name));
  }
});

test('writes nothing a second time', async () => {
  const raw = await written();
  const before = raw.written.length;
  const summary = await writeSample(options(), { raw, gzip });
  expect(before).toBe(6);
  expect(raw.written).toHaveLength(before);
  expect(summary.symbols[0]?.chunksUnchanged).toBe(6);
});

test('makes a folder that is not there', async () => {
  const workdir = freshWorkdir();
  const raw = openLocalStore(workdir.path('raw', 'new'));
  await writeSample(options({ minutes: 1 }), { raw, gzip });
  expect(workdir.files('raw/new')).toEqual([
    'BTCUSDT/depth/2025-12-11/00-00.csv',
    'BTCUSDT/trades/2025-12-11/00-00.csv',
  ]);
});

test.each([
  'BTCUSDT/trades/2025-12-11/00-00_b.csv',
  'BTCUSDT/trades/2025-12-11/00-01.csv.gz',
  // The chunk that a longer sample misses on purpose.
  'BTCUSDT/depth/2025-12-11/00-04.csv',
])('refuses to write beside another chunk of its minutes, %s', async (name) => {
  const raw = openMemoryStore({ files: { [name]: 'timestamp\n' } });
  await expect(writeSample(options({ minutes: 6 }), { raw, gzip })).rejects.toMatchObject({
    kind: 'usage',
    parts: { found: `'${name}'` },
  });
  expect(raw.names()).toEqual([name]);
});

test('leaves chunks of other minutes and of other symbols alone', async () => {
  const files = {
    'BTCUSDT/trades/2025-12-11/00-03.csv': 'timestamp\n',
    'ETHUSDT/trades/2025-12-11/00-00_b.csv': 'timestamp\n',
  };
  const raw = openMemoryStore({ files });
  await writeSample(options(), { raw, gzip });
  expect(raw.names()).toHaveLength(8);
});

test('replaces no chunk of another recording', async () => {
  const name = 'BTCUSDT/trades/2025-12-11/00-00.csv';
  const raw = openMemoryStore({ files: { [name]: 'precious\n' } });
  await expect(writeSample(options(), { raw, gzip })).rejects.toMatchObject({
    kind: 'usage',
    parts: { found: `'${name}' with other bytes` },
  });
  expect(raw.text(name)).toBe('precious\n');
  expect(raw.written).toEqual([]);
});

test.each([
  ['in the middle', { start: '00:06', minutes: 2, seed: 1 }, { minutes: 10, seed: 2 }],
  ['of the same minutes', { seed: 1 }, { seed: 2 }],
  ['compressed', { start: '00:01', minutes: 1, gzip: true }, { gzip: true, seed: 2 }],
  ['of the second symbol', { symbols: ['ETHUSDT'] }, { symbols: ['BTCUSDT', 'ETHUSDT'], seed: 2 }],
])('mixes no two recordings, one %s', async (_place, one, other) => {
  const faults = { faults: [] };
  const raw = await written({ ...faults, ...one });
  const before = raw.written.length;
  const names = raw.names();
  expect(before).toBeGreaterThan(1);
  await expect(writeSample(options({ ...faults, ...other }), { raw, gzip })).rejects.toMatchObject({
    kind: 'usage',
    parts: { what: 'chunk in the place of the sample' },
  });
  expect(raw.written).toHaveLength(before);
  expect(raw.names()).toEqual(names);
});

test('goes on with a sample that was stopped', async () => {
  const raw = await written();
  const whole = raw.names();
  raw.remove('BTCUSDT/depth/2025-12-11/00-02.csv');
  raw.remove('BTCUSDT/trades/2025-12-11/00-00.csv');
  const summary = await writeSample(options(), { raw, gzip });
  expect(raw.names()).toEqual(whole);
  expect(summary.symbols[0]?.chunksUnchanged).toBe(4);
});

test('leaves the conflict with another writer a conflict', async () => {
  const name = 'BTCUSDT/trades/2025-12-11/00-00.csv';
  const raw: MemoryStore = openMemoryStore({
    before: (operation, touched) => {
      if (operation === 'write' && touched === name && raw.text(name) === '') raw.put(name, 'x');
    },
  });
  await expect(writeSample(options(), { raw, gzip })).rejects.toMatchObject({ kind: 'conflict' });
  expect(raw.text(name)).toBe('x');
});

test.each([
  [{ symbols: [] }, '--symbols'],
  [{ symbols: ['A', 'A'] }, '--symbols'],
  [{ symbols: ['_A'] }, '--symbols'],
  [{ date: '2025-02-29' }, '--date'],
  [{ date: '1999-12-31' }, '--date'],
  [{ start: '24:00' }, '--start'],
  [{ minutes: 0 }, '--minutes'],
  [{ minutes: 1.5 }, '--minutes'],
  [{ minutes: 10_081 }, '--minutes'],
  [{ seed: -1 }, '--seed'],
  [{ rate: 0 }, '--rate'],
  [{ snapshotMs: 150 }, '--snapshot-ms'],
  [{ snapshotMs: 5_100 }, '--snapshot-ms'],
  [{ rate: Number.NaN }, '--rate'],
  [{ episodes: EPISODE_KINDS, minutes: 96 }, '--minutes'],
  [{ episodes: EPISODE_KINDS, minutes: 97, start: '22:24' }, '--start'],
  [{ episodes: ['exhaustion'] as const, minutes: 97, depthLevels: 5 as const }, '--plant'],
])('refuses %o', async (changes, where) => {
  const raw = openMemoryStore();
  await expect(writeSample(options(changes), { raw, gzip })).rejects.toMatchObject({
    kind: 'usage',
    parts: { where },
  });
  expect(raw.names()).toEqual([]);
});
