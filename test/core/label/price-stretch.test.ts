/** Stretches of seconds, joined from days. */
import { expect, test } from 'vitest';
import { LABEL_DEFAULTS } from '../../../src/core/label/label-options.js';
import { joinPrices, neededRange } from '../../../src/core/label/price-stretch.js';
import { addDays, dayRange, HOUR_MS } from '../../../src/core/unit/utc-date.js';
import { FIRST_DATE, steadySeconds } from '../../support/label-oracle/second-paths.js';
import { labelsOf, NO_SPREAD, timeMs } from '../../support/label-oracle/worlds.js';
import { dayLabels } from '../../../src/core/label/day-labels.js';

test('a day needs its look-back before and the longest wait for its last label after it', () => {
  const { fromMs, toMs } = neededRange(FIRST_DATE, LABEL_DEFAULTS);
  expect(fromMs).toBe(timeMs('00:00') - HOUR_MS);
  expect(toMs).toBe(dayRange(FIRST_DATE).toMs + 311_000);
});

/** Seconds from noon on. */
function second(at: number): number {
  return timeMs('12:00') + at * 1_000;
}

test('parts stand at their times, and what is between, before and after them is named', () => {
  const parts = [
    steadySeconds({ fromMs: second(-5), toMs: second(2) }, 11),
    steadySeconds({ fromMs: second(4), toMs: second(5) }, 22),
    steadySeconds({ fromMs: second(30), toMs: second(31) }, 33),
  ];
  const joined = joinPrices(
    parts,
    { fromMs: second(0), toMs: second(8) },
    { fromMs: second(-9), toMs: second(6) },
  );
  expect(joined.startMs).toBe(second(0));
  expect([...joined.gap]).toEqual([0, 0, 1, 1, 0, 1, 3, 3]);
  expect([...joined.traded]).toEqual([1, 1, 0, 0, 1, 0, 0, 0]);
  expect([...joined.lowE8]).toEqual([11, 11, NaN, NaN, 22, NaN, NaN, NaN]);
});

test('a day alone, inside of more days, has a gap at both of its midnights', () => {
  const day = steadySeconds(dayRange(FIRST_DATE));
  const data = { fromMs: day.startMs - 24 * HOUR_MS, toMs: dayRange(addDays(FIRST_DATE, 1)).toMs };
  const labels = labelsOf({ parts: [day], ...data }, FIRST_DATE);
  expect([...labels.reason.subarray(0, 60)]).toEqual([...Array.from({ length: 59 }, () => 2), 0]);
  expect([...labels.reason.subarray(-7)]).toEqual([0, 3, 3, 3, 3, 3, 3]);
});

test('labels refuse a stretch that is too short, and options that are refused', () => {
  const day = steadySeconds(dayRange(FIRST_DATE));
  expect(() => dayLabels(day, FIRST_DATE, NO_SPREAD, LABEL_DEFAULTS)).toThrow('the seconds');
  const options = { ...LABEL_DEFAULTS, horizonMs: 1_000 };
  expect(() => dayLabels(day, FIRST_DATE, NO_SPREAD, options)).toThrow('--horizon');
});
