/** Starts the execution that `flowbars backfill` or `flowbars rerun` asks for. */
import {
  symbolsOfWorkflowOption,
  dateOption,
  symbolOption,
  windowDaysOption,
} from '../option/operator-options.js';
import { lastOption, recordedOption, toOption } from '../option/options.js';
import { checkedDates, pastDay, readDates, refuseManyWindows } from '../compute/request.js';
import type { Given } from '../option/option.js';
import { type DayChoice, isRecordedWord } from '../option/option-forms.js';
import { dayOf, lastDays } from '../../core/plan/relative-days.js';
import type { Clock } from '../../jobs/ports.js';
import { askedProducts, type ExecutionRequest } from './execution-request.js';
import { startExecution } from './start-execution.js';
import type { World } from '../command/command.js';
import { firstDayOption } from './backfill.js';
import { WINDOW_DAYS_DEFAULT } from '../../core/plan/windows.js';

export async function executeBackfill(given: Given, world: World): Promise<number> {
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
    ...askedProducts(given),
    windowDays,
    symbolsWhere: '--symbols',
  };
  return await startExecution(request, given, world);
}

export async function executeRerun(given: Given, world: World): Promise<number> {
  const date = pastDay(given.value(dateOption), `--${dateOption.name}`, world.clock);
  const symbol = given.value(symbolOption);
  const request = {
    dates: [date],
    range: { from: date, to: date },
    recorded: false,
    symbols: [symbol],
    ...askedProducts(given),
    windowDays: WINDOW_DAYS_DEFAULT,
    symbolsWhere: '--symbol',
  };
  return await startExecution(request, given, world, { symbol, date });
}

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
