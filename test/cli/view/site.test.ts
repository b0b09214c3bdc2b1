/** The built `flowbars view --site` and `run --site`: a site in a folder and in a bucket. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isDictionary } from '../../../src/core/unit/json.js';
import { bucketObjects, changedObjects } from '../../support/e2e/bucket.js';
import {
  optionArgs,
  type Options,
  runExpecting,
  tinyRunArgs,
} from '../../support/e2e/run-flowbars.js';
import { TINY_DATE, tinyRecording, writeChunks } from '../../support/e2e/tiny-recording.js';
import { startFakeGcsServer } from '../../support/gcs/fake-gcs-server.js';
import { brokenLinks, textOf } from '../../support/site/read-page.js';
import { freshWorkdir, type RunResult, Workdir } from '../../support/workdir.js';

const SYMBOLS = ['AAAUSDT', '币安人生USDT'];
const EVENING = { from: '2024-05-05', to: TINY_DATE };
const NAMES = [
  ...SYMBOLS.flatMap((symbol) =>
    [`${TINY_DATE}.html`, '_pages.json', 'index.html'].map((name) => `${symbol}/${name}`),
  ),
  'index.html',
].toSorted();

const server = await startFakeGcsServer();
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

afterAll(async () => {
  origin.dispose();
  await server?.stop();
});

async function view(code: number, options: Options): Promise<Record<string, unknown>> {
  const args = ['view', ...optionArgs({ out: 'out', ...EVENING, ...options })];
  const { stdout } = await runExpecting(workdir, code, args);
  const document: unknown = JSON.parse(stdout);
  if (!isDictionary(document)) throw new Error('no document');
  return document;
}

async function runWith(code: number, options: Options): Promise<RunResult> {
  return await runExpecting(workdir, code, tinyRunArgs({ symbols: SYMBOLS.join(), ...options }));
}

function checkLinks(site: string): void {
  const pages = workdir.files(site).filter((name) => name.endsWith('.html'));
  const { broken, seen } = brokenLinks(
    pages.map((name) => `${site}/${name}`),
    (name) => (workdir.exists(name) ? workdir.text(name) : undefined),
  );
  expect(broken).toEqual([]);
  expect(seen).toBeGreaterThan(15);
}

describe('view --site', () => {
  test.for(['pages', 'out/_site', '_a/b c&d'])('writes a whole site into %s', async (site) => {
    const document = await view(0, { site });
    expect(document).toMatchObject({
      site,
      index: 'index.html',
      ...EVENING,
      written: 2,
      failed: 0,
    });
    expect(workdir.files(site)).toEqual(NAMES);
    checkLinks(site);
    // Of the first day nothing is published: the pages say so, and the exit code is that of the pages.
    expect(document).toMatchObject({ good: true, calendar_good: false });
    expect(textOf(workdir.text(`${site}/index.html`))).toContain('2 of 4 symbol-days are good');
  });

  test('a second time writes nothing, and a changed day alone', async () => {
    await view(0, { site: 'pages' });
    const before = workdir.contents('pages');
    expect(await view(0, { site: 'pages' })).toMatchObject({
      written: 0,
      unchanged: 2,
      other_written: 0,
    });
    expect(workdir.contents('pages')).toEqual(before);
    await runExpecting(workdir, 1, tinyRunArgs({ symbols: 'AAAUSDT', expect: undefined }));
    expect(await view(0, { site: 'pages' })).toMatchObject({ written: 1, unchanged: 1 });
    const after = workdir.contents('pages');
    const changed = [...after].flatMap(([name, text]) => (before.get(name) === text ? [] : [name]));
    expect(changed).toContain(`AAAUSDT/${TINY_DATE}.html`);
    expect(changed).not.toContain(`币安人生USDT/${TINY_DATE}.html`);
  });

  test('a day whose files are damaged has no page, and the exit code says so', async () => {
    workdir.write(`out/AAAUSDT/${TINY_DATE}_1m.csv`, 'damaged');
    const document = await view(1, { site: 'pages' });
    expect(document).toMatchObject({ good: false, written: 1, failed: 1 });
    expect(workdir.exists(`pages/AAAUSDT/${TINY_DATE}.html`)).toBe(false);
    expect(textOf(workdir.text('pages/AAAUSDT/index.html'))).toContain('no page: ');
    checkLinks('pages');
  });

  test('a symbol that is typed takes the place of a site that a variable names', async () => {
    const args = ['view', ...optionArgs({ out: 'out', symbol: 'AAAUSDT', from: TINY_DATE })];
    await runExpecting(workdir, 0, args, { env: { FLOWBARS_SITE: 'pages' } });
    expect(workdir.exists(`AAAUSDT_${TINY_DATE}.html`)).toBe(true);
    expect(workdir.exists('pages')).toBe(false);
  });

  test('shows the symbols that are asked for', async () => {
    await view(0, { site: 'pages', symbols: 'AAA*', resolutions: '1m' });
    expect(workdir.files('pages')).toEqual(NAMES.filter((name) => !name.startsWith('币')));
  });

  test.for([
    [{ site: 'out/site' }, "--site root: found 'out/site', inside the output root"],
    [{ site: 'out' }, "--site root: found 'out', inside the output root"],
    [{ site: 'out/_manifest/x' }, "--site root: found 'out/_manifest/x', inside the output root"],
    [{ site: 'http://x/y' }, "scheme 'http'"],
    [{ site: 'pages', symbol: 'AAAUSDT' }, '--site option: found it beside --symbol'],
    [{ site: 'pages', symbols: 'ZZZ*' }, '--symbols'],
  ] as const)('%o is refused', async ([options, line]) => {
    const args = ['view', ...optionArgs({ out: 'out', ...EVENING, ...options })];
    const before = workdir.files();
    const { stdout, stderr } = await runExpecting(workdir, 2, args);
    expect(stdout).toBe('');
    expect(stderr).toContain(line);
    expect(workdir.files()).toEqual(before);
  });
});

describe('run --site', () => {
  test('writes the pages of its days behind its summary', async () => {
    const { stderr } = await runWith(0, { site: 'out/_site' });
    expect(workdir.files('out/_site')).toEqual(NAMES);
    expect(stderr).toContain('out/_site: 2 day pages written, 0 unchanged');
    expect(stderr).toContain('pages: out/_site/index.html');
    checkLinks('out/_site');
    // The index has only days from the first published one on.
    expect(textOf(workdir.text('out/_site/index.html'))).toContain(
      'good 2 of 2 symbol-days are good',
    );
    const status = ['status', ...optionArgs({ out: 'out', from: TINY_DATE, to: TINY_DATE })];
    await runExpecting(workdir, 0, status);
  });

  test('leaves the seconds out where it is told to', async () => {
    const options = { resolutions: '1s,1m', site: 'pages' };
    const page = `pages/AAAUSDT/${TINY_DATE}.html`;
    await runWith(0, options);
    const whole = workdir.bytes(page).length;
    await runWith(0, { ...options, 'site-resolutions': '1m' });
    expect(workdir.bytes(page).length).toBeLessThan(whole);
  });

  test('makes pages of its own symbols, and those of others that are missing', async () => {
    const one = tinyRunArgs({ symbols: 'AAAUSDT', site: 'pages' });
    const { stderr } = await runExpecting(workdir, 0, one);
    expect(stderr).toContain('pages: 2 day pages written, 0 unchanged');
    expect(workdir.files('pages')).toEqual(NAMES);
    checkLinks('pages');
    const again = await runExpecting(workdir, 0, one);
    expect(again.stderr).toContain('pages: 0 day pages written, 1 unchanged');
  });

  test('a site that cannot be written fails the step, and not the data', async () => {
    workdir.write('pages', 'a file in place of the folder');
    const result = await runWith(3, { site: 'pages', retries: '0' });
    expect(result.stderr).toContain('error: pages not written: pages');
    expect(JSON.parse(result.stdout)).toMatchObject({ good: true, statuses: { complete: 2 } });
  });

  test.for([
    ['raw/pages', "--site root: found 'raw/pages', inside the raw root"],
    ['out/pages', "--site root: found 'out/pages', inside the output root"],
  ])('%s is refused before anything is computed', async ([site = '', line]) => {
    const before = workdir.files();
    const { stderr } = await runWith(2, { site });
    expect(stderr).toContain(line);
    expect(workdir.files()).toEqual(before);
  });
});

describe.skipIf(server === undefined)('in a bucket', () => {
  const endpoint = server?.endpoint ?? '';
  const place = { 'gcs-endpoint': endpoint };

  test('pages have their type, and only what has changed gets a new generation', async () => {
    await server?.createBucket('bars');
    const options = { ...place, out: 'gs://bars/agg', expect: undefined };
    const site = 'gs://bars/agg/_site';
    const env = { FLOWBARS_SITE: site };
    const args = tinyRunArgs({ ...options, symbols: SYMBOLS.join() });
    await runExpecting(workdir, 1, args, { env });
    const first = await bucketObjects(endpoint, 'bars', 'agg/_site');
    expect([...first.keys()].toSorted()).toEqual(NAMES);
    const types = [...first].map(([name, { contentType }]) => [
      name.endsWith('.html'),
      contentType,
    ]);
    expect(types).toContainEqual([true, 'text/html; charset=utf-8']);
    expect(types.every(([isPage, type]) => isPage === String(type).startsWith('text/html'))).toBe(
      true,
    );
    const objects = await bucketObjects(endpoint, 'bars', 'agg');
    const pages = NAMES.filter((name) => name.endsWith('.html')).map((name) => `_site/${name}`);
    const { broken, seen } = brokenLinks(pages, (name) => {
      const content = objects.get(name)?.content;
      return content === undefined ? undefined : Buffer.from(content, 'latin1').toString();
    });
    expect(broken).toEqual([]);
    expect(seen).toBeGreaterThan(15);
    await runExpecting(workdir, 1, args, { env });
    expect(changedObjects(first, await bucketObjects(endpoint, 'bars', 'agg/_site'))).toEqual([]);
  });

  test('that is not there is a mistyped root', async () => {
    const options = { ...place, out: 'out', ...EVENING, site: 'gs://no-such-bucket/x' };
    const { stderr } = await runExpecting(workdir, 2, ['view', ...optionArgs(options)]);
    expect(stderr).toContain('--site root: found');
  });
});
