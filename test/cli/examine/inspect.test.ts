/** `flowbars inspect` as a person uses it, on a folder and on a bucket. */
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { startFakeGcsServer } from '../../support/gcs/fake-gcs-server.js';
import { openMemoryStore } from '../../support/memory-store.js';
import { PATTERN_EVENTS } from '../../../src/core/column/pattern-table.js';
import { resolutionOf } from '../../../src/core/unit/resolution.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { tableText } from '../../support/day/bar-table.js';
import { publish, PUBLISHED_DAY } from '../../support/day/published-day.js';
import { quoteSignals } from '../../support/examine/quote-signals.js';
import { freshWorkdir, type RunResult, type Workdir } from '../../support/workdir.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';

const CHUNK = 'raw/BTCUSDT/trades/2020-02-22/00-00.csv';
const LINES = [
  'timestamp,price,quantity,is_buyer_maker,trade_id',
  '1582329600000,9681.39,0.100,true,10',
  '1582329600001,9681.40,0.250,false,12',
  '1582329600002,9681.40,-,false,13',
  '',
].join('\n');

const server = await startFakeGcsServer();
afterAll(async () => await server?.stop());

function recorded(): Workdir {
  const workdir = freshWorkdir();
  workdir.write(CHUNK, LINES);
  return workdir;
}

function published(damage?: (text: string) => string): Workdir {
  const store = openMemoryStore();
  publish(store, {
    ...PUBLISHED_DAY,
    resolutions: '1m',
    ...(damage === undefined ? {} : { damage }),
  });
  const workdir = freshWorkdir();
  for (const name of store.names()) workdir.write(name, store.text(name));
  return workdir;
}

test('shows a chunk on one short page', async () => {
  const told = await recorded().run(['inspect', CHUNK]);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  const [page = '', problems] = told.stdout.split('  problems         ');
  expect(problems).toMatch(/^line 4 column quantity: found '-', expected /);
  expect(page.split('\n')).toEqual([
    CHUNK,
    '  kind             chunk of trades, plain',
    '  size             155 bytes',
    '  columns          timestamp, price, quantity, is_buyer_maker, trade_id',
    '  time             2020-02-22T00:00:00.000Z to 2020-02-22T00:00:00.001Z',
    '                   exchange time in milliseconds',
    '  decimals         price 2, quantity 2',
    '  trade ids        10 to 12, 1 missing in 1 place',
    '  read by          byte kernel 66.6666%, strict path 1 row',
    '  rows             3',
    '    malformed      1 (33.3333%)',
    '    neighbour-day  0',
    '    excluded       0',
    '    duplicate      0',
    '    used           2 (66.6666%)',
    '',
  ]);
});

test('takes a gzipped chunk, and any path with --stream', async () => {
  const workdir = freshWorkdir();
  workdir.write('some.bin', gzipSync(LINES.split('\n').slice(1).join('\n')));
  const told = await workdir.run(['inspect', 'some.bin', '--stream', 'trades', '--json']);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(told.stdout)).toMatchObject({
    file: 'some.bin',
    gzip: true,
    kind: 'trades',
    has_header: false,
    date: null,
    rows: { rows: 3, malformed: 1, used: 2 },
  });
});

test('says what foreign columns mean, and takes --columns', async () => {
  const workdir = freshWorkdir();
  workdir.write('x.csv', 'when,p,q,m,note\r\r\n1582329600000,1,2,true,\n');
  const args = ['inspect', 'x.csv', '--columns', 'trades:when=timestamp'];
  const told = await workdir.run(args);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain(
    '  columns          when = timestamp, p = price, q = quantity, m = is_buyer_maker, note (ignored)\n',
  );
});

test('shows a bar file and its checks', async () => {
  const workdir = published();
  const told = await workdir.run(['inspect', 'BTCUSDT/2025-12-11_1m.csv']);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  for (const line of [
    '  kind         1m bars of 2025-12-11, plain',
    '  rows         1,440',
    '  time         2025-12-11T00:00:00Z to 2025-12-11T23:59:00Z, stamps of the first and last bar',
    '  with trades  3 bars, 4 trades',
    '  volume       1.376',
    '  price        99 to 101.23',
    '  checks       10 of 10 passed: columns, row_count, time_steps, number_format, price_order,',
  ]) {
    expect(told.stdout.split('\n')).toContain(line);
  }
});

test('finds a bar file that breaks a check not good', async () => {
  const workdir = published((text) => text.replace('1.376', '1.377').replace(',0.375,', ',0.376,'));
  const told = await workdir.run(['inspect', 'BTCUSDT/2025-12-11_1m.csv']);
  expect(told.code).toBe(1);
  expect(told.stdout).toContain('9 of 10 passed');
  expect(told.stdout).toMatch(/broken +volume_sums: /);
});

/** A whole day of signals, of which the second minute was traded. */
function signalsText(): string {
  const trade = { second: 60, cents: 10_010, thousandths: 250, isBuy: true };
  const day = { date: utcDate('2025-12-11', ''), trades: [trade] };
  return tableText(quoteSignals(day, resolutionOf(60)));
}

test('shows a signals file, its reasons and its checks', async () => {
  const workdir = freshWorkdir();
  workdir.write('2025-12-11_1m_signals.csv', signalsText().replace('quiet,0', 'unproven,7'));
  const told = await workdir.run(['inspect', '2025-12-11_1m_signals.csv']);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  const lines = told.stdout.split('\n');
  for (const line of [
    '  kind            1m signals of 2025-12-11, plain',
    '  rows            1,440',
    '  time            2025-12-11T00:00:00Z to 2025-12-11T23:59:00Z, stamps of the first and last row',
    '    traded        1 (0.0694%)',
    '    unproven      1 (0.0694%)',
    '    quiet         1,438 (99.8611%)',
    '  trades missing  7 ms',
    '  book missing    no book',
  ]) {
    expect(lines).toContain(line);
  }
  expect(told.stdout).not.toContain('feed_down');
  workdir.write('broken.csv', signalsText().replace('traded', 'trade'));
  const broken = await workdir.run(['inspect', 'broken.csv']);
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(/broken +\w+: broken\.csv\s+row 2/u);
});

function event(confirmed: string, pattern: string, direction = 'up'): string {
  return `2025-12-${confirmed}Z,${pattern},${direction},2025-12-11T23:00:00Z,100.05,3,2.5,,-0.25,1`;
}

describe('shows a patterns file', () => {
  const header = PATTERN_EVENTS.header.join(',');
  const show = async (...rows: string[]): Promise<RunResult> => {
    const workdir = freshWorkdir();
    workdir.write('X/2025-12-10_patterns.csv', [header, ...rows, ''].join('\n'));
    return await workdir.run(['inspect', 'X/2025-12-10_patterns.csv']);
  };

  test('with the events of each pattern', async () => {
    const told = await show(
      event('11T23:00:20', 'imbalance', 'down'),
      event('11T23:00:20', 'wall_pulled'),
      event('12T00:00:00', 'imbalance'),
    );
    expect(told).toMatchObject({ code: 0, stderr: '' });
    const lines = told.stdout.split('\n');
    for (const line of [
      '  kind           patterns of 2025-12-11, plain',
      '  events         3',
      '  time           2025-12-11T23:00:20Z to 2025-12-12T00:00:00Z, when confirmed',
      '    imbalance    2: 1 down, 1 up',
      '    wall_pulled  1: 0 down, 1 up',
    ]) {
      expect(lines).toContain(line);
    }
    expect(told.stdout).not.toContain('whale');
  });

  test('without an event, of the day in its name', async () => {
    const told = await show();
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain('patterns of 2025-12-10, plain\n');
    expect(told.stdout).toMatch(/ events +0; each needs 30 known [^]+\n +time +none\n +checks /u);
  });

  test('with events out of order as broken', async () => {
    const told = await show(event('12T00:00:00', 'whale'), event('11T23:00:20', 'whale'));
    expect(told.code).toBe(1);
    expect(told.stdout).toMatch(/broken +row_order: /u);
  });
});

test('sums up a quality report', async () => {
  const told = await published().run(['inspect', 'BTCUSDT/2025-12-11_quality.json']);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain('  status    complete, coverage 100%\n');
  expect(told.stdout).toMatch(/ due {7}\d+ s\n/u);
  expect(told.stdout).toMatch(
    / outages {3}(?:none|\d+ outages? of [\d.]+ s, the longest [\d.]+ s)\n/u,
  );
  expect(told.stdout).toMatch(/ unproven {2}[\d.]+ s\n/u);
  expect(told.stdout).toContain('  options   large orders from 100000 in quote value\n');
  expect(told.stdout).toContain('  files     BTCUSDT/2025-12-11_1m.csv: 1,440 rows');
});

test('sums up a manifest', async () => {
  const workdir = freshWorkdir();
  const attempt = { run_id: 'r', outcome: 'failed', first_finding: null };
  const symbols = [{ symbol: 'BTCUSDT', published: null, last_attempt: attempt }];
  const manifest = {
    schema_version: SCHEMA_VERSION,
    code_version: '0',
    date: '2025-12-11',
    dataset: null,
    symbols,
  };
  workdir.write('2025-12-11.json', JSON.stringify(manifest));
  const told = await workdir.run(['inspect', '2025-12-11.json']);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain('BTCUSDT: nothing published; last attempt failed\n');
});

test('asks for one existing file', async () => {
  const workdir = recorded();
  const messages: string[] = [];
  for (const args of [[], ['nothing.csv'], ['raw/'], ['raw'], ['gs://bucket'], [CHUNK, CHUNK]]) {
    const told = await workdir.run(['inspect', ...args]);
    expect(told).toMatchObject({ code: 2, stdout: '' });
    messages.push(told.stderr);
  }
  expect(messages[0]).toContain('found nothing, expected file: a path or gs://bucket/name');
  expect(messages[1]).toContain('nothing.csv file: found nothing there');
  expect(messages[2]).toContain("found 'raw/', expected the path of a file");
  expect(messages[3]).toBe(
    "error: flowbars inspect file: found 'raw', a folder, expected the path of a file\n",
  );
});

describe.skipIf(server === undefined)('in a bucket', () => {
  test('inspects and checks objects as in a folder', async () => {
    if (server === undefined) return;
    await server.createBucket('inspected');
    await server.putObject('inspected', `some/${CHUNK}`, new TextEncoder().encode(LINES));
    const uri = `gs://inspected/some/${CHUNK}`;
    const endpoint = ['--gcs-endpoint', server.endpoint];
    const workdir = recorded();
    const told = await workdir.run(['inspect', uri, ...endpoint]);
    const local = await workdir.run(['inspect', CHUNK]);
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toBe(local.stdout.replace(CHUNK, uri));
    const missing = await workdir.run(['inspect', 'gs://inspected/none.csv', ...endpoint]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('gs://inspected/none.csv file: found nothing there');
    const files = ['--bars', uri, '--klines', uri];
    const checked = await workdir.run(['check', ...files, ...endpoint]);
    expect(checked.code).toBe(1);
    expect(checked.stderr).toContain(`${uri} line 2 column timestamp: found '1582329600000'`);
  });
});
