/** One line of a scoreboard, from what is known of a pattern at a horizon: its rates, moves and verdict. */
import { HORIZON_SECONDS, PATTERNS, type PatternName } from '../column/pattern-table.js';
import { OUTCOME_DECIMALS } from '../pattern/known-rows.js';
import { formatDecimal } from '../unit/decimal.js';
import { type Fraction, fraction, isAbove, shareOf } from './fraction.js';
import type { RateInterval } from './resample.js';
import type { OutcomeCounts, Score } from './scoreboard-shape.js';

export interface ScoreKey {
  readonly pattern: PatternName;
  readonly horizonSeconds: (typeof HORIZON_SECONDS)[number];
}

/** All lines of a scoreboard, in order. */
export const SCORE_KEYS: readonly ScoreKey[] = PATTERNS.flatMap((pattern) =>
  HORIZON_SECONDS.map((horizonSeconds) => ({ pattern, horizonSeconds })),
);

export interface Known {
  readonly events: OutcomeCounts;
  readonly control: OutcomeCounts;
  readonly base: Score['base'];
  /** The expected hit rate; undefined without. */
  readonly expected: Fraction | undefined;
  /** Undefined where too few blocks hold events. */
  readonly interval: RateInterval | undefined;
  /** In units of 10^-OUTCOME_DECIMALS bps; undefined without moves. */
  readonly mean: bigint | undefined;
  readonly median: bigint | undefined;
}

/** The draws of its interval follow from it. */
export function seedOf({ pattern, horizonSeconds }: ScoreKey): string {
  return `${pattern} ${horizonSeconds}`;
}

export function scoreOf({ pattern, horizonSeconds }: ScoreKey, known: Known): Score {
  const { events, control, base, expected, interval, mean, median } = known;
  const hitRate = fraction(events.hits, events.n);
  const controlRate = fraction(control.hits, control.n);
  const bar = controlRate ?? expected;
  const isEvidence = interval !== undefined && bar !== undefined && isAbove(interval.low, bar);
  return {
    pattern,
    horizon_seconds: horizonSeconds,
    verdict:
      events.n === 0 ? 'no events' : isEvidence ? 'evidence' : 'no evidence beyond its control',
    events,
    control,
    base,
    hit_rate: shareOrNull(hitRate),
    control_hit_rate: shareOrNull(controlRate),
    expected_hit_rate: shareOrNull(expected),
    interval:
      interval === undefined ? null : { low: shareOf(interval.low), high: shareOf(interval.high) },
    mean_move_bps: moveText(mean),
    median_move_bps: moveText(median),
  };
}

function shareOrNull(of: Fraction | undefined): number | null {
  return of === undefined ? null : shareOf(of);
}

function moveText(move: bigint | undefined): string | null {
  return move === undefined ? null : formatDecimal(move, OUTCOME_DECIMALS);
}
