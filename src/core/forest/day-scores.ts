/** The scores of a model for each minute of a day, and the rows of the file that holds them. */
import { assert } from '../unit/errors.js';
import { DAY_MINUTES, dayStartMs, MINUTE_MS, stampWriter, type UtcDate } from '../unit/utc-date.js';
import { type Forest, probabilityOf, rawScore } from './forest.js';

/** Why a minute has a score or none: the first that holds. */
export const SCORE_REASONS = ['ok', 'warming_up', 'gap_before', 'null_feature'] as const;
export type ScoreReason = (typeof SCORE_REASONS)[number];

export const SCORE_HEADER = ['timestamp', 'decision_time', 'reason', 'raw', 'p_up'] as const;

export interface ScoredForest {
  readonly forest: Forest;
  /** Where each of its features is among those of a day. */
  readonly places: readonly number[];
  /** Names of those that may not be null. */
  readonly withoutNulls: ReadonlySet<string>;
}

export interface MinutesToScore {
  /** One array of 1,440 for each feature that is computed; NaN: null. */
  readonly features: readonly Float32Array[];
  /** Why the look-back of a minute is not whole; undefined: it is. */
  readonly unseen: readonly ('warming_up' | 'gap_before' | undefined)[];
}

export interface DayScores {
  /** By minute. */
  readonly reasons: readonly ScoreReason[];
  /** By minute; NaN where the reason is not ok. */
  readonly raw: Float64Array;
  /** By name, the minutes without a score since that feature is null in them. */
  readonly nulls: ReadonlyMap<string, number>;
}

export function dayScores(
  { forest, places, withoutNulls }: ScoredForest,
  { features, unseen }: MinutesToScore,
): DayScores {
  const columns = places.map((place) => features[place] ?? new Float32Array());
  assert(
    columns.every(({ length }) => length === DAY_MINUTES),
    'each feature has a value for each minute',
  );
  const raw = new Float64Array(DAY_MINUTES).fill(Number.NaN);
  const nulls = new Map<string, number>();
  const row = new Float64Array(columns.length);
  const reasons = Array.from({ length: DAY_MINUTES }, (_, minute): ScoreReason => {
    const reason = unseen[minute];
    if (reason !== undefined) return reason;
    for (const [at, column] of columns.entries()) row[at] = column[minute] ?? Number.NaN;
    const missing = forest.features.filter(
      (name, at) => Number.isNaN(row[at]) && withoutNulls.has(name),
    );
    for (const name of missing) nulls.set(name, (nulls.get(name) ?? 0) + 1);
    if (missing.length > 0) return 'null_feature';
    raw[minute] = rawScore(forest, row);
    return 'ok';
  });
  return { reasons, raw, nulls };
}

/** In the order of SCORE_HEADER. Numbers are the shortest texts that read back as the same doubles. */
export function* scoreRows({ reasons, raw }: DayScores, date: UtcDate): Generator<string[]> {
  const stamp = stampWriter();
  const startMs = dayStartMs(date);
  for (const [minute, reason] of reasons.entries()) {
    const score = raw[minute] ?? Number.NaN;
    const cells = reason === 'ok' ? [String(score), String(probabilityOf(score))] : ['', ''];
    const minuteMs = startMs + minute * MINUTE_MS;
    yield [stamp(minuteMs), stamp(minuteMs + MINUTE_MS), reason, ...cells];
  }
}

/** How many minutes have each reason. */
export function countScores({ reasons }: DayScores): Readonly<Record<ScoreReason, number>> {
  const counts = { ok: 0, warming_up: 0, gap_before: 0, null_feature: 0 };
  for (const reason of reasons) counts[reason] += 1;
  return counts;
}
