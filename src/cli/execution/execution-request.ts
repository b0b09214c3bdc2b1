/** The request of a workflow execution, and the argument that carries it. */
import { type AskedProducts, checkProducts } from '../../core/rule/products.js';
import { type Window, WINDOW_DAYS_DEFAULT } from '../../core/plan/windows.js';
import { isPatterns, type SymbolPatterns } from '../../core/plan/symbol-pattern.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { DatesAmong } from '../../jobs/plan/requested-days.js';
import type { DayChoice } from '../option/option-forms.js';
import type { PlanRequest } from '../../jobs/plan/plan-run.js';
import type { SymbolChoice } from '../../jobs/plan/symbols.js';
import {
  formatsOfJobOption,
  outputsOfJobOption,
  resolutionsOfJobOption,
} from '../option/operator-options.js';
import type { Given } from '../option/option.js';
import { refuse } from '../../core/unit/typed-text.js';
import {
  acceptRemovedOption,
  forceOption,
  rawLayoutOption,
  streamNamesOption,
} from '../option/options.js';

/** Limit of an execution's argument: https://cloud.google.com/workflows/quotas. */
export const ARGUMENT_BYTES_MAX = 32_000;

export interface ExecutionRequest extends AskedProducts {
  readonly dates: readonly UtcDate[] | DatesAmong;
  /** Its first and last day as its argument says them. */
  readonly range: Readonly<Record<keyof Window, DayChoice>>;
  /** Only symbol-days of which something is recorded. */
  readonly recorded: boolean;
  /** Undefined: the deployment's list. */
  readonly symbols: SymbolChoice | SymbolPatterns | undefined;
  readonly windowDays: number;
  /** The option that named the symbols, for errors. */
  readonly symbolsWhere: string;
}

/** What is computed although a run would leave it alone. */
export interface ComputedAnyway {
  readonly force?: boolean;
  readonly acceptRemoved?: boolean;
}

/** The job's where nothing is said. Refuses what no job could make. */
export function askedProducts(given: Given): AskedProducts {
  const resolutions = given.optional(resolutionsOfJobOption);
  const outputs = given.optional(outputsOfJobOption);
  if (resolutions !== undefined && outputs !== undefined) {
    checkProducts({ resolutions, outputs }, given.where(outputsOfJobOption));
  }
  return { resolutions, outputs, formats: given.optional(formatsOfJobOption) };
}

/** The execution's argument; docs/CLOUD.md describes every field. */
export function argumentOf(
  { range, recorded, symbols, resolutions, outputs, formats, windowDays }: ExecutionRequest,
  { force = false, acceptRemoved = false }: ComputedAnyway = {},
): Readonly<Record<string, unknown>> {
  const argument = {
    start_date: range.from,
    end_date: range.to,
    ...(recorded ? { recorded } : {}),
    ...(symbols === undefined ? {} : { symbols: isPatterns(symbols) ? symbols.matching : symbols }),
    ...(force ? { force } : {}),
    ...(acceptRemoved ? { accept_removed: true } : {}),
    ...(resolutions === undefined
      ? {}
      : { resolutions: resolutions.map(({ name }) => name).join(',') }),
    ...(outputs === undefined ? {} : { outputs: outputs.join(',') }),
    ...(formats === undefined ? {} : { formats: formats.join(',') }),
    ...(windowDays === WINDOW_DAYS_DEFAULT ? {} : { window_days: windowDays }),
  };
  const sizeBytes = Buffer.byteLength(JSON.stringify(argument));
  if (sizeBytes > ARGUMENT_BYTES_MAX) {
    const expected = `at most ${ARGUMENT_BYTES_MAX}: (write the list to _symbols.json in the output root and omit --symbols)`;
    refuse('--symbols', 'argument of the workflow', `${sizeBytes} bytes`, expected);
  }
  return argument;
}

/** The plan request that the workflow will make of it, without the job's own options, which are unknown here. */
export function draftRequest(request: ExecutionRequest, given: Given): PlanRequest {
  const { dates, recorded, windowDays, symbols, symbolsWhere } = request;
  return {
    runId: 'not started',
    arguments: argumentOf(request, {
      force: given.value(forceOption),
      acceptRemoved: given.value(acceptRemovedOption),
    }),
    dates,
    recorded,
    windowDays,
    choice: symbols ?? 'listed',
    layout: {
      rawLayout: given.value(rawLayoutOption),
      streamNames: given.value(streamNamesOption),
    },
    // Which of its symbols may be empty is an option of the job.
    allowEmpty: [],
    symbolsWhere,
    options: {},
  };
}
