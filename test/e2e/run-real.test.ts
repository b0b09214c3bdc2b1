/**
 * Real recordings, if they lie beside the project, which never includes them. Trade ids prove that
 * nothing is missing, or exactly the trades of a removed chunk.
 */
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDictionary } from '../../src/core/unit/json.js';
import { type Options, outcomesOf, runArgs, runExpecting } from '../support/e2e/run-flowbars.js';
import { bars, expectStoredShapes, NO_STORED_SHAPES } from '../support/e2e/stored-files.js';
import { freshWorkdir, projectRoot, type Workdir } from '../support/workdir.js';

interface RealRecording {
  readonly symbol: string;
  readonly dates: readonly string[];
  readonly options: Options;
  /** Exit code: a recording that covers what is expected of it is good. */
  readonly code: number;
  /** Rows of trades with an id, of each day; the edges' rows count with both. */
  readonly rowsWithId: readonly number[];
  /** A chunk inside the recording, followed by more ids. */
  readonly removed?: string;
}

const realRaw = resolve(projectRoot, '../shared/real/raw');
const isThere = existsSync(realRaw);
if (!isThere) process.stderr.write(`skipped: no real recordings in ${realRaw}\n`);

const RECORDINGS: readonly RealRecording[] = [
  {
    symbol: 'BTCUSDT',
    dates: ['2020-02-22'],
    options: { streams: 'trades' },
    code: 1,
    rowsWithId: [0],
  },
  {
    symbol: 'BTCUSDT',
    dates: ['2024-07-18', '2024-07-19'],
    options: { expect: '2024-07-18T23:57:02Z/2024-07-19T00:05:02Z' },
    code: 0,
    rowsWithId: [4_788, 10_410],
    removed: '2024-07-19/00-02.csv',
  },
  {
    symbol: 'TRXUSDT',
    dates: ['2025-03-04'],
    options: { streams: 'trades' },
    code: 1,
    rowsWithId: [10_000],
    removed: '2025-03-04/00-07.csv',
  },
];

describe.skipIf(!isThere)('a real recording', () => {
  for (const recording of RECORDINGS) {
    const { symbol, dates, rowsWithId, removed } = recording;
    test(`of ${symbol} from ${dates[0]} lacks no trade`, async () => {
      const workdir = freshWorkdir();
      await run(workdir, realRaw, recording, recording.code);
      const found = dates.map((date) => tradeIds(workdir, symbol, date));
      expect(found.map((ids) => ids['rows_with_id'])).toEqual(rowsWithId);
      expect(found.map((ids) => ids['missing'])).toEqual(dates.map(() => 0));
    });

    if (removed === undefined) continue;
    test(`of ${symbol} from ${dates[0]} has the same bars when milliseconds come backwards from two objects`, async () => {
      const [asRecorded, dealt] = [freshWorkdir(), freshWorkdir()];
      await run(asRecorded, realRaw, recording, recording.code);
      copyDays(dealt, recording);
      for (const name of dealt.files('raw').filter((file) => file.includes('/trades/'))) {
        dealBackwards(dealt, `raw/${name}`);
      }
      await run(dealt, 'raw', recording, recording.code);
      expect(bars(dealt)).toEqual(bars(asRecorded));
    });

    test(`of ${symbol} from ${dates[0]} without a chunk lacks exactly its trades`, async () => {
      const workdir = freshWorkdir();
      const chunk = `${symbol}/trades/${removed}`;
      copyDays(workdir, recording);
      const rows = readFileSync(join(realRaw, chunk), 'utf8').trimEnd().split('\n').length - 1;
      workdir.remove(`raw/${chunk}`);
      await run(workdir, 'raw', recording, 1);
      const found = tradeIds(workdir, symbol, removed.split('/')[0] ?? '');
      expect(rows).toBeGreaterThan(100);
      expect(found['missing']).toBe(rows);
    });
  }
});

async function run(
  workdir: Workdir,
  raw: string,
  { symbol, dates, options }: RealRecording,
  code: number,
): Promise<void> {
  const days = { symbols: symbol, from: dates.at(0) ?? '', to: dates.at(-1) ?? '' };
  const given = { raw, ...days, resolutions: '1s,1m', ...options };
  const done = await runExpecting(workdir, code, runArgs(given));
  expect(outcomesOf(done)).toEqual(dates.map((date) => `${symbol} ${date} published`));
  expect(bars(workdir).size).toBe(2 * dates.length);
  const { length } = dates;
  const shapes = {
    ...NO_STORED_SHAPES,
    quality: length,
    manifest: length,
    record: length,
    plan: 1,
    fan_out: 1,
    summary: 1,
  };
  expect(expectStoredShapes(workdir)).toEqual(shapes);
}

function copyDays(workdir: Workdir, { symbol, dates }: RealRecording): void {
  for (const stream of ['trades', 'depth']) {
    for (const date of dates) {
      const folder = join(symbol, stream, date);
      if (!existsSync(join(realRaw, folder))) continue;
      cpSync(join(realRaw, folder), workdir.path('raw', folder), { recursive: true });
    }
  }
}

/** Keeps every other row of a trades chunk and moves the rest to a second object, in reverse order. */
function dealBackwards(workdir: Workdir, name: string): void {
  const [header = '', ...rows] = workdir.text(name).trimEnd().split('\n');
  const backwards = rows.toReversed();
  const deal = (remainder: number): string =>
    [header, ...backwards.filter((_, index) => index % 2 === remainder)]
      .map((line) => `${line}\n`)
      .join('');
  workdir.write(name, deal(0));
  workdir.write(name.replace('.csv', '_b.csv'), deal(1));
}

function tradeIds(workdir: Workdir, symbol: string, date: string): Record<string, unknown> {
  const report: unknown = workdir.json(`out/${symbol}/${date}_quality.json`);
  expect(report).toMatchObject({ trade_ids: {} });
  const isReport = typeof report === 'object' && report !== null && 'trade_ids' in report;
  return isReport && isDictionary(report.trade_ids) ? report.trade_ids : {};
}
