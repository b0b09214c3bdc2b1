/** A made-up LightGBM model of two features in a folder as training writes it, and its score by hand. */
import { createHash } from 'node:crypto';
import { FEATURES } from '../../../src/core/feature/features.js';
import type { ModelCard } from '../../../src/core/learned/model-card-shape.js';
import type { Workdir } from '../workdir.js';

/** The second one is read as it is where it is null: it was null in training. */
export const MADE_FEATURES = ['return_5m', 'imbalance_l5_last'] as const;

const THRESHOLDS = [0.25, -0.125];
const LEAVES = [
  [-0.1, 0.3],
  [0.05, -0.0625],
] as const;

/** What LightGBM would give: null goes to the right in the second tree. */
export function madeScore(move: number, balance: number): number {
  const [first, second] = LEAVES;
  const one = move <= (THRESHOLDS[0] ?? 0) ? first[0] : first[1];
  const isLeft = !Number.isNaN(balance) && balance <= (THRESHOLDS[1] ?? 0);
  return one + (isLeft ? second[0] : second[1]);
}

export interface MadeModel {
  readonly features?: readonly string[];
  /** Changes the card before it is written. */
  readonly card?: (card: ModelCard) => object;
  readonly golden?: (golden: object) => object;
  readonly text?: (text: string) => string;
}

export function writeModel(
  workdir: Workdir,
  folder: string,
  { features = MADE_FEATURES, card = same, golden = same, text = same }: MadeModel = {},
): void {
  const model = text(modelText(features));
  const rows = [
    [0.25, -0.5],
    [0.5, null],
    [-3, 0.25],
  ] as const;
  const raw = rows.map(([move, balance]) => madeScore(move, balance ?? Number.NaN));
  const pUp = raw.map((score) => 1 / (1 + Math.exp(-score)));
  workdir.write(`${folder}/model.txt`, model);
  const known = { features, rows, raw, p_up: pUp };
  workdir.write(`${folder}/golden.json`, JSON.stringify(golden(known)));
  workdir.write(`${folder}/card.json`, JSON.stringify(card(madeCard(features, model))));
}

function same<T>(value: T): T {
  return value;
}

/** The text of two trees, each of one split: the first takes no null, the second sends it to the right. */
function modelText(features: readonly string[]): string {
  const trees = LEAVES.map((leaves, tree) =>
    [
      `Tree=${tree}`,
      'num_leaves=2',
      'num_cat=0',
      `split_feature=${tree}`,
      `threshold=${THRESHOLDS[tree]}`,
      `decision_type=${tree === 0 ? 2 : 8}`,
      'left_child=-1',
      'right_child=-2',
      `leaf_value=${leaves.join(' ')}`,
      'is_linear=0',
      'shrinkage=1',
      '',
      '',
    ].join('\n'),
  );
  return [
    'tree',
    'version=v4',
    'num_class=1',
    'num_tree_per_iteration=1',
    'label_index=0',
    `max_feature_idx=${features.length - 1}`,
    'objective=binary sigmoid:1',
    `feature_names=${features.join(' ')}`,
    `tree_sizes=${trees.map(({ length }) => length).join(' ')}`,
    '',
    ...trees,
    'end of trees',
    '',
    'parameters:',
    '[boosting: gbdt]',
    '',
  ].join('\n');
}

function madeCard(features: readonly string[], model: string): ModelCard {
  const formulas = new Map(FEATURES.map(({ name, formula }) => [name, formula]));
  const trained = {
    rows: 1_000,
    base_rate: 0.5,
    from: '2024-05-01T01:00:00Z',
    last_label_end: '2024-05-03T00:00:00Z',
    trees: 2,
    detail: '',
    sealed_from: null,
  };
  return {
    schema_version: 5,
    kind: 'model_card',
    model: 'lightgbm',
    question: 'will the price go UP or DOWN in the next 5 minutes?',
    labelling: { horizon_ms: 300_000 },
    dataset: {
      card_sha256: '3f'.repeat(32),
      symbols: ['WALKUSDT'],
      from: '2024-05-01',
      to: '2024-05-03',
    },
    look_back_ms: 3_600_000,
    embargo_ms: 3_900_000,
    inputs: features.map((name, at) => ({
      name,
      nulls_in_training: at > 0,
      formula: formulas.get(name) ?? 'unknown',
    })),
    left_out: {},
    trained,
    options: { num_leaves: 2 },
    file: {
      name: 'model.txt',
      bytes: model.length,
      sha256: createHash('sha256').update(model).digest('hex'),
    },
    verdict: { skill: false, text: 'no skill shown', reasons: [] },
    placebos: [{ kind: 'martingale', status: 'clean', rule: '', detail: '' }],
    sealed_openings: [],
  };
}
