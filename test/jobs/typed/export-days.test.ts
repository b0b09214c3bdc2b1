/** Exports of published days: the same rows in other files, and what is in none of them is named. */
import { describe, expect, test } from 'vitest';
import { TABLES } from '../../../src/core/column/kind-tables.js';
import type { Exported } from '../../../src/core/typed/export-document.js';
import { parseResolutions } from '../../../src/core/unit/resolution.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { exportDays, type ExportRequest } from '../../../src/jobs/typed/export-days.js';
import { exportJoined } from '../../../src/jobs/typed/export-joined.js';
import { typedFile } from '../../../src/jobs/typed/typed-file.js';
import { randomWalk } from '../../core/pattern/made-day.js';
import { type PatternDay, publishPatterns } from '../../support/day/pattern-days.js';
import { PUBLISHED_DAY, qualityReport } from '../../support/day/published-day.js';
import { type MemoryStore, openMemoryStore } from '../../support/memory-store.js';
import { expectSchema } from '../../support/schema/schemas.js';

const DATES = ['2025-12-10', '2025-12-11', '2025-12-12'] as const;
const [FIRST, SECOND, THIRD] = DATES;
const TEXTS = randomWalk({ seed: 'export' });
const A = symbolName('AUSDT', 'test');
const DAYS: readonly PatternDay[] = [
  { symbol: 'AUSDT', date: FIRST, texts: TEXTS },
  { symbol: 'AUSDT', date: SECOND, texts: TEXTS, status: 'partial' },
  { symbol: 'BUSDT', date: SECOND, texts: TEXTS, kinds: ['bars'] },
  { symbol: 'BUSDT', date: THIRD, texts: TEXTS, status: 'empty' },
];

function published(days = DAYS): MemoryStore {
  const out = openMemoryStore({ root: 'out' });
  publishPatterns(out, days);
  return out;
}

async function exported(
  out: MemoryStore,
  changes: Partial<ExportRequest> = {},
  into = openMemoryStore({ root: 'into' }),
): Promise<Exported & { readonly store: MemoryStore }> {
  const request: ExportRequest = {
    dates: DATES.map((date) => utcDate(date, 'test')),
    symbols: 'all',
    outputs: undefined,
    resolutions: undefined,
    formats: ['parquet'],
    isJoined: false,
    onDone: () => undefined,
    ...changes,
  };
  const done = await exportDays(request, { out, into, codec, tables: csvTables });
  expectSchema('exported', JSON.stringify(done));
  return { ...done, store: into };
}

const wordsOf = ({ left_out: leftOut }: Exported): string[] =>
  leftOut.map(({ symbol, date, reason, detail }) => `${symbol} ${date} ${reason}: ${detail}`);

async function bytesOf(store: MemoryStore, name: string): Promise<Uint8Array> {
  const content = await store.read(name);
  if (content === undefined) throw new Error(`${name} is not stored`);
  return content.bytes;
}

describe('each published file', () => {
  test('becomes a typed one, and what has none is named', async () => {
    const out = published();
    const done = await exported(out);
    expect(done.files.map(({ name, rows, days, outcome }) => [name, rows, days, outcome])).toEqual([
      ['AUSDT/2025-12-10_1s.parquet', 1, 1, 'written'],
      ['AUSDT/2025-12-10_1s_signals.parquet', 1, 1, 'written'],
      ['AUSDT/2025-12-10_patterns.parquet', 1, 1, 'written'],
      ['AUSDT/2025-12-11_1s.parquet', 1, 1, 'written'],
      ['AUSDT/2025-12-11_1s_signals.parquet', 1, 1, 'written'],
      ['AUSDT/2025-12-11_patterns.parquet', 1, 1, 'written'],
      ['BUSDT/2025-12-11_1s.parquet', 1, 1, 'written'],
    ]);
    expect(done.store.names()).toEqual(done.files.map(({ name }) => name).toSorted());
    expect(wordsOf(done)).toEqual([
      'AUSDT 2025-12-12 unpublished: no manifest lists it',
      'BUSDT 2025-12-10 unpublished: no manifest lists it',
      'BUSDT 2025-12-12 empty: nothing was recorded',
    ]);
    expect(done.partial).toEqual([{ symbol: 'AUSDT', date: SECOND, coverage: 1 }]);
    expect([done.good, done.symbol_days]).toEqual([false, 4]);
    const name = 'AUSDT/2025-12-10_patterns';
    const exact = { kind: 'patterns', resolution: null, format: 'csv', name } as const;
    const { dataset } = qualityReport(PUBLISHED_DAY);
    const day = { symbol: A, date: utcDate(FIRST, 'test'), dataset: dataset ?? undefined };
    const bytes = await bytesOf(out, `${name}.csv`);
    const expected = typedFile({ ...exact, bytes }, day, csvTables);
    expect(codec.sha256(await bytesOf(done.store, `${name}.parquet`))).toBe(codec.sha256(expected));
  });

  test('is not written again where it is stored, and is good where nothing is missing', async () => {
    const whole = { dates: [utcDate(FIRST, 'test')], symbols: [A] };
    const { store, good } = await exported(published(), whole);
    expect(good).toBe(true);
    const again = await exported(published(), whole, store);
    expect(again.files.map(({ outcome }) => outcome)).toEqual(Array(3).fill('unchanged'));
  });

  test('can be copied as it is, of some kinds and resolutions', async () => {
    const out = published();
    const choice = {
      outputs: ['bars', 'signals'],
      resolutions: parseResolutions('1s', 'test'),
    } as const;
    const done = await exported(out, { ...choice, formats: ['csv'] });
    const names = ['AUSDT/2025-12-10_1s.csv', 'AUSDT/2025-12-10_1s_signals.csv'];
    expect(done.files.slice(0, 2).map(({ name }) => name)).toEqual(names);
    for (const name of names) expect(done.store.text(name) === out.text(name)).toBe(true);
    expect(wordsOf(done)).toContain('BUSDT 2025-12-11 not_listed: no 1s signals');
  });

  test('that is asked for and not published is named', async () => {
    const one = { dates: [utcDate(FIRST, 'test')], symbols: [A] };
    const minutes = await exported(published(), {
      ...one,
      resolutions: parseResolutions('1m', 'test'),
    });
    expect(wordsOf(minutes)).toEqual([
      'AUSDT 2025-12-10 not_listed: no 1m bars',
      'AUSDT 2025-12-10 not_listed: no 1m signals',
    ]);
  });

  test.for<[what: string, damage: (out: MemoryStore, name: string) => void, found: string]>([
    ['gone', (out, name) => out.remove(name), 'found nothing'],
    ['another', (out, name) => out.put(name, 'x'), 'found other content'],
  ])('that is %s leaves its day out', async ([, damage, found]) => {
    const out = published();
    damage(out, 'AUSDT/2025-12-10_1s_signals.csv');
    const done = await exported(out, { symbols: [A] });
    expect(wordsOf(done)[0]).toMatch(
      `AUSDT 2025-12-10 damaged: out/AUSDT/2025-12-10_1s_signals.csv file: ${found}`,
    );
    const names = done.files.map(({ name }) => name);
    expect(names).toContain('AUSDT/2025-12-11_1s_signals.parquet');
    expect(names.filter((one) => one.includes(FIRST))).toEqual([]);
    expect(done.store.names()).toEqual(names.toSorted());
  });

  test('needs a manifest that can be read', async () => {
    const out = published();
    out.put('_manifest/2025-12-10.json', '{');
    const done = await exported(out, { symbols: [A] });
    expect(done.unreadable_manifests.map(({ date }) => date)).toEqual([FIRST]);
    expect(wordsOf(done)).toEqual([
      'AUSDT 2025-12-10 unreadable: its manifest cannot be read',
      'AUSDT 2025-12-12 unpublished: no manifest lists it',
    ]);
    expect(done.good).toBe(false);
  });
});

describe('a joined file', () => {
  const joined = { isJoined: true, symbols: [A] } as const;
  const NAME = 'AUSDT/2025-12-10_2025-12-12_1s_bars_signals';

  test('has bars and signals of all days side by side, a row group a day', async () => {
    const done = await exported(published(), joined);
    expect(done.files.map(({ name, days }) => [name, days])).toEqual([
      [`${NAME}.parquet`, 2],
      ['AUSDT/2025-12-10_2025-12-12_patterns.parquet', 2],
    ]);
    const read = await csvTables.typed.read(await bytesOf(done.store, `${NAME}.parquet`), 'x');
    const { bars, signals } = TABLES;
    expect(read.fields.map(({ name }) => name)).toEqual([
      ...bars.header,
      ...signals.header.slice(1),
    ]);
    expect([read.rows, read.rowGroups]).toEqual([2 * 86_400, 2]);
    expect(read.facts).toMatchObject({
      'flowbars.kind': 'bars,signals',
      'flowbars.from': FIRST,
      'flowbars.to': THIRD,
      'flowbars.days': '2',
      'flowbars.left_out': '[{"date":"2025-12-12","reason":"unpublished"}]',
      'flowbars.partial': '["2025-12-11"]',
    });
    const times = await read.column('timestamp');
    expect([times[0], times[86_400]]).toEqual([
      Date.parse(`${FIRST}T00:00:00Z`),
      Date.parse(`${SECOND}T00:00:00Z`),
    ]);
    const closes = TEXTS.bars
      .split('\n')
      .slice(1, -1)
      .map((line) => Number(line.split(',')[4]));
    expect(Array.from(await read.column('close')).slice(0, 86_400)).toEqual(closes);
  });

  test('has the cells of the exact files in csv', async () => {
    const done = await exported(published(), { ...joined, formats: ['csv'] });
    const lines = done.store.text(`${NAME}.csv`).split('\n');
    const [bars, signals] = [TEXTS.bars.split('\n'), TEXTS.signals.split('\n')];
    expect(lines).toHaveLength(2 * 86_400 + 2);
    const lineAt = (row: number): string =>
      `${bars[row] ?? ''},${(signals[row] ?? '').replace(/^[^,]*,/u, '')}`;
    expect(lines[0]).toBe(lineAt(0));
    expect(lines[86_400]).toBe(lineAt(86_400).replace('2025-12-11T', `${FIRST}T`));
    expect(lines[86_401]).toBe(lineAt(1));
  });

  test('may have one kind alone', async () => {
    const done = await exported(published(), { ...joined, outputs: ['signals'], formats: ['csv'] });
    expect(done.files.map(({ name }) => name)).toEqual([
      'AUSDT/2025-12-10_2025-12-12_1s_signals.csv',
    ]);
    const [header] = done.store.text('AUSDT/2025-12-10_2025-12-12_1s_signals.csv').split('\n');
    expect(header).toBe(TABLES.signals.header.join(','));
  });

  test('leaves days out that lack a part of it, or are damaged, and says so', async () => {
    const days: PatternDay[] = [
      { symbol: 'AUSDT', date: FIRST, texts: TEXTS },
      { symbol: 'AUSDT', date: SECOND, texts: TEXTS, kinds: ['bars'] },
      { symbol: 'AUSDT', date: THIRD, texts: TEXTS },
    ];
    const out = published(days);
    out.put('AUSDT/2025-12-12_1s.csv', 'x');
    const done = await exported(out, joined);
    expect(wordsOf(done).map((words) => words.slice(0, 60))).toEqual([
      'AUSDT 2025-12-11 not_listed: no 1s signals',
      'AUSDT 2025-12-11 not_listed: no patterns',
      'AUSDT 2025-12-12 damaged: out/AUSDT/2025-12-12_1s.csv file: found other content'.slice(
        0,
        60,
      ),
    ]);
    expect(done.files.map(({ name, days: count }) => [name.slice(-24), count])).toEqual([
      ['_1s_bars_signals.parquet', 1],
      ['2025-12-12_patterns.parquet'.slice(-24), 1],
    ]);
    const read = await csvTables.typed.read(await bytesOf(done.store, `${NAME}.parquet`), 'x');
    expect(read.facts['flowbars.left_out']).toBe(
      '[{"date":"2025-12-11","reason":"not_listed"},{"date":"2025-12-12","reason":"damaged"}]',
    );
  });

  test.for(['1s', '1s_signals', 'patterns'])(
    'has nothing of a day whose %s file is damaged',
    async (words) => {
      const days = [FIRST, SECOND].map((date) => ({ symbol: 'AUSDT', date, texts: TEXTS }));
      const out = published(days.map((day) => ({ ...day, status: 'partial' })));
      out.put(`AUSDT/${FIRST}_${words}.csv`, 'x');
      const dates = [FIRST, SECOND].map((date) => utcDate(date, 'test'));
      const done = await exported(out, { ...joined, dates });
      expect(done.left_out).toMatchObject([{ date: FIRST, reason: 'damaged' }]);
      expect(done.partial.map(({ date }) => date)).toEqual([SECOND]);
      expect(done.files.map(({ days: count }) => count)).toEqual([1, 1]);
      for (const { name } of done.files) {
        const read = await csvTables.typed.read(await bytesOf(done.store, name), 'x');
        expect(read.facts).toMatchObject({
          'flowbars.left_out': `[{"date":"${FIRST}","reason":"damaged"}]`,
          'flowbars.partial': `["${SECOND}"]`,
        });
      }
    },
  );

  test('has a day of which only a file that is not asked for is damaged', async () => {
    const out = published();
    out.put(`AUSDT/${FIRST}_patterns.csv`, 'x');
    const done = await exported(out, { ...joined, outputs: ['bars'] });
    expect(done.files.map(({ days }) => days)).toEqual([2]);
  });

  test('has a limit, and beyond it nothing is written', async () => {
    const out = published();
    const into = openMemoryStore({ root: 'into' });
    const name = 'AUSDT/2025-12-10_patterns.csv';
    const sha256 = codec.sha256(await bytesOf(out, name));
    const reportSha256 = codec.sha256(await bytesOf(out, 'AUSDT/2025-12-10_quality.json'));
    const kind = 'patterns';
    const files = [{ kind, resolution: null, name, sha256, rows: 1 }] as const;
    const entry = { status: 'complete', coverage: 1, files, reportSha256 } as const;
    const day = { symbol: A, date: utcDate(FIRST, 'test'), entry };
    const days = [{ day, files }];
    const plan = { symbol: A, resolution: null, kinds: [kind], days, leftOut: [] } as const;
    const range = { from: FIRST, to: FIRST };
    const request = {
      formats: ['csv'],
      range,
      inNone: [],
      onDay: () => undefined,
      bytesMax: 9,
    } as const;
    await expect(
      exportJoined(plan, request, { out, into, codec, tables: csvTables }),
    ).rejects.toThrow(
      'AUSDT patterns joined file: found more than 9 bytes with 2025-12-10, expected at most 9',
    );
    expect(into.names()).toEqual([]);
  });
});
