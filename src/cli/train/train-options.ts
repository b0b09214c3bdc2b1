/** Options of `flowbars train` and `flowbars evaluate`, declared once. */
import { parseFoundationModel } from '../../core/learned/trainer/foundation-model.js';
import { BASELINE_MODELS } from '../../core/learned/trainer/train-request.js';
import {
  quoted,
  refuse,
  someOf,
  parseText,
  wholeNumber,
  oneOf,
  decimalNumber,
} from '../../core/unit/typed-text.js';
import { utcDate } from '../../core/unit/utc-date.js';
import { type Option, option } from '../option/option.js';
import { THREADS_MAX } from '../option/options.js';

/** Round trips that one evaluation counts with. */
export const COSTS_MAX = 10;
/** Of one round trip: ten percent. */
export const COST_BPS_MAX = 1_000;
export const SEED_MAX = 1_000_000_000;

const PLACEBOS = ['full', 'quick'] as const;

export const datasetOption = option({
  name: 'dataset',
  env: 'FLOWBARS_DATASET',
  group: 'Where:',
  help: 'folder that flowbars dataset wrote',
  parse: parseText,
});
export const intoFolderOption = option({
  name: 'into',
  env: 'FLOWBARS_TRAIN_INTO',
  group: 'Where:',
  help: 'folder to write into, an earlier result in it is replaced: evaluation.json, report.html, a folder per model',
  parse: parseText,
});
export const modelFolderOption = option({
  name: 'model',
  env: 'FLOWBARS_MODEL',
  group: 'Where:',
  help: 'folder of a model that flowbars train wrote',
  parse: parseText,
});
export const pythonOption = option({
  name: 'python',
  env: 'FLOWBARS_TRAIN_PYTHON',
  group: 'Where:',
  help: 'Python with the packages of src/train/requirements.txt',
  defaultHelp: 'that of npm run train:setup',
  parse: parseText,
});
export const modelsOption = option({
  name: 'models',
  env: 'FLOWBARS_MODELS',
  group: 'What:',
  help: `models to train: some of ${BASELINE_MODELS.join(',')}, or none`,
  defaultText: BASELINE_MODELS.join(','),
  words: BASELINE_MODELS,
  parse: someOf(BASELINE_MODELS),
});
export const foundationOption = option({
  name: 'model',
  env: 'FLOWBARS_FOUNDATION_MODEL',
  group: 'What:',
  help: 'a foundation model to judge as well: chronos-bolt:FOLDER or chronos-bolt:HUB_ID',
  parse: parseFoundationModel,
});
export const weightsDateOption = option({
  name: 'weights-date',
  env: 'FLOWBARS_WEIGHTS_DATE',
  group: 'What:',
  help: 'UTC day on which its weights were released: only later days count',
  parse: utcDate,
});
export const placebosOption = option({
  name: 'placebos',
  env: 'FLOWBARS_PLACEBOS',
  group: 'How:',
  help: "placebos beside each model: 'full', or 'quick' with fewer runs",
  defaultText: 'full',
  words: PLACEBOS,
  parse: oneOf(PLACEBOS),
});
export const costsOption = option({
  name: 'costs-bps',
  env: 'FLOWBARS_COSTS_BPS',
  group: 'How:',
  help: 'costs of a trade and its way back, in basis points',
  defaultText: '4,8,10',
  parse: parseCosts,
});
export const seedOption = option({
  name: 'seed',
  env: 'FLOWBARS_SEED',
  group: 'How:',
  help: 'the same number gives the same models',
  defaultText: '1',
  parse: wholeNumber(0, SEED_MAX),
});
export const trainThreadsOption = option({
  name: 'threads',
  // Not FLOWBARS_THREADS, which commands that compute bars read: there more threads are faster.
  env: 'FLOWBARS_TRAIN_THREADS',
  group: 'How:',
  help: 'threads of the libraries that train; models do not depend on it',
  defaultText: '1',
  parse: wholeNumber(1, THREADS_MAX),
});

/** Those of both commands. */
export const howOptions: readonly Option<unknown>[] = [
  pythonOption,
  placebosOption,
  costsOption,
  seedOption,
  trainThreadsOption,
];

function parseCosts(text: string, where: string): readonly number[] {
  const read = decimalNumber(0, COST_BPS_MAX, 'basis points');
  const costs = text.split(',').map((one) => read(one.trim(), where));
  const isTwice = new Set(costs).size < costs.length;
  if (isTwice || costs.length > COSTS_MAX) {
    refuse(where, 'costs', quoted(text), `at most ${COSTS_MAX} numbers, each once`);
  }
  return costs;
}
