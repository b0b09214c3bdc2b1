/** Uploads from the spool: oldest first, for ever, and never over other content. */
import { beforeEach, describe, expect, test } from 'vitest';
import { FlowbarsError, type ErrorKind } from '../../../src/core/unit/errors.js';
import { type Uploader, WAIT_MS_MAX } from '../../../src/jobs/spool/upload-pending.js';
import { batchText } from '../../../src/core/spool/batch-list.js';
import { type SpoolAtWork, spoolInMemory, uploaderOf } from '../../support/spool/spool-at-work.js';

const LONG_MS = 1e9;
const FIRST = '2025-12-12T00-00_a1';
const SECOND = '2025-12-12T00-01_a1';

/** What the store throws, for each write in turn. */
let failures: ErrorKind[];
let asked: string[];
let work: SpoolAtWork;

beforeEach(() => {
  failures = [];
  asked = [];
  work = spoolInMemory({
    readsAtOnce: 3,
    before: (operation, name) => {
      if (operation !== 'write') return;
      asked.push(name);
      const kind = failures.shift();
      if (kind === undefined) return;
      throw new FlowbarsError(kind, { what: 'write', found: 'f', expected: 'e', where: 'w' });
    },
  });
});

async function wait(batch: string, ...files: string[]): Promise<void> {
  await waitFor({}, batch, ...files);
}

async function waitFor(
  destination: { readonly root?: string; readonly market?: string },
  batch: string,
  ...files: string[]
): Promise<void> {
  const { folder } = work.effects;
  const objects = files.map((file) => file.replaceAll('~', '/'));
  const bytes = files.join('').length;
  const list = { root: 'memory', market: 'usdm', span: '1m' as const, ...destination };
  const text = batchText({ ...list, bytes, objects });
  await folder.write(`pending/${batch}/batch.json`, [Buffer.from(text)]);
  for (const [index, file] of files.entries()) {
    await folder.write(`pending/${batch}/${index}`, [Buffer.from(file)]);
  }
}

async function uploaded(): Promise<Uploader> {
  const uploader = uploaderOf(work.effects);
  await uploader.start();
  await uploader.stop(LONG_MS);
  return uploader;
}

describe('what waits', () => {
  test('is stored oldest first and deleted', async () => {
    await wait(SECOND, 'X~trades~b.csv');
    await wait(FIRST, 'X~trades~a.csv', '_recorder~s.json');
    const uploader = await uploaded();
    expect(work.store.written).toEqual(['X/trades/a.csv', '_recorder/s.json', 'X/trades/b.csv']);
    expect(work.store.text('X/trades/a.csv')).toBe('X~trades~a.csv');
    expect(await work.effects.folder.list('pending')).toEqual([]);
    const { pendingFiles, pendingBytes, uploadedFiles, lastUploadMs } = uploader.figures();
    expect([pendingFiles, pendingBytes, uploadedFiles]).toEqual([0, 0, 3]);
    expect([...lastUploadMs.keys()]).toEqual(['X']);
  });

  test('is tried again until it is stored, and said once', async () => {
    failures = Array.from({ length: 12 }, () => 'world');
    await wait(FIRST, 'X~trades~a.csv');
    const uploader = uploaderOf(work.effects);
    await uploader.start();
    while (uploader.figures().pendingFiles > 0) await work.clock.turn();
    const waitedMs = work.clock.waitsMs.reduce((sum, waitMs) => sum + waitMs, 0);
    await uploader.stop(LONG_MS);
    expect(asked).toHaveLength(13);
    expect(work.events).toEqual(['WARNING upload_failing', 'INFO upload_recovered']);
    // 0.5 + 1 + 2 + 4 + 8 + 16 seconds, then six times the longest wait.
    expect(waitedMs).toBe(31_500 + 6 * WAIT_MS_MAX);
  });

  test('is an error if only a person can mend it, and is tried again too', async () => {
    failures = ['world', 'blocked', 'blocked', 'absent'];
    await wait(FIRST, 'X~trades~a.csv');
    await uploaded();
    expect(work.store.names()).toEqual(['X/trades/a.csv']);
    expect(work.events).toEqual([
      'WARNING upload_failing',
      'ERROR upload_failing',
      'INFO upload_recovered',
    ]);
  });

  test('never replaces other content: it is put aside, and the rest goes on', async () => {
    work.store.put('X/trades/a.csv', 'other');
    await wait(FIRST, 'X~trades~a.csv', 'X~trades~b.csv');
    const uploader = await uploaded();
    expect(work.events).toEqual(['ERROR upload_conflict']);
    expect(uploader.figures().conflicts).toBe(1);
    expect(work.store.text('X/trades/a.csv')).toBe('other');
    expect(work.store.names()).toContain('X/trades/b.csv');
    const aside = await work.effects.folder.list(`aside/${FIRST}`);
    expect(aside.map(({ name }) => name)).toEqual(['0', 'batch.json']);
  });

  test('that is stored already is only deleted', async () => {
    work.store.put('X/trades/a.csv', 'X~trades~a.csv');
    await wait(FIRST, 'X~trades~a.csv');
    await uploaded();
    expect([work.store.written, work.events]).toEqual([[], []]);
    expect(await work.effects.folder.list('pending')).toEqual([]);
  });

  test('and is deleted by somebody else is left out', async () => {
    failures = ['world'];
    await wait(FIRST, 'X~trades~a.csv', 'X~trades~b.csv');
    const uploader = uploaderOf(work.effects);
    await uploader.start();
    await work.effects.folder.remove(`pending/${FIRST}/0`);
    while (uploader.figures().pendingFiles > 0) await work.clock.turn();
    await uploader.stop(LONG_MS);
    expect(work.store.names()).toContain('X/trades/b.csv');
    const { pendingFiles, pendingBytes } = uploader.figures();
    expect([pendingFiles, pendingBytes]).toEqual([0, 0]);
    expect(await work.effects.folder.list('pending')).toEqual([]);
  });

  test('stays when the time of a stop is over', async () => {
    failures = Array.from({ length: 1_000 }, () => 'world');
    await wait(FIRST, 'X~trades~a.csv');
    const uploader = uploaderOf(work.effects);
    await uploader.start();
    while (!uploader.figures().isFailing) await work.clock.turn();
    await uploader.stop(20_000);
    const { pendingFiles, isFailing, oldestPendingMs } = uploader.figures();
    expect([pendingFiles, isFailing]).toEqual([1, true]);
    expect(oldestPendingMs).toBeGreaterThan(3_000_000);
    expect(await work.effects.folder.list(`pending/${FIRST}`)).toHaveLength(2);
  });
});

describe('a raw root', () => {
  test('that is not ready is prepared for ever, and nothing is stored before', async () => {
    const world = new FlowbarsError('world', { what: 'w', found: 'f', expected: 'e', where: 'w' });
    await wait(FIRST, 'X~trades~a.csv');
    let calls = 0;
    const prepare = async (): Promise<void> => {
      expect(asked).toEqual([]);
      calls += 1;
      if (calls < 9) throw world;
      await Promise.resolve();
    };
    const uploader = uploaderOf({ ...work.effects, prepare });
    await uploader.start();
    expect(uploader.figures().pendingFiles).toBe(1);
    await uploader.stop(LONG_MS);
    expect([calls, work.store.names()]).toEqual([9, ['X/trades/a.csv']]);
    expect(work.events).toEqual(['WARNING upload_failing', 'INFO upload_recovered']);
  });

  test('of another recording is refused, and nothing is stored in it', async () => {
    const usage = new FlowbarsError('usage', { what: 'w', found: 'f', expected: 'e', where: 'w' });
    await wait(FIRST, 'X~trades~a.csv');
    const uploader = uploaderOf({ ...work.effects, prepare: () => Promise.reject(usage) });
    await uploader.start();
    await uploader.stop(LONG_MS);
    expect(work.events).toEqual(['ERROR refused']);
    expect([asked, uploader.figures().pendingFiles]).toEqual([[], 1]);
  });

  test('gets nothing that was recorded for another one, which stays and is named once', async () => {
    await waitFor({ root: 'other' }, FIRST, 'X~trades~a.csv');
    await waitFor({ market: 'spot' }, SECOND, 'X~trades~b.csv');
    await wait('2025-12-12T00-02_a1', 'X~trades~c.csv');
    const uploader = await uploaded();
    expect(work.store.names()).toEqual(['X/trades/c.csv']);
    expect(work.events).toEqual(['WARNING pending_elsewhere']);
    const { pendingFiles, elsewhereFiles, elsewhereBytes } = uploader.figures();
    expect([pendingFiles, elsewhereFiles, elsewhereBytes]).toEqual([0, 2, 28]);
    const left = await work.effects.folder.list('pending');
    expect(left.map(({ name }) => name)).toEqual([FIRST, SECOND]);
  });
});

describe('a file that fails for ever', () => {
  test('holds up no other, and is told again every five minutes', async () => {
    const store = work.effects.raw;
    const world = new FlowbarsError('world', { what: 'w', found: 'f', expected: 'e', where: 'w' });
    const write: typeof store.write = async (name, ...call) => {
      if (name.includes('bad')) throw world;
      return await store.write(name, ...call);
    };
    await wait(FIRST, ...Array.from({ length: 40 }, (_, index) => `X~trades~bad${index}.csv`));
    await wait(SECOND, ...Array.from({ length: 40 }, (_, index) => `X~trades~good${index}.csv`));
    const uploader = uploaderOf({ ...work.effects, raw: { ...store, write } });
    await uploader.start();
    while (uploader.figures().pendingFiles > 40) await work.clock.turn();
    expect(work.store.names()).toHaveLength(40);
    const before = work.events.length;
    expect(before).toBeLessThan(10);
    const startMs = work.clock.nowMs();
    while (work.clock.nowMs() < startMs + 3_000_000) await work.clock.turn();
    await uploader.stop(0);
    const told = work.events.slice(before);
    expect(new Set(work.events)).toEqual(new Set(['WARNING upload_failing']));
    expect(told.length).toBeGreaterThanOrEqual(9);
    expect(told.length).toBeLessThanOrEqual(10);
  });

  test('is tried as often and as long when the time of day is set', async () => {
    failures = Array.from({ length: 1_000 }, () => 'world');
    await wait(FIRST, 'X~trades~a.csv');
    const uploader = uploaderOf(work.effects);
    await uploader.start();
    while (asked.length < 4) await work.clock.turn();
    work.clock.step(-3_600_000);
    const startMs = work.clock.steadyMs();
    await uploader.stop(20_000);
    expect(work.clock.steadyMs() - startMs).toBeLessThan(21_000);
    expect(asked.length).toBeGreaterThan(4);
  });
});

test('a batch whose list nobody can read holds up no start, and is counted', async () => {
  const { folder } = work.effects;
  await wait('2025-12-12T00-02_a1', 'X~trades~c.csv');
  await folder.write(`pending/${FIRST}/batch.json`, [Buffer.from('{')]);
  await wait(SECOND, 'X~trades~b.csv');
  const read: typeof folder.read = (path) => {
    if (path.includes(SECOND)) throw new Error('damaged disk');
    return folder.read(path);
  };
  const uploader = uploaderOf({ ...work.effects, folder: { ...folder, read } });
  await uploader.start();
  await uploader.stop(LONG_MS);
  expect(uploader.figures().setAside).toBe(2);
  expect(work.events).toEqual(Array.from({ length: 2 }, () => 'ERROR upload_batch_unreadable'));
  expect(work.store.names()).toEqual(['X/trades/c.csv']);
  expect((await folder.list('aside')).map(({ name }) => name)).toEqual([FIRST]);
  expect((await folder.list('pending')).map(({ name }) => name)).toEqual([SECOND]);
});

test('no more than some files are in memory at once', async () => {
  const store = { ...work.effects.raw, readsAtOnce: 96 };
  const gates: PromiseWithResolvers<undefined>[] = [];
  const write: typeof store.write = async (...call) => {
    const gate = Promise.withResolvers<undefined>();
    gates.push(gate);
    await gate.promise;
    return await store.write(...call);
  };
  const { folder } = work.effects;
  const names = ['a', 'b', 'c', 'd'];
  await wait(FIRST, ...names.map((name) => `X~trades~${name}.csv`));
  const large = new Uint8Array(30 * 2 ** 20);
  for (const index of names.keys()) await folder.write(`pending/${FIRST}/${index}`, [large]);
  const uploader = uploaderOf({ ...work.effects, raw: { ...store, write } });
  await uploader.start();
  while (gates.length < 2) await work.clock.turn();
  for (let turn = 0; turn < 100; turn++) await work.clock.turn();
  expect(gates).toHaveLength(2);
  for (let done = 0; done < 4; done++) {
    while (gates.length <= done) await work.clock.turn();
    gates[done]?.resolve(undefined);
  }
  await uploader.stop(LONG_MS);
  expect(work.store.names()).toHaveLength(4);
});
