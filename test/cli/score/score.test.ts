/** `flowbars score` as it is run: scores of published days, beside which nothing else changes. */
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import {
  MADE_FEATURES,
  type MadeModel,
  madeScore,
  writeModel,
} from '../../support/learn/made-model.js';
import { WALK_DATE, WALK_SYMBOL, writeWalk } from '../../support/learn/walk-recording.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { type RunResult, Workdir } from '../../support/workdir.js';

const workdir = new Workdir();
afterAll(() => workdir.dispose());
const SECOND_DATE = '2024-05-07';
const DAYS = ['--from', 'first', '--to', 'last'];
const RUN = ['run', '--raw', 'raw', '--out', 'out', '--symbols', WALK_SYMBOL, ...DAYS];
const SCORE = ['score', '--out', 'out', '--model', 'model'];

beforeAll(async () => {
  writeWalk(workdir, 'raw', { days: 2 });
  writeModel(workdir, 'model');
  const ran = await workdir.run(RUN);
  expect(ran.code, ran.stderr).toBe(0);
});

/** The cells of a file of scores, without its header. */
function scoresOf(date: string, root = 'out'): string[][] {
  const name = `${root}/${WALK_SYMBOL}/${date}_1m_scores.csv`;
  const [header = [], ...rows] = csvTables.read(workdir.bytes(name), name);
  expect(header.join(',')).toBe('timestamp,decision_time,reason,raw,p_up');
  return rows;
}

describe('scores', () => {
  test('have a row a minute, and those of a day lean on the day before', async () => {
    const ran = await workdir.run([...SCORE, ...DAYS, '--format', 'table']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^WALKUSDT +2024-05-06 +1,381 +59 +0 +0$/mu);
    expect(ran.stdout).toMatch(/^WALKUSDT +2024-05-07 +1,440 +0 +0 +0$/mu);
    expect(ran.stdout).toMatch(
      /^good \(exit code 0\): 2 symbol-days, 2,821 minutes scored; out into out, 2024-05-06 to 2024-05-07$/mu,
    );
    const rows = scoresOf(WALK_DATE);
    expect(rows).toHaveLength(1_440);
    expect(rows[0]).toEqual([
      `${WALK_DATE}T00:00:00Z`,
      `${WALK_DATE}T00:01:00Z`,
      'warming_up',
      '',
      '',
    ]);
    expect(rows[1_439]?.slice(0, 3)).toEqual([
      `${WALK_DATE}T23:59:00Z`,
      `${SECOND_DATE}T00:00:00Z`,
      'ok',
    ]);
  });

  test('are those of the samples of a dataset, minute by minute', async () => {
    const made = await workdir.run(['dataset', '--out', 'out', '--into', 'dataset', ...DAYS]);
    expect(made.code, made.stderr).toBe(0);
    const name = `dataset/samples-${WALK_SYMBOL}.parquet`;
    const samples = await csvTables.typed.read(workdir.bytes(name), name);
    const [times, moves, balances] = await Promise.all(
      ['decision_time', ...MADE_FEATURES].map(async (column) => await samples.column(column)),
    );
    const scores = new Map(
      [...scoresOf(WALK_DATE), ...scoresOf(SECOND_DATE)].map((row) => [
        Date.parse(row[1] ?? ''),
        row,
      ]),
    );
    const seen = new Set<number>();
    expect(samples.rows).toBeGreaterThan(2_500);
    for (let row = 0; row < samples.rows; row += 1) {
      const expected = madeScore(Number(moves?.[row]), Number(balances?.[row] ?? Number.NaN));
      const [, , reason, raw, pUp] = scores.get(Number(times?.[row])) ?? [];
      expect([reason, Number(raw), Number(pUp)]).toEqual([
        'ok',
        expected,
        1 / (1 + Math.exp(-expected)),
      ]);
      seen.add(expected);
    }
    expect(seen.size).toBeGreaterThan(2);
  });

  test('of a day do not depend on which other days are scored', async () => {
    const before = workdir.text(`out/${WALK_SYMBOL}/${SECOND_DATE}_1m_scores.csv`);
    const alone = ['--from', SECOND_DATE, '--to', SECOND_DATE, '--into', 'scores', '--json'];
    const ran = await workdir.run([...SCORE, ...alone]);
    expect(ran.code, ran.stderr).toBe(0);
    expectSchema('scored', ran.stdout);
    expect(workdir.files('scores')).toEqual(
      ['csv', 'json'].map((end) => `${WALK_SYMBOL}/${SECOND_DATE}_1m_scores.${end}`),
    );
    expect(workdir.text(`scores/${WALK_SYMBOL}/${SECOND_DATE}_1m_scores.csv`)).toBe(before);
    const beside = workdir.text(`scores/${WALK_SYMBOL}/${SECOND_DATE}_1m_scores.json`);
    expectSchema('day_scores', beside);
    expect(JSON.parse(beside)).toMatchObject({
      counts: { ok: 1_440, warming_up: 0, gap_before: 0, null_feature: 0 },
      model: {
        model: 'lightgbm',
        golden_rows: 3,
        card_sha256: codec.sha256(workdir.bytes('model/card.json')),
      },
      inputs: [WALK_DATE, SECOND_DATE].flatMap((date) =>
        ['1s', '1s_signals', '1m'].map((kind) => ({ name: `${WALK_SYMBOL}/${date}_${kind}.csv` })),
      ),
      file: { sha256: codec.sha256(codec.encode(before)) },
    });
  });

  test('disturb no command that works on the same root', async () => {
    const names = workdir.files('out').filter((name) => /_1m_scores\.(?:csv|json)$/u.test(name));
    expect(names).toHaveLength(4);
    const scored = new Map(names.map((name) => [`out/${name}`, workdir.bytes(`out/${name}`)]));
    const withScores = await sayings();
    for (const name of scored.keys()) workdir.remove(name);
    expect(withScores).toEqual(await sayings());
    for (const [name, bytes] of scored) workdir.write(name, bytes);
  });
});

/** What commands say of the root. */
async function sayings(): Promise<object[]> {
  const range = ['--from', WALK_DATE, '--to', SECOND_DATE];
  const roots = ['--raw', 'raw', '--out', 'out'];
  const said: object[] = [];
  for (const args of [
    ['status', ...roots, ...range],
    ['ls', 'out'],
    ['patterns', '--out', 'out', ...range],
    ['repair', ...roots, ...range, '--dry-run'],
    ['check', '--bars', `out/${WALK_SYMBOL}/${WALK_DATE}_1m.csv`],
    RUN,
  ]) {
    const { code, stdout } = await workdir.run([...args, '--json']);
    said.push({ args, ...steady({ code, stdout }) });
  }
  return said;
}

/** What does not differ from run to run. */
function steady({ code, stdout }: Pick<RunResult, 'code' | 'stdout'>): {
  readonly code: number | undefined;
  readonly stdout: string;
} {
  const text = stdout.replaceAll(
    /"(?:run_id|started|ended|seconds|task_seconds|estimated_cost_usd)": [^\n]*\n/gu,
    '',
  );
  return { code, stdout: text.replaceAll(/\d{8}T\d{6}\w*-\w+/gu, 'RUN') };
}

describe('a day', () => {
  test('of which nothing is published is named', async () => {
    const ran = await workdir.run([
      ...SCORE,
      '--from',
      '2024-05-05',
      '--to',
      WALK_DATE,
      '--into',
      'more',
      '--json',
    ]);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      good: false,
      days: [{ date: WALK_DATE }],
      left_out: [{ symbol: WALK_SYMBOL, date: '2024-05-05', detail: 'no manifest lists it' }],
    });
  });

  test('is not scored where nothing at all is published, which says how to name the others', async () => {
    const days = ['--from', '2023-01-01', '--to', '2023-01-02'];
    const ran = await workdir.run([...SCORE, ...days, '--into', 'more', '--format', 'table']);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(
      /^nothing is published from 2023-01-01 to 2023-01-02: --from first --to last/u,
    );
  });
});

test('of a recording without the book of a model that needs one are none, which is not good', async () => {
  const run = RUN.map((word) => (word === 'out' ? 'out-trades' : word));
  expect(await workdir.run([...run, '--streams', 'trades'])).toMatchObject({ code: 0 });
  writeModel(workdir, 'needs-book', {
    card: (card) => ({
      ...card,
      inputs: card.inputs.map((input) => ({ ...input, nulls_in_training: false })),
    }),
  });
  const args = ['score', '--out', 'out-trades', '--model', 'needs-book', ...DAYS, '--json'];
  const ran = await workdir.run(args);
  expect(ran.code).toBe(1);
  expect(JSON.parse(ran.stdout)).toMatchObject({ good: false, left_out: [] });
});

describe('a model is refused', () => {
  test.for<readonly [string, MadeModel, number, string]>([
    [
      'of another kind',
      { card: (card) => ({ ...card, model: 'xgboost' }) },
      2,
      "bad/card.json model: found 'xgboost', expected lightgbm: the only model that is scored without Python",
    ],
    ['without a card', { card: () => ({}) }, 1, 'bad/card.json model card: found'],
    [
      'whose file is another one',
      { card: (card) => ({ ...card, file: { ...card.file, sha256: '00' } }) },
      1,
      'bad/model.txt sha256: found',
    ],
    [
      'that is too large',
      { text: (text) => text + ' '.repeat(67_108_864) },
      1,
      'expected at most 67108864',
    ],
    [
      'whose file lies elsewhere',
      { card: (card) => ({ ...card, file: { ...card.file, name: '../model.txt' } }) },
      1,
      "bad/card.json file name: found '../model.txt', expected 'model.txt'",
    ],
    [
      'that scores otherwise',
      { golden: (golden) => ({ ...golden, raw: [1, 2, 3] }) },
      1,
      'bad/golden.json score of row 0 raw: found',
    ],
    [
      'with unknown features',
      { features: ['return_5m', 'imbalance_l6_last'] },
      1,
      "bad/card.json features: found 'imbalance_l6_last', expected a feature that this flowbars computes (such as 'imbalance_l",
    ],
    [
      'with features in another order than its card',
      { card: (card) => ({ ...card, inputs: card.inputs.toReversed() }) },
      1,
      "bad/card.json features: found 'imbalance_l5_last' as number 1, expected 'return_5m'",
    ],
    [
      'with another formula',
      {
        card: (card) => ({
          ...card,
          inputs: card.inputs.map((input) => ({ ...input, formula: 'x' })),
        }),
      },
      1,
      "bad/card.json feature 'return_5m': found 'x', expected '",
    ],
    [
      'of other trees',
      { text: (text) => text.replace('gbdt', 'dart') },
      1,
      "bad/model.txt line 40 parameter boosting: found '[boosting: dart]'",
    ],
  ])('%s', async ([, made, code, message]) => {
    writeModel(workdir, 'bad', made);
    const ran = await workdir.run([
      'score',
      '--out',
      'out',
      '--model',
      'bad',
      ...DAYS,
      '--into',
      'none',
    ]);
    expect(ran.stderr).toContain(message);
    expect(ran.code).toBe(code);
    expect(workdir.exists('none')).toBe(false);
  });

  test('that is not there', async () => {
    const ran = await workdir.run(['score', '--out', 'out', '--model', 'nowhere', ...DAYS]);
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.stderr).toContain(
      'nowhere model: found no card.json, expected the folder of a model',
    );
  });
});
