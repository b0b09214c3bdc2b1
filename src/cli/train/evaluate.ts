/** `flowbars evaluate`: judges a finished model on rows that it cannot have seen. */
import type { Command } from '../command/command.js';
import { flag } from '../option/option.js';
import * as options from '../option/options.js';
import { datasetOption, howOptions, intoFolderOption, modelFolderOption } from './train-options.js';

export const sealedOption = flag({
  name: 'sealed',
  // Not FLOWBARS_SEALED: that is how many percent flowbars dataset seals, and must open nothing.
  env: 'FLOWBARS_OPEN_SEALED',
  group: 'What:',
  help: 'judge on the sealed days, which opens them once and for all',
});
export const againOption = flag({
  name: 'again',
  env: 'FLOWBARS_OPEN_AGAIN',
  group: 'What:',
  help: 'with --sealed: open them once more, which is counted',
});

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'judge a finished model on days that it has not seen',
  required: [
    { option: modelFolderOption },
    { option: datasetOption },
    { option: intoFolderOption },
  ],
  options: [
    modelFolderOption,
    datasetOption,
    intoFolderOption,
    sealedOption,
    againOption,
    ...howOptions,
    ...options.outputOptions,
    options.noColorOption,
  ],
  stopsItself: true,
  exitCodes:
    '0 judged, whatever the verdict; 1 there is nothing to judge on; 2 usage; 3 storage, machine or Python failed',
  examples: [
    {
      line: 'evaluate --model trained/lightgbm --dataset january --into judged',
      does: 'on another dataset',
    },
    {
      line: 'evaluate --model trained/lightgbm --dataset dataset --into judged --sealed',
      does: 'on the days that were put aside',
    },
  ],
  execute: async (given, world) => {
    const { executeEvaluate } = await import('./execute-train.js');
    return await executeEvaluate(given, world);
  },
};
