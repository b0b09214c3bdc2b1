/** Which symbol-days a plan has: all of its symbols and days, or those of which something is recorded. */
import type { SymbolDay } from '../rule/symbol-day.js';
import { stretchesOf } from '../unit/stretches.js';
import type { SymbolName } from '../unit/symbol.js';
import { addDays, type UtcDate } from '../unit/utc-date.js';
import type { RunPlan } from './stored-plan.js';
import { boundsOf, daysOf, type Window } from './windows.js';

type Days = Pick<RunPlan, 'symbols' | 'from' | 'to' | 'recorded'>;

/** The part of one aggregating task. */
export interface SymbolTask {
  readonly symbol: SymbolName;
  readonly dates: readonly UtcDate[];
}

/** The days of each symbol, in the order of the symbols; those without a day in `window` are left out. */
export function symbolTasks(plan: Days, window: Window = plan): SymbolTask[] {
  const { symbols, recorded } = plan;
  if (recorded === null) {
    const dates = daysOf(window);
    return symbols.map((symbol) => ({ symbol, dates }));
  }
  return recorded.flatMap(({ symbol, days }) => {
    const dates = days
      .flatMap((stretch) => daysOf(stretch))
      .filter((date) => date >= window.from && date <= window.to);
    return dates.length === 0 ? [] : [{ symbol, dates }];
  });
}

/** All symbol-days of a plan, by symbol, then by date. */
export function plannedDays(plan: Days): SymbolDay[] {
  return symbolTasks(plan).flatMap(({ symbol, dates }) =>
    dates.map((date): SymbolDay => ({ symbol, date })),
  );
}

/** The days of a plan or of its window with at least one symbol, in order. */
export function plannedDates(plan: Days, window: Window = plan): UtcDate[] {
  if (plan.recorded === null) return daysOf(window);
  return [...new Set(symbolTasks(plan, window).flatMap(({ dates }) => dates))].toSorted();
}

/** The symbols of each day, in the order of the days. */
export function symbolsByDate(plan: Days, window: Window): [date: UtcDate, SymbolName[]][] {
  const byDate = new Map<UtcDate, SymbolName[]>();
  for (const { symbol, dates } of symbolTasks(plan, window)) {
    for (const date of dates) {
      const symbols = byDate.get(date) ?? [];
      symbols.push(symbol);
      byDate.set(date, symbols);
    }
  }
  return plannedDates(plan, window).map((date) => [date, byDate.get(date) ?? []]);
}

/** Symbol-days as a plan stores them; `days` are in order for each symbol. */
export function recordedOf(days: readonly SymbolDay[]): NonNullable<RunPlan['recorded']> {
  return [...Map.groupBy(days, ({ symbol }) => symbol)].map(([symbol, own]) => ({
    symbol,
    days: stretchesOf(
      own.map(({ date }) => date),
      (before, date) => date === addDays(before, 1),
    ).map(boundsOf),
  }));
}
