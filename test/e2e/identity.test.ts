/** The same rows give the same bytes, for any number of jobs and any chunking. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Options, outcomesOf, runArgs, runExpecting } from '../support/e2e/run-flowbars.js';
import {
  compressed,
  mergeInPairs,
  rewriteChunks,
  SAMPLE_DATE,
  sampleRecording,
  splitInTwo,
} from '../support/e2e/sample-recording.js';
import { expectStoredShapes, NO_STORED_SHAPES, published } from '../support/e2e/stored-files.js';
import { Workdir } from '../support/workdir.js';

const SYMBOLS = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'];

/** The part of a recording that is enough to show that chunks may have any shape. */
const ONE = 'AAAUSDT';

const workdir = new Workdir();

beforeAll(async () => {
  await sampleRecording(workdir, { symbols: SYMBOLS.join(',') });
  const done = await run({ jobs: '1' });
  expect(outcomesOf(done)).toEqual(SYMBOLS.map((symbol) => `${symbol} ${SAMPLE_DATE} published`));
  expect(made(published(workdir)).size).toBe(6 * SYMBOLS.length);
  expect(expectStoredShapes(workdir)).toEqual({
    ...NO_STORED_SHAPES,
    quality: 3,
    scoreboard: 3,
    manifest: 1,
    record: 3,
    plan: 1,
    fan_out: 1,
    summary: 1,
  });
});

afterAll(() => workdir.dispose());

test('eight jobs publish the bytes of one job', async () => {
  await run({ out: 'out-8', jobs: '8' });
  expect(published(workdir, 'out-8')).toEqual(published(workdir));
});

test('chunks created in another order give the same bytes', async () => {
  rewriteChunks(
    workdir,
    'shuffled',
    (name, content) => [[name, content]],
    (names) => names.toSorted((a, b) => disorder(a) - disorder(b)),
  );
  await run({ raw: 'shuffled', out: 'out-shuffled', symbols: ONE });
  expect(only(published(workdir, 'out-shuffled'))).toEqual(only(published(workdir)));
});

test('compressed chunks give the same files', async () => {
  rewriteChunks(workdir, 'gzipped', compressed);
  await run({ raw: 'gzipped', out: 'out-gzipped', symbols: ONE });
  expect(made(published(workdir, 'out-gzipped'))).toEqual(only(made(published(workdir))));
});

test('chunks in two parts give the same files', async () => {
  rewriteChunks(workdir, 'parts', splitInTwo);
  expect(workdir.files('parts').length).toBe(2 * workdir.files('raw').length);
  await run({ raw: 'parts', out: 'out-parts', symbols: ONE });
  expect(made(published(workdir, 'out-parts'))).toEqual(only(made(published(workdir))));
});

test('chunks merged with their neighbours give the same files', async () => {
  mergeInPairs(workdir, 'merged');
  expect(workdir.files('merged').length).toBeLessThan(workdir.files('raw').length);
  await run({ raw: 'merged', out: 'out-merged', symbols: ONE });
  expect(made(published(workdir, 'out-merged'))).toEqual(only(made(published(workdir))));
});

test('minutes computed alone are those computed with seconds', async () => {
  await run({ out: 'out-1m', resolutions: '1m', outputs: 'bars,signals', symbols: ONE });
  const alone = made(published(workdir, 'out-1m'));
  expect(alone.size).toBe(2);
  const all = made(published(workdir));
  for (const [name, content] of alone) expect(all.get(name), name).toBe(content);
});

/** The recording has faults and is far shorter than a day, so no run over it is good. */
async function run(options: Options): ReturnType<typeof runExpecting> {
  const products = { resolutions: '1s,1m', outputs: 'bars,signals,patterns' };
  const given = { symbols: 'all', from: SAMPLE_DATE, ...products, ...options };
  return await runExpecting(workdir, 1, runArgs(given));
}

/** What a day is made into; its report and its manifest name the chunks that were read. */
function made(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].filter(([name]) => /\.csv$|_scoreboard\.json$/u.test(name)));
}

/** The files of the one symbol. */
function only(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].filter(([name]) => name.startsWith(ONE)));
}

/** Another order than by name, the same in each run. */
function disorder(name: string): number {
  let mixed = 7;
  for (const letter of name) mixed = (mixed * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return mixed;
}
