/** What to do about a calendar that is not good: commands as values. The page in cli/ writes them out. */
import { stretchesOf } from '../unit/stretches.js';
import type { SymbolName } from '../unit/symbol.js';
import { addDays, type UtcDate } from '../unit/utc-date.js';
import type { Calendar, CalendarDay, CalendarState } from './calendar-shape.js';

export type NextStep =
  | { readonly does: 'remove'; readonly name: string }
  | { readonly does: 'rerun'; readonly symbol: SymbolName; readonly date: UtcDate }
  | {
      readonly does: 'repair' | 'backfill';
      readonly from: UtcDate;
      readonly to: UtcDate;
      /** Undefined: all symbols, or too many to name. */
      readonly symbols: readonly SymbolName[] | undefined;
      /** The states that the command is for. */
      readonly states: readonly CalendarState[];
      readonly symbolDays: number;
    };

/** Commands of one kind. Beyond this, a single command covers all days from the first to the last. */
const COMMANDS_OF_A_KIND_MAX = 3;
/** Characters of the list of symbols that a command names. */
const SYMBOLS_TEXT_MAX = 200;

export function nextSteps(calendar: Calendar): NextStep[] {
  const { symbols, live, unreadable_manifests: unreadable } = calendar;
  const failed = symbols.flatMap(({ symbol, days }) =>
    days.flatMap((day) => (isOf(day, ['failed']) ? [{ symbol, date: day.date }] : [])),
  );
  const isEach = failed.length <= COMMANDS_OF_A_KIND_MAX;
  const reruns = failed.map((day): NextStep => ({ does: 'rerun', ...day }));
  const absent: readonly CalendarState[] = ['missing', 'unreadable'];
  return [
    ...unreadable.map(({ name }): NextStep => ({ does: 'remove', name })),
    ...(isEach ? reruns : []),
    // Without a look at the raw root, either side of a midnight may be the stale one.
    ...ranges('repair', calendar, ['stale'], live ? 0 : 1),
    ...ranges('backfill', calendar, isEach ? absent : ['failed', ...absent], 0),
  ];
}

/** One command for each stretch of consecutive days. */
function ranges(
  does: 'repair' | 'backfill',
  { symbols, symbols_named: isNamed }: Calendar,
  states: readonly CalendarState[],
  daysBefore: number,
): NextStep[] {
  const indexes = (symbols[0]?.days ?? []).flatMap((_day, index) =>
    symbols.some(({ days }) => isOf(days[index], states)) ? [index] : [],
  );
  const stretches = stretchesOf(indexes, (before, index) => before + 1 === index);
  const told = stretches.length <= COMMANDS_OF_A_KIND_MAX ? stretches : [indexes];
  return told.flatMap((stretch) => {
    const [first = 0] = stretch;
    const last = stretch.at(-1) ?? first;
    const parts = symbols.map(({ symbol, days }) => ({
      symbol,
      concerned: days.slice(first, last + 1).filter((day) => isOf(day, states)),
    }));
    const concerned = parts.flatMap((part) => part.concerned);
    const from = symbols[0]?.days[first]?.date;
    const to = symbols[0]?.days[last]?.date;
    if (from === undefined || to === undefined) return [];
    return {
      does,
      from: addDays(from, -daysBefore),
      to,
      symbols: named(
        parts.flatMap((part) => (part.concerned.length === 0 ? [] : part.symbol)),
        { all: symbols.length, isNamed },
      ),
      states: states.filter((state) => concerned.some((day) => day.state === state)),
      symbolDays: concerned.length,
    };
  });
}

/**
 * Names the symbols if `--symbols` named them: there may be others. Undefined for all symbols of a
 * deployment, for which an empty day may be good, or if the list is too long.
 */
function named(
  symbols: readonly SymbolName[],
  { all, isNamed }: { readonly all: number; readonly isNamed: boolean },
): readonly SymbolName[] | undefined {
  if (isNamed) return symbols;
  const isShort = symbols.join().length <= SYMBOLS_TEXT_MAX;
  return symbols.length < all && isShort ? symbols : undefined;
}

function isOf(day: CalendarDay | undefined, states: readonly CalendarState[]): boolean {
  return day !== undefined && states.includes(day.state) && day.beyond_runs !== true;
}
