/** `flowbars check` as a person uses it: exit codes, page, document, refusals, and the real recordings. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { klineText } from '../../support/day/klines.js';
import {
  BARS,
  check,
  DATE,
  klines,
  published,
  SIGNALS,
  withKline,
} from '../../support/examine/published-klines.js';
import { hrefsOf, textOf } from '../../support/site/read-page.js';
import { freshWorkdir, projectRoot } from '../../support/workdir.js';

test('says good where every covered minute is equal, whatever the padding', async () => {
  const workdir = published();
  withKline(workdir, 3, '99.000');
  const told = await check(workdir);
  expect(told).toEqual({
    code: 0,
    signal: undefined,
    stderr: '',
    stdout:
      'good (exit code 0): 1,440 of 1,440 fully covered minutes equal, 0 different; ' +
      'quote volumes compared in 1,440; 0 of 1,440 official minutes not covered\n',
  });
});

test('fails on one different figure and shows it', async () => {
  const workdir = published();
  withKline(workdir, 3, '99.01');
  const told = await check(workdir);
  expect(told.code).toBe(1);
  const blocks = Array.from({ length: 5 }, () => '▇'.repeat(10)).join(' ');
  expect(told.stdout.split('\n')).toEqual([
    'minute          0          10         20         30         40         50',
    `2025-12-11 00h  ▇▇▇x▇▇▇▇▇▇ ${blocks}`,
    '2025-12-11 01h to 23h: all equal',
    '▇ equal, x different',
    'minute                column  ours  official  difference  covered',
    '────────────────────  ──────  ────  ────────  ──────────  ───────',
    '2025-12-11T00:03:00Z  close     99     99.01       -0.01  yes',
    '  └ missing chunk: no trades chunk 00-03',
    'not good (exit code 1): 1,439 of 1,440 fully covered minutes equal, ' +
      '1 different; quote volumes compared in 1,440; 0 of 1,440 official minutes not covered',
    '',
  ]);
  expect(told.stdout).not.toContain('\u001B');
});

test('writes a page that leads to the minute that differs', async () => {
  const workdir = published();
  withKline(workdir, 3, '99.01');
  const told = await check(workdir, '--html', 'check.html');
  expect(told).toMatchObject({ code: 1, stderr: 'page: check.html\n' });
  const page = workdir.text('check.html');
  expect(hrefsOf(page)).toEqual(['#2025-12-11T00:03:00Z']);
  expect(textOf(page)).toContain('2025-12-11T00:03:00Z close 99 99.01 -0.01 yes missing chunk');
});

test('compares only the minutes from --from to --to, end exclusive', async () => {
  const workdir = published();
  withKline(workdir, 3, '1');
  const before = await check(workdir, '--to', `${DATE}T00:03:00Z`);
  const behind = await check(workdir, '--from', `${DATE}T00:04:00Z`, '--to', `${DATE}T00:10:00Z`);
  const across = await check(workdir, '--from', `${DATE}T00:03:00Z`, '--to', `${DATE}T00:04:00Z`);
  expect([before.code, behind.code, across.code]).toEqual([0, 0, 1]);
  expect(before.stdout).toContain('3 of 3 fully covered');
  expect(behind.stdout).toContain('6 of 6 fully covered');
  expect(across.stdout).toContain('0 of 1 fully covered');
});

test('rolls 1s bars up and takes klines without header, gzipped, in microseconds', async () => {
  const workdir = published();
  const micro = klines().map((cells) => [
    `${cells[0]}000`,
    ...cells.slice(1, 6),
    `${cells[6]}999`,
    ...cells.slice(7),
  ]);
  workdir.write('klines.csv.gz', gzipSync(klineText(micro, { header: false })));
  const files = ['--bars', BARS.replace('1m', '1s'), '--klines', 'klines.csv.gz'];
  const told = await workdir.run(['check', ...files, '--json']);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(told.stdout)).toEqual({
    good: true,
    from: `${DATE}T00:00:00Z`,
    to: '2025-12-12T00:00:00Z',
    minutes: {
      official: 1_440,
      without_bars: 0,
      not_covered: 0,
      compared: 1_440,
      equal: 1_440,
      different: 0,
      quote_compared: 1_440,
      float_noise: 0,
      without_kline: 0,
    },
    differences: [],
    differences_omitted: 0,
    not_covered: [],
    hours: Array.from({ length: 24 }, (_, hour) => ({
      from: `${DATE}T${String(hour).padStart(2, '0')}:00:00Z`,
      minutes: '='.repeat(60),
    })),
    bars: [
      {
        file: BARS.replace('1m', '1s'),
        date: DATE,
        resolution: '1s',
        report: `BTCUSDT/${DATE}_quality.json`,
        signals: SIGNALS.replace('1m', '1s'),
      },
    ],
    klines: ['klines.csv.gz'],
    notes: [],
  });
});

test('uses the bars alone if the report is gone or lists other bytes', async () => {
  const workdir = published();
  const bars = workdir.text(BARS);
  workdir.write(BARS, bars.replace('100.1,', '100.2,'));
  const other = await check(workdir);
  expect(other.stdout).toMatch(/ignored .+,\s+which lists\s+other\s+bytes/u);
  workdir.write(BARS, bars);
  workdir.remove(`BTCUSDT/${DATE}_quality.json`);
  const gone = await check(workdir);
  expect(gone.stdout).toContain(`no ${DATE}_quality.json beside it`);
  expect(gone.stdout).toContain('5 of 5 fully covered minutes equal');
  expect([other.code, gone.code]).toEqual([1, 0]);
});

test('never passes without having compared anything', async () => {
  const workdir = published();
  const told = await check(workdir, '--from', '2025-12-12T00:00:00Z');
  expect(told.code).toBe(1);
  expect(told.stdout).toContain('nothing compared: no minute is fully covered');
});

describe('refuses', () => {
  const cases: readonly (readonly [name: string, args: string[], code: number, message: string])[] =
    [
      [
        'a resolution other than 1m and 1s',
        ['--bars', `BTCUSDT/${DATE}_1h.csv`],
        2,
        'found bars of 1h, expected 1m or 1s',
      ],
      ['a day twice', ['--bars', `${BARS},${BARS}`], 2, `found a second file of ${DATE}`],
      [
        'a file that is not there',
        ['--bars', 'nothing.csv'],
        2,
        'nothing.csv file: found nothing there',
      ],
      ['a folder', ['--bars', 'BTCUSDT'], 2, "--bars file: found 'BTCUSDT', a folder, expected"],
      ['an empty name', ['--bars', `${BARS},`], 2, '--bars files: found'],
      ['an instant that is none', ['--from', DATE], 2, `--from instant: found '${DATE}'`],
      [
        'an end before its beginning',
        ['--from', `${DATE}T01:00:00Z`, '--to', `${DATE}T00:00:00Z`],
        2,
        '--to instant',
      ],
      ['klines that are no klines', ['--klines', BARS], 1, 'missing: open_time'],
      ['a zip archive', ['--klines', 'k.zip'], 1, 'k.zip file: found a zip archive'],
      [
        'Parquet with the csv file beside it',
        ['--bars', `BTCUSDT/${DATE}_1m.parquet`],
        1,
        `BTCUSDT/${DATE}_1m.parquet file: found Parquet, expected csv text: ${BARS} beside it`,
      ],
      [
        'klines as Parquet',
        ['--klines', 'k.parquet'],
        1,
        'k.parquet file: found Parquet, expected csv text, plain or gzip',
      ],
      ['bars that are no bars', ['--bars', 'klines.csv'], 1, 'klines.csv header: found'],
      ['bars that end early', ['--bars', `half/${DATE}_1m.csv`], 1, 'check row_count'],
    ];

  test.each(cases)('%s', async (_name, args, code, message) => {
    const workdir = published('1m,1h');
    for (const name of [`BTCUSDT/${DATE}_1m.parquet`, 'k.parquet']) {
      workdir.write(name, 'PAR1 PAR1');
    }
    workdir.write('k.zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0));
    workdir.write(
      `half/${DATE}_1m.csv`,
      workdir
        .text(BARS)
        .slice(0, 20_000)
        .replace(/[^\n]*$/, ''),
    );
    const given = new Map([
      ['--bars', BARS],
      ['--klines', 'klines.csv'],
    ]);
    for (let at = 0; at < args.length; at += 2) given.set(args[at] ?? '', args[at + 1] ?? '');
    const told = await workdir.run(['check', ...[...given].flat()]);
    expect({ code: told.code, stdout: told.stdout }).toEqual({ code, stdout: '' });
    expect(told.stderr).toContain(message);
  });
});

const real = join(projectRoot, '../shared/real');

describe('real recordings against their klines', () => {
  const cases = [
    {
      symbol: 'BTCUSDT',
      dates: ['2020-02-22'],
      streams: 'trades',
      klines: 'BTCUSDT-1m-2020-02-22T0000_0205.csv',
      equal: 124,
    },
    {
      symbol: 'BTCUSDT',
      dates: ['2024-07-18', '2024-07-19'],
      streams: 'both',
      klines: 'BTCUSDT-1m-2024-07-18T2356_0005.csv',
      equal: 7,
    },
    {
      symbol: 'TRXUSDT',
      dates: ['2025-03-04'],
      streams: 'trades',
      klines: 'TRXUSDT-1m-2025-03-03T2359_04T0017.csv',
      equal: 16,
    },
  ];

  test.for(cases)('$symbol $dates: $equal minutes, all equal', async (recording, context) => {
    if (!existsSync(real)) {
      context.skip('../shared/real is not there');
      return;
    }
    const workdir = freshWorkdir();
    const { symbol, dates, streams, equal } = recording;
    const roots = ['--raw', join(real, 'raw'), '--out', 'out'];
    const days = ['--from', dates.at(0) ?? '', '--to', dates.at(-1) ?? ''];
    const ran = await workdir.run([
      'run',
      ...roots,
      '--symbols',
      symbol,
      ...days,
      '--streams',
      streams,
      '--outputs',
      'bars,signals',
    ]);
    expect(ran.code).toBe(1);
    const klineFile = join(real, 'klines', recording.klines);
    expect(readFileSync(klineFile, 'utf8').split('\n').length).toBeGreaterThan(equal);
    for (const resolution of ['1m', '1s']) {
      const bars = dates.map((date) => `out/${symbol}/${date}_${resolution}.csv`).join(',');
      const told = await workdir.run(['check', '--bars', bars, '--klines', klineFile]);
      expect(told.stdout).toContain(
        `: ${equal} of ${equal} fully covered minutes equal, 0 different; ` +
          `quote volumes compared in ${equal};`,
      );
      expect(told.code).toBe(0);
      const drawn = told.stdout.split('\n').filter((line) => /^\d{4}-\d\d-\d\d \d\dh /u.test(line));
      expect(drawn.length).toBeGreaterThan(0);
      // Hours that are equal throughout are left out.
      expect(drawn.join('').split('▇').length - 1).toBeLessThanOrEqual(equal);
    }
  });
});
