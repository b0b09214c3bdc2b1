/** What the final step reads of symbol-days that nothing has changed since they were published. */
import { describe, expect, test } from 'vitest';
import { recordName } from '../../../src/core/stored/output-names.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import type { Store } from '../../../src/jobs/ports.js';
import {
  effectsOf,
  finalize,
  HOURS,
  manifest,
  MANIFEST,
  published,
  QUALITY,
  record,
  SIXES,
  storeWith,
} from '../../support/day/finalizing.js';
import {
  PUBLISHED_DAY,
  publish,
  type PublishedDay,
  runRecord,
  TRADES,
} from '../../support/day/published-day.js';
import { resealed } from '../../support/day/resealed.js';
import { startFaultyNetwork } from '../../support/gcs/faulty-network.js';
import type { MemoryStore } from '../../support/memory-store.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';

const DATE = '2025-12-11';
const RUN = 'run-2';
const RECORD = recordName(RUN, { symbol: symbolName('BTCUSDT', ''), date: utcDate(DATE, '') });

interface Watched {
  readonly out: MemoryStore;
  /** Names of the files of symbol-days that were read: bars and reports. */
  readonly read: string[];
  readonly listed: string[];
}

/** A store with these days; what is read of it from now on is kept once it is asked to watch. */
function watchedWith(days: readonly Partial<PublishedDay>[]): Watched {
  const read: string[] = [];
  const listed: string[] = [];
  const out = storeWith(days, {
    before: (operation, name) => {
      if (operation === 'read' && !name.startsWith('_manifest/')) read.push(name);
      if (operation === 'list') listed.push(name);
    },
  });
  return { out, read, listed };
}

/** Another run that found the symbol-day unchanged, up to its final step. */
async function runAgain(
  { out, read, listed }: Watched,
  day: Partial<PublishedDay> = {},
  resolutions = '1h',
): Promise<void> {
  const unchanged = { outcome: 'unchanged', ...day.record } as const;
  out.put(
    RECORD,
    storedJson(runRecord({ ...PUBLISHED_DAY, ...day, runId: RUN, record: unchanged })),
  );
  read.length = 0;
  listed.length = 0;
  await finalize(out, { runId: RUN, resolutions });
}

const ALL_FILES = [QUALITY, HOURS, SIXES];

describe('a symbol-day that is stored as its manifest lists it', () => {
  test('is carried on without reading a file, by one listing', async () => {
    const watched = watchedWith([{ report: { status: 'partial', coverage: 0.75 } }]);
    await finalize(watched.out);
    expect(watched.read).toEqual(expect.arrayContaining(ALL_FILES));
    const before = watched.out.text(MANIFEST);
    await runAgain(watched, { record: { status: null, coverage: null } });
    expect(watched.read).toEqual([]);
    expect(watched.listed).toEqual(['BTCUSDT/2025-12-']);
    expect(watched.out.text(MANIFEST)).toBe(before);
    expect(record(watched.out, RECORD)).toMatchObject({
      outcome: 'unchanged',
      status: 'partial',
      coverage: 0.75,
      finalized: true,
    });
  });

  test('is carried on where it is empty', async () => {
    const report = { status: 'empty', coverage: 0, artifacts: [] } as const;
    const watched = watchedWith([{ report, record: { status: 'empty' } }]);
    await finalize(watched.out);
    await runAgain(watched);
    expect(watched.read).toEqual([]);
    expect(published(watched.out)).toMatchObject({ status: 'empty' });
  });

  test('forgets an attempt that failed in between', async () => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    await finalize(watched.out, { runId: 'run-0' });
    expect(manifest(watched.out).symbols[0]).toHaveProperty('last_attempt');
    await runAgain(watched);
    expect(manifest(watched.out).symbols[0]).not.toHaveProperty('last_attempt');
    expect(watched.read).toEqual([]);
  });
});

const TEXT = (out: MemoryStore, name: string): string => out.text(name);

describe('a symbol-day is read in full', () => {
  test.for<[string, (out: MemoryStore) => void]>([
    ['of which a bar file has another generation', (out) => out.put(HOURS, TEXT(out, HOURS))],
    ['whose report has another generation', (out) => out.put(QUALITY, TEXT(out, QUALITY))],
    [
      'of which an earlier check failed',
      (out) => out.put(MANIFEST, TEXT(out, MANIFEST).replaceAll('"ok": true', '"ok": false')),
    ],
    [
      'of which a check of this build was not made',
      (out) => out.put(MANIFEST, TEXT(out, MANIFEST).replace(/\{[^{}]*"vwap_range"[^{}]*\},/u, '')),
    ],
    [
      'whose store kept no generations when it was listed',
      (out) =>
        out.put(
          MANIFEST,
          TEXT(out, MANIFEST).replaceAll(/"generation": .*/gu, '"generation": null'),
        ),
    ],
    ['of which the manifest lists nothing', (out) => out.remove(MANIFEST)],
  ])('%s', async ([, change]) => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    change(watched.out);
    await runAgain(watched);
    expect(watched.read).toEqual(expect.arrayContaining(ALL_FILES));
    expect(published(watched.out)?.checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('of which a file is missing, and fails', async () => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    watched.out.remove(SIXES);
    await runAgain(watched);
    expect(watched.read).toEqual([QUALITY, HOURS]);
    expect(record(watched.out, RECORD)).toMatchObject({
      outcome: 'failed',
      findings: [{ where: 'files_exist' }],
    });
  });

  test('whose report has the schema of another build, and fails', async () => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    const other = TEXT(watched.out, QUALITY).replace('"schema_version": 1', '"schema_version": 9');
    watched.out.put(QUALITY, resealed(other));
    await runAgain(watched);
    expect(record(watched.out, RECORD)).toMatchObject({
      outcome: 'failed',
      findings: [{ where: 'quality_report' }],
    });
  });

  test('that lacks a resolution which the run was asked for, and fails', async () => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    await runAgain(watched, {}, '2h');
    expect(record(watched.out, RECORD)).toMatchObject({
      outcome: 'failed',
      findings: [{ where: 'quality_report' }],
    });
  });

  test('that a run has published anew', async () => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    publish(watched.out, { ...PUBLISHED_DAY, report: { coverage: 0.5 } });
    await runAgain(watched, { record: { outcome: 'published' } });
    expect(watched.read).toEqual(expect.arrayContaining(ALL_FILES));
    expect(published(watched.out)?.coverage).toBe(0.5);
  });
});

describe('beside a symbol-day that is carried on', () => {
  const before = { date: '2025-12-10', runId: 'run-1', trades: TRADES, seedPrice: null };
  const after = { date: '2025-12-12', runId: 'run-1', seedPrice: '101.23' };
  const own = { seedPrice: '101.23' };
  const DATES = ['2025-12-10', DATE, '2025-12-12'];

  async function threeDays(): Promise<Watched> {
    const watched = watchedWith([before, own, after]);
    for (const date of DATES) await finalize(watched.out, { date });
    return watched;
  }

  test('neighbours that are stored as they are listed are not read', async () => {
    const watched = await threeDays();
    await runAgain(watched);
    expect([watched.read, watched.listed]).toEqual([[], ['BTCUSDT/2025-12-']]);
    expect(record(watched.out, RECORD).findings).toEqual([]);
  });

  test.for(['2025-12-10', '2025-12-12'])(
    'the neighbour %s that changed is compared anew, and no bars are checked',
    async (date) => {
      const watched = await threeDays();
      publish(watched.out, {
        ...PUBLISHED_DAY,
        ...(date < DATE ? { ...before, trades: TRADES.slice(0, 1) } : { ...after, seedPrice: '7' }),
        runId: RUN,
      });
      await runAgain(watched);
      expect(watched.read).not.toContain(HOURS);
      const stale = date < DATE ? DATE : date;
      const finding = { code: 'seed_mismatch', where: `BTCUSDT/${stale}_quality.json` };
      expect(record(watched.out, RECORD).findings).toMatchObject([finding]);
      expect(published(watched.out)?.findings.at(-1)).toMatchObject(finding);
      const checks = published(watched.out)?.checks ?? [];
      expect(checks.filter(({ ok }) => !ok)).toMatchObject([{ check: 'seed_continuity' }]);
      expect(checks.at(-1)?.check).toBe('seed_continuity');
    },
  );

  test('a neighbour without an entry is compared, and agrees', async () => {
    const watched = await threeDays();
    watched.out.remove('_manifest/2025-12-12.json');
    await runAgain(watched);
    expect(watched.read).toContain('BTCUSDT/2025-12-12_quality.json');
    expect(record(watched.out, RECORD).findings).toEqual([]);
  });

  test('a neighbour whose manifest cannot be read is compared, and agrees', async () => {
    const watched = await threeDays();
    watched.out.put('_manifest/2025-12-10.json', '{"schema_version": 9}');
    await runAgain(watched);
    expect(watched.read).toContain('BTCUSDT/2025-12-10_quality.json');
    expect(record(watched.out, RECORD).findings).toEqual([]);
  });

  test('a mismatch that the later day alone has seen is seen again', async () => {
    // The later day comes when this one is final, so that only its own entry says what is wrong.
    const watched = watchedWith([own]);
    await finalize(watched.out);
    publish(watched.out, { ...PUBLISHED_DAY, ...after, seedPrice: '7' });
    await finalize(watched.out, { date: '2025-12-12' });
    await runAgain(watched);
    expect(record(watched.out, RECORD).findings).toMatchObject([{ code: 'seed_mismatch' }]);
  });
});

test('at the turn of a month both months are listed', async () => {
  const date = '2025-12-01';
  const watched = watchedWith([{ date }]);
  await finalize(watched.out, { date });
  watched.listed.length = 0;
  await finalize(watched.out, { date });
  expect(watched.listed).toEqual(['BTCUSDT/2025-11-', 'BTCUSDT/2025-12-']);
});

const gcs = await startFaultyNetwork();

describe.skipIf(gcs === undefined)('on Google Cloud Storage', () => {
  test('a second run over unchanged symbol-days reads no file of theirs', async () => {
    const bucket = await gcs?.freshBucket();
    if (bucket === undefined) throw new Error('no bucket');
    const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];
    const dates = ['2025-12-10', DATE, '2025-12-12'];
    const source = storeWith(
      symbols.flatMap((symbol) =>
        dates.map((date) => ({
          symbol,
          date,
          ...(date === dates[0] ? {} : { seedPrice: '101.23' }),
        })),
      ),
    );
    const store = bucket.open({ pageObjects: 1_000, idleMs: 5_000 });
    for (const name of source.names()) {
      const content = await source.read(name);
      await store.write(name, content?.bytes ?? new Uint8Array(), 'anything');
    }
    const read: string[] = [];
    const out: Store = {
      ...store,
      read: async (name, listed) => {
        if (!name.startsWith('_manifest/')) read.push(name);
        return await store.read(name, listed);
      },
    };
    const effects = { ...effectsOf(source), out };
    for (const date of dates) await finalize(source, { symbols, date }, effects);
    expect(read.filter((name) => name.endsWith('.csv')).length).toBeGreaterThanOrEqual(18);
    read.length = 0;
    for (const date of dates) {
      const { manifest: change, records } = await finalize(source, { symbols, date }, effects);
      expect([change, records.length]).toEqual(['unchanged', 3]);
      expect(records.every(({ finalized }) => finalized)).toBe(true);
    }
    expect(read).toEqual([]);
  });
});
