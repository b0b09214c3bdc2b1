/**
 * Makes files out of published symbol-days in another root, from what the manifests list and without computing
 * anything again: the same files in other formats, or one file over all days of a symbol.
 */
import type { Format } from '../../core/rule/products.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import type { Exported, ExportedLeftOut } from '../../core/typed/export-document.js';
import {
  chosenFiles,
  daysLeftOut,
  type ExportChoice,
  type ExportDay,
  exportEntry,
  joinedPlans,
} from '../../core/typed/export-plan.js';
import { compareNames } from '../../core/unit/compare-names.js';
import { mapBounded } from '../map-bounded.js';
import { publishedDays, type PublishedSearch } from '../pattern/published-days.js';
import { exportDay, verifyDay } from './export-day.js';
import { damagedDay, type ExportEffects, type ExportPart } from './export-effects.js';
import { exportJoined } from './export-joined.js';

/** Days that are read at the same time, each with the bytes of its files: some 30 MB, and 15 MB of Parquet. */
export const EXPORT_DAYS_AT_ONCE = 4;

export interface ExportRequest extends PublishedSearch, ExportChoice {
  readonly formats: readonly Format[];
  /** One file over all days of a symbol. */
  readonly isJoined: boolean;
  /** Called after each symbol-day. */
  readonly onDone: (done: number, total: number) => void;
}

/** Throws what publishedDays and the stores throw, and an error of kind `limit` for a joined file that grows too large. */
export async function exportDays(
  request: ExportRequest,
  effects: ExportEffects,
): Promise<Exported> {
  const { dates, symbols, isJoined } = request;
  const found = await publishedDays(request, exportEntry, effects);
  const days = found.days
    .map(({ symbol, date, kept: entry }): ExportDay => ({ symbol, date, entry }))
    .toSorted((a, b) => compareNames(a.symbol, b.symbol) || compareNames(a.date, b.date));
  const unpublished = daysLeftOut(days, {
    named: Array.isArray(symbols) ? symbols : [],
    dates,
    unreadable: found.unreadable.map(({ date }) => date),
  });
  const parts = isJoined
    ? await joinedParts(days, unpublished, request, effects)
    : await dayParts(days, request, effects);
  const leftOut = [...unpublished, ...parts.flatMap((part) => part.leftOut)];
  const files = parts.flatMap((part) => part.files);
  const damaged = leftOut.filter(({ reason }) => reason === 'damaged');
  const partial = days.filter(
    (day) => day.entry.status === 'partial' && !damaged.some((one) => isSameDay(one, day)),
  );
  return {
    schema_version: SCHEMA_VERSION,
    out: effects.out.root,
    from: dates.at(0) ?? '',
    to: dates.at(-1) ?? '',
    good: files.length > 0 && leftOut.length === 0 && found.unreadable.length === 0,
    unreadable_manifests: found.unreadable,
    into: effects.into.root,
    joined: isJoined,
    symbol_days: days.length,
    files,
    left_out: leftOut.toSorted(
      (a, b) => compareNames(a.symbol, b.symbol) || compareNames(a.date, b.date),
    ),
    partial: partial.map(({ symbol, date, entry: { coverage } }) => ({ symbol, date, coverage })),
  };
}

function isSameDay(one: ExportedLeftOut, { symbol, date }: ExportDay): boolean {
  return one.symbol === symbol && one.date === date;
}

async function dayParts(
  days: readonly ExportDay[],
  request: ExportRequest,
  effects: ExportEffects,
): Promise<ExportPart[]> {
  let done = 0;
  return await mapBounded(days, EXPORT_DAYS_AT_ONCE, async (day) => {
    const { chosen, lacking } = chosenFiles(day, request);
    const made = await exportDay(day, chosen, request.formats, effects);
    const isEmpty = day.entry.status === 'empty';
    const notListed = lacking.map((words): ExportedLeftOut => notListedPart(day, words));
    request.onDone((done += 1), days.length);
    return isEmpty ? made : { ...made, leftOut: [...notListed, ...made.leftOut] };
  });
}

function notListedPart({ symbol, date }: ExportDay, words: string): ExportedLeftOut {
  return { symbol, date, reason: 'not_listed', detail: `no ${words}` };
}

/** A day of which one of the files is damaged is in none of them, so all are read before any day is joined. */
async function joinedParts(
  days: readonly ExportDay[],
  unpublished: readonly ExportedLeftOut[],
  { formats, dates, onDone, ...choice }: ExportRequest,
  effects: ExportEffects,
): Promise<ExportPart[]> {
  const verified = await mapBounded(days, EXPORT_DAYS_AT_ONCE, async (day) => {
    try {
      await verifyDay(day, chosenFiles(day, choice).chosen, effects);
      return { day };
    } catch (error) {
      return { damaged: damagedDay(day, error) };
    }
  });
  const damaged = verified.flatMap((one) => one.damaged ?? []);
  const plans = joinedPlans(
    verified.flatMap((one) => one.day ?? []),
    choice,
  );
  const total = plans.reduce((sum, plan) => sum + plan.days.length, 0);
  let done = 0;
  const onDay = (): void => onDone((done += 1), total);
  const parts: ExportPart[] = [{ files: [], leftOut: damaged }];
  const range = { from: dates.at(0) ?? '', to: dates.at(-1) ?? '' };
  const inNone = [...unpublished, ...damaged];
  for (const plan of plans) {
    parts.push(await exportJoined(plan, { formats, range, inNone, onDay }, effects));
  }
  return parts;
}
