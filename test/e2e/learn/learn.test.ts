/**
 * The whole way on six days that walk: published days → dataset → models and placebos → sealed days → scores. In one market
 * nothing can be foretold, in the other one the price follows the book.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDatasetCard } from '../../../src/core/dataset/card-shape.js';
import { isEvaluation } from '../../../src/core/learned/evaluation-shape.js';
import { needTraining, runPython } from '../../support/learn/train-environment.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { WALK_SYMBOL, writeWalk } from '../../support/learn/walk-recording.js';
import { Workdir } from '../../support/workdir.js';

const workdir = new Workdir();
afterAll(() => workdir.dispose());
const DAYS = ['--from', 'first', '--to', 'last'];
const SIX_DAYS = 6;

async function good(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await workdir.run(args);
  expect(code, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

beforeAll(async () => {
  for (const [market, lean] of [
    ['fair', 0],
    ['leaning', 0.5],
  ] as const) {
    writeWalk(workdir, `raw-${market}`, { days: SIX_DAYS, lean });
    const roots = ['--raw', `raw-${market}`, '--out', market];
    await good(['run', ...roots, '--symbols', WALK_SYMBOL, ...DAYS, '--json']);
    await good(['dataset', '--out', market, '--into', `data-${market}`, ...DAYS, '--json']);
  }
}, 600_000);

describe('a dataset of six days', () => {
  test('has folds whose training ends an embargo before each test block, and a sealed block', () => {
    const card: unknown = JSON.parse(workdir.text('data-fair/card.json'));
    if (!isDatasetCard(card)) throw new Error('no card');
    expect(card.folds.made).toBe(true);
    expect(card.folds.list.length).toBeGreaterThan(2);
    for (const { train_until, test_from } of card.folds.list) {
      expect(Date.parse(test_from) - Date.parse(train_until)).toBe(card.options.embargo_ms);
    }
    expect(card.folds.sealed?.test_from).toBe('2024-05-10T00:01:00Z');
    const [counts] = card.reasons;
    expect(counts?.ok).toBeGreaterThan(SIX_DAYS * 1_440 - 70);
  });
});

describe('training', { timeout: 900_000 }, () => {
  test('shows no skill where nothing can be foretold, and finds the planted leak', async (context) => {
    needTraining(context);
    const models = ['--models', 'lightgbm,last_sign,constant', '--placebos', 'quick'];
    const args = ['train', '--dataset', 'data-fair', '--into', 'fair-models', ...models];
    const stdout = await good([...args, '--json']);
    expectSchema('evaluation', workdir.text('fair-models/evaluation.json'));
    const evaluation: unknown = JSON.parse(workdir.text('fair-models/evaluation.json'));
    if (!isEvaluation(evaluation)) throw new Error('no evaluation');
    expect(evaluation.models.map(({ name, verdict }) => [name, verdict.skill])).toEqual([
      ['lightgbm', false],
      ['last_sign', false],
      ['constant', false],
    ]);
    const [lightgbm] = evaluation.models;
    expect(lightgbm?.placebos.map(({ kind, status }) => [kind, status])).toEqual([
      ['shuffled', 'clean'],
      ['day_old', 'clean'],
      ['martingale', 'clean'],
      ['planted_leak', 'clean'],
    ]);
    expect(lightgbm?.placebos.at(-1)?.detail).toMatch(/^found: AUC 0\.[6-9]/u);
    expect(stdout).toContain('"no skill shown"');
    expect(workdir.text('fair-models/report.html')).toContain('no skill shown');
    expectSchema('model_card', workdir.text('fair-models/lightgbm/card.json'));
    expect(workdir.exists('data-fair/trials.jsonl')).toBe(true);
  });

  test('finds skill where the price follows the book; sealed days are opened once', async (context) => {
    needTraining(context);
    const args = ['--dataset', 'data-leaning', '--into', 'models', '--models', 'lightgbm'];
    await good(['train', ...args, '--placebos', 'quick', '--json']);
    const trained: unknown = JSON.parse(workdir.text('models/evaluation.json'));
    if (!isEvaluation(trained)) throw new Error('no evaluation');
    expect(trained.models[0]?.pooled.auc.value).toBeGreaterThan(0.55);
    const sealed = [
      'evaluate',
      '--model',
      'models/lightgbm',
      '--dataset',
      'data-leaning',
      '--sealed',
    ];
    const opened: unknown = JSON.parse(await good([...sealed, '--into', 'sealed', '--json']));
    if (!isEvaluation(opened)) throw new Error('no evaluation');
    expect(opened.sealed).toEqual({ opening: 1, again: false });
    expect(opened.models[0]?.pooled.auc.value).toBeGreaterThan(0.55);
    const again = await workdir.run([...sealed, '--into', 'twice', '--json']);
    expect([again.code, again.stdout]).toEqual([2, '']);
    expect(again.stderr).toContain('--again');
    expect(JSON.parse(workdir.text('models/lightgbm/card.json'))).toMatchObject({
      sealed_openings: [{ opening: 1 }],
    });
  });

  test('scores of TypeScript are those of Python to the last bit', async (context) => {
    needTraining(context);
    const stdout = await good([
      'score',
      '--out',
      'leaning',
      '--model',
      'models/lightgbm',
      ...DAYS,
      '--json',
    ]);
    expectSchema('scored', stdout);
    const script = 'test/e2e/learn/compare-scores.py';
    const paths = ['data-leaning', 'models/lightgbm', 'leaning'].map((name) => workdir.path(name));
    const said = runPython([script, ...paths, WALK_SYMBOL]);
    const [, compared = '0'] = /^\{"compared": (\d+), "different": 0\}\n$/u.exec(said) ?? [];
    expect(Number(compared), said).toBeGreaterThan(SIX_DAYS * 1_440 - 80);
    // A published root with scores in it is as good as before.
    await good(['status', '--raw', 'raw-leaning', '--out', 'leaning', ...DAYS, '--json']);
  });
});
