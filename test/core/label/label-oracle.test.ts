/** Labels and weights against slow definitions, over random seconds. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DayLabels } from '../../../src/core/label/day-labels.js';
import { LABEL_DEFAULTS, type LabelOptions } from '../../../src/core/label/label-options.js';
import { dayWeights } from '../../../src/core/label/label-weights.js';
import { REASONS } from '../../../src/core/label/reasons.js';
import { addDays, DAY_MINUTES, dayStartMs, MINUTE_MS } from '../../../src/core/unit/utc-date.js';
import { type OracleRow, oracleRow } from '../../support/label-oracle/oracle-labels.js';
import { oracleWeights } from '../../support/label-oracle/oracle-weights.js';
import { FIRST_DATE, NIGHT, randomNight } from '../../support/label-oracle/second-paths.js';
import { labelOptions, labelsOf, randomSpread } from '../../support/label-oracle/worlds.js';

const dates = [FIRST_DATE, addDays(FIRST_DATE, 1)];
const seeds = fc.integer({ min: 0, max: 1e6 });
/** The rows that the slow oracle looks at: all near midnight and the ends of the data, of the others one in so many. */
const OTHERS = 7;

test('labels equal the oracle, whatever trades and whatever is missing', () => {
  const seen = new Map<string, number>();
  const see = (word: string): void => void seen.set(word, (seen.get(word) ?? 0) + 1);
  fc.assert(
    fc.property(seeds, labelOptions, (seed, options) => {
      const world = { parts: randomNight(seed), ...NIGHT };
      for (const date of dates) {
        const spreadE8 = randomSpread(seed, world.parts[0]?.closeE8.at(-1) ?? 1);
        const labels = labelsOf(world, date, options, spreadE8);
        for (const minute of labels.reason.keys()) {
          const decisionMs = labels.dayStartMs + (minute + 1) * MINUTE_MS;
          if (!isNearEdge(decisionMs) && (minute + seed) % OTHERS !== 0) continue;
          const expected = oracleRow(world, decisionMs, spreadE8[minute] ?? NaN, options);
          expect(rowOf(labels, minute), new Date(decisionMs).toISOString()).toEqual(expected);
          see(expected.reason === 'ok' ? `ok ${expected.label}` : expected.reason);
        }
      }
    }),
    { numRuns: 40 },
  );
  const words = ['ok 1', 'ok 0', 'ok -1', ...REASONS.slice(1)];
  expect(words.filter((word) => (seen.get(word) ?? 0) < 20)).toEqual([]);
});

test('the defaults, with their look-back of an hour, equal the oracle', () => {
  const world = { parts: randomNight(4), ...NIGHT };
  for (const rule of [LABEL_DEFAULTS.rule, { kind: 'triple_barrier', barrierK: 2 } as const]) {
    const options: LabelOptions = { ...LABEL_DEFAULTS, keepUnproven: true, rule };
    const labels = labelsOf(world, FIRST_DATE, options);
    for (let minute = 20 * 60; minute < DAY_MINUTES; minute += 3) {
      const decisionMs = labels.dayStartMs + (minute + 1) * MINUTE_MS;
      expect(rowOf(labels, minute)).toEqual(oracleRow(world, decisionMs, NaN, options));
    }
  }
});

test('weights equal the oracle, over midnights and days that are missing', () => {
  let seen = 0;
  fc.assert(
    fc.property(seeds, labelOptions, (seed, options) => {
      const world = { parts: randomNight(seed), ...NIGHT };
      const days = dates.map((date) => labelsOf(world, date, options, randomSpread(seed, 1_000)));
      const expected = oracleWeights(days);
      for (const [at, day] of days.entries()) {
        const weights = dayWeights(day, { before: days[at - 1], after: days[at + 1] });
        for (const [minute, weight] of weights.entries()) {
          const wanted = expected[at]?.[minute] ?? NaN;
          if (Number.isNaN(wanted)) expect(weight).toBeNaN();
          else if (!(Math.abs(weight - wanted) < 1e-12)) expect(weight).toBe(wanted);
          seen += Number(weight < 1);
        }
      }
    }),
    { numRuns: 15 },
  );
  expect(seen).toBeGreaterThan(1_000);
});

function isNearEdge(decisionMs: number): boolean {
  const edges = [NIGHT.fromMs, dayStartMs(addDays(FIRST_DATE, 1)), NIGHT.toMs];
  return edges.some((edgeMs) => Math.abs(decisionMs - edgeMs) <= 10 * MINUTE_MS);
}

function rowOf(labels: DayLabels, minute: number): OracleRow {
  const number = (column: Float64Array): number | undefined => {
    const value = column[minute] ?? NaN;
    return Number.isNaN(value) ? undefined : value;
  };
  const whole = (column: Float64Array): bigint | undefined => {
    const value = number(column);
    return value === undefined ? undefined : BigInt(value);
  };
  return {
    reason: REASONS[labels.reason[minute] ?? -1] ?? 'none',
    label: labels.label[minute] ?? NaN,
    entryE8: whole(labels.entryE8),
    exitE8: whole(labels.exitE8),
    startMs: number(labels.startMs),
    endMs: number(labels.endMs),
    retBpsE4: number(labels.retBpsE4),
  };
}
