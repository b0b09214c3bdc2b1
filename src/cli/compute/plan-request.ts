/** Turns the options of a command into the request of a plan, and a plan back into options. */
import type { GoodRule } from '../../core/run/good.js';
import type { RunPlan } from '../../core/plan/stored-plan.js';
import type { PlanRequest } from '../../jobs/plan/plan-run.js';
import type { Clock } from '../../jobs/ports.js';
import { givenOver } from '../command/given.js';
import type { Given, Option } from '../option/option.js';
import * as options from '../option/options.js';
import { plannedOptions, rangeOptions } from '../option/plan-options.js';
import { checkedDates, newRunId, readDates, readRules } from './request.js';

/** What the caller has already read. */
type Said = Omit<PlanRequest, 'runId' | 'layout' | 'options' | 'allowEmpty' | 'recorded'>;

/** Reads every option that the tasks will read, so a malformed one is refused before the first task. */
export function planRequest(given: Given, said: Said): PlanRequest {
  const { rawLayout, streamNames } = readRules(given, []);
  const dates = checkedDates(said.dates, (days) => readRules(given, days));
  given.value(options.forceOption);
  given.value(options.acceptRemovedOption);
  given.value(options.coverageMinOption);
  return {
    ...said,
    dates,
    recorded: given.value(options.recordedOption),
    allowEmpty: given.optional(options.allowEmptyOption) ?? [],
    runId: given.value(options.runIdOption),
    layout: { rawLayout, streamNames },
    options: optionTexts(given, plannedOptions),
  };
}

/** What makes the run good, for the steps that say so. */
export function goodRule(given: Given): GoodRule {
  return {
    coverageMin: given.value(options.coverageMinOption),
    allowEmpty: given.optional(options.allowEmptyOption) ?? [],
  };
}

/** The options that decide whether a run is good, as its plan holds them. */
export function goodTexts(given: Given): Record<string, string> {
  return optionTexts(given, options.goodOptions);
}

/** The request of a command line: its days are one window. Makes a run id if none is given. */
export function optionsRequest(given: Given, clock: Clock): PlanRequest {
  const dates = readDates(given, clock);
  const runId = given.optional(options.runIdOption) ?? newRunId(clock);
  const named = givenOver(given, isRunId, () => ({ text: runId, where: '--run-id' }));
  const said = optionTexts(given, [...rangeOptions, ...plannedOptions], (one) => one.defaultText);
  const choice = given.value(options.symbolsOption);
  return planRequest(named, { arguments: said, dates, windowDays: undefined, choice });
}

/** The options of a task: those of its plan, except for its own places and output options. */
export function plannedGiven({ options: texts }: RunPlan, given: Given): Given {
  return givenOver(given, isPlanned, ({ name }) => {
    const text = texts[name];
    return text === undefined ? undefined : { text, where: `--${name}` };
  });
}

/** The options of a run as its summary lists them, with names in snake_case. */
export function summaryArguments(plan: RunPlan, given: Given): Readonly<Record<string, unknown>> {
  const { symbols, from, to } = plan;
  const recorded = plan.recorded !== null;
  const ranges: Readonly<Record<string, unknown>> = { symbols, from, to, recorded };
  const asked = plannedGiven(plan, given);
  const entries = [...options.computeOptions, ...options.goodOptions].flatMap((one) => {
    if (one === options.runIdOption || one === options.noColorOption) return [];
    const text = asked.text(one);
    const typed = one.isFlag === true ? asked.value(one) === true : text;
    const value = ranges[one.name] ?? typed;
    return text === undefined && value === undefined
      ? []
      : [[one.name.replaceAll('-', '_'), value] as const];
  });
  return Object.fromEntries(entries);
}

/** Texts by option name, without the options that `omitted` holds. */
function optionTexts(
  given: Given,
  asked: readonly Option<unknown>[],
  omitted: (one: Option<unknown>) => string | undefined = () => undefined,
): Record<string, string> {
  return Object.fromEntries(
    asked.flatMap((one) => {
      const text = given.text(one);
      return text === undefined || text === omitted(one) ? [] : [[one.name, text]];
    }),
  );
}

function isRunId(one: Option<unknown>): boolean {
  return one === options.runIdOption;
}

function isPlanned({ name }: Option<unknown>): boolean {
  return plannedOptions.some((one) => one.name === name);
}
