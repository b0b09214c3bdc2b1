/**
 * `flowbars repair` of a published recording with late or damaged objects: it computes exactly the
 * affected days again, as a first run would, and its figures match the files.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, utcDate } from '../../src/core/unit/utc-date.js';
import { bucketObjects, changedObjects, publishedObjects } from '../support/e2e/bucket.js';
import { optionArgs, type Options, runArgs, runExpecting } from '../support/e2e/run-flowbars.js';
import { SAMPLE_DATE, sampleRecording } from '../support/e2e/sample-recording.js';
import { fileStates, published } from '../support/e2e/stored-files.js';
import { startFakeGcsServer } from '../support/gcs/fake-gcs-server.js';
import { schemaErrors } from '../support/schema/schemas.js';
import { textComparison, tradesIn } from '../support/text-comparison.js';
import { freshWorkdir, type Workdir, Workdir as Folder } from '../support/workdir.js';

const NEXT_DATE = addDays(utcDate(SAMPLE_DATE, 'test'), 1);
const SYMBOLS = ['AAAUSDT', 'BBBUSDT'];
const EXPECT = `${SAMPLE_DATE}T23:57:00Z/${NEXT_DATE}T00:03:00Z`;
const SAMPLE: Options = {
  symbols: SYMBOLS.join(','),
  start: '23:57',
  minutes: '6',
  faults: 'none',
  rate: '0.2',
};
const RANGE: Options = { from: SAMPLE_DATE, to: NEXT_DATE };
const RUN: Options = { ...RANGE, symbols: 'all', resolutions: '10s,1m', expect: EXPECT };

interface RepairDocument {
  readonly good: boolean;
  readonly stale: number;
  readonly symbol_days: number;
  readonly days: readonly {
    readonly symbol: string;
    readonly date: string;
    readonly cause: string;
    readonly outcome: string;
    readonly before: { readonly trades: number } | null;
    readonly after: { readonly trades: number; readonly status: string } | null;
    readonly trades_added: number;
    readonly bars: readonly {
      readonly resolution: string;
      readonly bars: number;
      readonly different: number | null;
      readonly close: { readonly time: string; readonly difference: string } | null;
      readonly volume: { readonly time: string; readonly difference: string } | null;
    }[];
  }[];
  readonly runs: readonly { readonly symbols: string[]; readonly symbol_days: number }[];
  readonly left: readonly unknown[];
}

async function repair(
  workdir: Workdir,
  code: number,
  options: Options = {},
): Promise<RepairDocument> {
  const args = optionArgs({ raw: 'raw', out: 'out', outputs: 'bars', ...RANGE, ...options });
  const { stdout } = await runExpecting(workdir, code, ['repair', ...args]);
  const document: unknown = JSON.parse(stdout);
  expect(schemaErrors('repair', document)).toEqual([]);
  return document as RepairDocument;
}

function causes({ days }: RepairDocument): string[] {
  return days.map(({ symbol, date, cause }) => `${symbol} ${date} ${cause}`);
}

/** Removes chunks; returns a function that restores them. */
function heldBack(workdir: Workdir, names: readonly string[]): () => void {
  const held = names.map((name) => [name, workdir.bytes(`raw/${name}`)] as const);
  for (const [name] of held) workdir.remove(`raw/${name}`);
  return () => {
    for (const [name, bytes] of held) workdir.write(`raw/${name}`, bytes);
  };
}

function chunk(symbol: string, stream: string, date: string, clock: string): string {
  return `${symbol}/${stream}/${date}/${clock}.csv`;
}

describe('a repair after two late chunks', () => {
  const workdir = new Folder();
  let before: Map<string, string> = new Map();
  let document: RepairDocument | undefined;
  let whole: Map<string, string> = new Map();

  beforeAll(async () => {
    await sampleRecording(workdir, SAMPLE);
    await runExpecting(workdir, 0, runArgs({ ...RUN, out: 'whole' }));
    whole = published(workdir, 'whole');
    const late = [
      chunk('AAAUSDT', 'trades', SAMPLE_DATE, '23-59'),
      chunk('BBBUSDT', 'trades', NEXT_DATE, '00-02'),
    ];
    const putBack = heldBack(workdir, late);
    await runExpecting(workdir, 1, runArgs(RUN));
    putBack();
    before = published(workdir);
    const dry = await repair(workdir, 1, { 'dry-run': true });
    expect(published(workdir)).toEqual(before);
    document = await repair(workdir, 0);
    expect(causes(document)).toEqual(causes(dry));
  });

  afterAll(() => workdir.dispose());

  test('computes the stale symbol-days, with the neighbour of one at the edge of its day', () => {
    // 00-02 is behind the edge of the day before, 23-59 within the seed and the edge of the next.
    expect(causes(document ?? fail())).toEqual([
      `AAAUSDT ${SAMPLE_DATE} inputs`,
      `AAAUSDT ${NEXT_DATE} inputs`,
      `BBBUSDT ${NEXT_DATE} inputs`,
    ]);
    expect(document).toMatchObject({ good: true, symbol_days: 4, stale: 3, left: [] });
    expect(document?.runs.map(({ symbol_days }) => symbol_days)).toEqual([2, 1]);
  });

  test('leaves what a first run over all chunks gives, byte for byte', () => {
    expect(published(workdir)).toEqual(whole);
    expect(whole.size).toBe(14);
  });

  test('says of bars and trades what the texts of the files do', () => {
    let different = 0;
    for (const day of document?.days ?? []) {
      const names = day.bars.map(({ resolution }) => `${day.symbol}/${day.date}_${resolution}.csv`);
      const texts = names.map((name) => [before.get(name) ?? '', whole.get(name) ?? ''] as const);
      const found = day.bars.map(({ bars, different: count, close, volume }) => ({
        bars,
        different: count,
        close: close === null ? null : [close.time, close.difference],
        volume: volume === null ? null : [volume.time, volume.difference],
      }));
      expect(found).toEqual(texts.map((pair) => textComparison(...pair)));
      const [earlier, later] = (texts[0] ?? fail()).map(tradesIn);
      expect([day.before?.trades, day.after?.trades]).toEqual([earlier, later]);
      expect(day.trades_added).toBe((later ?? 0) - (earlier ?? 0));
      different += day.bars[0]?.different ?? 0;
    }
    expect(different).toBeGreaterThan(6);
    expect(document?.days.map(({ after }) => after?.status)).toEqual(
      Array.from({ length: 3 }, () => 'complete'),
    );
  });

  test('has nothing left to do', async () => {
    const states = fileStates(workdir);
    expect(await repair(workdir, 0)).toMatchObject({ stale: 0, days: [], runs: [] });
    expect(fileStates(workdir)).toEqual(states);
  });
});

test('a repair keeps to the rules that each symbol-day was published with', async () => {
  const workdir = freshWorkdir();
  await sampleRecording(workdir, SAMPLE);
  const unusual: Options = {
    ...RUN,
    resolutions: '30s',
    streams: 'trades',
    'sparse-trades': true,
    'edge-minutes': '1',
    'seed-minutes': '3',
    'hole-min': '7.5',
    'malformed-max': '0.0000001',
  };
  const runs: Options[] = [
    { ...RUN, symbols: 'AAAUSDT', resolutions: '1m' },
    { ...unusual, symbols: 'BBBUSDT' },
  ];
  const args = (out: string): string[][] => runs.map((run) => runArgs({ ...run, out }));
  for (const run of args('whole')) await workdir.run(run);
  const putBack = heldBack(workdir, SYMBOLS.flatMap(firstChunks));
  for (const run of args('out')) await workdir.run(run);
  expect(await repair(workdir, 0)).toMatchObject({ stale: 0, symbol_days: 4 });
  putBack();
  const document = await repair(workdir, 0);
  // Depth is not an input if only trades were recorded.
  expect(causes(document)).toEqual(
    SYMBOLS.flatMap((symbol) => [`${symbol} ${SAMPLE_DATE} inputs`])
      .concat(SYMBOLS.map((symbol) => `${symbol} ${NEXT_DATE} inputs`))
      .toSorted((a, b) => (a.split(' ')[1] ?? '').localeCompare(b.split(' ')[1] ?? '')),
  );
  expect(document.runs).toHaveLength(2);
  expect(published(workdir)).toEqual(published(workdir, 'whole'));
});

describe('a repair of what is wrong below the output root', () => {
  const bars = `AAAUSDT/${SAMPLE_DATE}_1m.csv`;
  const report = `AAAUSDT/${SAMPLE_DATE}_quality.json`;
  const manifest = `_manifest/${SAMPLE_DATE}.json`;

  test.for<[string, string, (text: string) => string]>([
    ['bars', bars, (text) => text.replace(/,0\n/u, ',1\n').replace(/(\d)(?=,\d+,,)/u, '9')],
    ['a report that is cut', report, (text) => text.slice(0, -20)],
    [
      'a manifest that lags',
      manifest,
      (text) => text.replaceAll(/"fingerprint": "../gu, '"fingerprint": "zz'),
    ],
  ])('brings back %s', async ([, name, damage]) => {
    const workdir = await publishedDay();
    const before = published(workdir);
    workdir.write(`out/${name}`, damage(workdir.text(`out/${name}`)));
    expect(published(workdir)).not.toEqual(before);
    // A missing report leaves no rules, so the command's own apply.
    const document = await repair(workdir, 0, { resolutions: '1m', expect: EXPECT });
    expect(document.days.map(({ date, outcome }) => `${date} ${outcome}`)).toEqual([
      `${SAMPLE_DATE} repaired`,
    ]);
    expect(published(workdir)).toEqual(before);
  });

  test('says which manifest cannot be read, repairs the other days and ends with 1', async () => {
    const workdir = await publishedDay();
    const text = workdir.text(`out/${manifest}`);
    workdir.write(`out/${manifest}`, '{');
    workdir.remove(`out/AAAUSDT/${NEXT_DATE}_1m.csv`);
    const document = await repair(workdir, 1);
    expect(causes(document)).toEqual([`AAAUSDT ${NEXT_DATE} files`]);
    expect(document).toMatchObject({
      good: false,
      unreadable: [{ date: SAMPLE_DATE, symbol: null }],
    });
    expect(workdir.exists(`out/AAAUSDT/${NEXT_DATE}_1m.csv`)).toBe(true);
    workdir.write(`out/${manifest}`, text);
    await repair(workdir, 0);
  });
});

test('a repair publishes what is missing, and leaves what was only taken away', async () => {
  const workdir = freshWorkdir();
  await sampleRecording(workdir, SAMPLE);
  const run = { ...RUN, symbols: 'AAAUSDT', resolutions: '1m' };
  await runExpecting(workdir, 0, runArgs({ ...run, symbols: 'all', out: 'whole' }));
  await runExpecting(workdir, 0, runArgs(run));
  const rules: Options = { resolutions: '1m', expect: EXPECT };
  expect(await repair(workdir, 0, rules)).toMatchObject({ stale: 0, symbol_days: 2 });
  const document = await repair(workdir, 0, { ...rules, missing: true });
  expect(causes(document)).toEqual([
    `BBBUSDT ${SAMPLE_DATE} unpublished`,
    `BBBUSDT ${NEXT_DATE} unpublished`,
  ]);
  expect(published(workdir)).toEqual(published(workdir, 'whole'));
  const states = fileStates(workdir);
  heldBack(workdir, [chunk('AAAUSDT', 'trades', SAMPLE_DATE, '23-57')]);
  const left = await repair(workdir, 0);
  expect(left).toMatchObject({ good: true, stale: 0 });
  expect(left.left).toHaveLength(2);
  expect(fileStates(workdir)).toEqual(states);
  expect((await repair(workdir, 0, { removed: true })).stale).toBe(2);
  expect((await repair(workdir, 0)).left).toEqual([]);
});

const server = await startFakeGcsServer();
afterAll(async () => await server?.stop());

test.skipIf(server === undefined)('a repair in a bucket writes what is stale alone', async () => {
  const workdir = freshWorkdir();
  const endpoint = server?.endpoint ?? '';
  await server?.createBucket('repaired');
  const roots: Options = {
    raw: 'gs://repaired/raw',
    out: 'gs://repaired/out',
    'gcs-endpoint': endpoint,
  };
  await sampleRecording(workdir, { ...SAMPLE, raw: roots['raw'], 'gcs-endpoint': endpoint });
  await runExpecting(workdir, 0, runArgs({ ...RUN, ...roots, resolutions: '1m' }));
  const stored = async () => publishedObjects(await bucketObjects(endpoint, 'repaired', 'out'));
  const before = await stored();
  const late = chunk('BBBUSDT', 'trades', NEXT_DATE, '00-02').replace('.csv', '_late.csv');
  const midday = Date.parse(`${NEXT_DATE}T00:02:30Z`);
  const text = `timestamp,price,quantity,is_buyer_maker,trade_id\n${midday},1234.5,7,true,999999999\n`;
  await server?.putObject('repaired', `raw/${late}`, new TextEncoder().encode(text));
  const document = await repair(workdir, 0, roots);
  expect(causes(document)).toEqual([`BBBUSDT ${NEXT_DATE} inputs`]);
  expect(document.days[0]).toMatchObject({ trades_added: 1, bars: [{ resolution: '1m' }] });
  expect(changedObjects(before, await stored())).toEqual([
    `BBBUSDT/${NEXT_DATE}_1m.csv`,
    `BBBUSDT/${NEXT_DATE}_quality.json`,
    `_manifest/${NEXT_DATE}.json`,
  ]);
});

function fail(): never {
  throw new Error('nothing there');
}

function firstChunks(symbol: string): string[] {
  return ['trades', 'depth'].map((stream) => chunk(symbol, stream, SAMPLE_DATE, '23-57'));
}

async function publishedDay(): Promise<Workdir> {
  const workdir = freshWorkdir();
  await sampleRecording(workdir, { ...SAMPLE, symbols: 'AAAUSDT' });
  await runExpecting(workdir, 0, runArgs({ ...RUN, resolutions: '1m' }));
  return workdir;
}
