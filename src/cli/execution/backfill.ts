/** `flowbars backfill`: days and symbols through the deployed workflow, in one execution. */
import type { Command } from '../command/command.js';
import {
  formatsOfJobOption,
  outputsOfJobOption,
  resolutionsOfJobOption,
  symbolsOfWorkflowOption,
  windowDaysOption,
  workflowOption,
} from '../option/operator-options.js';
import { fromOption, lastOption, recordedOption, toOption } from '../option/options.js';
import { startOptions } from '../option/start-options.js';

const { defaultHelp: _default, ...firstDay } = fromOption;
export const firstDayOption: typeof firstDay = firstDay;

export const backfillCommand: Command = {
  name: 'backfill',
  summary: 'run days and symbols through the deployed workflow',
  required: [{ option: firstDayOption, unless: lastOption }, { option: workflowOption }],
  options: [
    firstDayOption,
    toOption,
    lastOption,
    recordedOption,
    symbolsOfWorkflowOption,
    resolutionsOfJobOption,
    outputsOfJobOption,
    formatsOfJobOption,
    windowDaysOption,
    ...startOptions,
  ],
  examples: [
    {
      line: 'backfill --from 2025-11-01 --to 2025-11-30 --dry-run',
      does: 'estimate objects, tasks, minutes and dollars',
    },
    {
      line: 'backfill --from 2025-11-01 --to 2025-11-30 --symbols BTCUSDT,ETHUSDT --wait',
      does: 'start an execution and follow it to its end',
    },
  ],
  stopsItself: true,
  execute: async (given, world) => {
    const { executeBackfill } = await import('./start-asked.js');
    return await executeBackfill(given, world);
  },
};
