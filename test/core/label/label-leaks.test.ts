/** What a label must not depend on: bars before its entry, bars after its end, and how the days are cut. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countReasons, type DayLabels, dayLabels } from '../../../src/core/label/day-labels.js';
import type { LabelOptions } from '../../../src/core/label/label-options.js';
import { joinPrices } from '../../../src/core/label/price-stretch.js';
import { REASON_OK, REASONS } from '../../../src/core/label/reasons.js';
import type { SecondPrices } from '../../../src/core/minute/second-prices.js';
import { Random } from '../../../src/core/unit/random.js';
import { addDays, DAY_MINUTES, HOUR_MS, MINUTE_MS } from '../../../src/core/unit/utc-date.js';
import {
  copyOf,
  FIRST_DATE,
  NIGHT,
  placeOf,
  randomNight,
  setBar,
} from '../../support/label-oracle/second-paths.js';
import {
  fixedRules,
  labelOptions,
  labelsOf,
  randomSpread,
} from '../../support/label-oracle/worlds.js';

const dates = [FIRST_DATE, addDays(FIRST_DATE, 1)];
const seeds = fc.integer({ min: 0, max: 1e6 });
const instants = fc
  .integer({ min: NIGHT.fromMs / 1_000, max: NIGHT.toMs / 1_000 - 1 })
  .map((second) => second * 1_000);
const AMBIGUOUS = REASONS.indexOf('ambiguous');
const COLUMNS = ['reason', 'label', 'entryE8', 'exitE8', 'startMs', 'endMs', 'retBpsE4'] as const;

/** The parts with other prices in every bar from fromMs up to toMs; `trades` also moves the trades. */
function changed(
  parts: readonly SecondPrices[],
  seed: number,
  { fromMs, toMs, trades }: { fromMs: number; toMs: number; trades: boolean },
): SecondPrices[] {
  const random = new Random(`changes ${seed}`);
  return parts.map((part) => {
    const copy = copyOf(part);
    const until = Math.min(part.startMs + part.gap.length * 1_000, toMs);
    for (let timeMs = Math.max(part.startMs, fromMs); timeMs < until; timeMs += 1_000) {
      const [openE8, closeE8] = [1 + random.below(1_000_000), 1 + random.below(1_000_000)];
      const [low, high] = [Math.min(openE8, closeE8), Math.max(openE8, closeE8)];
      setBar(copy, timeMs, { openE8, highE8: high, lowE8: low, closeE8 });
      if (trades) copy.traded[placeOf(copy, timeMs)] = random.below(2);
    }
    return copy;
  });
}

function labelsOfNight(
  parts: readonly SecondPrices[],
  options: LabelOptions,
  spreadSeed = 1,
): DayLabels[] {
  const world = { parts, ...NIGHT };
  return dates.map((date) => labelsOf(world, date, options, randomSpread(spreadSeed, 100_000)));
}

function rowOf(labels: DayLabels, minute: number): (number | undefined)[] {
  return COLUMNS.map((name) => labels[name][minute]);
}

/** Rows of which `isKept` holds before the change are the same after it; gives how many, and how many others changed. */
function compareRows(
  before: readonly DayLabels[],
  after: readonly DayLabels[],
  isKept: (labels: DayLabels, minute: number) => boolean,
): { kept: number; others: number } {
  let [kept, others] = [0, 0];
  for (const [at, labels] of before.entries()) {
    for (const minute of labels.reason.keys()) {
      const changedDay = after[at] ?? labels;
      const [one, other] = [rowOf(labels, minute), rowOf(changedDay, minute)];
      if (isKept(labels, minute)) {
        expect(other).toEqual(one);
        kept += 1;
      } else if (String(one) !== String(other)) others += 1;
    }
  }
  return { kept, others };
}

describe('leaks', () => {
  test('bars before label_start, whatever their prices, change no fixed label', () => {
    const seen = { kept: 0, others: 0 };
    fc.assert(
      fc.property(seeds, labelOptions, fixedRules, instants, (seed, options, rule, cutMs) => {
        const parts = randomNight(seed);
        const fixed = { ...options, rule };
        const other = changed(parts, seed, { fromMs: NIGHT.fromMs, toMs: cutMs, trades: false });
        const { kept, others } = compareRows(
          labelsOfNight(parts, fixed),
          labelsOfNight(other, fixed),
          ({ reason, startMs }, minute) =>
            reason[minute] !== REASON_OK || (startMs[minute] ?? 0) >= cutMs,
        );
        seen.kept += kept;
        seen.others += others;
      }),
      { numRuns: 12 },
    );
    expect(Math.min(seen.kept, seen.others)).toBeGreaterThan(500);
  });

  test('trades before the earliest entry change no fixed label, and between the decision and it none of a barrier', () => {
    const seen = { kept: 0, others: 0 };
    fc.assert(
      fc.property(seeds, labelOptions, fc.integer({ min: 1, max: 470 }), (seed, options, at) => {
        const parts = randomNight(seed);
        const decisionMs = NIGHT.fromMs + at * MINUTE_MS;
        const toMs = decisionMs + options.latencyMs;
        const isFixed = options.rule.kind === 'fixed';
        const fromMs = isFixed ? NIGHT.fromMs : decisionMs;
        const other = changed(parts, seed, { fromMs, toMs, trades: true });
        const compared = compareRows(
          labelsOfNight(parts, options),
          labelsOfNight(other, options),
          (labels, minute) => {
            const rowMs = labels.dayStartMs + (minute + 1) * MINUTE_MS;
            return isFixed ? rowMs >= decisionMs : rowMs === decisionMs;
          },
        );
        seen.kept += compared.kept;
        seen.others += compared.others;
      }),
      { numRuns: 12 },
    );
    expect(Math.min(seen.kept, seen.others)).toBeGreaterThan(500);
  });

  test('bars from label_end on change no label of any kind', () => {
    const seen = { kept: 0, others: 0 };
    fc.assert(
      fc.property(seeds, labelOptions, instants, (seed, options, cutMs) => {
        const parts = randomNight(seed);
        const other = changed(parts, seed, { fromMs: cutMs, toMs: NIGHT.toMs, trades: false });
        const { kept, others } = compareRows(
          labelsOfNight(parts, options),
          labelsOfNight(other, options),
          ({ reason, endMs }, minute) =>
            reason[minute] === REASON_OK && (endMs[minute] ?? 0) <= cutMs,
        );
        seen.kept += kept;
        seen.others += others;
      }),
      { numRuns: 12 },
    );
    expect(Math.min(seen.kept, seen.others)).toBeGreaterThan(500);
  });
});

test('labels are the same from the seconds that a day needs and from one long stretch', () => {
  fc.assert(
    fc.property(seeds, labelOptions, (seed, options) => {
      const parts = randomNight(seed);
      const range = { fromMs: NIGHT.fromMs - 24 * HOUR_MS, toMs: NIGHT.toMs + 24 * HOUR_MS };
      const long = joinPrices(parts, range, NIGHT);
      const spreadE8 = randomSpread(1, 100_000);
      const whole = dates.map((date) => dayLabels(long, date, spreadE8, options));
      expect(labelsOfNight(parts, options)).toEqual(whole);
    }),
    { numRuns: 10 },
  );
});

test('prices alone put no row in or out, unless a second touches both barriers', () => {
  const seen = { same: 0, ambiguous: 0 };
  fc.assert(
    fc.property(seeds, labelOptions, (seed, options) => {
      const parts = randomNight(seed);
      const after = labelsOfNight(changed(parts, seed, { ...NIGHT, trades: false }), options);
      for (const [at, { reason }] of labelsOfNight(parts, options).entries()) {
        for (const [minute, code] of reason.entries()) {
          const changedCode = after[at]?.reason[minute] ?? -1;
          if (code === changedCode) seen.same += 1;
          else {
            seen.ambiguous += 1;
            expect(new Set([code, changedCode])).toEqual(new Set([REASON_OK, AMBIGUOUS]));
          }
        }
      }
    }),
    { numRuns: 12 },
  );
  expect(Math.min(seen.same, seen.ambiguous)).toBeGreaterThan(20);
});

test('reasons add up to the minutes of a day, and labels to the samples', () => {
  fc.assert(
    fc.property(seeds, labelOptions, (seed, options) => {
      for (const labels of labelsOfNight(randomNight(seed), options)) {
        const { up, down, flat, ok, ...others } = countReasons(labels);
        expect(up + down + flat).toBe(ok);
        expect(Object.values(others).reduce((sum, rows) => sum + rows, ok)).toBe(DAY_MINUTES);
      }
    }),
    { numRuns: 5 },
  );
});
