/** Labels of made-up days as a job makes them, and options at random. */
import * as fc from 'fast-check';
import { type DayLabels, dayLabels } from '../../../src/core/label/day-labels.js';
import {
  type DeadZone,
  LABEL_DEFAULTS,
  type LabelOptions,
  type LabelRule,
} from '../../../src/core/label/label-options.js';
import { joinPrices, neededRange } from '../../../src/core/label/price-stretch.js';
import type { SecondPrices } from '../../../src/core/minute/second-prices.js';
import { Random } from '../../../src/core/unit/random.js';
import {
  DAY_MINUTES,
  dayRange,
  dayStartMs,
  MINUTE_MS,
  type UtcDate,
} from '../../../src/core/unit/utc-date.js';
import type { World } from './oracle-labels.js';
import { FIRST_DATE } from './second-paths.js';

export const NO_SPREAD: Float64Array = new Float64Array(DAY_MINUTES).fill(Number.NaN);

/** The labels of a day of the world, from the seconds that it needs and no others. */
export function labelsOf(
  { parts, ...data }: World,
  date: UtcDate,
  options: LabelOptions = LABEL_DEFAULTS,
  spreadE8: Float64Array = NO_SPREAD,
): DayLabels {
  return dayLabels(joinPrices(parts, neededRange(date, options), data), date, spreadE8, options);
}

/** FIRST_DATE alone, or inside of more days. */
export function worldOf(parts: readonly SecondPrices[], first = FIRST_DATE, last = first): World {
  return { parts, fromMs: dayStartMs(first), toMs: dayRange(last).toMs };
}

/** The minute whose row decides at this time of FIRST_DATE, `12:00`. */
export function minuteAt(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes - 1;
}

/** `2025-12-01T12:00:01Z` of `12:00:01`. */
export function timeMs(clock: string): number {
  return Date.parse(`${FIRST_DATE}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
}

/** The times at which rows of FIRST_DATE decide, of the minutes that pass. */
export function decisionsWhere(labels: DayLabels, passes: (minute: number) => boolean): string[] {
  return [...labels.reason.keys()]
    .filter((minute) => passes(minute))
    .map((minute) =>
      new Date(labels.dayStartMs + (minute + 1) * MINUTE_MS).toISOString().slice(11, 16),
    );
}

/** Mean spreads around a thousandth of the price; some are empty. */
export function randomSpread(seed: number, aroundE8: number): Float64Array {
  const random = new Random(`spread ${seed}`);
  return Float64Array.from({ length: DAY_MINUTES }, () =>
    random.chance(0.05) ? Number.NaN : random.below(Math.max(2, Math.floor(aroundE8 / 500))),
  );
}

const deadZones: fc.Arbitrary<DeadZone> = fc.oneof(
  fc.constantFrom(0, 0.5, 1, 12.25, 100).map((bps) => ({ kind: 'bps' as const, bps })),
  fc.constant({ kind: 'spread' as const }),
  fc.constantFrom(0, 8, 10.5).map((feeBps) => ({ kind: 'cost' as const, feeBps })),
);

export const fixedRules: fc.Arbitrary<LabelRule> = deadZones.map((deadZone) => ({
  kind: 'fixed',
  deadZone,
}));

export const labelRules: fc.Arbitrary<LabelRule> = fc.oneof(
  fixedRules,
  fc.constantFrom(0.5, 1, 2).map((barrierK) => ({ kind: 'triple_barrier' as const, barrierK })),
);

/** Look-backs are short, so that the slow oracle is quick enough and gaps leave samples. */
export const labelOptions: fc.Arbitrary<LabelOptions> = fc
  .record({
    latencyMs: fc.constantFrom(0, 1_000, 2_000, 60_000),
    waitMaxMs: fc.constantFrom(1_000, 10_000, 60_000),
    horizonMs: fc.constantFrom(1_000, 30_000, 61_000, 300_000),
    lookBackMinutes: fc.constantFrom(1, 2, 5),
    keepUnproven: fc.boolean(),
    rule: labelRules,
  })
  .filter(({ waitMaxMs, horizonMs }) => horizonMs >= waitMaxMs);
