/** `flowbars rerun`: one symbol-day through the deployed workflow. */
import { WINDOW_DAYS_DEFAULT } from '../../core/plan/windows.js';
import type { Command } from '../command/command.js';
import {
  dateOption,
  resolutionsOfJobOption,
  symbolOption,
  workflowOption,
} from '../option/operator-options.js';
import { pastDay } from '../compute/request.js';
import { startExecution, startOptions } from './start-execution.js';

export const rerunCommand: Command = {
  name: 'rerun',
  summary: 'run one symbol-day through the deployed workflow',
  required: [{ option: symbolOption }, { option: dateOption }, { option: workflowOption }],
  options: [symbolOption, dateOption, resolutionsOfJobOption, ...startOptions],
  examples: [
    {
      line: 'rerun --symbol BTCUSDT --date 2025-12-11 --wait',
      does: 'compute it if it changed',
    },
    { line: 'rerun --symbol BTCUSDT --date 2025-12-11 --force', does: 'compute it in any case' },
  ],
  stopsItself: true,
  execute: async (given, world) => {
    const date = pastDay(given.value(dateOption), `--${dateOption.name}`, world.clock);
    const symbol = given.value(symbolOption);
    const request = {
      dates: [date],
      range: { from: date, to: date },
      recorded: false,
      symbols: [symbol],
      resolutions: given.optional(resolutionsOfJobOption),
      windowDays: WINDOW_DAYS_DEFAULT,
      symbolsWhere: '--symbol',
    };
    return await startExecution(request, given, world, { symbol, date });
  },
};
