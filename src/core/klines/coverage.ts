/**
 * Which minutes the recording covers fully: only these are compared with official klines. A minute is
 * not covered if
 *  1. it overlaps an outage of trades (`feed_down`, `trades_missing`) or lies outside `--expect`;
 *  2. it has no trades at the recording's edge, and no depth shows that the feed was alive;
 *  3. it is the first or last minute with a recording, no outage bounds the recording exactly, and its
 *     trade count differs from its kline's. An equal count shows that nothing was cut off; then its
 *     other figures must be equal as well.
 * There is no edge at a midnight if the report's inputs include the chunk minute beyond it.
 */
import { outageName } from '../stored/outage-name.js';
import { stretchesOf } from '../unit/stretches.js';
import {
  DAY_MINUTES,
  DAY_MS,
  dayStartMs,
  MINUTE_MS,
  type TimeRange,
  type UtcDate,
} from '../unit/utc-date.js';
import type { MinuteFigures } from './minute-figures.js';
import type { RecordedDay } from './recorded-day.js';

export interface DayMinutes {
  readonly date: UtcDate;
  readonly minutes: readonly MinuteFigures[];
  /** Undefined: there is no quality report. */
  readonly recorded: RecordedDay | undefined;
}

export interface Uncovered {
  readonly reason: 'outage' | 'not_expected' | 'no_trades' | 'edge';
  /** The reason, for a person. */
  readonly detail: string;
}

interface Minute {
  readonly timeMs: number;
  readonly count: bigint | undefined;
  /** Depth was recorded: silence without an outage is a quiet market. */
  readonly isSilenceKnown: boolean;
}

const NO_TRADES: Uncovered = {
  reason: 'no_trades',
  detail: "no trades yet, or no more, at the recording's edge",
};
const EDGE: Uncovered = { reason: 'edge', detail: "partial minute at the recording's edge" };

/** The uncovered minutes, by time. `days` in order, each once. */
export function uncoveredMinutes(
  days: readonly DayMinutes[],
  officialCount: (timeMs: number) => bigint | undefined,
): Map<number, Uncovered> {
  const uncovered = new Map<number, Uncovered>();
  for (const day of days) markSilence(day, uncovered);
  for (const stretch of stretchesOf(days, isNextDay)) {
    const minutes = stretch.flatMap(minutesOf);
    const begins = stretch.at(0)?.recorded?.chunkMinutes.has(-1) !== true;
    const ends = stretch.at(-1)?.recorded?.chunkMinutes.has(DAY_MINUTES) !== true;
    if (begins) markEdge(minutes, uncovered, officialCount);
    if (ends) markEdge(minutes.toReversed(), uncovered, officialCount);
  }
  return uncovered;
}

function markSilence({ date, recorded }: DayMinutes, uncovered: Map<number, Uncovered>): void {
  if (recorded === undefined) return;
  const { outages, options } = recorded.report;
  const startMs = dayStartMs(date);
  const day = { fromMs: startMs, toMs: startMs + DAY_MS };
  const { expect } = options;
  if (expect !== null) {
    const detail = `outside of what was expected, ${expect.from} to ${expect.to}`;
    const state: Uncovered = { reason: 'not_expected', detail };
    mark({ fromMs: day.fromMs, toMs: Date.parse(expect.from) }, state, day, uncovered);
    mark({ fromMs: Date.parse(expect.to), toMs: day.toMs }, state, day, uncovered);
  }
  for (const { kind, cause, from, to } of outages) {
    if (kind === 'depth_missing') continue;
    const state: Uncovered = {
      reason: 'outage',
      detail: `outage ${outageName(kind, cause)}, ${from} to ${to}`,
    };
    mark({ fromMs: Date.parse(from), toMs: Date.parse(to) }, state, day, uncovered);
  }
}

/** Marks every minute of the day that the stretch overlaps. */
function mark(
  stretch: TimeRange,
  state: Uncovered,
  day: TimeRange,
  uncovered: Map<number, Uncovered>,
): void {
  const toMs = Math.min(stretch.toMs, day.toMs);
  const firstMs = Math.floor(Math.max(stretch.fromMs, day.fromMs) / MINUTE_MS) * MINUTE_MS;
  for (let timeMs = firstMs; timeMs < toMs; timeMs += MINUTE_MS) uncovered.set(timeMs, state);
}

/** Consecutive days are one recording. */
function isNextDay(before: DayMinutes, { date }: DayMinutes): boolean {
  return dayStartMs(before.date) + DAY_MS === dayStartMs(date);
}

function minutesOf({ date, minutes, recorded }: DayMinutes): Minute[] {
  const isSilenceKnown = recorded?.report.options.streams === 'both';
  return minutes.map(({ count }, index) => ({
    timeMs: dayStartMs(date) + index * MINUTE_MS,
    count,
    isSilenceKnown,
  }));
}

/** `minutes` from the edge inwards. */
function markEdge(
  minutes: readonly Minute[],
  uncovered: Map<number, Uncovered>,
  officialCount: (timeMs: number) => bigint | undefined,
): void {
  let before: Uncovered | undefined;
  for (const { timeMs, count, isSilenceKnown } of minutes) {
    const known = uncovered.get(timeMs);
    if (known !== undefined) {
      before = known;
    } else if (count === 0n && !isSilenceKnown) {
      before = NO_TRADES;
      uncovered.set(timeMs, NO_TRADES);
    } else {
      if (before?.reason !== 'outage' && officialCount(timeMs) !== count) {
        uncovered.set(timeMs, EDGE);
      }
      return;
    }
  }
}
