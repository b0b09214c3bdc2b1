/** `flowbars rerun`: one symbol-day through the deployed workflow. */
import type { Command } from '../command/command.js';
import {
  dateOption,
  formatsOfJobOption,
  outputsOfJobOption,
  resolutionsOfJobOption,
  symbolOption,
  workflowOption,
} from '../option/operator-options.js';
import { startOptions } from '../option/start-options.js';

export const rerunCommand: Command = {
  name: 'rerun',
  summary: 'run one symbol-day through the deployed workflow',
  required: [{ option: symbolOption }, { option: dateOption }, { option: workflowOption }],
  options: [
    symbolOption,
    dateOption,
    resolutionsOfJobOption,
    outputsOfJobOption,
    formatsOfJobOption,
    ...startOptions,
  ],
  examples: [
    {
      line: 'rerun --symbol BTCUSDT --date 2025-12-11 --wait',
      does: 'compute it if it changed',
    },
    { line: 'rerun --symbol BTCUSDT --date 2025-12-11 --force', does: 'compute it in any case' },
  ],
  stopsItself: true,
  execute: async (given, world) => {
    const { executeRerun } = await import('./start-asked.js');
    return await executeRerun(given, world);
  },
};
