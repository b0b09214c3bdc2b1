/** Scores in TypeScript are LightGBM's own, to the last bit. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { featurePlaces, featuresWithoutNulls } from '../../../src/core/forest/feature-names.js';
import {
  MISSING_NAN,
  MISSING_NONE,
  MISSING_ZERO,
  rawScore,
} from '../../../src/core/forest/forest.js';
import { goldenRow, readGolden, verifyGolden } from '../../../src/core/forest/golden.js';
import { readForest } from '../../../src/core/forest/read-forest.js';
import { projectRoot } from '../../support/workdir.js';
import { GOLDEN_MODELS, goldenOf, MAKE_GOLDEN, modelText } from './golden-models.js';

const PYTHON = join(projectRoot, '.tools/train/bin/python');

test.for(GOLDEN_MODELS)('gives each row of the model %s the score of LightGBM', (name) => {
  const golden = goldenOf(name);
  const forest = readForest(modelText(name), name);
  expect(golden.rows.length).toBeGreaterThan(200);
  const scores = golden.rows.map((row) => rawScore(forest, goldenRow(row)));
  expect(scores).toEqual(golden.raw);
  verifyGolden(forest, golden, name);
});

test('the golden models have every kind of missing value, on both sides', () => {
  const kinds = new Set(
    GOLDEN_MODELS.flatMap((name) =>
      readForest(modelText(name), name).trees.flatMap(({ missing, defaultLeft }) =>
        [...missing].map((kind, node) => `${kind} ${defaultLeft[node]}`),
      ),
    ),
  );
  expect([...kinds].toSorted()).toEqual([
    `${MISSING_NONE} 1`,
    `${MISSING_ZERO} 0`,
    `${MISSING_ZERO} 1`,
    `${MISSING_NAN} 0`,
    `${MISSING_NAN} 1`,
  ]);
  // A split of nulls from all values.
  expect(modelText('nulls')).toMatch(/^threshold=.*\binf\b/mu);
  const rows = goldenOf('nulls').rows.flat();
  for (const rare of [null, 0, -0, Math.fround(1e-36)]) {
    expect(rows.some((value) => Object.is(value, rare))).toBe(true);
  }
});

test.skipIf(!existsSync(PYTHON))('gives the rows of a new model the scores of LightGBM', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flowbars-forest-'));
  try {
    const made = spawnSync(PYTHON, [MAKE_GOLDEN, folder, '3'], { encoding: 'utf8' });
    expect(made.status, made.stderr).toBe(0);
    for (const name of GOLDEN_MODELS) {
      const text = modelText(name, folder);
      expect(text).not.toBe(modelText(name));
      verifyGolden(readForest(text, name), goldenOf(name, folder), name);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('golden rows whose scores differ in one bit are refused', () => {
  const forest = readForest(modelText('nulls'), 'model.txt');
  const golden = goldenOf('nulls');
  const [first = 0, ...others] = golden.raw;
  const raw = [first * (1 + Number.EPSILON), ...others];
  expect(() => verifyGolden(forest, { ...golden, raw }, 'golden.json')).toThrow(
    /^golden\.json score of row 0 raw: found -?[\d.]+, expected -?[\d.]+, as training wrote it/u,
  );
  const pUp = golden.p_up.map((value, index) => (index === 3 ? value + 1e-12 : value));
  expect(() => verifyGolden(forest, { ...golden, p_up: pUp }, 'golden.json')).toThrow(
    'score of row 3 p_up',
  );
});

test.for([
  ['{', 'found something else'],
  ['{"features":["a"],"rows":[],"raw":[],"p_up":[]}', 'found 0 rows, 0 and 0 scores'],
  ['{"features":["a"],"rows":[[1,2]],"raw":[1],"p_up":[1]}', 'found 1 rows, 1 and 1 scores'],
  ['{"features":["a"],"rows":[[1]],"raw":[1],"p_up":[]}', 'found 1 rows, 1 and 0 scores'],
])('refuses the golden rows %s', ([text = '', message = '']) => {
  expect(() => readGolden(text, 'golden.json')).toThrow(`golden.json golden rows: ${message}`);
});

test('features are refused by name: unknown, missing, or in another order', () => {
  const forest = readForest(modelText('nulls'), 'model.txt');
  const golden = goldenOf('nulls');
  const check = (features: readonly string[], message: string): void =>
    expect(() => verifyGolden(forest, { ...golden, features }, 'golden.json')).toThrow(message);
  const [first = '', second = '', ...others] = golden.features;
  check(
    [second, first, ...others],
    `found '${second}' as number 1, expected '${first}', the order`,
  );
  check([first, ...others], `found no feature '${second}', expected '${second}'`);
  check(
    [...golden.features, 'return_5'],
    "found 'return_5', expected only features of the model (such as 'return_5m')",
  );
  const computed = ['day_sine', ...golden.features.filter((name) => name !== 'day_sine')];
  expect(featurePlaces(forest, computed, 'model.txt')).toEqual([1, 2, 3, 4, 0, 5]);
  expect(() => featurePlaces(forest, ['return_6m'], 'model.txt')).toThrow(
    "model.txt features: found 'return_5m', expected a feature that this flowbars computes (such as 'return_6m')",
  );
});

test('a null is refused where training had none, as its card or a split says', () => {
  const forest = readForest(modelText('no-nulls'), 'model.txt');
  expect([...featuresWithoutNulls(forest, [])].toSorted()).toEqual(forest.features.toSorted());
  const nulls = readForest(modelText('nulls'), 'model.txt');
  expect([...featuresWithoutNulls(nulls, ['day_sine'])]).toEqual(['day_sine']);
});
