/** From the options of a command to the request that a plan is made of, and from a plan back to options. */
import type { RunPlan } from '../../core/plan/stored-plan.js';
import type { PlanRequest } from '../../jobs/plan/plan-run.js';
import type { Clock } from '../../jobs/ports.js';
import { givenOver } from '../command/given.js';
import type { Given, Option } from '../option/option.js';
import * as options from '../option/options.js';
import { newRunId, readDates, readRules } from './request.js';

/** Where things are and what is shown: each process has these of its own. */
const PROCESS_OPTIONS: readonly Option<unknown>[] = [
  options.rawOption,
  options.outOption,
  options.gcsEndpointOption,
  options.runIdOption,
  options.noColorOption,
];
/** In a plan they are days and symbols. */
const RANGE_OPTIONS: readonly Option<unknown>[] = [
  options.symbolsOption,
  options.fromOption,
  options.toOption,
];

/** The options that a plan holds as texts. */
export const plannedOptions: readonly Option<unknown>[] = [
  ...options.computeOptions,
  ...options.goodOptions,
].filter((one) => !PROCESS_OPTIONS.includes(one) && !RANGE_OPTIONS.includes(one));

/** What the caller has read already. */
type Said = Omit<PlanRequest, 'runId' | 'rawLayout' | 'options'>;

/** Reads all that the tasks will read, so that what is odd is refused before the first of them. */
export function planRequest(given: Given, said: Said): PlanRequest {
  const rules = readRules(given, said.dates);
  given.value(options.forceOption);
  given.value(options.coverageMinOption);
  given.optional(options.allowEmptyOption);
  return {
    ...said,
    runId: given.value(options.runIdOption),
    rawLayout: rules.rawLayout,
    options: optionTexts(given, plannedOptions),
  };
}

/** What says whether a run is good, as its plan holds it. */
export function goodTexts(given: Given): Record<string, string> {
  return optionTexts(given, options.goodOptions);
}

/** What a command line asks for: its days are one window. Without a run id it gets one. */
export function optionsRequest(given: Given, clock: Clock): PlanRequest {
  const dates = readDates(given, clock);
  const runId = given.optional(options.runIdOption) ?? newRunId(clock);
  const named = givenOver(given, isRunId, () => ({ text: runId, where: '--run-id' }));
  const said = optionTexts(given, [...RANGE_OPTIONS, ...plannedOptions], (one) => one.defaultText);
  const choice = given.value(options.symbolsOption);
  return planRequest(named, { arguments: said, dates, windowDays: dates.length, choice });
}

/** The options of a task: those of its plan, but where things are and what is shown. */
export function plannedGiven({ options: texts }: RunPlan, given: Given): Given {
  return givenOver(given, isPlanned, ({ name }) => {
    const text = texts[name];
    return text === undefined ? undefined : { text, where: `--${name}` };
  });
}

/** What a run was asked for, with the names of its options in snake_case, as it stands in its summary. */
export function summaryArguments(plan: RunPlan, given: Given): Readonly<Record<string, unknown>> {
  const { symbols, from, to } = plan;
  const ranges: Readonly<Record<string, unknown>> = { symbols, from, to };
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

/** By name; without those that are as `omitted` has them. */
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
