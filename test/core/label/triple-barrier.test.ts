/** The triple barrier: what is touched first, at which price, and when nobody can say. */
import { expect, test } from 'vitest';
import type { DayLabels } from '../../../src/core/label/day-labels.js';
import { LABEL_DEFAULTS, type LabelOptions } from '../../../src/core/label/label-options.js';
import { REASONS } from '../../../src/core/label/reasons.js';
import { GAP_OUTAGE, type SecondPrices } from '../../../src/core/minute/second-prices.js';
import { dayRange } from '../../../src/core/unit/utc-date.js';
import {
  FIRST_DATE,
  setBar,
  setGap,
  setPrice,
  setQuiet,
  steadySeconds,
} from '../../support/label-oracle/second-paths.js';
import { labelsOf, minuteAt, timeMs, worldOf } from '../../support/label-oracle/worlds.js';

const OPTIONS: LabelOptions = {
  ...LABEL_DEFAULTS,
  horizonMs: 100_000,
  lookBackMinutes: 1,
  rule: { kind: 'triple_barrier', barrierK: 2 },
};
const ENTRY = 1_000_000;
const AT = minuteAt('12:00');
/**
 * In the look-back the close goes up and down by 100 every second: close to 1 bps a second, 10 over the horizon of 100 s, so
 * that two of them put the barriers just within 2,000 of the entry.
 */
const WIDTH = 2_000;

/** The row of 12:00 with these changes after a look-back that moves. */
function rowWith(change: (day: SecondPrices) => void, options = OPTIONS): DayLabels {
  const day = steadySeconds(dayRange(FIRST_DATE), ENTRY);
  for (let second = 0; second < 60; second += 2) {
    const fromMs = timeMs('11:59') + second * 1_000;
    setPrice(day, ENTRY + 100, fromMs, fromMs + 1_000);
  }
  change(day);
  return labelsOf(worldOf([day]), FIRST_DATE, options);
}

function reasonOf(labels: DayLabels): string | undefined {
  return REASONS[labels.reason[AT] ?? -1];
}

function bar(highE8: number, lowE8: number, closeE8: number): Parameters<typeof setBar>[2] {
  return { openE8: ENTRY, highE8, lowE8, closeE8 };
}

test.each([
  [WIDTH, 1],
  [WIDTH - 2, 0],
  [-WIDTH, -1],
  [2 - WIDTH, 0],
])('a move of %d is named %d', (move, label) => {
  const labels = rowWith((day) => {
    const [high, low] = [ENTRY + Math.max(0, move), ENTRY + Math.min(0, move)];
    setBar(day, timeMs('12:01'), bar(high, low, ENTRY + 7));
  });
  expect(reasonOf(labels)).toBe('ok');
  expect(labels.label[AT]).toBe(label);
  // The exit is a price that was traded: the close of the touching second, else the open after the horizon.
  const touched = [ENTRY + 7, timeMs('12:01:01')];
  expect([labels.exitE8[AT], labels.endMs[AT]]).toEqual(
    label === 0 ? [ENTRY, timeMs('12:01:42')] : touched,
  );
  expect(labels.retBpsE4[AT]).toBe(label === 0 ? 0 : 700);
});

test('the first touch decides, whatever comes later', () => {
  const labels = rowWith((day) => {
    setBar(day, timeMs('12:00:40'), bar(ENTRY, ENTRY - WIDTH, ENTRY));
    setBar(day, timeMs('12:00:41'), bar(ENTRY + 3 * WIDTH, ENTRY, ENTRY));
  });
  expect([labels.label[AT], labels.endMs[AT]]).toEqual([-1, timeMs('12:00:41')]);
});

test('both barriers in one second are ambiguous, in the next one they are not', () => {
  const both = bar(ENTRY + WIDTH, ENTRY - WIDTH, ENTRY);
  expect(reasonOf(rowWith((day) => setBar(day, timeMs('12:00:40'), both)))).toBe('ambiguous');
  const after = rowWith((day) => {
    setBar(day, timeMs('12:00:40'), both);
    setBar(day, timeMs('12:00:39'), bar(ENTRY + WIDTH, ENTRY, ENTRY));
  });
  expect([reasonOf(after), after.label[AT]]).toEqual(['ok', 1]);
});

test('the horizon ends where the fixed exit begins to be looked for', () => {
  const touch = bar(ENTRY + WIDTH, ENTRY, ENTRY);
  const inside = rowWith((day) => setBar(day, timeMs('12:01:40'), touch));
  expect(inside.label[AT]).toBe(1);
  const beyond = rowWith((day) => setBar(day, timeMs('12:01:41'), touch));
  expect(beyond.label[AT]).toBe(0);
});

test('a past that did not move has its barriers at the entry, which one second touches', () => {
  const labels = rowWith((day) => setPrice(day, ENTRY, timeMs('11:59'), timeMs('12:00')));
  expect(reasonOf(labels)).toBe('ambiguous');
});

test('volatility ends at the decision and begins inside of the look-back', () => {
  const touch = bar(ENTRY + WIDTH, ENTRY, ENTRY);
  const labels = rowWith((day) => {
    setPrice(day, 5 * ENTRY, timeMs('11:58:50'), timeMs('11:59'));
    setPrice(day, 5 * ENTRY, timeMs('12:00'), timeMs('12:00:01'));
    setBar(day, timeMs('12:01'), touch);
  });
  expect([reasonOf(labels), labels.label[AT]]).toEqual(['ok', 1]);
});

test('whether a row is a sample does not depend on how soon a barrier was touched', () => {
  const touch = bar(ENTRY + WIDTH, ENTRY, ENTRY);
  const gap = rowWith((day) => {
    setBar(day, timeMs('12:00:10'), touch);
    setGap(day, GAP_OUTAGE, timeMs('12:01:30'), timeMs('12:01:31'));
  });
  expect(reasonOf(gap)).toBe('gap_after');
  const quiet = rowWith((day) => {
    setBar(day, timeMs('12:00:10'), touch);
    setQuiet(day, timeMs('12:01:41'), timeMs('12:02'));
  });
  expect(reasonOf(quiet)).toBe('no_price');
});
