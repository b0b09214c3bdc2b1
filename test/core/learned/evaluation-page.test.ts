/** What the page of an evaluation says, and that no text of an evaluation becomes markup. */
import { expect, test } from 'vitest';
import { type Evaluation, isEvaluation } from '../../../src/core/learned/evaluation-shape.js';
import { evaluationPage } from '../../../src/core/learned/page/evaluation-page.js';
import { verdictSentence } from '../../../src/core/learned/verdict-words.js';
import { schemaErrors } from '../../support/schema/schemas.js';
import { MADE_EVALUATION, madeEvaluation } from '../../support/learn/made-evaluation.js';

/** The words of the page, in order. */
function wordsOf(evaluation: Evaluation): string {
  const page = evaluationPage({ evaluation, command: 'train', sha256: 'ab'.repeat(32) });
  const body = page.slice(page.indexOf('<body>'));
  return body.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');
}

test('the made-up evaluation has the declared shape', () => {
  expect(isEvaluation(MADE_EVALUATION)).toBe(true);
  expect(schemaErrors('evaluation', MADE_EVALUATION)).toEqual([]);
  expect(isEvaluation({ ...MADE_EVALUATION, models: [{}] })).toBe(false);
});

test('verdicts come first, then what the data can show, then figures, then how it was made', () => {
  const words = wordsOf(MADE_EVALUATION);
  const places = [
    'UP or DOWN in the next 5 minutes?',
    'No skill shown by 4 models; 1 model not judged.',
    'lightgbm no skill shown the lower end of log-loss skill is −0.30 % (blocks of days), not above 0',
    'fold 2 is not judged: 12 rows, at least 200 are needed',
    'not judged: no day lies after the release of its weights, 2026-01-10',
    '49.9 % to 50.3 % of the training rows are UP',
    '7 trials on this dataset so far',
    'an AUC of 0.518 or more',
    'a round trip of 10 bps: 149 % of directions right, which is impossible',
    'sealed days not opened',
    'Metrics',
    '−0.09 % −0.29 % to +0.11 % −0.37 % to +0.19 %',
    'Skill by fold',
    'Calibration',
    'predicted happened rows',
    'Placebos',
    'a market turned by coins: not clean',
    'By confidence',
    'needed 89.7 % 129 %: impossible 149 %: impossible',
    'What the models look at',
    'How it was made',
    '3f'.repeat(32),
    'ab'.repeat(32),
  ].map((text) => [text, words.indexOf(text)] as const);
  expect(places.filter(([, at]) => at < 0)).toEqual([]);
  expect(places.map(([, at]) => at)).toEqual(places.map(([, at]) => at).toSorted((a, b) => a - b));
});

test('one trial, one row and one opening are told as one', () => {
  const { dataset } = MADE_EVALUATION;
  const words = wordsOf({
    ...MADE_EVALUATION,
    dataset,
    trials: 1,
    sealed: { opening: 1, again: false },
  });
  expect(words).toContain('1 trial on this dataset so far');
  expect(words).toContain('opened for the first time');
  const again = wordsOf({ ...MADE_EVALUATION, sealed: { opening: 3, again: true } });
  expect(again).toContain('opened 3 times, so they are no longer unseen');
});

test('an evaluation in which nothing is known has a page that says so', () => {
  const models = MADE_EVALUATION.models.slice(-1);
  const costs = MADE_EVALUATION.costs.map((cost) => ({ ...cost, break_even_accuracy: null }));
  const nothing = {
    ...MADE_EVALUATION,
    models,
    costs,
    smallest_auc: null,
    mean_abs_return_bps: null,
  };
  const words = wordsOf(nothing);
  expect(words).toContain('1 model not judged.');
  expect(words).toContain('– : no fold is judged'.replace(' :', ':'));
  expect(words).toContain('Of no model: none was judged.');
  expect(words).not.toMatch(/NaN|Infinity|undefined|null/u);
  expect(verdictSentence({ ...nothing, models: [] })).toBe('no model');
  expect(wordsOf({ ...nothing, models: [] })).not.toMatch(/NaN|Infinity|undefined/u);
});

test('figures that are missing, equal or far away break no drawing', () => {
  const [model] = MADE_EVALUATION.models;
  if (model === undefined) throw new Error('a model');
  const odd = {
    ...model,
    calibration: [{ p_mean: 0.5, up_share: 0.5, rows: 0 }],
    confidence: [
      { decile: 1, rows: 0, accuracy: null, net_bps: [null, null, null] },
      { decile: 2, rows: 1, accuracy: 0, net_bps: [-1e9, -1e9, -1e9] },
    ],
    importance: [{ feature: 'x'.repeat(60), share: 0 }],
    placebos: model.placebos.map((placebo) => ({
      ...placebo,
      runs: [{ label: 'one', auc: null, auc_low: null, auc_high: null, log_loss_skill: null }],
    })),
    folds: model.folds.map((fold) => ({ ...fold, base_rate: null })),
  };
  const page = evaluationPage({
    evaluation: { ...MADE_EVALUATION, models: [odd] },
    command: 'evaluate',
    sha256: '',
  });
  expect(page).not.toMatch(/NaN|Infinity|undefined/u);
  expect(page).toContain('flowbars evaluate');
});

test('texts of an evaluation are escaped wherever they stand', () => {
  const odd = '<script>alert(1)</script>"\'&';
  const made = madeEvaluation();
  const evaluation = {
    ...made,
    dataset: { ...made.dataset, symbols: [odd] },
    models: made.models.map((model) => ({
      ...model,
      name: odd,
      detail: odd,
      verdict: { ...model.verdict, text: odd, reasons: [odd] },
      importance: [{ feature: odd, share: 1 }],
      folds: model.folds.map((fold) => ({ ...fold, detail: odd })),
      placebos: model.placebos.map((placebo) => ({
        ...placebo,
        kind: odd,
        rule: odd,
        detail: odd,
      })),
    })),
  };
  const page = evaluationPage({ evaluation, command: 'train', sha256: '' });
  expect(page).not.toContain('<script');
  expect(page.split('&lt;script&gt;').length).toBeGreaterThan(50);
});
