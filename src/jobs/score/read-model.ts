/** Reads the folder of a model and proves that it is scored here as it was in training. */
import { FEATURES } from '../../core/feature/features.js';
import { LOOK_BACK_MINUTES } from '../../core/feature/look-back.js';
import type { ScoredForest } from '../../core/forest/day-scores.js';
import {
  featurePlaces,
  featuresWithoutNulls,
  refuseOtherFeatures,
} from '../../core/forest/feature-names.js';
import { readGolden, verifyGolden } from '../../core/forest/golden.js';
import { readForest } from '../../core/forest/read-forest.js';
import type { DayScoresDocument } from '../../core/forest/score-shape.js';
import { isModelCard, type ModelCard } from '../../core/learned/model-card-shape.js';
import { parseStored } from '../../core/stored/json-shape.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { quoted } from '../../core/unit/typed-text.js';
import { MINUTE_MS } from '../../core/unit/utc-date.js';
import type { Codec, Store } from '../ports.js';

/** Of a model text, which is in memory: some 100,000 leaves. */
export const MODEL_BYTES_MAX = 67_108_864;

const CARD_NAME = 'card.json';
const TEXT_NAME = 'model.txt';
const GOLDEN_NAME = 'golden.json';
const KIND = 'lightgbm';

export interface ReadModel extends ScoredForest {
  /** What stands beside its scores. */
  readonly said: DayScoresDocument['model'];
}

interface ModelEffects {
  readonly model: Store;
  readonly codec: Codec;
}

/** Throws usage errors for what is no folder of a LightGBM model, and errors of kind `data` for one that is damaged. */
export async function readModel(effects: ModelEffects): Promise<ReadModel> {
  const { model, codec } = effects;
  const where = `${model.root}/${CARD_NAME}`;
  const cardBytes = await readFile(CARD_NAME, effects);
  const card = parseStored(codec.decode(cardBytes), isModelCard, { what: 'model card', where });
  if (card.model !== KIND) {
    const expected = `${KIND}: the only model that is scored without Python`;
    throw new FlowbarsError('usage', { where, what: 'model', found: `'${card.model}'`, expected });
  }
  const text = await readModelText(card, effects);
  const forest = readForest(text, `${model.root}/${card.file.name}`);
  refuseOtherFeatures(
    card.inputs.map(({ name }) => name),
    forest.features,
    where,
  );
  const places = featurePlaces(
    forest,
    FEATURES.map(({ name }) => name),
    where,
  );
  refuseOtherFormulas(card, where);
  const goldenWhere = `${model.root}/${GOLDEN_NAME}`;
  const golden = readGolden(codec.decode(await readFile(GOLDEN_NAME, effects)), goldenWhere);
  verifyGolden(forest, golden, goldenWhere);
  const never = card.inputs.filter((input) => !input.nulls_in_training).map(({ name }) => name);
  return {
    forest,
    places,
    withoutNulls: featuresWithoutNulls(forest, never),
    said: {
      model: card.model,
      card_sha256: codec.sha256(cardBytes),
      file_sha256: card.file.sha256,
      golden_rows: golden.rows.length,
    },
  };
}

async function readModelText(card: ModelCard, effects: ModelEffects): Promise<string> {
  const { name, sha256 } = card.file;
  if (name !== TEXT_NAME) {
    const where = `${effects.model.root}/${CARD_NAME}`;
    const expected = `'${TEXT_NAME}'`;
    throw new FlowbarsError('data', { where, what: 'file name', found: quoted(name), expected });
  }
  const bytes = await readFile(name, effects);
  const found = effects.codec.sha256(bytes);
  const where = `${effects.model.root}/${name}`;
  if (found !== sha256) {
    const expected = `${sha256}, as ${CARD_NAME} lists it`;
    throw new FlowbarsError('data', { where, what: 'sha256', found, expected });
  }
  if (bytes.length > MODEL_BYTES_MAX) {
    const expected = `at most ${MODEL_BYTES_MAX}`;
    throw new FlowbarsError('limit', { where, what: 'bytes', found: `${bytes.length}`, expected });
  }
  return effects.codec.decode(bytes);
}

async function readFile(name: string, { model }: ModelEffects): Promise<Uint8Array> {
  const content = await model.read(name);
  if (content !== undefined) return content.bytes;
  throw new FlowbarsError('usage', {
    where: model.root,
    what: 'model',
    found: `no ${name}`,
    expected: 'the folder of a model, such as trained/lightgbm, as flowbars train writes it',
  });
}

/** A feature of the same name that is computed in another way is another feature. */
function refuseOtherFormulas({ inputs, look_back_ms: lookBackMs }: ModelCard, where: string): void {
  const formulas = new Map(FEATURES.map(({ name, formula }) => [name, formula]));
  const other = inputs.find(({ name, formula }) => formulas.get(name) !== formula);
  if (other !== undefined) {
    throw new FlowbarsError('data', {
      where,
      what: `feature '${other.name}'`,
      found: `'${other.formula}'`,
      expected: `'${formulas.get(other.name) ?? ''}', as this flowbars computes it`,
    });
  }
  if (lookBackMs === LOOK_BACK_MINUTES * MINUTE_MS) return;
  const expected = `${LOOK_BACK_MINUTES * MINUTE_MS} ms`;
  throw new FlowbarsError('data', {
    where,
    what: 'look-back',
    found: `${lookBackMs} ms`,
    expected,
  });
}
