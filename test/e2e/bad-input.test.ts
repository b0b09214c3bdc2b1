/**
 * Invalid requests: exit code, message, and no file written. Symbols without data are valid; their
 * outcome is here, too.
 */
import { describe, expect, test } from 'vitest';
import { BAD_OPTIONS, BAD_ROOTS, type BadRequest } from '../support/e2e/bad-requests.js';
import { printCases } from '../support/e2e/print-cases.js';
import {
  type Options,
  outcomesOf,
  recordsOf,
  runExpecting,
  tinyRunArgs,
} from '../support/e2e/run-flowbars.js';
import { expectStoredShapes, published } from '../support/e2e/stored-files.js';
import {
  TINY_DATE,
  TINY_SYMBOL,
  tinyRecording,
  writeChunks,
} from '../support/e2e/tiny-recording.js';
import { freshWorkdir, type Workdir } from '../support/workdir.js';

const report = printCases('a request with');

describe('a run is refused for', () => {
  for (const badRequest of [...BAD_ROOTS, ...BAD_OPTIONS]) {
    test(badRequest.name, async () => await check(badRequest));
  }
});

describe('a symbol without data', () => {
  const empty = 'EMPTYUSDT';
  const both = `${TINY_SYMBOL},${empty}`;

  test('that was named makes the run not good', async () => {
    const workdir = recorded();
    workdir.write(`raw/${empty}/trades/readme.txt`, 'no chunk');
    const result = await runExpecting(workdir, 1, tinyRunArgs({ symbols: both }));
    expectEmpty(workdir, empty);
    const found = recordsOf(result)[1]?.findings.map(({ code, detail }) => `${code}: ${detail}`);
    report('a symbol without data, named', 'exit code 1, empty', found ?? []);
    expect(found).toEqual([
      'outage: feed_down for 2m 0s',
      'no_data: no chunk in the raw root: are the symbol, the day, the root and its layout right?',
    ]);
  });

  test('that may be empty is good', async () => {
    const workdir = recorded();
    await runExpecting(workdir, 0, tinyRunArgs({ symbols: both, 'allow-empty': empty }));
    expectEmpty(workdir, empty);
  });

  test('that was found in the raw root is good', async () => {
    const workdir = recorded();
    workdir.write(`raw/${empty}/trades/readme.txt`, 'no chunk');
    const result = await runExpecting(workdir, 0, tinyRunArgs({ symbols: 'all' }));
    expect(outcomesOf(result)).toEqual([
      `${empty} ${TINY_DATE} published`,
      `${TINY_SYMBOL} ${TINY_DATE} published`,
    ]);
    expectEmpty(workdir, empty);
  });
});

async function check({ name, options = {}, env = {}, ...rest }: BadRequest): Promise<void> {
  const workdir = recorded();
  workdir.write('raw/_dataset.json', '{"venue":"binance","market":"usdm"}\n');
  rest.prepare?.(workdir);
  const before = workdir.contents();
  const result = await workdir.run(tinyRunArgs(withToday(options)), { env });
  const said = result.stderr.replace(/^error: /, '').trimEnd();
  report(name, `exit code ${result.code}`, [said]);
  expect(timeless(said)).toBe(rest.message);
  expect(result).toMatchObject({ code: rest.code ?? 2, stdout: '' });
  expect(workdir.contents()).toEqual(before);
}

function recorded(): Workdir {
  const workdir = freshWorkdir();
  writeChunks(workdir, 'raw', tinyRecording());
  return workdir;
}

function expectEmpty(workdir: Workdir, symbol: string): void {
  const quality = `${symbol}/${TINY_DATE}_quality.json`;
  const files = [...published(workdir).keys()].filter((name) => name.startsWith(symbol));
  expect(files).toEqual([quality]);
  expect(workdir.json(`out/${quality}`)).toMatchObject({ status: 'empty', artifacts: [] });
  expect(workdir.json(`out/_manifest/${TINY_DATE}.json`)).toMatchObject({
    symbols: [
      { symbol, published: { status: 'empty', files: [{ kind: 'quality' }] } },
      { symbol: TINY_SYMBOL, published: { status: 'complete' } },
    ],
  });
  expectStoredShapes(workdir);
}

/** The day of the run. */
function withToday(options: Options): Options {
  const today = new Date().toISOString().slice(0, 10);
  return options['from'] === 'TODAY' ? { ...options, from: today } : options;
}

function timeless(said: string): string {
  const [, now = 'NOW'] = /\(it is ([^)]*)\)/.exec(said) ?? [];
  return said.replaceAll(now, 'NOW').replaceAll(now.slice(0, 10), 'TODAY');
}
