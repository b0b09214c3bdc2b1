/** Turns options into what the jobs take: days, rules and the two roots. Refuses what only shows in combination. */
import { randomBytes } from 'node:crypto';
import { checkProducts, outputsFor, type Products } from '../../core/rule/products.js';
import { DAY_RULES, type DayRules } from '../../core/rule/rule-table.js';
import {
  addDays,
  dateOf,
  datesBetween,
  dayRange,
  isoStamp,
  type UtcDate,
} from '../../core/unit/utc-date.js';
import { dayOf, lastDays, type SaidDay } from '../../core/plan/relative-days.js';
import { type Window, WINDOWS_MAX } from '../../core/plan/windows.js';
import { openStore, rootsOverlap } from '../../edge/store-root.js';
import type { DatesAmong } from '../../jobs/plan/requested-days.js';
import type { Clock, Store } from '../../jobs/ports.js';
import { type DayChoice, isRecordedWord } from '../option/option-forms.js';
import type { Given } from '../option/option.js';
import { quoted, refuse } from '../../core/unit/typed-text.js';
import * as options from '../option/options.js';
import { formatsOption, outputsOption } from '../option/product-options.js';
import { givenRules, ruleOption } from '../option/rule-options.js';

/** About eleven years; a longer range is a typing error. */
export const DAYS_MAX = 4_000;
/** Days that a command looks back by default. */
export const RECENT_DAYS_DEFAULT = 30;

export interface Roots {
  readonly raw: Store;
  readonly out: Store;
}

/** A first and a last day, as said. */
export interface SaidRange {
  readonly from: SaidDay;
  readonly to: SaidDay;
}

/** The same, which may depend on what is recorded. */
export interface ChosenRange {
  readonly from: DayChoice;
  readonly to: DayChoice;
}

/** The caller's names for the first and the last day, for errors. */
export interface DayNames {
  readonly from: string;
  readonly to: string;
}

const OPTION_NAMES: DayNames = { from: '--from', to: '--to' };

/** The days from --from to --to or those of --last, all of them past. Default: yesterday; --from alone is that one day. */
export function readDates(given: Given, clock: Clock): UtcDate[] | DatesAmong {
  const last = given.optional(options.lastOption);
  if (last !== undefined) return lastDates(last, clock);
  const from = given.optional(options.fromOption) ?? 'yesterday';
  const to = given.optional(options.toOption) ?? from;
  return chosenDates({ from, to }, clock, (range) => datesOver(range, clock));
}

/** The days of a range, at once or when it is known what is recorded. */
export function chosenDates(
  { from, to }: ChosenRange,
  clock: Clock,
  datesOf: (range: SaidRange) => UtcDate[],
): UtcDate[] | DatesAmong {
  if (!isRecordedWord(from) && !isRecordedWord(to)) return datesOf({ from, to });
  return {
    before: dateOf(clock.nowMs()),
    pick: (recorded) => datesOf({ from: dayIn(from, recorded), to: dayIn(to, recorded) }),
  };
}

function dayIn(day: DayChoice, recorded: Window): SaidDay {
  if (!isRecordedWord(day)) return day;
  return day === 'first' ? recorded.from : recorded.to;
}

/** The same with a further check of the days. */
export function checkedDates<Dates extends readonly UtcDate[]>(
  dates: Dates | DatesAmong,
  check: (dates: readonly UtcDate[]) => void,
): Dates | DatesAmong {
  if (!('pick' in dates)) {
    check(dates);
    return dates;
  }
  return {
    before: dates.before,
    pick: (recorded) => {
      const picked = dates.pick(recorded);
      check(picked);
      return picked;
    },
  };
}

/** The same for a command that looks back. Default: the RECENT_DAYS_DEFAULT days up to --to, which is yesterday. */
export function readRecentDates(given: Given, clock: Clock): UtcDate[] {
  const last = given.optional(options.lastOption);
  if (last !== undefined) return lastDates(last, clock);
  const to = given.optional(options.recentToOption) ?? 'yesterday';
  const from =
    given.optional(options.recentFromOption) ??
    addDays(dayOf(to, clock.nowMs()), 1 - RECENT_DAYS_DEFAULT);
  return datesOver({ from, to }, clock);
}

/** As readRecentDates, where `first` and `last` are days as well. */
export function readRecentChoice(given: Given, clock: Clock): UtcDate[] | DatesAmong {
  if (given.optional(options.lastOption) !== undefined) return readRecentDates(given, clock);
  const to = given.optional(options.toOption) ?? 'yesterday';
  const from =
    given.optional(options.fromOption) ??
    (isRecordedWord(to) ? to : addDays(dayOf(to, clock.nowMs()), 1 - RECENT_DAYS_DEFAULT));
  return chosenDates({ from, to }, clock, (range) => datesOver(range, clock));
}

function lastDates(count: number, clock: Clock): UtcDate[] {
  return datesOver(lastDays(count, clock.nowMs()), clock, { from: '--last', to: '--last' });
}

/** The days of a range and the `lookbackDays` before it. Refuses days that are not over, and too many days. */
export function datesOver(
  said: SaidRange,
  clock: Clock,
  names: DayNames = OPTION_NAMES,
  lookbackDays = 0,
): UtcDate[] {
  const from = pastDay(said.from, names.from, clock);
  const to = pastDay(said.to, names.to, clock);
  if (to < from) {
    const found = `'${to}' before ${names.from} '${from}'`;
    refuse(names.to, 'date', found, 'the same day or later');
  }
  const first = addDays(from, -lookbackDays);
  if (addDays(first, DAYS_MAX) <= to) {
    refuse(
      names.to,
      'date',
      `more than ${DAYS_MAX} days from '${first}'`,
      `at most ${DAYS_MAX} days`,
    );
  }
  return datesBetween(first, to);
}

/** A day that is still being recorded cannot be complete. */
export function pastDay(said: SaidDay, where: string, clock: Clock): UtcDate {
  const date = dayOf(said, clock.nowMs());
  const today = dateOf(clock.nowMs());
  if (date < today) return date;
  const found = `'${said}', which is not over (it is ${isoStamp(clock.nowMs())})`;
  return refuse(where, 'date', found, `a day before ${today} UTC`);
}

/** An execution has too few steps for more than WINDOWS_MAX windows. */
export function refuseManyWindows(
  { length: days }: readonly UtcDate[],
  windowDays: number,
  where: string,
): void {
  const windows = Math.ceil(days / windowDays);
  if (windows <= WINDOWS_MAX) return;
  const expected = `at most ${WINDOWS_MAX} windows (choose larger ones or several executions)`;
  refuse(
    where,
    'number',
    `'${windowDays}', which makes ${windows} windows of ${days} days`,
    expected,
  );
}

/** The rules for each of the days. */
export function readRules(given: Given, dates: readonly UtcDate[]): DayRules {
  const rules = givenRules(given, DAY_RULES);
  const { expect } = rules;
  for (const date of expect === undefined ? [] : dates) {
    const day = dayRange(date);
    if (expect !== undefined && expect.fromMs < day.toMs && expect.toMs > day.fromMs) continue;
    const found = quoted(given.text(ruleOption('expect')) ?? '');
    refuse('--expect', 'range', found, `a range that overlaps each day of the run, ${date} too`);
  }
  return { ...rules, ...readProducts(given) };
}

/** What to make of a day. Refuses patterns without the rows that they are read off. */
export function readProducts(given: Given): Products {
  const resolutions = given.value(options.resolutionsOption);
  const outputs = given.optional(outputsOption) ?? outputsFor(resolutions);
  checkProducts({ resolutions, outputs }, given.where(outputsOption));
  return { resolutions, outputs, formats: given.value(formatsOption) };
}

/** Opens both roots; neither may contain the other. Reads nothing yet. */
export function openRoots(given: Given): Roots {
  const raw = given.value(options.rawOption);
  const out = given.value(options.outOption);
  const gcsEndpoint = given.optional(options.gcsEndpointOption);
  if (rootsOverlap(raw, out)) {
    const expected = 'two roots, neither inside the other';
    refuse('--out', 'root', `'${out}' with raw root '${raw}'`, expected);
  }
  return { raw: openStore(raw, { gcsEndpoint }), out: openStore(out, { gcsEndpoint }) };
}

/** The time and a random suffix: `20251212T002000Z-1a2b3c`. */
export function newRunId(clock: Clock): string {
  const started = isoStamp(clock.nowMs()).replaceAll(/[-:]/g, '');
  return `${started}-${randomBytes(3).toString('hex')}`;
}
