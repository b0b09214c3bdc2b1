/** Leak test 1: what comes after minute t, and what lies more than an hour before its end, changes no feature at t. */
import { assert, describe, expect, test } from 'vitest';
import { dayFeatures } from '../../../src/core/feature/day-features.js';
import { FEATURES } from '../../../src/core/feature/features.js';
import { LOOK_BACK_MINUTES } from '../../../src/core/feature/look-back.js';
import { PATTERN_FEATURES } from '../../../src/core/feature/pattern-features.js';
import {
  type DayMinutes,
  type MinuteColumn,
  minutesOf,
} from '../../../src/core/minute/day-minutes.js';
import { readSecondDay } from '../../../src/core/minute/read-second-day.js';
import { Random } from '../../../src/core/unit/random.js';
import { addDays, DAY_MINUTES, DAY_SECONDS } from '../../../src/core/unit/utc-date.js';
import { DATE, flowLines, type FlowLines, secondFiles } from '../minute/flow-day.js';

const NEXT = addDays(DATE, 1);
const own = flowLines({ seed: 'own', date: NEXT });
/** Other prices and quantities at another scale, some of them too wide for doubles. */
const other = flowLines({
  seed: 'other',
  date: NEXT,
  priceDecimals: 4,
  quantityDecimals: 12,
  quantityFactor: 999_991,
});
const before = minutesOfLines(flowLines({ seed: 'before' }));

/** Rows of the one up to minute `minute`, end exclusive, and of the other behind it. */
function joined(one: FlowLines, two: FlowLines, minute: number): FlowLines {
  const [rows, minutes] = [minute * 60, minute];
  return {
    ...one,
    bars: [...one.bars.slice(0, rows), ...two.bars.slice(rows)],
    signals: [...one.signals.slice(0, rows), ...two.signals.slice(rows)],
    minuteBars: [...one.minuteBars.slice(0, minutes), ...two.minuteBars.slice(minutes)],
  };
}

function featuresOf(lines: FlowLines): readonly Float32Array[] {
  return dayFeatures(before, minutesOfLines(lines));
}

function minutesOfLines(lines: FlowLines): DayMinutes {
  return minutesOf(readSecondDay(secondFiles(lines)));
}

/** The bits of all features in minutes from `from` to `to`, end exclusive. */
function bits(features: readonly Float32Array[], from: number, to: number): Uint32Array[] {
  return features.map((values) => new Uint32Array(values.slice(from, to).buffer));
}

/** The columns that features read. */
function columnsRead(day: DayMinutes): MinuteColumn[] {
  const names = new Set<MinuteColumn>();
  const column: DayMinutes['column'] = (name) => {
    names.add(name);
    return day.column(name);
  };
  dayFeatures(before, { ...day, column });
  return [...names];
}

/** A feature that is there, and one that changes, somewhere in the minutes. */
function expectSeen(features: readonly Float32Array[], from: number, to: number): void {
  const seen = features.filter((values) =>
    values.subarray(from, to).some((value) => !Number.isNaN(value)),
  );
  expect(seen.length).toBeGreaterThan(130);
}

describe('what comes after minute t', () => {
  const whole = featuresOf(own);

  test.each([7, 700])('has no part in the features up to t: %i', (minute) => {
    const changed = featuresOf(joined(own, other, minute + 1));
    expect(bits(changed, 0, minute + 1)).toEqual(bits(whole, 0, minute + 1));
    expect(bits(changed, minute + 1, minute + 2)).not.toEqual(bits(whole, minute + 1, minute + 2));
    if (minute > 240) expectSeen(whole, 0, minute + 1);
  });

  test('has no part in the doubles of which features are made, however fine or wide it is', () => {
    const minute = 700;
    const [one, two] = [own, joined(own, other, minute + 1)].map(minutesOfLines);
    assert(one !== undefined && two !== undefined);
    const names = columnsRead(one);
    expect(names.length).toBeGreaterThan(40);
    for (const name of names) {
      const [first, second] = [one, two].map(
        ({ column }) => new BigUint64Array(column(name).slice(0, minute + 1).buffer),
      );
      expect(second, name).toEqual(first);
    }
  });

  test('may be missing: the last row stays the same', () => {
    const minute = 300;
    const changed = featuresOf(joined(own, cutBehind(own, minute), minute + 1));
    expect(bits(changed, 0, minute + 1)).toEqual(bits(whole, 0, minute + 1));
    expectSeen(changed, minute, minute + 1);
  });

  test('what lies more than 60 minutes before its end has no part, but for what patterns learnt', () => {
    const minute = 700;
    const first = minute + 1 - LOOK_BACK_MINUTES;
    const changed = featuresOf(joined(other, own, first));
    const names = new Set(PATTERN_FEATURES.map(({ name }) => name));
    const kept = (features: readonly Float32Array[]): readonly Float32Array[] =>
      features.filter((_, at) => !names.has(FEATURES[at]?.name ?? ''));
    expect(kept(whole).length).toBeGreaterThan(80);
    expect(bits(kept(changed), minute, DAY_MINUTES)).toEqual(
      bits(kept(whole), minute, DAY_MINUTES),
    );
    expect(bits(kept(changed), minute - 1, minute)).not.toEqual(
      bits(kept(whole), minute - 1, minute),
    );
  });
});

test('a feature reads the 60 minutes that end with its own, and no other one', () => {
  const day = minutesOfLines(own);
  const whole = dayFeatures(before, day);
  for (const minute of [0, 20, 59, 60, 800, DAY_MINUTES - 1]) {
    const first = minute + 1 - LOOK_BACK_MINUTES;
    const isSeen = (at: number): boolean => at >= first && at <= minute;
    const changed = dayFeatures(
      scrambled(before, (at) => isSeen(at - DAY_MINUTES)),
      scrambled(day, isSeen),
    );
    expect(bits(changed, minute, minute + 1)).toEqual(bits(whole, minute, minute + 1));
  }
});

/** Values of other minutes become random ones, some of them absent. */
function scrambled({ date, column }: DayMinutes, isSeen: (minute: number) => boolean): DayMinutes {
  return {
    date,
    column: (name) => {
      const random = new Random(name);
      return column(name).map((value, minute) => {
        const made = random.chance(0.3) ? Number.NaN : random.below(1_000_000) - 500_000;
        return isSeen(minute) ? value : made;
      });
    },
  };
}

/** A day of which nothing is recorded behind the minute: the last price is carried, and nothing else is there. */
function cutBehind({ bars, signals, ...lines }: FlowLines, minute: number): FlowLines {
  const row = (minute + 1) * 60 - 1;
  const close = bars[row]?.split(',')[4] ?? '';
  const cvd = signals[row]?.split(',')[6] ?? '';
  const flat = `${`${close},`.repeat(5)}0,0,0,0,0,,`;
  const empty = `not_expected,1000,1000,0,0,${cvd},0,0,0,0,0,0,0,0${','.repeat(21)}`;
  expect(bars).toHaveLength(DAY_SECONDS);
  return {
    ...lines,
    bars: bars.map((line) => stamp(line) + flat),
    signals: signals.map((line) => stamp(line) + empty),
  };
}

function stamp(line: string): string {
  return line.slice(0, line.indexOf(',') + 1);
}
