/** A model text that LightGBM did not write, or that flowbars cannot score, is refused with four parts. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readForest } from '../../../src/core/forest/read-forest.js';
import { rawScore } from '../../../src/core/forest/forest.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { modelText } from './golden-models.js';

const TEXT = modelText('nulls');

/** Replaces the first match, which must be there. */
function changed(from: string | RegExp, to: string): string {
  const text = TEXT.replace(from, to);
  expect(text).not.toBe(TEXT);
  return text;
}

test.for<readonly [about: string, from: string | RegExp, to: string, message: string]>([
  ['no model', /^tree\n/u, 'forest\n', "line 1 model text: found 'forest', expected 'tree'"],
  ['another version', 'version=v4', 'version=v5', "line 2 version: found 'v5', expected 'v4'"],
  ['several classes', 'num_class=1', 'num_class=3', "line 3 num_class: found '3', expected '1'"],
  [
    'several trees a round',
    'num_tree_per_iteration=1',
    'num_tree_per_iteration=3',
    "num_tree_per_iteration: found '3', expected '1'",
  ],
  [
    'another objective',
    'binary sigmoid:1',
    'regression',
    "line 7 objective: found 'regression', expected 'binary sigmoid:1'",
  ],
  [
    'an average',
    'tree_sizes',
    'average_output\ntree_sizes',
    "line 10 header: found 'average_output'",
  ],
  [
    'other boosting',
    '[boosting: gbdt]',
    '[boosting: dart]',
    "found '[boosting: dart]', expected '[boosting: gbdt]'",
  ],
  [
    'no boosting',
    '[boosting: gbdt]',
    '',
    "parameter boosting: found nothing, expected '[boosting: gbdt]'",
  ],
  [
    'a linear tree',
    'is_linear=0',
    'is_linear=1',
    "is_linear: found '1', expected '0': no linear tree",
  ],
  [
    'categories',
    'num_cat=0',
    'num_cat=1',
    "line 14 num_cat: found '1', expected '0': no categorical split",
  ],
  [
    'a categorical split',
    /decision_type=\d+/u,
    'decision_type=1',
    'decision_type: found 1 at node 0: categorical',
  ],
  [
    'an unknown missing type',
    /decision_type=\d+/u,
    'decision_type=14',
    'found 14 at node 0, expected 0 to 11',
  ],
  [
    'an unknown feature',
    /split_feature=\d+/u,
    'split_feature=6',
    'split_feature: found 6 at node 0, expected 0 to 5',
  ],
  [
    'a circle',
    /left_child=-?\d+/u,
    'left_child=0',
    'left_child and right_child: found 0 at node 0',
  ],
  ['too few numbers', /threshold=\S+ /u, 'threshold=', 'threshold: found 13 values, expected 14'],
  [
    'no number',
    /leaf_value=\S+/u,
    'leaf_value=nan',
    "leaf_value: found 'nan', expected a decimal number",
  ],
  ['a number past all doubles', /leaf_value=\S+/u, 'leaf_value=1e999', "leaf_value: found '1e999'"],
  ['a tree left out', 'Tree=1\n', 'Tree=2\n', "tree: found 'Tree=2', expected 'Tree=1'"],
  [
    'a tree cut off',
    /tree_sizes=\d+ /u,
    'tree_sizes=',
    "found 'Tree=39', expected 'end of trees' behind 39 trees",
  ],
  [
    'a line twice',
    'num_class=1',
    'num_class=1\nnum_class=1',
    "header: found 'num_class=1', expected one line 'num_class'",
  ],
  [
    'a line left out',
    /left_child=.*\n/u,
    '',
    "left_child: found nothing, expected a line 'left_child=…'",
  ],
  ['a name twice', 'spread_last', 'return_5m', "line 8 feature_names: found 'return_5m' twice"],
  ['too few names', ' spread_last', '', 'line 8 feature_names: found 5 values, expected 6'],
  [
    'too many leaves',
    'num_leaves=15',
    'num_leaves=999999',
    'num_leaves: found 999999, expected 1 to 131072',
  ],
  [
    'too many trees',
    /^tree_sizes=.*$/mu,
    `tree_sizes=${'1 '.repeat(20_001)}`,
    'trees: found 20001, expected at most 20000',
  ],
  [
    'too many features',
    'max_feature_idx=5',
    'max_feature_idx=10000',
    'features: found 10001, expected 1 to 10000',
  ],
])('refuses %s', ([, from, to, message]) => {
  expect(() => readForest(changed(from, to), 'model.txt')).toThrow(message);
});

test('a text that is cut off anywhere, or changed anywhere, is read or refused, and never loops', () => {
  let refused = 0;
  const lines = TEXT.split('\n').slice(0, 60);
  const sizes = lines.findIndex((line) => line.startsWith('tree_sizes='));
  const second = lines.findIndex((line) => line === 'Tree=2');
  lines[sizes] = 'tree_sizes=1 1';
  const small = [...lines.slice(0, second), 'end of trees', '', '[boosting: gbdt]', ''].join('\n');
  expect(readForest(small, 'model.txt').trees).toHaveLength(2);
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          at: fc.nat({ max: small.length }),
          gone: fc.nat({ max: 8 }),
          put: fc.oneof(
            fc.constantFrom('', '0', '-', ' ', '\n', '=', 'e9', '.'),
            fc.string({ maxLength: 4 }),
          ),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      fc.boolean(),
      (edits, isCut) => {
        const end = isCut ? (edits[0]?.at ?? 0) : small.length;
        const text = edits.reduce(
          (so, { at, gone, put }) => so.slice(0, at) + put + so.slice(at + gone),
          small.slice(0, end),
        );
        try {
          const forest = readForest(text, 'model.txt');
          const row = forest.features.map((_, index) => index - 2);
          expect(Number.isFinite(rawScore(forest, row))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FlowbarsError);
          refused += 1;
        }
      },
    ),
    { numRuns: 2_000 },
  );
  expect(refused).toBeGreaterThan(500);
});
