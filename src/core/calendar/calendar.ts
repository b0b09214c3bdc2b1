/**
 * The calendar of symbols × days, counted: the document that `flowbars status --json` prints.
 * calendar-state.ts decides the state of each symbol-day.
 */
import { type GoodRule, publishedShortfall } from '../run/good.js';
import { SCHEMA_VERSION } from '../shape/shape.js';
import { assert } from '../unit/errors.js';
import type { SymbolName } from '../unit/symbol.js';
import type { UtcDate } from '../unit/utc-date.js';
import type {
  Calendar,
  CalendarDay,
  CalendarState,
  CalendarSymbol,
  UnreadableManifest,
} from './calendar-shape.js';
import { CALENDAR_STATES, type StatedDay } from './calendar-state.js';

export interface CalendarFacts {
  readonly out: string;
  /** At least one, consecutive. */
  readonly dates: readonly UtcDate[];
  readonly live: boolean;
  readonly symbolsNamed: boolean;
  readonly goodRule: GoodRule;
  readonly unreadableManifests: readonly UnreadableManifest[];
  /** The days of each symbol, in the order of the dates. */
  readonly rows: readonly { readonly symbol: SymbolName; readonly days: readonly StatedDay[] }[];
}

/** Coverage has six decimals: sums of millionths are exact. */
const MILLIONTHS = 1e6;

export function buildCalendar(facts: CalendarFacts): Calendar {
  const { dates, goodRule, rows, unreadableManifests } = facts;
  const symbols = rows.map(({ symbol, days }): CalendarSymbol => {
    const dated = dates.flatMap((date, index): CalendarDay[] => {
      const day = days[index];
      if (day === undefined) return [];
      const { state, ...rest } = day;
      return [{ date, state, good: isGood(day, symbol, goodRule), ...rest }];
    });
    return { symbol, coverage: meanCoverage(days), days: dated };
  });
  const all = symbols.flatMap(({ days }) => days);
  const notGood = all.filter(({ good }) => !good).length;
  return {
    schema_version: SCHEMA_VERSION,
    out: facts.out,
    from: edgeOf(dates, 0),
    to: edgeOf(dates, -1),
    live: facts.live,
    symbols_named: facts.symbolsNamed,
    coverage_min: goodRule.coverageMin,
    // An empty calendar is not good: it shows nothing.
    good: all.length > 0 && notGood === 0 && unreadableManifests.length === 0,
    symbol_days: all.length,
    not_good: notGood,
    counts: countsOf(all),
    unreadable_manifests: unreadableManifests,
    symbols,
  };
}

/** The rule for runs (docs/EVIDENCE.md); `none` is good as well: the run could not know the symbol. */
function isGood(
  { state, coverage, doubt }: StatedDay,
  symbol: SymbolName,
  goodRule: GoodRule,
): boolean {
  if (state === 'none') return true;
  if (state !== 'complete' && state !== 'partial' && state !== 'empty') return false;
  return (
    publishedShortfall({ symbol, status: state, coverage, error: doubt }, goodRule) === undefined
  );
}

/** A day without published files has coverage 0. */
function meanCoverage(days: readonly StatedDay[]): number | null {
  const expected = days.filter(({ state }) => state !== 'none');
  if (expected.length === 0) return null;
  const sum = expected.reduce((total, { coverage }) => total + millionths(coverage), 0);
  return Math.floor(sum / expected.length) / MILLIONTHS;
}

function millionths(coverage: number | null): number {
  return Math.round((coverage ?? 0) * MILLIONTHS);
}

function countsOf(days: readonly StatedDay[]): Record<CalendarState, number> {
  const counts = { ...NO_DAYS };
  for (const { state } of days) counts[state] += 1;
  return counts;
}

const NO_DAYS: Readonly<Record<CalendarState, number>> = {
  unreadable: 0,
  failed: 0,
  stale: 0,
  missing: 0,
  partial: 0,
  empty: 0,
  complete: 0,
  none: 0,
};

function edgeOf(dates: readonly UtcDate[], index: number): UtcDate {
  const date = dates.at(index);
  assert(date !== undefined, 'a calendar has a day');
  return date;
}

/** The order of the states, for lists that show the worst first. */
export function compareStates(a: CalendarState, b: CalendarState): number {
  return CALENDAR_STATES.indexOf(a) - CALENDAR_STATES.indexOf(b);
}
