/** How weights come about, and that they do not depend on where a day is cut. */
import { expect, test } from 'vitest';
import { LABEL_DEFAULTS } from '../../../src/core/label/label-options.js';
import { dayWeights } from '../../../src/core/label/label-weights.js';
import { GAP_OUTAGE } from '../../../src/core/minute/second-prices.js';
import { addDays, dayRange } from '../../../src/core/unit/utc-date.js';
import {
  FIRST_DATE,
  setGap,
  setPrice,
  steadySeconds,
} from '../../support/label-oracle/second-paths.js';
import { labelsOf, minuteAt, timeMs, worldOf } from '../../support/label-oracle/worlds.js';

const TOMORROW = addDays(FIRST_DATE, 1);
const ALONE = { before: undefined, after: undefined };
/** In each minute of 60 s a label of 301 s is open with 5 others for one second and with 4 for the rest. */
const AMONG_EQUALS = (301 - 6) / 301 / 5 + 6 / 301 / 6;

test('a label of five minutes shares each second with those that overlap it, FLAT ones too', () => {
  const labels = labelsOf(worldOf([steadySeconds(dayRange(FIRST_DATE))]), FIRST_DATE);
  const weights = dayWeights(labels, ALONE);
  expect(weights[minuteAt('12:00')]).toBeCloseTo(AMONG_EQUALS, 12);
  // The first sample begins alone: 59 s with itself, 60 with one other, …; its last second it shares with five.
  const first = (60 + 60 / 2 + 60 / 3 + 60 / 4 + 60 / 5 + 1 / 6) / 301;
  expect(weights[minuteAt('01:00')]).toBeCloseTo(first, 12);
  expect(weights[minuteAt('00:59')]).toBeNaN();
});

test('rows that are no samples share nothing', () => {
  const day = steadySeconds(dayRange(FIRST_DATE));
  setGap(day, GAP_OUTAGE, timeMs('12:02'), timeMs('12:02:01'));
  const options = { ...LABEL_DEFAULTS, lookBackMinutes: 1 };
  const weights = dayWeights(labelsOf(worldOf([day]), FIRST_DATE, options), ALONE);
  // The label of 11:56 is the last before the outage; each minute one of those before it ends, a second after it began.
  const shares = [6, 5, 4, 3, 2].map((open) => 1 / open + 59 / (open - 1));
  const sum = shares.reduce((total, share) => total + share, 1);
  expect(weights[minuteAt('11:56')]).toBeCloseTo(sum / 301, 12);
});

test('labels of the day before and of the day after count', () => {
  const two = dayRange(FIRST_DATE).fromMs;
  const world = worldOf(
    [steadySeconds({ fromMs: two, toMs: dayRange(TOMORROW).toMs })],
    FIRST_DATE,
    TOMORROW,
  );
  const [first, second] = [labelsOf(world, FIRST_DATE), labelsOf(world, TOMORROW)];
  const late = dayWeights(first, { before: undefined, after: second });
  const early = dayWeights(second, { before: first, after: undefined });
  expect(late[minuteAt('23:58')]).toBeCloseTo(AMONG_EQUALS, 12);
  expect(early[0]).toBe(late[minuteAt('23:58')]);
  expect(dayWeights(first, ALONE)[minuteAt('23:58')]).toBeGreaterThan(0.2);
});

test('a barrier that is touched ends the label, and the others have its time', () => {
  const day = steadySeconds(dayRange(FIRST_DATE));
  for (let at = timeMs('11:00'); at < timeMs('12:00'); at += 2_000) {
    setPrice(day, 1_000_100, at, at + 1_000);
  }
  setPrice(day, 2_000_000, timeMs('12:00:10'), timeMs('12:00:11'));
  const rule = { kind: 'triple_barrier', barrierK: 2 } as const;
  const labels = labelsOf(worldOf([day]), FIRST_DATE, { ...LABEL_DEFAULTS, rule });
  expect(labels.endMs[minuteAt('11:58')]).toBe(timeMs('12:00:11'));
  // That of 11:55 was not touched within its horizon and ends a second after 12:00:01.
  expect(dayWeights(labels, ALONE)[minuteAt('12:00')]).toBeCloseTo((1 / 6 + 9 / 5) / 10, 12);
});
