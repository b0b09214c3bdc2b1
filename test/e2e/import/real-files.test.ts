/**
 * Real archives and captures from the file to bars by the built binary, if they lie beside the project, which never
 * includes them: every row is used, trade ids prove it, and bars equal the exchange's own klines.
 */
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDictionary } from '../../../src/core/unit/json.js';
import { outcomesOf, runArgs, runExpecting } from '../../support/e2e/run-flowbars.js';
import { freshWorkdir, projectRoot, type Workdir } from '../../support/workdir.js';

const real = resolve(projectRoot, '../shared/real');
const isThere = existsSync(join(real, 'archives'));
if (!isThere) process.stderr.write(`skipped: no real archives in ${real}\n`);

interface RealFile {
  readonly file: string;
  readonly symbol: string;
  readonly date: string;
  readonly rows: number;
  readonly chunks: number;
  readonly dataset: Readonly<Record<string, unknown>>;
}

const FILES: readonly RealFile[] = [
  {
    file: 'archives/BTCUSD_260327-trades-2025-10-24.csv.gz',
    symbol: 'BTCUSD_260327',
    date: '2025-10-24',
    rows: 10_956,
    chunks: 1_144,
    dataset: { market: 'coinm', quantity_unit: 'contracts' },
  },
  {
    file: 'archives/spot_BTCUSDT-aggTrades-2026-01-01_first5000.csv.gz',
    symbol: 'BTCUSDT',
    date: '2026-01-01',
    rows: 5_000,
    chunks: 13,
    dataset: { market: 'spot', quantity_unit: 'base' },
  },
  {
    file: 'captures/btcusdt-trade-depth-bookTicker-2024-07-18.gz',
    symbol: 'BTCUSDT',
    date: '2024-07-18',
    rows: 974,
    chunks: 3,
    dataset: { market: 'usdm' },
  },
];

describe.skipIf(!isThere)('a real file', () => {
  test.for(FILES)('$file becomes a published day with every row', async (one) => {
    const workdir = freshWorkdir();
    await importThere(workdir, one);
    expect(workdir.json('raw/_dataset.json')).toMatchObject({
      ...one.dataset,
      streams: 'trades',
      sparse_trades: true,
    });
    await runThere(workdir, one);
    const { symbol, date, rows } = one;
    expect(workdir.json(`out/${symbol}/${date}_quality.json`)).toMatchObject({
      rows: { trades: { rows, used: rows, malformed: 0, excluded: 0, duplicate: 0 } },
      trade_ids: { rows_with_id: rows, missing: 0 },
    });
  });

  test('gives the same bytes again, and finds its chunks there', async () => {
    const workdir = freshWorkdir();
    const [archive] = FILES;
    if (archive === undefined) throw new Error('no file');
    await importThere(workdir, archive);
    const before = workdir.contents('raw');
    const { stdout } = await runExpecting(workdir, 0, [
      'import',
      nameOf(archive),
      '--raw',
      'raw',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      streams: [{ chunks: archive.chunks, chunks_unchanged: archive.chunks }],
    });
    expect(workdir.contents('raw')).toEqual(before);
    expect(before.size).toBe(archive.chunks + 1);
  });

  test('a capture has the bars of the official klines in every whole minute', async () => {
    const workdir = freshWorkdir();
    const capture = FILES.find(({ date }) => date === '2024-07-18');
    if (capture === undefined) throw new Error('no capture');
    await importThere(workdir, capture);
    await runThere(workdir, capture);
    const klines = join(real, 'klines/BTCUSDT-1m-2024-07-18T2356_0005.csv');
    workdir.write('klines.csv', readFileSync(klines));
    // It begins within 23:57 by the exchange's clock, and ends within the last second before midnight.
    const range = ['--from', '2024-07-18T23:58:00Z', '--to', '2024-07-19T00:00:00Z'];
    const bars = ['--bars', 'out/BTCUSDT/2024-07-18_1m.csv', '--klines', 'klines.csv'];
    const { stdout } = await runExpecting(workdir, 0, ['check', ...bars, ...range, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      good: true,
      minutes: { official: 2, compared: 2, equal: 2 },
      differences: [],
    });
  });

  test('recording, imported chunk by chunk, has the bars that it had', async () => {
    const workdir = freshWorkdir();
    const dates = ['2024-07-18', '2024-07-19'];
    const recorded = join(real, 'raw/BTCUSDT');
    const files = ['depth', 'trades'].flatMap((stream) =>
      dates.flatMap((date) => {
        const folder = join(recorded, stream, date);
        return readdirSync(folder).map((name) => join(folder, name));
      }),
    );
    expect(files).toHaveLength(18);
    await runExpecting(workdir, 0, ['import', ...files, '--symbol', 'BTCUSDT', '--raw', 'raw']);
    const bars: string[][] = [];
    for (const raw of ['raw', join(real, 'raw')]) {
      const out = `out-${bars.length}`;
      const days = { raw, out, symbols: 'BTCUSDT', from: dates[0], to: dates[1] };
      await runExpecting(
        workdir,
        1,
        runArgs(raw === 'raw' ? days : { ...days, 'sparse-trades': true }),
      );
      bars.push(dates.map((date) => workdir.text(`${out}/BTCUSDT/${date}_1m.csv`)));
    }
    expect(bars[0]).toEqual(bars[1]);
  });

  test('recording without ids, imported chunk by chunk, has its late rows at the borders', async () => {
    const workdir = freshWorkdir();
    const folder = join(real, 'raw/BTCUSDT/trades/2020-02-22');
    const files = readdirSync(folder).map((name) => join(folder, name));
    expect(files).toHaveLength(126);
    const args = ['import', ...files, '--symbol', 'BTCUSDT', '--raw', 'raw', '--json'];
    const { stdout } = await runExpecting(workdir, 0, args);
    const rows = files.reduce((sum, file) => sum + rowsIn(readFileSync(file, 'utf8')), 0);
    expect(rows).toBeGreaterThan(1_000);
    expect(JSON.parse(stdout)).toMatchObject({ streams: [{ rows, chunks_unchanged: 0 }] });
  });

  test.for([
    ['five-symbols-aggTrade-depth-2021-04-05.gz', { trades: 574 }],
    ['btcusdt-depth20-2026-08-28.jsonl', { depth: 3 }],
    ['btcusdt-aggTrade-kline-2026-08-28.jsonl', { trades: 3 }],
  ] as const)('the capture %s gives all of its rows', async ([name, rows]) => {
    const workdir = freshWorkdir();
    copyFileSync(join(real, 'captures', name), workdir.path(name));
    const { stdout } = await runExpecting(workdir, 0, ['import', name, '--raw', 'raw', '--json']);
    const document: unknown = JSON.parse(stdout);
    const streams: unknown[] =
      isDictionary(document) && Array.isArray(document['streams']) ? document['streams'] : [];
    const sums: Record<string, number> = {};
    for (const stream of streams) {
      if (!isDictionary(stream)) continue;
      const key = String(stream['stream']);
      sums[key] = (sums[key] ?? 0) + Number(stream['rows']);
    }
    expect(sums).toEqual(rows);
  });
});

function rowsIn(text: string): number {
  return text.split('\n').filter((line) => /^\d/u.test(line)).length;
}

function nameOf({ file }: RealFile): string {
  return file.slice(file.indexOf('/') + 1);
}

async function importThere(workdir: Workdir, one: RealFile): Promise<void> {
  copyFileSync(join(real, one.file), workdir.path(nameOf(one)));
  const args = ['import', nameOf(one), '--raw', 'raw', '--json'];
  const { stdout } = await runExpecting(workdir, 0, args);
  expect(JSON.parse(stdout)).toMatchObject({
    streams: [{ symbol: one.symbol, rows: one.rows, chunks: one.chunks }],
  });
}

async function runThere(workdir: Workdir, { symbol, date }: RealFile): Promise<void> {
  const days = { symbols: symbol, from: date };
  const done = await runExpecting(workdir, 0, runArgs(days));
  expect(outcomesOf(done)).toEqual([`${symbol} ${date} published`]);
}
