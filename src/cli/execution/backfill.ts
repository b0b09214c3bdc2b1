/** `flowbars backfill`: days and symbols through the deployed workflow, in one execution. */
import type { Command } from '../command/command.js';
import {
  resolutionsOfJobOption,
  symbolsOfWorkflowOption,
  windowDaysOption,
} from '../option/operator-options.js';
import { fromOption, recordedOption, toOption } from '../option/options.js';
import { checkedDates, readDates, refuseManyWindows } from '../compute/request.js';
import { startExecution, startOptions } from './start-execution.js';

const firstDayOption = { ...fromOption, defaultHelp: 'none, it has to be given' };

export const backfillCommand: Command = {
  name: 'backfill',
  summary: 'run days and symbols through the deployed workflow',
  options: [
    firstDayOption,
    toOption,
    recordedOption,
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
    const from = given.value(firstDayOption);
    const recorded = given.value(recordedOption);
    const windowDays = given.value(windowDaysOption);
    const dates = checkedDates(readDates(given, world.clock), (days) => {
      if (!recorded) refuseManyWindows(days, windowDays, '--window-days');
    });
    const request = {
      dates,
      range: { from, to: given.optional(toOption) ?? from },
      recorded,
      symbols: given.optional(symbolsOfWorkflowOption),
      resolutions: given.optional(resolutionsOfJobOption),
      windowDays,
      symbolsWhere: '--symbols',
    };
    return await startExecution(request, given, world);
  },
};
