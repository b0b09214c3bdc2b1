/** `flowbars score`: the probability of UP at the end of each minute of published days, without Python. */
import type { Command } from '../command/command.js';
import { keepUnprovenOption } from '../dataset/dataset.js';
import { option } from '../option/option.js';
import * as options from '../option/options.js';
import { publishedOptions, publishedRoot } from '../pattern/published-options.js';

export const scoreModelOption = option({
  name: 'model',
  env: 'FLOWBARS_MODEL',
  group: 'Where:',
  help: 'folder of a LightGBM model that flowbars train wrote, or gs://bucket/prefix',
  parse: options.outOption.parse,
});
export const scoreIntoOption = option({
  name: 'into',
  env: 'FLOWBARS_SCORE_INTO',
  group: 'Where:',
  help: 'root to write the scores into: a folder or gs://bucket/prefix',
  defaultHelp: 'the output root, beside the signals',
  parse: options.outOption.parse,
});

export const scoreCommand: Command = {
  name: 'score',
  summary: 'score each minute of published days with a trained model',
  required: [publishedRoot, { option: scoreModelOption }],
  options: [
    scoreModelOption,
    scoreIntoOption,
    ...publishedOptions,
    keepUnprovenOption,
    ...options.outputOptions,
    options.noColorOption,
  ],
  examples: [
    {
      line: 'score --out aggregated --model trained/lightgbm --from first --to last',
      does: 'a file of scores beside the signals of each day',
    },
    {
      line: 'score --out gs://b/aggregated --model trained/lightgbm --into scores --last 7d',
      does: 'the last week, into another root',
    },
  ],
  execute: async (given, world) => {
    const { executeScore } = await import('./execute-score.js');
    return await executeScore(given, world);
  },
};
