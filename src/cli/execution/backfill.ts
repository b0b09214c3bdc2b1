/** `flowbars backfill`: days and symbols through the deployed workflow, in one execution. */
import type { Command } from '../command/command.js';
import {
  resolutionsOfJobOption,
  symbolsOfWorkflowOption,
  windowDaysOption,
  workflowOption,
} from '../option/operator-options.js';
import { fromOption, lastOption, recordedOption, toOption } from '../option/options.js';
import { checkedDates, readDates, refuseManyWindows } from '../compute/request.js';
import type { Given } from '../option/option.js';
import { type DayChoice, isRecordedWord } from '../option/option-forms.js';
import { dayOf, lastDays } from '../../core/plan/relative-days.js';
import type { Clock } from '../../jobs/ports.js';
import type { ExecutionRequest } from './execution-request.js';
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
    const range = rangeOf(given, world.clock);
    const recorded = given.value(recordedOption);
    const windowDays = given.value(windowDaysOption);
    const dates = checkedDates(readDates(given, world.clock), (days) => {
      if (!recorded) refuseManyWindows(days, windowDays, '--window-days');
    });
    const request = {
      dates,
      range,
      recorded,
      symbols: given.optional(symbolsOfWorkflowOption),
      resolutions: given.optional(resolutionsOfJobOption),
      windowDays,
      symbolsWhere: '--symbols',
    };
    return await startExecution(request, given, world);
  },
};

/** The first and last day as the argument says them: the workflow finds what is recorded itself. */
function rangeOf(given: Given, clock: Clock): ExecutionRequest['range'] {
  const nowMs = clock.nowMs();
  const last = given.optional(lastOption);
  if (last !== undefined) return lastDays(last, nowMs);
  const from = given.value(firstDayOption);
  const to = given.optional(toOption) ?? from;
  const said = (day: DayChoice): DayChoice => (isRecordedWord(day) ? day : dayOf(day, nowMs));
  return { from: said(from), to: said(to) };
}
