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
import { publishedDays, type PublishedSearch } from '../pattern/published-days.js';
import { exportDay } from './export-day.js';
import type { ExportEffects, ExportPart } from './export-effects.js';
import { exportJoined } from './export-joined.js';

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
  const partial = days.filter(({ entry }) => entry.status === 'partial');
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

async function dayParts(
  days: readonly ExportDay[],
  request: ExportRequest,
  effects: ExportEffects,
): Promise<ExportPart[]> {
  const parts: ExportPart[] = [];
  for (const [index, day] of days.entries()) {
    const { chosen, lacking } = chosenFiles(day, request);
    const made = await exportDay(day, chosen, request.formats, effects);
    const isEmpty = day.entry.status === 'empty';
    const notListed = lacking.map((words): ExportedLeftOut => notListedPart(day, words));
    parts.push(isEmpty ? made : { ...made, leftOut: [...notListed, ...made.leftOut] });
    request.onDone(index + 1, days.length);
  }
  return parts;
}

function notListedPart({ symbol, date }: ExportDay, words: string): ExportedLeftOut {
  return { symbol, date, reason: 'not_listed', detail: `no ${words}` };
}

async function joinedParts(
  days: readonly ExportDay[],
  unpublished: readonly ExportedLeftOut[],
  { formats, dates, onDone, ...choice }: ExportRequest,
  effects: ExportEffects,
): Promise<ExportPart[]> {
  const plans = joinedPlans(days, choice);
  const total = plans.reduce((sum, plan) => sum + plan.days.length, 0);
  let done = 0;
  const onDay = (): void => onDone((done += 1), total);
  const parts: ExportPart[] = [];
  const range = { from: dates.at(0) ?? '', to: dates.at(-1) ?? '' };
  for (const plan of plans) {
    parts.push(await exportJoined(plan, { formats, range, unpublished, onDay }, effects));
  }
  return parts;
}
