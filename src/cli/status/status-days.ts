/** The days of a calendar, and where a raw root is looked at for them. */
import { hasSymbolFirst, type RawLayout } from '../../core/rule/layout.js';
import { defaultLayout } from '../../core/rule/rules.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { refuse } from '../../core/unit/typed-text.js';
import { addDays, type UtcDate } from '../../core/unit/utc-date.js';
import { codec } from '../../edge/format/codec.js';
import { type ListedChoice, listedSymbols } from '../../jobs/plan/listed-symbols.js';
import { type RequestedDays, requestedDays } from '../../jobs/plan/requested-days.js';
import { resolveSymbols } from '../../jobs/plan/symbols.js';
import type { Clock, Store } from '../../jobs/ports.js';
import {
  chosenDates,
  datesOver,
  openRoots,
  RECENT_DAYS_DEFAULT,
  yesterday,
} from '../compute/request.js';
import { type Given, type Option, option } from '../option/option.js';
import * as options from '../option/options.js';

/** A leap year; ask for a longer calendar year by year. */
export const STATUS_DAYS_MAX = 366;

/** Without a default: reports of published days name the layout of their recording. */
const rawLayoutOption = option({
  name: options.rawLayoutOption.name,
  env: options.rawLayoutOption.env,
  group: options.rawLayoutOption.group,
  help: 'chunk names below the raw root, for unpublished symbol-days',
  defaultHelp: 'as in the published days',
  parse: options.rawLayoutOption.parse,
});

/** As for rawLayoutOption. */
const streamNamesOption = option({
  name: options.streamNamesOption.name,
  env: options.streamNamesOption.env,
  group: options.streamNamesOption.group,
  help: 'folder names of the streams, for unpublished symbol-days',
  defaultHelp: 'as in the published days',
  parse: options.streamNamesOption.parse,
});
const fromOption = option({ ...options.fromOption, defaultHelp: '30 days up to --to' });
const toOption = option({ ...options.toOption, defaultHelp: 'yesterday' });

/** Options that give the days and the layout. */
export const dayOptions: readonly Option<unknown>[] = [
  rawLayoutOption,
  streamNamesOption,
  fromOption,
  toOption,
  options.recordedOption,
];

/** Known days, or those that the raw root gives. */
export async function calendarDays(
  given: Given,
  { raw, out, symbols }: { raw: Store | undefined; out: Store; symbols: ListedChoice },
  clock: Clock,
): Promise<RequestedDays> {
  const to = given.optional(toOption) ?? yesterday(clock);
  const from =
    given.optional(fromOption) ??
    (to === 'first' || to === 'last' ? to : addDays(to, 1 - RECENT_DAYS_DEFAULT));
  const dates = chosenDates({ from, to }, clock, (range) => datesOver(range, clock));
  const isOnly = given.value(options.recordedOption);
  if (!('pick' in dates) && !isOnly) {
    refuseTooLong(dates);
    return { dates, recorded: undefined };
  }
  // Throws if no raw root is named: only there is it seen what is recorded.
  const root = raw ?? openRoots(given).raw;
  const layout = layoutOf(given) ?? defaultLayout;
  const listed = symbols === 'listed' ? await listedSymbols({ out, codec }) : symbols;
  const chosen = listed ?? 'all';
  const named = hasSymbolFirst(layout.rawLayout)
    ? await resolveSymbols(chosen, layout, root)
    : chosen === 'all'
      ? undefined
      : chosen;
  const found = await requestedDays({ dates, recorded: isOnly }, named, layout, root);
  const seen = found.recorded === undefined ? found.dates : distinctDates(found.recorded);
  refuseTooLong(seen);
  return { dates: seen, recorded: found.recorded };
}

function distinctDates(days: readonly SymbolDay[]): UtcDate[] {
  return [...new Set(days.map(({ date }) => date))].toSorted();
}

/** Undefined if neither option is given. */
export function layoutOf(given: Given): RawLayout | undefined {
  const rawLayout = given.optional(rawLayoutOption);
  const streamNames = given.optional(streamNamesOption);
  if (rawLayout === undefined && streamNames === undefined) return undefined;
  return {
    rawLayout: rawLayout ?? defaultLayout.rawLayout,
    streamNames: streamNames ?? defaultLayout.streamNames,
  };
}

function refuseTooLong(dates: readonly UtcDate[]): void {
  if (dates.length <= STATUS_DAYS_MAX) return;
  const found = `${dates.length} days, from '${dates[0] ?? ''}'`;
  refuse('--from', 'range', found, `at most ${STATUS_DAYS_MAX} days`);
}
