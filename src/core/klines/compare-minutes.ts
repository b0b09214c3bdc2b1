/**
 * Compares bars with official klines, minute by minute and figure by figure, as exact numbers. The
 * result is the document of `flowbars check --json`, with its field names.
 */
import { stretchesOf } from '../unit/stretches.js';
import { dateOf, dayStartMs, isoStamp, MINUTE_MS, type TimeRange } from '../unit/utc-date.js';
import { causeHint, missingChunk } from './cause-hint.js';
import { type DayMinutes, type Uncovered, uncoveredMinutes } from './coverage.js';
import { type Mark, markedHours, type MarkedHour } from './minute-marks.js';
import { figureText, type MinuteColumn, type MinuteFigures } from './minute-figures.js';
import { differingColumns, hasQuotes, isFloatNoise, quoteDecimals } from './minute-match.js';

/** Differences that are listed; all are counted. */
export const DIFFERENCES_MAX = 10_000;

export interface Difference {
  /** Open time, `2025-12-11T00:00:00Z`. */
  readonly minute: string;
  readonly column: MinuteColumn;
  /** Plain notation; empty if no price is known. */
  readonly ours: string;
  readonly official: string;
  /** ours − official; null if ours is empty. */
  readonly difference: string | null;
  /** False: the minute is not fully covered, and the difference does not fail the check. */
  readonly covered: boolean;
  /** True: the kline has more decimals than the sum can have, and rounds to ours; that fails nothing, either. */
  readonly float_noise: boolean;
  readonly hint: string | null;
}

export interface UncoveredStretch {
  readonly from: string;
  /** End exclusive. */
  readonly to: string;
  readonly minutes: number;
  readonly reason: Uncovered['reason'];
  readonly detail: string;
  /** Minutes of the stretch without a trades chunk in the report. */
  readonly missing_chunks: number;
  /** The first of these chunks, `09-31`. */
  readonly first_missing_chunk: string | null;
}

export interface MinuteCounts {
  /** Official minutes in the range: the sum of the next three counts. */
  readonly official: number;
  /** Minutes of days without a bar file. */
  readonly without_bars: number;
  readonly not_covered: number;
  readonly compared: number;
  /** Equal in every figure that both sides have, float noise aside. */
  readonly equal: number;
  readonly different: number;
  /** Compared minutes whose quote volumes were compared, too. */
  readonly quote_compared: number;
  /** Equal minutes whose kline has float noise in a quote volume. */
  readonly float_noise: number;
  /** Covered minutes in the range without an official kline. */
  readonly without_kline: number;
}

export interface MinuteComparison {
  /** At least one minute was compared, and all compared minutes are equal. */
  readonly good: boolean;
  readonly from: string;
  readonly to: string;
  readonly minutes: MinuteCounts;
  /** Different minutes first, then those with float noise, then uncovered ones with trades; each by time. */
  readonly differences: readonly Difference[];
  readonly differences_omitted: number;
  readonly not_covered: readonly UncoveredStretch[];
  /** What became of each minute, in order. */
  readonly hours: readonly MarkedHour[];
}

export interface ComparisonInput {
  /** In order, each day once. */
  readonly days: readonly DayMinutes[];
  readonly klines: ReadonlyMap<number, MinuteFigures>;
  /** Undefined: the first minute, or the end, of the klines. */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
}

const FLOAT_NOISE_HINT =
  'float noise in the kline: more decimals than price·quantity has, and it rounds to ours';

interface Minute {
  readonly timeMs: number;
  readonly day: DayMinutes;
  readonly ours: MinuteFigures;
  readonly official: MinuteFigures;
  readonly uncovered: Uncovered | undefined;
}

export function compareMinutes(input: ComparisonInput): MinuteComparison {
  const { days, klines } = input;
  const range = rangeOf(input);
  const uncovered = uncoveredMinutes(days, (timeMs) => klines.get(timeMs)?.count);
  const byStart = new Map(days.map((day) => [dayStartMs(day.date), day]));
  const times = [...klines.keys()].filter((at) => isWithin(at, range)).toSorted((a, b) => a - b);
  const marks = new Map<number, Mark>(times.map((timeMs) => [timeMs, 'b']));
  const minutes = times.flatMap((timeMs): Minute[] => {
    const startMs = dayStartMsOf(timeMs);
    const day = byStart.get(startMs);
    const ours = day?.minutes[(timeMs - startMs) / MINUTE_MS];
    const official = klines.get(timeMs);
    if (day === undefined || ours === undefined || official === undefined) return [];
    return [{ timeMs, day, ours, official, uncovered: uncovered.get(timeMs) }];
  });
  const covered = minutes.filter((minute) => minute.uncovered === undefined);
  const partial = minutes.filter((minute) => minute.uncovered !== undefined);
  const decimals = quoteDecimals(minutes);
  const { different, noisy } = sorted(covered, decimals);
  const lacking = minutesWithoutKline(input, range, uncovered);
  mark(covered, '=', marks);
  mark(partial, '-', marks);
  mark(different, 'x', marks);
  mark(noisy, '~', marks);
  for (const timeMs of lacking) marks.set(timeMs, 'k');
  const recorded = partial.filter(({ ours }) => ours.count !== 0n);
  const differences = [...different, ...noisy, ...recorded].flatMap((minute) =>
    differencesOf(minute, decimals),
  );
  return {
    good: covered.length > 0 && different.length === 0,
    from: isoStamp(range.fromMs),
    to: isoStamp(range.toMs),
    minutes: {
      official: times.length,
      without_bars: times.length - minutes.length,
      not_covered: partial.length,
      compared: covered.length,
      equal: covered.length - different.length,
      different: different.length,
      quote_compared: covered.filter(hasQuotes).length,
      float_noise: noisy.length,
      without_kline: lacking.length,
    },
    differences: differences.slice(0, DIFFERENCES_MAX),
    differences_omitted: Math.max(0, differences.length - DIFFERENCES_MAX),
    not_covered: uncoveredStretches(partial),
    hours: markedHours(marks),
  };
}

function rangeOf({ klines, fromMs, toMs }: ComparisonInput): TimeRange {
  let firstMs = Infinity;
  let lastMs = -Infinity;
  for (const timeMs of klines.keys()) {
    firstMs = Math.min(firstMs, timeMs);
    lastMs = Math.max(lastMs, timeMs);
  }
  return { fromMs: fromMs ?? firstMs, toMs: toMs ?? lastMs + MINUTE_MS };
}

function isWithin(timeMs: number, { fromMs, toMs }: TimeRange): boolean {
  return timeMs >= fromMs && timeMs < toMs;
}

function dayStartMsOf(timeMs: number): number {
  return dayStartMs(dateOf(timeMs));
}

/** Minutes with a difference, and those of which float noise is the only one. */
function sorted(
  minutes: readonly Minute[],
  decimals: number,
): { readonly different: Minute[]; readonly noisy: Minute[] } {
  const different: Minute[] = [];
  const noisy: Minute[] = [];
  for (const minute of minutes) {
    const columns = differingColumns(minute);
    if (columns.length === 0) continue;
    const isNoise = columns.every((column) => isFloatNoise(minute, column, decimals));
    (isNoise ? noisy : different).push(minute);
  }
  return { different, noisy };
}

function differencesOf(minute: Minute, decimals: number): Difference[] {
  const { timeMs, day, ours, official, uncovered } = minute;
  const columns = differingColumns(minute);
  if (columns.length === 0) return [];
  const { date, recorded } = day;
  const hint = uncovered?.detail ?? causeHint({ timeMs, date, ours, official, recorded }) ?? null;
  return columns.map((column) => {
    const [figure, wanted] = [ours[column], official[column]];
    const isKnown = figure !== undefined && wanted !== undefined;
    const isNoise = isFloatNoise(minute, column, decimals);
    return {
      minute: isoStamp(timeMs),
      column,
      ours: figureText(figure),
      official: figureText(wanted),
      difference: isKnown ? figureText(figure - wanted) : null,
      covered: uncovered === undefined,
      float_noise: isNoise,
      hint: isNoise ? FLOAT_NOISE_HINT : hint,
    };
  });
}

function mark(minutes: readonly Minute[], as: Mark, marks: Map<number, Mark>): void {
  for (const { timeMs } of minutes) marks.set(timeMs, as);
}

/** Covered minutes of the range that the klines lack. */
function minutesWithoutKline(
  { days, klines }: ComparisonInput,
  range: TimeRange,
  uncovered: ReadonlyMap<number, Uncovered>,
): number[] {
  return days.flatMap(({ date, minutes }) =>
    [...minutes.keys()]
      .map((index) => dayStartMs(date) + index * MINUTE_MS)
      .filter((at) => isWithin(at, range) && !klines.has(at) && !uncovered.has(at)),
  );
}

/** Stretches of consecutive minutes that are not covered for one reason. */
function uncoveredStretches(minutes: readonly Minute[]): UncoveredStretch[] {
  const isSame = (before: Minute, minute: Minute): boolean =>
    before.timeMs + MINUTE_MS === minute.timeMs &&
    before.uncovered?.detail === minute.uncovered?.detail;
  return stretchesOf(minutes, isSame).flatMap((stretch) => {
    const [{ timeMs, uncovered }] = stretch;
    if (uncovered === undefined) return [];
    const chunks = stretch.flatMap((minute) => missingChunk(minute.timeMs, minute.day) ?? []);
    return [
      {
        from: isoStamp(timeMs),
        to: isoStamp(timeMs + stretch.length * MINUTE_MS),
        minutes: stretch.length,
        reason: uncovered.reason,
        detail: uncovered.detail,
        missing_chunks: chunks.length,
        first_missing_chunk: chunks[0] ?? null,
      },
    ];
  });
}
