/** The days of a calendar, and where a raw root is looked at for them. */
import { hasSymbolFirst, type RawLayout } from '../../core/rule/layout.js';
import { defaultLayout } from '../../core/rule/rules.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { refuse } from '../../core/unit/typed-text.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { codec } from '../../edge/format/codec.js';
import { type ListedChoice, listedSymbols } from '../../jobs/plan/listed-symbols.js';
import { type RequestedDays, requestedDays } from '../../jobs/plan/requested-days.js';
import { isPatterns, type SymbolPatterns } from '../../core/plan/symbol-pattern.js';
import { patternSymbols } from '../../jobs/plan/pattern-symbols.js';
import { resolveSymbols } from '../../jobs/plan/symbols.js';
import type { Clock, Store } from '../../jobs/ports.js';
import { openRoots, readRecentChoice } from '../compute/request.js';
import { declaredGiven } from '../command/declared-given.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { rawLayoutOption, streamNamesOption } from './status.js';

/** A leap year; ask for a longer calendar year by year. */
export const STATUS_DAYS_MAX = 366;

interface CalendarPlace {
  readonly raw: Store | undefined;
  readonly out: Store;
  readonly symbols: ListedChoice | SymbolPatterns;
}

/** Known days, or those that the raw root gives. */
export async function calendarDays(
  given: Given,
  { raw, out, symbols }: CalendarPlace,
  clock: Clock,
): Promise<RequestedDays> {
  const dates = readRecentChoice(given, clock);
  const isOnly = given.value(options.recordedOption);
  if (!('pick' in dates) && !isOnly) {
    refuseTooLong(dates);
    return { dates, recorded: undefined };
  }
  // Throws if no raw root is named: only there is it seen what is recorded.
  const root = raw ?? openRoots(given).raw;
  const layout = layoutOf(await declaredGiven(given, root)) ?? defaultLayout;
  const listed = symbols === 'listed' ? await listedSymbols({ out, codec }) : symbols;
  const asked = listed ?? 'all';
  const place = { where: '--symbols', among: `folder in ${root.root}` };
  const chosen = isPatterns(asked) ? patternSymbols(asked, await root.folders(), place) : asked;
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
