/**
 * The arguments of a workflow execution. Each field is an option of the command line under another
 * name, so the same code reads and refuses both.
 */
import type { PlanRequest } from '../../jobs/plan/plan-run.js';
import { closestName } from '../../core/unit/closest-name.js';
import type { Clock } from '../../jobs/ports.js';
import { givenOver } from '../command/given.js';
import { lookbackDaysOption, windowDaysOption } from '../option/operator-options.js';
import type { FoundText, Given, Option } from '../option/option.js';
import { type Arguments, argumentsOption, startedAtOption } from '../option/plan-options.js';
import { refuse } from '../../core/unit/typed-text.js';
import * as options from '../option/options.js';
import { formatsOption, outputsOption } from '../option/product-options.js';
import { lastDays } from '../../core/plan/relative-days.js';
import { planRequest } from './plan-request.js';
import { chosenDates, type ChosenRange, datesOver, refuseManyWindows } from './request.js';

interface Field {
  readonly option: Option<unknown>;
  /** If the field is absent, the job's own option applies. */
  readonly isOfJob?: true;
  /** A list of texts is joined with commas. */
  readonly isList?: true;
}

/** docs/CLOUD.md describes each. */
export const argumentFields: Readonly<Record<string, Field>> = {
  start_date: { option: options.fromOption },
  end_date: { option: options.toOption },
  last: { option: options.lastOption },
  symbols: { option: options.symbolsOption },
  recorded: { option: options.recordedOption },
  force: { option: options.forceOption, isOfJob: true },
  accept_removed: { option: options.acceptRemovedOption, isOfJob: true },
  resolutions: { option: options.resolutionsOption, isOfJob: true, isList: true },
  outputs: { option: outputsOption, isOfJob: true, isList: true },
  formats: { option: formatsOption, isOfJob: true, isList: true },
  lookback_days: { option: lookbackDaysOption },
  window_days: { option: windowDaysOption },
};
/** The request of an execution, from its arguments and the options of its job. */
export function argumentsRequest(given: Given, clock: Clock): PlanRequest {
  const said = given.value(argumentsOption);
  const nowMs = given.optional(startedAtOption) ?? clock.nowMs();
  const started = { ...clock, nowMs: () => nowMs };
  const asked = argumentsGiven(said, given);
  const names = { from: 'start_date', to: 'end_date' };
  const lookbackDays = asked.value(lookbackDaysOption);
  const windowDays = asked.value(windowDaysOption);
  const dates = chosenDates(saidRange(asked, nowMs), started, (range) => {
    const all = datesOver(range, started, names, lookbackDays);
    // With few recorded days there are fewer windows than the range has.
    if (!asked.value(options.recordedOption)) refuseManyWindows(all, windowDays, 'window_days');
    return all;
  });
  const choice = asked.optional(options.symbolsOption) ?? 'listed';
  return planRequest(asked, {
    arguments: said,
    dates,
    windowDays,
    choice,
    symbolsWhere: 'symbols',
  });
}

/** end_date alone is that one day; start_date alone runs through yesterday. */
function saidRange(asked: Given, nowMs: number): ChosenRange {
  const last = asked.optional(options.lastOption);
  const from = asked.optional(options.fromOption);
  const to = asked.optional(options.toOption);
  if (last === undefined) return { from: from ?? to ?? 'yesterday', to: to ?? 'yesterday' };
  if (from === undefined && to === undefined) return lastDays(last, nowMs);
  const other = from === undefined ? 'end_date' : 'start_date';
  return refuse('last', 'argument', `it beside ${other}`, `last, or start_date and end_date`);
}

function argumentsGiven(said: Arguments, job: Given): Given {
  const names = Object.keys(argumentFields);
  for (const name of Object.keys(said)) {
    if (names.includes(name)) continue;
    const closest = closestName(name, names);
    const expected = closest === undefined ? `one of ${names.join(', ')}` : `'${closest}'`;
    refuse('arguments', 'argument', `'${name}'`, expected);
  }
  const fieldOf = (one: Option<unknown>): [name: string, field: Field] | undefined =>
    Object.entries(argumentFields).find(([, field]) => field.option.name === one.name);
  const find = (one: Option<unknown>): FoundText | undefined => {
    const [where = '', field] = fieldOf(one) ?? [];
    const value = said[where] ?? undefined;
    return field === undefined || value === undefined
      ? undefined
      : { text: textOf(value, field), where };
  };
  const isOwn = (one: Option<unknown>): boolean => {
    const [, field] = fieldOf(one) ?? [];
    return field !== undefined && (field.isOfJob !== true || find(one) !== undefined);
  };
  return givenOver(job, isOwn, find);
}

/** A JSON value as it would be typed. The option refuses a text that it cannot parse. */
function textOf(value: unknown, { isList }: Field): string {
  if (typeof value === 'string') return value;
  const isTexts = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isList === true && isTexts ? value.join(',') : JSON.stringify(value);
}
