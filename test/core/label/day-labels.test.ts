/** Which rows of a day are samples, to the second. */
import { expect, test } from 'vitest';
import { countReasons, type DayLabels } from '../../../src/core/label/day-labels.js';
import { LABEL_DEFAULTS, type LabelOptions } from '../../../src/core/label/label-options.js';
import { REASON_OK, type Reason, REASONS } from '../../../src/core/label/reasons.js';
import {
  GAP_OUTAGE,
  GAP_UNPROVEN,
  type SecondPrices,
} from '../../../src/core/minute/second-prices.js';
import { addDays, dayRange } from '../../../src/core/unit/utc-date.js';
import {
  FIRST_DATE,
  setBar,
  setGap,
  setPrice,
  setQuiet,
  steadySeconds,
} from '../../support/label-oracle/second-paths.js';
import {
  decisionsWhere,
  labelsOf,
  minuteAt,
  timeMs,
  worldOf,
} from '../../support/label-oracle/worlds.js';

const TOMORROW = addDays(FIRST_DATE, 1);

function steadyDay(): SecondPrices {
  return steadySeconds(dayRange(FIRST_DATE));
}

/** FIRST_DATE with these changes to a day in which each second trades, and nothing beside it. */
function labelsWith(
  change: (day: SecondPrices) => void,
  options: Partial<LabelOptions> = {},
): DayLabels {
  const day = steadyDay();
  change(day);
  return labelsOf(worldOf([day]), FIRST_DATE, { ...LABEL_DEFAULTS, ...options });
}

function decisionsOf(labels: DayLabels, reason: Reason): string[] {
  return decisionsWhere(labels, (minute) => labels.reason[minute] === REASONS.indexOf(reason));
}

/** The first and last decision of a reason, and how many there are. */
function spanOf(labels: DayLabels, reason: Reason): readonly (string | number | undefined)[] {
  const decisions = decisionsOf(labels, reason);
  return [decisions.at(0), decisions.at(-1), decisions.length];
}

test('a whole day alone warms up until 01:00 and ends when a label would need tomorrow', () => {
  const labels = labelsWith(() => undefined);
  expect(spanOf(labels, 'warming_up')).toEqual(['00:01', '00:59', 59]);
  expect(spanOf(labels, 'end_of_data')).toEqual(['23:55', '00:00', 6]);
  const counts = countReasons(labels);
  expect(counts).toMatchObject({ ok: 1_375, up: 0, down: 0, flat: 1_375 });
});

test('the end of the data is no gap, but an outage before it is one', () => {
  const labels = labelsWith((day) => {
    setGap(day, GAP_OUTAGE, timeMs('23:57:30'), timeMs('23:57:31'));
  });
  expect(spanOf(labels, 'gap_after')).toEqual(['23:53', '23:57', 5]);
  expect(spanOf(labels, 'gap_before')).toEqual(['23:58', '00:00', 3]);
  expect(decisionsOf(labels, 'end_of_data')).toEqual([]);
});

test('a price in the last second of the data makes a sample, none until then does not', () => {
  const early = { horizonMs: 298_000 };
  const last = timeMs('23:59:59');
  const traded = labelsWith((day) => setQuiet(day, timeMs('23:59:58'), last), early);
  expect(decisionsOf(traded, 'end_of_data').at(0)).toBe('23:56');
  expect(traded.endMs[minuteAt('23:55')]).toBe(last + 1_000);
  const silent = labelsWith((day) => setQuiet(day, timeMs('23:59:58'), last + 1_000), early);
  expect(decisionsOf(silent, 'end_of_data').at(0)).toBe('23:55');
});

test('an outage of one second masks the look-backs and labels that touch it, and no other row', () => {
  const labels = labelsWith((day) => {
    setGap(day, GAP_OUTAGE, timeMs('12:00:30'), timeMs('12:00:31'));
  });
  expect(spanOf(labels, 'gap_before')).toEqual(['12:01', '13:00', 60]);
  expect(spanOf(labels, 'gap_after')).toEqual(['11:56', '12:00', 5]);
  expect(countReasons(labels).ok).toBe(1_375 - 65);
});

test.each([
  // The label of 12:00 is decided by the open of 12:05:01 and ends with that second.
  ['12:05:01', '12:05:02', 'gap_after'],
  ['12:05:02', '12:05:03', 'ok'],
  ['11:59:59', '12:00:00', 'gap_before'],
  ['12:00:00', '12:00:01', 'gap_after'],
  ['11:00:00', '11:00:01', 'gap_before'],
  ['10:59:59', '11:00:00', 'ok'],
] as const)('an outage from %s to %s makes the row of 12:00 %s', (from, to, reason) => {
  const labels = labelsWith((day) => setGap(day, GAP_OUTAGE, timeMs(from), timeMs(to)));
  expect(REASONS[labels.reason[minuteAt('12:00')] ?? -1]).toBe(reason);
});

/** No trade where the row of 12:00 looks for its exit. */
function silenceExit(day: SecondPrices): void {
  setQuiet(day, timeMs('12:05:01'), timeMs('12:06'));
}

test('without a price the whole wait is looked at for a gap', () => {
  const at = minuteAt('12:00');
  const clean = labelsWith(silenceExit);
  expect(REASONS[clean.reason[at] ?? -1]).toBe('no_price');
  const last = labelsWith((day) => {
    silenceExit(day);
    setGap(day, GAP_OUTAGE, timeMs('12:05:10'), timeMs('12:05:11'));
  });
  expect(REASONS[last.reason[at] ?? -1]).toBe('gap_after');
  const later = labelsWith((day) => {
    silenceExit(day);
    setGap(day, GAP_OUTAGE, timeMs('12:05:11'), timeMs('12:05:12'));
  });
  expect(REASONS[later.reason[at] ?? -1]).toBe('no_price');
});

test('a quiet hole shorter than the wait masks nothing, and a longer one only rows that need its prices', () => {
  const short = labelsWith((day) => setQuiet(day, timeMs('12:00:58'), timeMs('12:01:10')));
  expect(countReasons(short)).toEqual(countReasons(labelsWith(() => undefined)));
  // The rows of 12:01, and of 11:56, which end there, find the trade of 12:01:10.
  expect(short.startMs[minuteAt('12:01')]).toBe(timeMs('12:01:10'));
  expect(short.endMs[minuteAt('11:56')]).toBe(timeMs('12:01:11'));
  const long = labelsWith((day) => setQuiet(day, timeMs('12:00:58'), timeMs('12:01:11')));
  expect(decisionsOf(long, 'no_price')).toEqual(['11:56', '12:01']);
  expect(countReasons(long)).toMatchObject({ ok: 1_373, gap_before: 0, gap_after: 0 });
});

function withGap(gap: number, keepUnproven: boolean): DayLabels {
  return labelsWith((day) => setGap(day, gap, timeMs('12:00:30'), timeMs('12:00:31')), {
    keepUnproven,
  });
}

test('unproven time is a gap unless it is kept', () => {
  const doubtful = withGap(GAP_UNPROVEN, false);
  expect(countReasons(doubtful)).toMatchObject({ gap_before: 60, gap_after: 5 });
  expect(countReasons(withGap(GAP_UNPROVEN, true))).toMatchObject({
    ok: 1_375,
    gap_before: 0,
    gap_after: 0,
  });
  const outage = withGap(GAP_OUTAGE, true);
  expect(countReasons(outage)).toMatchObject({ gap_before: 60, gap_after: 5 });
});

test('a missing day inside of the data is an outage, before it and after it', () => {
  const first = steadyDay();
  const third = steadySeconds(dayRange(addDays(FIRST_DATE, 2)));
  const world = worldOf([first, third], FIRST_DATE, addDays(FIRST_DATE, 2));
  const before = countReasons(labelsOf(world, FIRST_DATE));
  expect(before).toMatchObject({ warming_up: 59, gap_after: 6, ok: 1_375, end_of_data: 0 });
  const missing = countReasons(labelsOf(world, TOMORROW));
  expect(missing).toMatchObject({ gap_before: 1_440, ok: 0 });
  const after = countReasons(labelsOf(world, addDays(FIRST_DATE, 2)));
  expect(after).toMatchObject({ warming_up: 0, gap_before: 59, ok: 1_375, end_of_data: 6 });
});

test('entry and exit are opens after the latency, of bars with trades, and the label ends with the exit bar', () => {
  const labels = labelsWith((day) => {
    setPrice(day, 3_000_000, timeMs('12:00'), timeMs('12:00:01'));
    setQuiet(day, timeMs('12:00:01'), timeMs('12:00:03'));
    const bar = { openE8: 2_000_000, highE8: 9_000_000, lowE8: 1, closeE8: 5_000_000 };
    setBar(day, timeMs('12:00:03'), bar);
    setBar(day, timeMs('12:05:01'), { ...bar, openE8: 2_000_100 });
  });
  const at = minuteAt('12:00');
  expect(labels.entryE8[at]).toBe(2_000_000);
  expect(labels.startMs[at]).toBe(timeMs('12:00:03'));
  expect(labels.exitE8[at]).toBe(2_000_100);
  expect(labels.endMs[at]).toBe(timeMs('12:05:02'));
  expect(labels.retBpsE4[at]).toBe(5_000);
  expect(labels.label[at]).toBe(1);
});

test.each([
  // One part in 2 · 10^8 is half of the last decimal: it goes up, on either side of zero.
  [200_000_000, 200_000_001, 1],
  [200_000_000, 199_999_999, 0],
  [200_000_000, 199_999_998, -1],
  [200_000_000, 199_999_997, -1],
  [3, 4, 33_333_333],
  [3, 2, -33_333_333],
  [3, 5, 66_666_667],
  [9_000_000_000_000_000, 8_999_999_999_999_999, 0],
])('the return from %d to %d is %d tenthousandths of a bps', (entry, exit, ret) => {
  const labels = labelsWith((day) => {
    setPrice(day, entry, timeMs('12:00:01'), timeMs('12:00:02'));
    setPrice(day, exit, timeMs('12:05:01'), timeMs('12:05:02'));
  });
  expect(labels.retBpsE4[minuteAt('12:00')]).toBe(ret);
  expect(labels.label[minuteAt('12:00')]).toBe(Math.sign(exit - entry));
});

test('rows that are no samples hold no numbers', () => {
  const labels = labelsWith(() => undefined);
  const { entryE8, exitE8, startMs, endMs, retBpsE4 } = labels;
  for (const column of [entryE8, exitE8, startMs, endMs, retBpsE4]) {
    const isKnown = column.map((value) => Number(!Number.isNaN(value)));
    expect(isKnown).toEqual(Float64Array.from(labels.reason, (code) => Number(code === REASON_OK)));
  }
});
