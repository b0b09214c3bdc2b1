/** `flowbars backfill`: days and symbols through the deployed workflow, in one execution. */
import type { Command } from '../command/command.js';
import {
  resolutionsOfJobOption,
  symbolsOfWorkflowOption,
  windowDaysOption,
  workflowOption,
} from '../option/operator-options.js';
import { fromOption, lastOption, toOption } from '../option/options.js';
import { readDates, refuseManyWindows } from '../compute/request.js';
import { startExecution, startOptions } from './start-execution.js';

const { defaultHelp: _default, ...firstDayOption } = fromOption;

export const backfillCommand: Command = {
  name: 'backfill',
  summary: 'run days and symbols through the deployed workflow',
  required: [{ option: firstDayOption, unless: lastOption }, { option: workflowOption }],
  options: [
    firstDayOption,
    toOption,
    lastOption,
    symbolsOfWorkflowOption,
    resolutionsOfJobOption,
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
    if (given.optional(lastOption) === undefined) given.value(firstDayOption);
    const dates = readDates(given, world.clock);
    const windowDays = given.value(windowDaysOption);
    refuseManyWindows(dates, windowDays, '--window-days');
    const request = {
      dates,
      symbols: given.optional(symbolsOfWorkflowOption),
      resolutions: given.optional(resolutionsOfJobOption),
      windowDays,
      symbolsWhere: '--symbols',
    };
    return await startExecution(request, given, world);
  },
};
