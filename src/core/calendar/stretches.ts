/**
 * What is not good in a calendar, in short: consecutive days of a symbol with the same state and
 * reason are one stretch. Days on which all symbols share one state and reason are one for all.
 */
import { compareNames } from '../unit/compare-names.js';
import { stretchesOf } from '../unit/stretches.js';
import type { SymbolName } from '../unit/symbol.js';
import type { UtcDate } from '../unit/utc-date.js';
import { compareStates } from './calendar.js';
import type { Calendar, CalendarDay, CalendarState, CalendarSymbol } from './calendar-shape.js';

export interface Stretch {
  /** Undefined: all symbols. */
  readonly symbol: SymbolName | undefined;
  readonly from: UtcDate;
  readonly to: UtcDate;
  readonly symbolDays: number;
  readonly state: CalendarState;
  /** Coverage of the published files; null if nothing is published. */
  readonly coverage: number | null;
  readonly detail: string;
}

/** Worst states first, then by day. Each symbol-day that is not good is in exactly one stretch. */
export function notGoodStretches({ symbols }: Calendar): Stretch[] {
  const shared = sharedDays(symbols);
  const ofAll = alikeDays(undefined, symbols[0]?.days ?? [], (_day, index) =>
    shared.has(index),
  ).map((stretch) => ({ ...stretch, symbolDays: stretch.symbolDays * symbols.length }));
  const ofEach = symbols.flatMap(({ symbol, days }) =>
    alikeDays(symbol, days, ({ good }, index) => !good && !shared.has(index)),
  );
  return [...ofAll, ...ofEach].toSorted(
    (a, b) => compareStates(a.state, b.state) || compareNames(a.from, b.from),
  );
}

/** Indexes of the days on which no symbol is good, all for one reason. */
function sharedDays(symbols: readonly CalendarSymbol[]): ReadonlySet<number> {
  const [first, ...others] = symbols;
  if (first === undefined || others.length === 0) return new Set();
  const isShared = (day: CalendarDay, index: number): boolean =>
    !day.good && others.every(({ days }) => isSame(days[index], day));
  return new Set(first.days.flatMap((day, index) => (isShared(day, index) ? [index] : [])));
}

/** The days that `belongs` accepts, in stretches of one state and reason. */
function alikeDays(
  symbol: SymbolName | undefined,
  days: readonly CalendarDay[],
  belongs: (day: CalendarDay, index: number) => boolean,
): Stretch[] {
  const belonging = [...days.entries()].filter(([index, day]) => belongs(day, index));
  const stretches = stretchesOf(
    belonging,
    ([before, dayBefore], [index, day]) => before + 1 === index && isSame(dayBefore, day),
  );
  return stretches.map(([[, first], ...others]) => {
    const { date: from, state, coverage, detail } = first;
    const to = others.at(-1)?.[1].date ?? from;
    return { symbol, from, to, symbolDays: 1 + others.length, state, coverage, detail };
  });
}

function isSame(a: CalendarDay | undefined, b: CalendarDay): boolean {
  return a?.state === b.state && a.detail === b.detail && a.coverage === b.coverage;
}
