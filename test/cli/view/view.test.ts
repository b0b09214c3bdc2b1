/** `flowbars view` on a folder: the file that it writes, what it says of it, and what it refuses. */
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishPatterns } from '../../support/day/pattern-days.js';
import { openMemoryStore } from '../../support/memory-store.js';
import { type RunResult, Workdir } from '../../support/workdir.js';
import { dayTexts } from '../../core/pattern/made-day.js';

const DATE = '2025-12-11';
const workdir = new Workdir();

beforeAll(() => {
  const out = openMemoryStore();
  publishPatterns(out, [{ symbol: 'AAAUSDT', date: DATE, texts: dayTexts(() => undefined) }]);
  for (const name of out.names()) workdir.write(`out/${name}`, out.text(name));
});

afterAll(() => workdir.dispose());

async function view(...args: readonly string[]): Promise<RunResult> {
  const symbol = args.includes('--symbol') ? [] : ['--symbol', 'AAAUSDT'];
  return await workdir.run(['view', '--out', 'out', ...symbol, ...args]);
}

test('writes a page by the name of its day, and says what it holds', async () => {
  const { code, stdout, stderr } = await view('--from', DATE);
  expect(stderr).toMatch(
    /^written \(exit code 0\): 1 day of AAAUSDT, \d\.\d MB; open AAAUSDT_2025-12-11\.html in a browser\n$/u,
  );
  expect(code).toBe(0);
  const bytes = workdir.bytes(`AAAUSDT_${DATE}.html`);
  expect(JSON.parse(stdout)).toEqual({
    schema_version: SCHEMA_VERSION,
    page: `AAAUSDT_${DATE}.html`,
    bytes: bytes.length,
    symbol: 'AAAUSDT',
    dates: [DATE],
    unpublished: [],
    resolutions: ['1s'],
    rows: 86_400,
    events: workdir.text(`out/AAAUSDT/${DATE}_patterns.csv`).trimEnd().split('\n').length - 1,
  });
  const text = workdir.text(`AAAUSDT_${DATE}.html`);
  expect(text).toMatch(/^<!doctype html>/u);
  // The chart library with its licence, whole modules of the page, and nothing to fetch.
  expect(text).toContain('Lightweight%20Charts');
  expect(text).toContain('"#page/chart/day-chart":"data:text/javascript,');
  expect(text).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)="(?!data:)[^"]+"/u);
});

test('writes over an older page, into folders that are not there yet, and the same bytes', async () => {
  for (const time of [1, 2]) {
    const { code, stderr } = await view('--from', 'first', '--page', 'pages/deep/day.html');
    expect(code, `${time}: ${stderr}`).toBe(0);
  }
  expect((await view('--from', DATE, '--to', 'last', '--page', 'again.html')).code).toBe(0);
  expect(workdir.bytes('again.html')).toEqual(workdir.bytes('pages/deep/day.html'));
});

describe('refuses with exit code 2 and one line', () => {
  test.each([
    [
      'a day that is not published',
      ['--from', '2025-12-12'],
      /AAAUSDT 2025-12-12: found no published day, expected --from 2025-12-11, the published day/u,
    ],
    ['the usual day', [], /found no published day, expected --from 2025-12-11/u],
    [
      'a symbol that no manifest names',
      ['--from', DATE, '--symbol', 'AABUSDT'],
      /--symbol symbol: found 'AABUSDT', which matches no symbol in a manifest/u,
    ],
    [
      'several symbols',
      ['--from', DATE, '--symbol', 'AAAUSDT,AABUSDT'],
      /--symbol symbol: found 'AAAUSDT,AABUSDT'/u,
    ],
    [
      'symbols of a site',
      ['--from', DATE, '--symbols', 'AABUSDT'],
      /--symbols option: found 'AABUSDT', expected --symbol, or it with --site/u,
    ],
    ['all symbols', ['--from', DATE, '--symbol', 'all'], /--symbol symbol: found 'all'/u],
    [
      'rows that are not published',
      ['--from', DATE, '--resolutions', '1m'],
      /expected one that is published: 1s/u,
    ],
    [
      'too many days',
      ['--from', '2025-11-01', '--to', DATE],
      /days of one page: found 41, expected at most 14/u,
    ],
    [
      'a page without a name',
      ['--from', DATE, '--page', 'pages/'],
      /--page file: found 'pages\/'/u,
    ],
    ['a folder', ['--from', DATE, '--page', 'out'], /--page file: found 'out', a folder/u],
    [
      'a page below a file',
      ['--from', DATE, '--page', 'notes.txt/day.html'],
      /--page file: found 'notes.txt\/day.html', with a file in place of a folder, expected a folder: notes.txt/u,
    ],
    [
      'a bucket without a name',
      ['--from', DATE, '--page', 'gs://bucket'],
      /--page file: found 'gs:\/\/bucket'/u,
    ],
    [
      'a file that is no page',
      ['--from', DATE, '--page', 'notes.txt'],
      /something other than a page of flowbars view/u,
    ],
  ])('%s', async (_, args, line) => {
    workdir.write('notes.txt', 'mine');
    const { code, stdout, stderr } = await view(...args);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(workdir.text('notes.txt')).toBe('mine');
  });

  test('a manifest that cannot be read is damaged data, in one message', async () => {
    const name = `out/_manifest/${DATE}.json`;
    const manifest = workdir.text(name);
    workdir.write(name, '{"x":');
    const { code, stderr } = await view('--from', DATE);
    workdir.write(name, manifest);
    expect(stderr).toMatch(/^error: out\/_manifest\/2025-12-11\.json day manifest: found no JSON/u);
    expect(stderr.split('found ')).toHaveLength(2);
    expect(code).toBe(1);
  });

  test('a root that is not there', async () => {
    const args = ['view', '--out', 'nowhere', '--symbol', 'AAAUSDT', '--from', DATE];
    const { code, stderr } = await workdir.run(args);
    expect(stderr).toMatch(/--out/u);
    expect(code).toBe(2);
  });
});
