/** The built `flowbars status`: the calendar drawn, as JSON, and its exit code. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Calendar } from '../../src/core/calendar/calendar-shape.js';
import {
  optionArgs,
  type Options,
  runExpecting,
  tinyRunArgs,
} from '../support/e2e/run-flowbars.js';
import {
  chunkName,
  TINY_DATE,
  tinyChunk,
  tinyRecording,
  writeChunks,
} from '../support/e2e/tiny-recording.js';
import { textOf } from '../support/site/read-page.js';
import { expectSchema } from '../support/schema/schemas.js';
import { freshWorkdir, type RunResult, Workdir } from '../support/workdir.js';

const SYMBOLS = ['AAAUSDT', '币安人生USDT'];
const MANIFEST = `out/_manifest/${TINY_DATE}.json`;
const DAY = { from: TINY_DATE, to: TINY_DATE };
const EVENING = { from: '2024-05-05', to: TINY_DATE };

const origin = new Workdir();
let workdir: Workdir;

/** Two symbols, one day: published once, and each test has a copy. */
beforeAll(async () => {
  for (const symbol of SYMBOLS) writeChunks(origin, 'raw', tinyRecording(symbol));
  await runExpecting(origin, 0, tinyRunArgs({ symbols: SYMBOLS.join() }));
});

beforeEach(() => {
  workdir = freshWorkdir();
  for (const name of origin.files()) workdir.write(name, origin.bytes(name));
});

afterAll(() => origin.dispose());

async function status(code: number, options: Options = {}): Promise<Calendar> {
  const result = await runExpecting(workdir, code, statusArgs(options));
  expectSchema('calendar', result.stdout);
  return JSON.parse(result.stdout) as Calendar;
}

function statusArgs(options: Options): string[] {
  return ['status', ...optionArgs({ out: 'out', ...DAY, ...options })];
}

/** `AAAUSDT complete missing`. */
function states({ symbols }: Calendar): string[] {
  return symbols.map(({ symbol, days }) => [symbol, ...days.map(({ state }) => state)].join(' '));
}

describe('as a page', () => {
  test('the calendar is written beside the usual output, the same bytes each time', async () => {
    const result = await runExpecting(
      workdir,
      1,
      statusArgs({ ...EVENING, html: 'new/days.html' }),
    );
    expect(JSON.parse(result.stdout)).toMatchObject({ not_good: 2 });
    expect(result.stderr).toContain('page: new/days.html\n');
    const page = workdir.text('new/days.html');
    expect(textOf(page)).toContain('not good 2 of 4 symbol-days are good');
    expect(textOf(page)).toContain(SYMBOLS[1]);
    const again = await runExpecting(workdir, 1, statusArgs({ ...EVENING, html: 'new/days.html' }));
    expect(again.stderr).toContain('page: new/days.html, unchanged');
    expect(workdir.text('new/days.html')).toBe(page);
  });

  test.for([
    ['days.json', "--html page: found 'days.json', expected the name of a file that ends in .html"],
    ['folder.html', "--html file: found 'folder.html', a folder, expected the path of a file"],
  ])('%s is refused', async ([html = '', line]) => {
    workdir.write('folder.html/file', '');
    const result = await runExpecting(workdir, 2, statusArgs({ html }));
    expect(result.stderr).toContain(line);
    expect(result.stdout).toBe('');
  });
});

describe('by the manifests alone', () => {
  test('a day is good where all of it is, and the output root is all that is needed', async () => {
    workdir.remove('raw');
    const before = workdir.contents();
    const calendar = await status(0);
    expect(calendar).toMatchObject({ out: 'out', ...DAY, live: false, good: true, not_good: 0 });
    expect(states(calendar)).toEqual(SYMBOLS.map((symbol) => `${symbol} complete`));
    expect(workdir.contents()).toEqual(before);
  });

  test('days without a manifest are missing, and the exit code says so', async () => {
    const calendar = await status(1, EVENING);
    expect(states(calendar)).toEqual(SYMBOLS.map((symbol) => `${symbol} missing complete`));
    expect(calendar.counts).toMatchObject({ missing: 2, complete: 2 });
  });

  test('by default it is the thirty days up to yesterday, of which nothing is known here', async () => {
    const result = await workdir.run(['status', '--out', 'out']);
    const { from, to, symbols } = JSON.parse(result.stdout) as Calendar;
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('no symbol known');
    expect(symbols).toEqual([]);
    expect(Date.parse(to) - Date.parse(from)).toBe(29 * 86_400_000);
  });

  test('a day that fails later has failed, and keeps what is published', async () => {
    workdir.remove('raw/AAAUSDT');
    workdir.write('raw/AAAUSDT/readme.txt', 'no chunk');
    await runExpecting(workdir, 1, tinyRunArgs({ symbols: 'AAAUSDT', 'run-id': 'later' }));
    const [row] = (await status(1)).symbols;
    expect(row?.days).toMatchObject([
      {
        state: 'failed',
        coverage: 1,
        published_status: 'complete',
        last_attempt: { run_id: 'later', outcome: 'failed' },
        detail: expect.stringMatching(/^inputs_vanished: /u) as string,
      },
    ]);
  });

  test('a partial day is good from --coverage-min on', async () => {
    const expected = { expect: `${TINY_DATE}T00:00:00Z/${TINY_DATE}T00:02:10Z` };
    await runExpecting(workdir, 1, tinyRunArgs({ ...expected, symbols: 'AAAUSDT' }));
    expect((await status(1)).symbols[0]?.days[0]).toMatchObject({ state: 'partial', good: false });
    await status(0, { 'coverage-min': '0.9' });
  });

  test('an empty day is good unless it is of a symbol that was named', async () => {
    workdir.write('raw/EMPTY/readme.txt', 'no chunk');
    await runExpecting(workdir, 1, tinyRunArgs({ symbols: 'EMPTY' }));
    expect(states(await status(0))).toContain('EMPTY empty');
    await status(0, { symbols: 'all' });
    await status(1, { symbols: 'EMPTY' });
    await status(0, { symbols: 'EMPTY', 'allow-empty': 'EMPTY' });
  });

  test('an empty day is a fault where the deployment lists its symbols, as it is one of the run', async () => {
    workdir.write('raw/EMPTY/readme.txt', 'no chunk');
    await runExpecting(workdir, 1, tinyRunArgs({ symbols: 'EMPTY' }));
    workdir.write('out/_symbols.json', JSON.stringify([...SYMBOLS, 'EMPTY', 'NEWUSDT']));
    expect(states(await status(1))).toEqual([
      'AAAUSDT complete',
      'EMPTY empty',
      'NEWUSDT missing',
      '币安人生USDT complete',
    ]);
    workdir.write('out/_symbols.json', JSON.stringify([...SYMBOLS, 'EMPTY']));
    await status(1);
    await status(0, { 'allow-empty': 'EMPTY' });
    await status(0, { symbols: 'all' });
  });

  test('a symbol that is named wrongly is missing, and the one that may be meant is named', async () => {
    const [row] = (await status(1, { symbols: 'AAAUSD' })).symbols;
    expect(row?.days).toMatchObject([
      {
        state: 'missing',
        detail: "no manifest of these days has such a symbol (is it 'AAAUSDT'?)",
      },
    ]);
  });

  test('a malformed manifest is reported, and the rest is still shown', async () => {
    workdir.write(MANIFEST, '{"schema_version":1}');
    const calendar = await status(1, { ...EVENING, symbols: 'AAAUSDT' });
    expect(states(calendar)).toEqual(['AAAUSDT missing unreadable']);
    expect(calendar.unreadable_manifests).toMatchObject([{ date: TINY_DATE }]);
  });
});

describe('compared with the raw root', () => {
  const LIVE = { ...EVENING, live: true, raw: 'raw' } as const;

  test('a day without a manifest is a fault, though nothing is recorded', async () => {
    const calendar = await status(1, LIVE);
    expect(states(calendar)).toEqual(SYMBOLS.map((symbol) => `${symbol} missing complete`));
    expect(calendar.symbols[0]?.days[0]?.detail).toBe('no manifest, and nothing recorded');
  });

  test('a symbol that the run of the day did not know and that was not recorded is none', async () => {
    const earlier = { from: EVENING.from, to: EVENING.from };
    const expected = { 'allow-empty': 'AAAUSDT', expect: undefined };
    // A run of which nothing at all is recorded is not good; the day is published as empty all the same.
    await runExpecting(workdir, 1, tinyRunArgs({ ...earlier, ...expected, symbols: 'AAAUSDT' }));
    const calendar = await status(0, LIVE);
    expect(states(calendar)).toEqual(['AAAUSDT empty complete', '币安人生USDT none complete']);
  });

  test('a damaged bar file is a fault, though raw objects are gone', async () => {
    workdir.remove(`raw/${chunkName('trades', '00-00', 'AAAUSDT')}`);
    const day = { ...LIVE, ...DAY };
    expect(states(await status(0, day))).toContain('AAAUSDT complete');
    const bars = workdir.files().find((name) => /^out\/AAAUSDT\/.*\.csv$/u.test(name)) ?? '';
    workdir.remove(bars);
    const calendar = await status(1, day);
    expect(states(calendar)).toContain('AAAUSDT stale');
    expect(calendar.symbols[0]?.days[0]?.detail).toMatch(
      /\.csv differs from the quality report; 1 raw object gone/u,
    );
  });

  test('a late chunk makes its day stale, and a folder that is new is missing', async () => {
    workdir.write(`raw/${chunkName('trades', '00-02', 'AAAUSDT')}`, tinyChunk('trades', 2));
    writeChunks(workdir, 'raw', tinyRecording('NEWUSDT'));
    const calendar = await status(1, LIVE);
    expect(states(calendar)).toEqual([
      'AAAUSDT missing stale',
      'NEWUSDT missing missing',
      '币安人生USDT missing complete',
    ]);
    expect(calendar.symbols[0]?.days[1]?.detail).toBe(
      `1 object added (AAAUSDT/trades/${TINY_DATE}/00-02.csv)`,
    );
    await runExpecting(workdir, 1, tinyRunArgs({ symbols: 'AAAUSDT,NEWUSDT', expect: undefined }));
    const later = await status(0, { ...LIVE, ...DAY, 'coverage-min': '0' });
    expect(later.counts).toMatchObject({ stale: 0, missing: 0 });
  });
});

describe('a status is refused', () => {
  test.for<[string, Options, number, string]>([
    ['without an output root', { out: undefined }, 2, '--out option: found nothing'],
    [
      'of a root that does not exist',
      { out: 'nowhere' },
      2,
      "--out root: found 'nowhere': nothing",
    ],
    ['with --live and no raw root', { live: true }, 2, '--raw option: found nothing'],
    ['of roots in one another', { live: true, raw: '.' }, 2, "--out root: found 'out'"],
    [
      'of more days than a leap year',
      { from: '2023-01-01' },
      2,
      "found 492 days, from '2023-01-01'",
    ],
    [
      'by a pattern that matches nothing',
      { symbols: 'X*' },
      2,
      "--symbols symbol: found 'X*', which matches no symbol in a manifest from",
    ],
    ['of a day that is not over', { to: '2999-01-01' }, 2, "--to date: found '2999-01-01'"],
    ['for an option of a run', { force: true }, 2, "option: found '--force'"],
  ])('%s', async ([, options, code, message]) => {
    const result: RunResult = await workdir.run(statusArgs(options));
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(message);
  });
});
