/** Which chunks of a day a bar is explained from. */
import type { ChunkStep, DayPlan } from '../plan/day-plan.js';
import { chunkSpanMinutes, wholeChunks } from '../rule/layout.js';
import type { DayRules } from '../rule/rule-table.js';
import { dayStartMs, MINUTE_MS, type TimeRange, type UtcDate } from '../unit/utc-date.js';

export interface BarPlace {
  readonly bar: TimeRange;
  readonly rules: DayRules;
  readonly date: UtcDate;
  /** Minutes before and after the bar's own; whole chunks are taken. */
  readonly aroundMinutes: number;
}

/**
 * Minutes around a bar whose chunks may hold rows of it that are not late, or the snapshot before its first one.
 * Rows that lie further away are late by the rules.
 */
export function edgeAround(rules: DayRules): number {
  return wholeChunks(rules, Math.max(1, rules.edgeMinutes));
}

/** The steps of the bar's minutes and of those around it, without those that serve the seed alone. */
export function stepsOfBar(
  { steps }: DayPlan,
  { bar, rules, date, aroundMinutes }: BarPlace,
): ChunkStep[] {
  const isNear = nearBar(bar, rules, date, aroundMinutes);
  return steps.filter((step) => step.role !== 'seed' && isNear(step));
}

/** True for the chunks of the bar's minutes, and of so many minutes around them. */
export function nearBar(
  bar: TimeRange,
  rules: DayRules,
  date: UtcDate,
  aroundMinutes = 0,
): (step: Pick<ChunkStep, 'minute'>) => boolean {
  const startMs = dayStartMs(date);
  const span = chunkSpanMinutes(rules.rawLayout);
  const from = (bar.fromMs - startMs) / MINUTE_MS - aroundMinutes;
  const to = (bar.toMs - startMs) / MINUTE_MS + aroundMinutes;
  return ({ minute }) => minute + span > from && minute < to;
}
