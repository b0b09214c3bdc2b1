/** Uploads from the spool: oldest first, for ever, and never over other content. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowbarsError, type ErrorKind } from '../../../src/core/unit/errors.js';
import { Uploader, WAIT_MS_MAX } from '../../../src/jobs/spool/upload-pending.js';
import { spoolAtWork, type SpoolAtWork } from '../../support/spool/spool-at-work.js';

const LONG_MS = 1e9;
const FIRST = '2025-12-12T00-00_a1';
const SECOND = '2025-12-12T00-01_a1';

/** What the store throws, for each write in turn. */
let failures: ErrorKind[];
let asked: string[];
let work: SpoolAtWork;

beforeEach(async () => {
  failures = [];
  asked = [];
  work = await spoolAtWork({
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

afterEach(() => work.clear());

async function wait(batch: string, ...files: string[]): Promise<void> {
  for (const file of files) {
    await work.effects.folder.write(`pending/${batch}/${file}`, [Buffer.from(file)]);
  }
}

async function uploaded(): Promise<Uploader> {
  const uploader = new Uploader(work.effects);
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
    const uploader = new Uploader(work.effects);
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
    expect((await work.effects.folder.list('aside')).map(({ name }) => name)).toEqual([
      'X~trades~a.csv',
    ]);
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
    const uploader = new Uploader(work.effects);
    await uploader.start();
    await work.effects.folder.remove(`pending/${FIRST}/X~trades~a.csv`);
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
    const uploader = new Uploader(work.effects);
    await uploader.start();
    while (!uploader.figures().isFailing) await work.clock.turn();
    await uploader.stop(20_000);
    const { pendingFiles, isFailing, oldestPendingMs } = uploader.figures();
    expect([pendingFiles, isFailing]).toEqual([1, true]);
    expect(oldestPendingMs).toBeGreaterThan(3_000_000);
    expect(await work.effects.folder.list(`pending/${FIRST}`)).toHaveLength(1);
  });
});
