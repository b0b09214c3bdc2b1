/** The last steps of a run as Cloud Run starts them: a day by its index, the manifest, the summary, the exit codes. */
import { beforeEach, describe, expect, test } from 'vitest';
import { isDictionary } from '../../src/core/unit/json.js';
import { loggedLines, runTask, TASK_RUN_ID } from '../support/e2e/cloud-task.js';
import { optionArgs, runExpecting, tinyRunArgs } from '../support/e2e/run-flowbars.js';
import {
  expectStoredShapes,
  NO_STORED_SHAPES,
  fileStates,
  published,
} from '../support/e2e/stored-files.js';
import { TINY_DATE, tinyRecording, writeChunks } from '../support/e2e/tiny-recording.js';
import { freshWorkdir, type Workdir } from '../support/workdir.js';

const SYMBOLS = ['AAAUSDT', 'BBBUSDT'];
const LIST = { symbols: SYMBOLS.join(',') };
const NEXT_DATE = '2024-05-07';
const TWO_DAYS = { ...LIST, to: NEXT_DATE, expect: undefined };
const MANIFEST = `out/_manifest/${TINY_DATE}.json`;
const SUMMARY = `out/_manifest/runs/${TASK_RUN_ID}/summary.json`;

let workdir: Workdir;

beforeEach(() => {
  workdir = freshWorkdir();
  for (const symbol of SYMBOLS) writeChunks(workdir, 'raw', tinyRecording(symbol));
});

describe('the steps of a workflow, one after the other', () => {
  test('publish what run publishes', async () => {
    for (const index of [1, 0]) await runTask(workdir, 'task', index, LIST);
    await runTask(workdir, 'finalize', 0, LIST);
    await runTask(workdir, 'summarize', 0, LIST);
    expect(workdir.json(SUMMARY)).toMatchObject({ good: true, outcomes: { published: 2 } });
    const shapes = { quality: 2, manifest: 1, plan: 1, fan_out: 1, record: 2, summary: 1 };
    expect(expectStoredShapes(workdir)).toEqual({ ...NO_STORED_SHAPES, ...shapes });
    await runExpecting(workdir, 0, tinyRunArgs({ ...LIST, out: 'by-run' }));
    expect(published(workdir)).toEqual(published(workdir, 'by-run'));
  });
});

describe('finalize', () => {
  test('takes the day at its index', async () => {
    for (const index of [0, 1]) await runTask(workdir, 'task', index, TWO_DAYS);
    expect((await runTask(workdir, 'finalize', 1, TWO_DAYS)).code).toBe(0);
    expect(workdir.exists(MANIFEST)).toBe(false);
    expect(symbolsOf(NEXT_DATE)).toEqual(SYMBOLS);
  });

  test('says of a symbol without a record that its task did not get to it, and is done', async () => {
    await runTask(workdir, 'task', 0, LIST);
    expect((await runTask(workdir, 'finalize', 0, LIST)).code).toBe(0);
    expect(workdir.json(MANIFEST)).toMatchObject({
      symbols: [
        { symbol: 'AAAUSDT', published: { status: 'complete' } },
        {
          symbol: 'BBBUSDT',
          published: null,
          last_attempt: { outcome: 'error', first_finding: { code: 'record_missing' } },
        },
      ],
    });
    expect((await runTask(workdir, 'summarize', 0, LIST)).code).toBe(0);
    expect(workdir.json(SUMMARY)).toMatchObject({ good: false, outcomes: { error: 1 } });
    expectStoredShapes(workdir);
  });

  test('run twice changes nothing', async () => {
    await runTask(workdir, 'task', 0, { symbols: 'AAAUSDT' });
    await runTask(workdir, 'finalize', 0, { symbols: 'AAAUSDT' });
    const before = fileStates(workdir);
    await runTask(workdir, 'finalize', 0, { symbols: 'AAAUSDT' });
    expect(fileStates(workdir)).toEqual(before);
  });

  test('of two symbols at a time keeps both entries', async () => {
    const runs = SYMBOLS.map((symbols) => ({ symbols, 'run-id': `run-of-${symbols}` }));
    for (const run of runs) await runTask(workdir, 'task', 0, run);
    const finalizing = runs.map(async (run) => await runTask(workdir, 'finalize', 0, run));
    for (const { code } of await Promise.all(finalizing)) expect(code).toBe(0);
    expect(symbolsOf(TINY_DATE)).toEqual(SYMBOLS);
  });

  test('refuses bars that were changed, and keeps the entry of the last good run', async () => {
    await runTask(workdir, 'task', 0, { symbols: 'AAAUSDT' });
    await runTask(workdir, 'finalize', 0, { symbols: 'AAAUSDT' });
    const before = entryOf('AAAUSDT');
    const bars = `out/AAAUSDT/${TINY_DATE}_1m.csv`;
    workdir.write(bars, workdir.text(bars).replace('99.5', '99.6'));
    await runTask(workdir, 'finalize', 0, { symbols: 'AAAUSDT' });
    expect(entryOf('AAAUSDT')).toMatchObject({
      published: before['published'],
      last_attempt: { outcome: 'failed', first_finding: { code: 'check_failed' } },
    });
    await runTask(workdir, 'summarize', 0, { symbols: 'AAAUSDT' });
    expect(workdir.json(SUMMARY)).toMatchObject({ good: false, outcomes: { failed: 1 } });
  });

  test('keeps the entry of a day that fails later, and says what became of it', async () => {
    await runExpecting(workdir, 0, tinyRunArgs(LIST));
    const before = entryOf('AAAUSDT');
    const states = fileStates(workdir);
    workdir.remove('raw/AAAUSDT');
    workdir.write('raw/AAAUSDT/readme.txt', 'no chunk');
    await runExpecting(workdir, 1, tinyRunArgs({ ...LIST, 'run-id': 'later' }));
    const { last_attempt: attempt, ...entry } = entryOf('AAAUSDT');
    expect(entry).toEqual(before);
    expect(attempt).toMatchObject({
      run_id: 'later',
      outcome: 'failed',
      first_finding: { code: 'inputs_vanished' },
    });
    const unchanged = [...fileStates(workdir)].filter(([name]) => !name.startsWith('_manifest/'));
    expect(unchanged).toEqual([...states].filter(([name]) => !name.startsWith('_manifest/')));
    writeChunks(workdir, 'raw', tinyRecording('AAAUSDT'));
    await runExpecting(workdir, 0, tinyRunArgs(LIST));
    expect(entryOf('AAAUSDT')).toEqual(before);
  });

  test('of a malformed manifest says so and leaves it', async () => {
    workdir.write(MANIFEST, '{"schema_version":1}');
    await runTask(workdir, 'task', 0, { symbols: 'AAAUSDT' });
    const result = await runTask(workdir, 'finalize', 0, { symbols: 'AAAUSDT' });
    // Starting again would find it again.
    expect(result.code).toBe(1);
    expect(loggedLines(result).at(-1)).toMatchObject({ severity: 'ERROR' });
    expect(workdir.text(MANIFEST)).toBe('{"schema_version":1}');
  });
});

describe('outside of Cloud Run', () => {
  const where = { raw: 'raw', out: 'out', 'run-id': TASK_RUN_ID, resolutions: '1m' };
  const part = (command: string, symbols: string): string[] => [
    command,
    ...optionArgs({
      ...where,
      symbols,
      from: TINY_DATE,
      expect: '2024-05-06T00:00Z/2024-05-06T00:02Z',
    }),
  ];

  test('aggregate, finalize and summarize tell by their exit codes what came of it', async () => {
    await runExpecting(workdir, 0, part('aggregate', 'AAAUSDT'));
    await runExpecting(workdir, 0, part('finalize', 'AAAUSDT'));
    await runExpecting(workdir, 0, part('summarize', 'AAAUSDT'));
    await runExpecting(workdir, 3, part('finalize', 'AAAUSDT,BBBUSDT'));
    await runExpecting(workdir, 1, part('summarize', 'AAAUSDT,BBBUSDT'));
  });
});

function entryOf(symbol: string): Readonly<Record<string, unknown>> {
  const entry = entriesOf(TINY_DATE).find((found) => found['symbol'] === symbol);
  if (entry === undefined) throw new Error(`no entry of ${symbol}`);
  return entry;
}

function symbolsOf(date: string): unknown[] {
  return entriesOf(date).map((entry) => entry['symbol']);
}

function entriesOf(date: string): Readonly<Record<string, unknown>>[] {
  const manifest = workdir.json(`out/_manifest/${date}.json`);
  const entries: unknown = isDictionary(manifest) ? manifest['symbols'] : undefined;
  return Array.isArray(entries) ? entries.filter((entry: unknown) => isDictionary(entry)) : [];
}
