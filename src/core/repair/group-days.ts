/**
 * Groups symbol-days to repair into runs. A run is a rectangle, some symbols times a stretch of days,
 * with one set of rules. Consecutive days of a symbol stay in one run: its final step then compares the
 * prices on both sides of each midnight when both are new. Runs are started elsewhere.
 */
import { DAY_RULES, type DayRules, type RuleTable } from '../rule/rule-table.js';
import { digestedRules } from '../rule/rules.js';
import { type SymbolDay, symbolDayKey } from '../rule/symbol-day.js';
import { compareNames } from '../unit/compare-names.js';
import { stretchesOf } from '../unit/stretches.js';
import type { SymbolName } from '../unit/symbol.js';
import { addDays, type UtcDate } from '../unit/utc-date.js';

/** Bytes of a run's symbols as JSON: the whole argument of a workflow holds 32,000. */
export const GROUP_SYMBOLS_BYTES_MAX = 24_000;
/** Bytes of published bar files kept aside for the comparison: some 900 days of 1s bars. */
export const GROUP_KEPT_BYTES_MAX = 8_589_934_592;

export interface GroupedDay {
  readonly day: SymbolDay;
  /** The rules to compute it by. */
  readonly rules: DayRules;
  /** Bytes of its published bar files. */
  readonly keptBytes: number;
}

/** One run: every symbol on every day. */
export interface RepairGroup {
  readonly rules: DayRules;
  /** Sorted by name. */
  readonly symbols: readonly SymbolName[];
  /** Consecutive. */
  readonly dates: readonly UtcDate[];
}

export interface GroupLimits {
  readonly keptBytesMax: number;
  readonly symbolsBytesMax: number;
  /** Length of a text in UTF-8. */
  readonly bytesOf: (text: string) => number;
}

type Rectangle = Omit<RepairGroup, 'rules'>;
type KeptBytes = (symbol: SymbolName, date: UtcDate) => number;

/**
 * Puts each symbol-day in exactly one group, and nothing else in any; groups are sorted by first day,
 * then by first symbol. `days` holds each symbol-day once. A symbol-day that exceeds a limit alone gets
 * its own group. Fewer groups would cut a stretch of days in two.
 */
export function groupDays(
  days: readonly GroupedDay[],
  limits: GroupLimits,
  table: RuleTable = DAY_RULES,
): RepairGroup[] {
  const byRules = Map.groupBy(days, ({ rules }) => rulesKey(rules, table));
  return [...byRules.values()]
    .flatMap((alike) => {
      const [{ rules } = { rules: undefined }] = alike;
      return rules === undefined ? [] : ofOneRule(alike, rules, limits);
    })
    .toSorted((a, b) => compareNames(orderOf(a, table), orderOf(b, table)));
}

function ofOneRule(
  days: readonly GroupedDay[],
  rules: DayRules,
  limits: GroupLimits,
): RepairGroup[] {
  const sizes = new Map(days.map(({ day, keptBytes }) => [symbolDayKey(day), keptBytes] as const));
  const keptBytes: KeptBytes = (symbol, date) => sizes.get(symbolDayKey({ symbol, date })) ?? 0;
  return rectanglesOf(days)
    .flatMap((rectangle) => fitted(rectangle, keptBytes, limits))
    .map((rectangle) => ({ rules, ...rectangle }));
}

/** One rectangle for the symbols with the same stretch of days. */
function rectanglesOf(days: readonly GroupedDay[]): Rectangle[] {
  const bySymbol = Map.groupBy(days, ({ day }) => day.symbol);
  const stretches = [...bySymbol].flatMap(([symbol, own]) =>
    stretchesOf(
      own.map(({ day }) => day.date).toSorted(compareNames),
      (before, date) => addDays(before, 1) === date,
    ).map((dates) => ({ symbol, dates })),
  );
  const alike = Map.groupBy(stretches, ({ dates }) => `${dates[0]} ${dates.length}`);
  return [...alike.values()].map((same) => ({
    symbols: same.map(({ symbol }) => symbol).toSorted(compareNames),
    dates: same[0]?.dates ?? [],
  }));
}

/** Halves a rectangle until it keeps to the limits: first its symbols, then its days. */
function fitted(rectangle: Rectangle, keptBytes: KeptBytes, limits: GroupLimits): Rectangle[] {
  const { symbols, dates } = rectangle;
  const namesFit = limits.bytesOf(JSON.stringify(symbols)) <= limits.symbolsBytesMax;
  const sum = symbols
    .flatMap((symbol) => dates.map((date) => keptBytes(symbol, date)))
    .reduce((total, size) => total + size, 0);
  if (namesFit && sum <= limits.keptBytesMax) return [rectangle];
  if (symbols.length > 1) {
    return halves(symbols).flatMap((half) => fitted({ symbols: half, dates }, keptBytes, limits));
  }
  if (dates.length === 1 || sum <= limits.keptBytesMax) return [rectangle];
  return halves(dates).flatMap((half) => fitted({ symbols, dates: half }, keptBytes, limits));
}

function halves<T>(items: readonly T[]): (readonly T[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/** A text that is the same for equal rules, whatever the order of their fields. */
function rulesKey({ resolutions, outputs, formats, ...rules }: DayRules, table: RuleTable): string {
  const names = resolutions.map(({ name }) => name);
  return JSON.stringify([digestedRules(rules, 'quality', table), names, outputs, formats]);
}

function orderOf({ dates, symbols, rules }: RepairGroup, table: RuleTable): string {
  return `${dates[0]} ${symbols[0]} ${rulesKey(rules, table)}`;
}
