/** A second start does only what changed: everything else keeps its bytes, its file and its time. */
import { describe, expect, test } from 'vitest';
import {
  outcomesOf,
  recordsOf,
  runArgs,
  runExpecting,
  tinyRunArgs,
} from '../support/e2e/run-flowbars.js';
import { SAMPLE_DATE, sampleRecording } from '../support/e2e/sample-recording.js';
import { fileStates, published } from '../support/e2e/stored-files.js';
import {
  chunkName,
  TINY_DATE,
  TINY_SYMBOL,
  tinyChunk,
  tinyRecording,
  writeChunks,
} from '../support/e2e/tiny-recording.js';
import { copiesOf, type Workdir } from '../support/workdir.js';

const NEXT_DATE = '2025-12-12';
const BARS = `${TINY_SYMBOL}/${TINY_DATE}_1m.csv`;
const QUALITY = `${TINY_SYMBOL}/${TINY_DATE}_quality.json`;
const MANIFEST = `_manifest/${TINY_DATE}.json`;
const MIDNIGHT_ARGS = runArgs({ symbols: 'BTCUSDT', from: SAMPLE_DATE, to: NEXT_DATE });

const publishedDay = copiesOf(async (workdir) => {
  writeChunks(workdir, 'raw', tinyRecording());
  await runExpecting(workdir, 0, tinyRunArgs());
});

/** Two minutes on either side of midnight, and both days of them published. */
const copyOfMidnight = copiesOf(async (workdir) => {
  await sampleRecording(workdir, { start: '23:58', faults: 'none', rate: '0.1' });
  await runExpecting(workdir, 1, MIDNIGHT_ARGS);
});

describe('a second run', () => {
  test('skips what is unchanged and says so', async () => {
    const workdir = await publishedDay();
    const before = fileStates(workdir);
    const again = await runExpecting(workdir, 0, tinyRunArgs());
    expect(outcomesOf(again)).toEqual([`${TINY_SYMBOL} ${TINY_DATE} unchanged`]);
    expect(again.stderr).toContain('1 unchanged (skipped)');
    expect(fileStates(workdir)).toEqual(before);
  });

  test('by force computes the same bytes and rewrites no file', async () => {
    const workdir = await publishedDay();
    const before = fileStates(workdir);
    const again = await runExpecting(workdir, 0, tinyRunArgs({ force: true }));
    expect(outcomesOf(again)).toEqual([`${TINY_SYMBOL} ${TINY_DATE} published`]);
    expect(fileStates(workdir)).toEqual(before);
  });

  test('with another resolution adds it and leaves the others alone', async () => {
    const workdir = await publishedDay();
    const before = fileStates(workdir).get(BARS);
    await runExpecting(workdir, 0, tinyRunArgs({ resolutions: '1h' }));
    expect(fileStates(workdir).get(BARS)).toBe(before);
    expect(listedFiles(workdir)).toEqual(['1h', '1m', 'quality']);
    const states = fileStates(workdir);
    const again = await runExpecting(workdir, 0, tinyRunArgs());
    expect(outcomesOf(again)).toEqual([`${TINY_SYMBOL} ${TINY_DATE} unchanged`]);
    expect(fileStates(workdir)).toEqual(states);
  });

  test('with another rule of the evidence rewrites the report and no bar', async () => {
    const workdir = await publishedDay();
    const before = fileStates(workdir);
    await runExpecting(workdir, 0, tinyRunArgs({ 'hole-min': '7' }));
    expect(changedFiles(workdir, before)).toEqual([QUALITY, MANIFEST]);
  });

  test.for([
    ['bars that were changed', (workdir: Workdir) => spoil(workdir, BARS)],
    ['bars that are gone', (workdir: Workdir) => workdir.remove(`out/${BARS}`)],
    ['a report that is cut', (workdir: Workdir) => workdir.write(`out/${QUALITY}`, '{"schema')],
    ['a report that is gone', (workdir: Workdir) => workdir.remove(`out/${QUALITY}`)],
    ['a manifest that is gone', (workdir: Workdir) => workdir.remove(`out/${MANIFEST}`)],
  ] as const)('repairs %s', async ([, damage]) => {
    const workdir = await publishedDay();
    const before = published(workdir);
    damage(workdir);
    expect(published(workdir)).not.toEqual(before);
    await runExpecting(workdir, 0, tinyRunArgs());
    expect(published(workdir)).toEqual(before);
  });
});

test('a second run repairs a report that was changed', async () => {
  const workdir = await publishedDay();
  const before = published(workdir);
  workdir.write(
    `out/${QUALITY}`,
    workdir.text(`out/${QUALITY}`).replace('"malformed": 0', '"malformed": 9'),
  );
  await runExpecting(workdir, 0, tinyRunArgs());
  expect(published(workdir)).toEqual(before);
});

describe('a chunk that comes late', () => {
  test('changes its day alone when it is far from midnight', async () => {
    const { workdir, before, rerun } = await publishedMidnight();
    lateChunk(workdir, SAMPLE_DATE, '12-00');
    expect(outcomesOf(await rerun())).toEqual([
      `BTCUSDT ${SAMPLE_DATE} published`,
      `BTCUSDT ${NEXT_DATE} unchanged`,
    ]);
    expect(changedFiles(workdir, before)).not.toContain(`BTCUSDT/${NEXT_DATE}_1m.csv`);
  });

  test('changes the next day, too, when it lies in its seed window', async () => {
    const { workdir, rerun } = await publishedMidnight();
    lateChunk(workdir, SAMPLE_DATE, '23-30');
    expect(outcomesOf(await rerun())).toEqual([
      `BTCUSDT ${SAMPLE_DATE} published`,
      `BTCUSDT ${NEXT_DATE} published`,
    ]);
  });

  test('changes the day before, too, when it lies in its edge', async () => {
    const { workdir, rerun } = await publishedMidnight();
    lateChunk(workdir, NEXT_DATE, '00-01_late');
    expect(outcomesOf(await rerun())).toEqual([
      `BTCUSDT ${SAMPLE_DATE} published`,
      `BTCUSDT ${NEXT_DATE} published`,
    ]);
  });

  test('behind the edge of the next day changes that day alone', async () => {
    const { workdir, rerun } = await publishedMidnight();
    lateChunk(workdir, NEXT_DATE, '00-03');
    expect(outcomesOf(await rerun())).toEqual([
      `BTCUSDT ${SAMPLE_DATE} unchanged`,
      `BTCUSDT ${NEXT_DATE} published`,
    ]);
  });
});

test.for(['csv', 'csv,parquet'])(
  'a day whose seed is not the last price published before it is told of, as %s',
  async (formats) => {
    const workdir = await copyOfMidnight();
    const last = `raw/${chunkName('trades', '23-59', 'BTCUSDT', SAMPLE_DATE)}`;
    const rows = workdir.text(last);
    workdir.remove(last);
    const args = (from: string): string[] => runArgs({ symbols: 'BTCUSDT', from, formats });
    await runExpecting(workdir, 1, [...args(SAMPLE_DATE), '--accept-removed']);
    workdir.write(last, rows);
    const [day] = recordsOf(await runExpecting(workdir, 1, args(NEXT_DATE)));
    expect(day?.findings.map(({ code }) => code)).toContain('seed_mismatch');
  },
);

async function publishedMidnight() {
  const workdir = await copyOfMidnight();
  const rerun = async () => await runExpecting(workdir, 1, MIDNIGHT_ARGS);
  return { workdir, before: fileStates(workdir), rerun };
}

/** A header without rows: changes the inputs but no bar. */
function lateChunk(workdir: Workdir, date: string, clock: string): void {
  workdir.write(`raw/${chunkName('trades', clock, 'BTCUSDT', date)}`, tinyChunk('trades', 0, 0));
}

function changedFiles(workdir: Workdir, before: ReadonlyMap<string, string>): string[] {
  return [...fileStates(workdir)].flatMap(([name, state]) =>
    before.get(name) === state ? [] : [name],
  );
}

function listedFiles(workdir: Workdir): string[] {
  return [...published(workdir).keys()].flatMap(
    (name) => /_([^_/]+)\.(?:csv|json)$/.exec(name)?.[1] ?? [],
  );
}

function spoil(workdir: Workdir, name: string): void {
  workdir.write(`out/${name}`, workdir.text(`out/${name}`).replace('99.5', '99.6'));
}
