/**
 * Cuts the plan of a day into stretches that several threads compute at once. Where the cuts lie changes
 * no result: what meets at a cut is put in order when the stretches are merged.
 */
import { wholeChunks } from '../rule/layout.js';
import type { DayRules } from '../rule/rule-table.js';
import { MINUTE_MS, type TimeRange } from '../unit/utc-date.js';
import type { ChunkStep } from './day-plan.js';

/** Stored bytes that are worth a thread of their own. */
export const STRETCH_BYTES_MIN = 8_388_608;

/** Consecutive steps of a day's plan, and the time that is theirs alone. */
export interface Stretch {
  readonly steps: readonly ChunkStep[];
  /** The chunk minutes right before it, for the ids of their rows; empty in the first stretch. */
  readonly before: readonly ChunkStep[];
  /**
   * Exchange time. Rows of the stretch before its own time meet rows of the stretch before it,
   * rows after it those of the next one. The first begins, and the last ends, at infinity.
   */
  readonly own: TimeRange;
}

/** The whole plan as one stretch. */
export function wholeDay(steps: readonly ChunkStep[]): Stretch {
  const own = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  return { steps, before: [], own };
}

/** Stretches of about equal bytes, `countMax` at most and at least one. */
export function stretchesOf(
  steps: readonly ChunkStep[],
  rules: DayRules,
  dayStartMs: number,
  countMax: number,
): Stretch[] {
  return cutStretches(steps, evenCuts(steps, countMax), rules, dayStartMs);
}

/**
 * Cuts before these steps, leaving out cuts that lie too close: a stretch has time of its own, and the
 * first one has every chunk that may hold the price carried into 00:00. At least one stretch.
 */
export function cutStretches(
  steps: readonly ChunkStep[],
  cuts: readonly number[],
  rules: DayRules,
  dayStartMs: number,
): Stretch[] {
  const minuteAt = (index: number): number => steps[index]?.minute ?? Number.POSITIVE_INFINITY;
  const seedEnd = steps.findLast((step) => step.servesSeed)?.minute ?? Number.NEGATIVE_INFINITY;
  const late = lateMinutes(rules);
  const early = Math.max(1, rules.edgeMinutes);
  const starts: number[] = [0];
  for (const cut of cuts) {
    const minute = minuteAt(cut);
    const isChunkMinuteStart = minuteAt(cut - 1) < minute && cut < steps.length;
    const before = starts.at(-1) ?? 0;
    const isApart = before === 0 || minute - late >= minuteAt(before) + early;
    if (isChunkMinuteStart && isApart && minute > seedEnd) starts.push(cut);
  }
  const timeOf = (minute: number): number => dayStartMs + minute * MINUTE_MS;
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? steps.length;
    const fromMs = start === 0 ? Number.NEGATIVE_INFINITY : timeOf(minuteAt(start) + early);
    const toMs = timeOf(minuteAt(end) - late);
    const before =
      start === 0
        ? []
        : steps.slice(0, start).filter(({ minute }) => minute >= minuteAt(start) - late);
    return { steps: steps.slice(start, end), before, own: { fromMs, toMs } };
  });
}

/** Cuts for stretches of about equal bytes, `countMax` at most. */
function evenCuts(steps: readonly ChunkStep[], countMax: number): number[] {
  const total = steps.reduce((sum, step) => sum + bytesOf(step), 0);
  const count = Math.min(countMax, Math.floor(total / STRETCH_BYTES_MIN));
  const cuts: number[] = [];
  let bytes = 0;
  let minute = Number.NaN;
  for (const [index, step] of steps.entries()) {
    const isDue = bytes >= (total * (cuts.length + 1)) / count && cuts.length + 1 < count;
    if (isDue && step.minute !== minute) cuts.push(index);
    minute = step.minute;
    bytes += bytesOf(step);
  }
  return cuts;
}

/** Rows of this chunk minute before this time are late (docs/INPUT.md), and rows of later ones as well. */
export function lateBeforeMs({ minute }: ChunkStep, rules: DayRules, dayStartMs: number): number {
  return dayStartMs + (minute - lateMinutes(rules)) * MINUTE_MS;
}

function lateMinutes(rules: DayRules): number {
  return wholeChunks(rules, Math.max(1, rules.edgeMinutes));
}

function bytesOf({ objects }: ChunkStep): number {
  return objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
