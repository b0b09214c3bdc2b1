/** `flowbars dataset`: published days as samples with features, labels, reasons, weights and folds. */
import {
  FOLDS_DEFAULT,
  FOLDS_MAX,
  ROLLING_DAYS_MAX,
  SEALED_PERCENT_DEFAULT,
  SEALED_PERCENT_MAX,
} from '../../core/split/split-options.js';
import { BARRIER_K_DEFAULT, BARRIER_K_MAX } from '../../core/label/label-options.js';
import { decimalNumber, oneOf, parseText, wholeNumber } from '../../core/unit/typed-text.js';
import type { Command } from '../command/command.js';
import { parseLength } from '../option/option-forms.js';
import { flag, option } from '../option/option.js';
import * as options from '../option/options.js';
import { ruleOption } from '../option/rule-options.js';
import { publishedOptions, publishedRoot } from '../pattern/published-options.js';
import { LABEL_WORDS, parseDeadZone } from './dataset-forms.js';

export const intoOption = option({
  name: 'into',
  env: 'FLOWBARS_DATASET',
  group: 'Where:',
  help: 'folder or gs://bucket/prefix of the dataset, apart from --out',
  parse: parseText,
});
export const latencyOption = option({
  name: 'latency',
  env: 'FLOWBARS_LATENCY',
  group: 'What:',
  help: 'from the decision to the first price that counts, such as 1s; 0s to 60s',
  defaultText: '1s',
  parse: (text, where) => (text === '0s' ? 0 : parseLength(text, where)),
});
export const waitMaxOption = option({
  name: 'wait-max',
  env: 'FLOWBARS_WAIT_MAX',
  group: 'What:',
  help: 'longest wait for a trade there; without one the minute has no label',
  defaultText: '10s',
  parse: parseLength,
});
export const horizonOption = option({
  name: 'horizon',
  env: 'FLOWBARS_HORIZON',
  group: 'What:',
  help: 'how far ahead the label looks, up to 1h',
  defaultText: '5m',
  parse: parseLength,
});
export const labelsOption = option({
  name: 'labels',
  env: 'FLOWBARS_LABELS',
  group: 'What:',
  help: "'fixed': the price after the horizon; 'triple-barrier': which barrier is touched first",
  defaultText: 'fixed',
  words: LABEL_WORDS,
  parse: oneOf(LABEL_WORDS),
});
export const deadZoneOption = option({
  name: 'dead-zone',
  env: 'FLOWBARS_DEAD_ZONE',
  group: 'What:',
  help: "moves up to it are FLAT: bps of the entry, 'spread', or 'cost' (fee and spread)",
  defaultText: '0',
  words: ['spread', 'cost'],
  parse: parseDeadZone,
});
export const barrierOption = option({
  name: 'barrier-k',
  env: 'FLOWBARS_BARRIER_K',
  group: 'What:',
  help: 'barriers at so many volatilities of the horizon, with triple-barrier',
  defaultHelp: String(BARRIER_K_DEFAULT),
  parse: decimalNumber(0, BARRIER_K_MAX),
});
export const feeOption = ruleOption('feeBps');
export const keepUnprovenOption = flag({
  name: 'keep-unproven',
  env: 'FLOWBARS_KEEP_UNPROVEN',
  group: 'What:',
  help: 'time that nothing proves counts as known, as in recordings without trade ids',
});
export const embargoOption = option({
  name: 'embargo',
  env: 'FLOWBARS_EMBARGO',
  group: 'How:',
  help: 'from the last label of a training part to its test block; at least horizon and look-back',
  defaultHelp: 'horizon + 60m',
  parse: parseLength,
});
export const foldsOption = option({
  name: 'folds',
  env: 'FLOWBARS_FOLDS',
  group: 'How:',
  help: 'test blocks of whole days, walking forward',
  defaultText: String(FOLDS_DEFAULT),
  parse: wholeNumber(1, FOLDS_MAX),
});
export const rollingOption = option({
  name: 'rolling',
  env: 'FLOWBARS_ROLLING',
  group: 'How:',
  help: 'days before a test block that are trained on',
  defaultHelp: 'all',
  parse: wholeNumber(1, ROLLING_DAYS_MAX),
});
export const sealedOption = option({
  name: 'sealed',
  env: 'FLOWBARS_SEALED',
  group: 'How:',
  help: 'percent of the days, the last ones, that only evaluate --sealed opens',
  defaultText: String(SEALED_PERCENT_DEFAULT),
  parse: wholeNumber(0, SEALED_PERCENT_MAX),
});
export const seedOption = option({
  name: 'seed',
  env: 'FLOWBARS_DATASET_SEED',
  group: 'How:',
  help: 'number behind the coins of the martingale',
  defaultText: '1',
  parse: wholeNumber(0, 1_000_000_000),
});

export const datasetCommand: Command = {
  name: 'dataset',
  summary:
    'write published days as samples for models: features, labels, weights, folds, a placebo',
  required: [publishedRoot, { option: intoOption }],
  options: [
    ...publishedOptions,
    intoOption,
    latencyOption,
    waitMaxOption,
    horizonOption,
    labelsOption,
    deadZoneOption,
    barrierOption,
    feeOption,
    keepUnprovenOption,
    embargoOption,
    foldsOption,
    rollingOption,
    sealedOption,
    seedOption,
    ...options.outputOptions,
    options.noColorOption,
  ],
  examples: [
    {
      line: 'dataset --out aggregated --into dataset --from first --to last',
      does: 'all published days, the question of the next five minutes',
    },
    {
      line: 'dataset --out gs://b/aggregated --into dataset --symbols BTCUSDT --dead-zone cost',
      does: 'a symbol, where only a move that pays for its cost is UP or DOWN',
    },
  ],
  execute: async (given, world) => {
    const { executeDataset } = await import('./execute-dataset.js');
    return await executeDataset(given, world);
  },
};
