/** The neighbours of a carried entry: seed findings are the same as if all files were read. */
import { describe, expect, test } from 'vitest';
import type { Store } from '../../../src/jobs/ports.js';
import {
  DATE,
  RECORD,
  RUN,
  runAgain,
  type Watched,
  watchedWith,
} from '../../support/day/carrying.js';
import {
  effectsOf,
  finalize,
  HOURS,
  published,
  record,
  storeWith,
} from '../../support/day/finalizing.js';
import { PUBLISHED_DAY, publish, TRADES } from '../../support/day/published-day.js';
import { startFaultyNetwork } from '../../support/gcs/faulty-network.js';

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
    // The later day is published after this one is final, so only its own entry has the finding.
    const watched = watchedWith([own]);
    await finalize(watched.out);
    publish(watched.out, { ...PUBLISHED_DAY, ...after, seedPrice: '7' });
    await finalize(watched.out, { date: '2025-12-12' });
    await runAgain(watched);
    expect(record(watched.out, RECORD).findings).toMatchObject([{ code: 'seed_mismatch' }]);
  });
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
