/** `flowbars dataset` as it is run: samples of published days, what is said of them, and what is refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { datasetSentence } from '../../../src/cli/dataset/dataset-page.js';
import { isDatasetCard } from '../../../src/core/dataset/card-shape.js';
import { LABEL_DEFAULTS } from '../../../src/core/label/label-options.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { openStore } from '../../../src/edge/store-root.js';
import { makeDataset } from '../../../src/jobs/dataset/make-dataset.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { WALK_DATE, WALK_SYMBOL, writeWalk } from '../../support/learn/walk-recording.js';
import { Workdir } from '../../support/workdir.js';

const workdir = new Workdir();
afterAll(() => workdir.dispose());
const DAYS = ['--from', 'first', '--to', 'last'];
const DATASET = ['dataset', '--out', 'out', ...DAYS];
/** Of the first day alone, which is quicker. */
const ONE_DAY = ['dataset', '--out', 'out', '--from', WALK_DATE, '--to', WALK_DATE];
const FILE = 'notes.txt';
/** What a card says of the defaults. */
const ASKED = {
  latency_ms: 1_000,
  wait_max_ms: 10_000,
  horizon_ms: 300_000,
  look_back_ms: 3_600_000,
  labels: 'fixed',
  dead_zone: { kind: 'bps', bps: 0 },
  barrier_k: null,
  fee_bps: 10,
  keep_unproven: false,
  embargo_ms: 3_900_000,
  folds: 5,
  rolling_days: null,
  sealed_percent: 20,
  seed: 1,
} as const;

beforeAll(async () => {
  writeWalk(workdir, 'raw', { days: 2 });
  const { code } = await workdir.run([
    'run',
    '--raw',
    'raw',
    '--out',
    'out',
    '--symbols',
    WALK_SYMBOL,
    ...DAYS,
  ]);
  expect(code).toBe(0);
});

function cardOf(folder: string): unknown {
  return JSON.parse(workdir.text(`${folder}/card.json`));
}

describe('a dataset', () => {
  test('holds the minutes whose label is known, and says what became of the others', async () => {
    const result = await workdir.run([...DATASET, '--into', 'dataset', '--json']);
    expect(result).toMatchObject({ code: 0 });
    expectSchema('made_dataset', result.stdout);
    expectSchema('dataset_card', workdir.text('dataset/card.json'));
    const card = cardOf('dataset');
    if (!isDatasetCard(card)) throw new Error('no card');
    const [counts] = card.reasons;
    if (counts === undefined) throw new Error('no symbol');
    const { ok, up, down, flat, warming_up, end_of_data } = counts;
    expect(up + down + flat).toBe(ok);
    expect(ok + warming_up + end_of_data).toBe(2 * 1_440);
    expect([warming_up, end_of_data]).toEqual([59, 6]);
    expect(card.folds).toMatchObject({ made: false, list: [], sealed: null });
    expect(card.files.map(({ name, rows }) => [name, rows])).toEqual([
      [`samples-${WALK_SYMBOL}.parquet`, ok],
      [`martingale-${WALK_SYMBOL}.parquet`, expect.any(Number)],
      [`closes-${WALK_SYMBOL}.parquet`, 2 * 1_440],
    ]);
    expect(workdir.files('dataset')).toHaveLength(4);
  });

  test('without a row says that time which nothing proves counts as a gap', () => {
    const card = cardOf('dataset');
    if (!isDatasetCard(card)) throw new Error('no card');
    const said = (ok: number, keep_unproven: boolean): string => {
      const reasons = card.reasons.map((one) => ({ ...one, ok, gap_before: 1_381 }));
      const options = { ...card.options, keep_unproven };
      const made = {
        card: { ...card, options, reasons },
        cardSha256: '',
        outcome: 'written',
      } as const;
      return datasetSentence(made, 'dataset');
    };
    expect(said(0, false)).toContain('0 samples of 1 symbol (time that nothing proves');
    for (const sentence of [said(0, true), said(1, false)])
      expect(sentence).not.toContain('proves');
  });

  test('has the same bytes again, and is said to have folds or none', async () => {
    const before = workdir.files('dataset').map((name) => workdir.bytes(`dataset/${name}`));
    const result = await workdir.run([...DATASET, '--into', 'dataset', '--format', 'table']);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain(
      `no folds, which training needs: 2 days from ${WALK_DATE} to 2024-05-07: folds need 5\n`,
    );
    expect(result.stdout).toMatch(
      /good \(exit code 0\): 2,\d{3} samples of 1 symbol, \d{3} features, no folds, .+ in dataset\n$/u,
    );
    const after = workdir.files('dataset').map((name) => workdir.bytes(`dataset/${name}`));
    expect(after).toEqual(before);
  });

  test('of a range with a day that is damaged names it, treats it as a gap and exits with 1', async () => {
    const name = `out/${WALK_SYMBOL}/2024-05-07_1s_signals.csv`;
    const kept = workdir.bytes(name);
    workdir.write(name, kept.slice(0, -100));
    const result = await workdir.run([...DATASET, '--into', 'partly', '--format', 'table']);
    workdir.write(name, kept);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain(`not used: ${WALK_SYMBOL} 2024-05-07: `);
    const card = cardOf('partly');
    if (!isDatasetCard(card)) throw new Error('no card');
    expect(card.days.map(({ state }) => state)).toEqual(['used', 'damaged']);
    const [counts] = card.reasons;
    // The damaged day, and the labels that reach into it: those of the last five minutes and of 24:00.
    expect(counts).toMatchObject({ ok: 1_440 - 59 - 6, warming_up: 59, end_of_data: 0 });
    expect([counts?.gap_before, counts?.gap_after]).toEqual([1_440, 6]);
  });

  test('answers another question by its options', async () => {
    const barriers = ['--labels', 'triple-barrier', '--barrier-k', '1', '--horizon', '10m'];
    const more = ['--embargo', '2h', '--latency', '0s', '--sealed', '0', '--rolling', '3'];
    const result = await workdir.run([
      ...ONE_DAY,
      '--into',
      'other',
      ...barriers,
      ...more,
      '--json',
    ]);
    expect(result.code).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({
      question: 'will the price go UP or DOWN in the next 10 minutes?',
      options: {
        labels: 'triple-barrier',
        barrier_k: 1,
        horizon_ms: 600_000,
        embargo_ms: 7_200_000,
        latency_ms: 0,
        sealed_percent: 0,
        rolling_days: 3,
      },
    });
  });

  test.for(['spread', 'cost', '2.5'])('has FLAT rows with --dead-zone %s', async (zone) => {
    const into = `zone-${zone}`;
    const args = [...ONE_DAY, '--into', into, '--dead-zone', zone, '--fee-bps', '0.1', '--json'];
    const result = await workdir.run(args);
    expect(result.code).toBe(0);
    const card = cardOf(into);
    if (!isDatasetCard(card)) throw new Error('no card');
    expect(card.reasons[0]?.flat).toBeGreaterThan(0);
    expect(card.options.dead_zone.kind).toBe(zone === '2.5' ? 'bps' : zone);
  });

  test.for<[args: readonly string[], message: string]>([
    [['--into', 'out/x'], "--into root: found 'out/x' with output root 'out', expected two roots"],
    [[], '--into'],
    [['--into', 'raw'], "--into root: found 'raw', which holds other things, such as "],
    [['--into', 'x', '--embargo', '10m'], '--embargo duration'],
    [['--into', 'x', '--horizon', '2h'], '--horizon duration'],
    [['--into', 'x', '--horizon', '5s'], '--horizon duration'],
    [['--into', 'x', '--dead-zone', 'wide'], "--dead-zone dead zone: found 'wide', expected basis"],
    [
      ['--into', 'x', '--barrier-k', '3'],
      "--barrier-k option: found '3' with --labels fixed, expected it with the other kind",
    ],
    [
      ['--into', 'x', '--labels', 'triple-barrier', '--dead-zone', '1'],
      "--dead-zone option: found '1' with --labels triple-barrier, expected",
    ],
    [['--into', 'x', '--folds', '0'], '--folds'],
    [['--into', 'x', '--sealed', '99'], '--sealed'],
    [['--into', 'x', '--symbols', 'NOSUCH'], '--symbols symbol'],
    [['--into', FILE], `--into root: found '${FILE}': a file in place of a folder`],
  ])('is refused: %s', async ([args, message]) => {
    workdir.write(FILE, 'mine');
    const result = await workdir.run([...DATASET, ...args]);
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toContain(message);
    expect(workdir.exists('x')).toBe(false);
  });

  test('of days of which nothing is published is refused', async () => {
    const days = ['--from', '2023-01-01', '--to', '2023-01-02'];
    const result = await workdir.run(['dataset', '--out', 'out', ...days, '--into', 'none']);
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toContain('found no published day, expected days that flowbars run');
    expect(result.stderr).toContain('--from first --to last');
    expect(workdir.exists('none')).toBe(false);
  });
});

test('a symbol whose files grow beyond their limit is refused, and has no card', async () => {
  const request = {
    dates: [utcDate(WALK_DATE, 'test')],
    symbols: 'all',
    labels: LABEL_DEFAULTS,
    split: {
      folds: 5,
      rollingDays: undefined,
      sealedPercent: 20,
      embargoMs: 3_900_000,
      horizonMs: LABEL_DEFAULTS.horizonMs,
      lookBackMs: 3_600_000,
    },
    asked: ASKED,
    codeVersion: 'test',
    onDone: () => undefined,
    bytesMax: 100_000,
  } as const;
  const [out, into] = [openStore(workdir.path('out')), openStore(workdir.path('large'))];
  const making = makeDataset(request, { out, into, codec, tables: csvTables });
  await expect(making).rejects.toMatchObject({
    kind: 'limit',
    parts: { where: `samples of ${WALK_SYMBOL}`, found: 'more than 100000' },
  });
  expect(workdir.exists('large/card.json')).toBe(false);
});
