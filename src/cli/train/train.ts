/** `flowbars train`: trains models on a dataset and judges them, placebos beside them. */
import type { Command } from '../command/command.js';
import * as options from '../option/options.js';
import {
  datasetOption,
  foundationOption,
  howOptions,
  intoFolderOption,
  modelsOption,
  weightsDateOption,
} from './train-options.js';

export const trainCommand: Command = {
  name: 'train',
  summary: 'train models on a dataset and judge them beside placebos',
  required: [{ option: datasetOption }, { option: intoFolderOption }],
  options: [
    datasetOption,
    intoFolderOption,
    modelsOption,
    foundationOption,
    weightsDateOption,
    ...howOptions,
    ...options.outputOptions,
    options.noColorOption,
  ],
  stopsItself: true,
  exitCodes:
    '0 trained and judged, whatever the verdict; 1 the dataset cannot be trained on; 2 usage; 3 storage, machine or Python failed',
  examples: [
    { line: 'train --dataset dataset --into trained', does: 'the five baselines' },
    {
      line: 'train --dataset dataset --into trained --models none --model chronos-bolt:models/bolt-tiny --weights-date 2024-11-26',
      does: 'a foundation model on the days after its weights',
    },
  ],
  execute: async (given, world) => {
    const { executeTrain } = await import('./execute-train.js');
    return await executeTrain(given, world);
  },
};
