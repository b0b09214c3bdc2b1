/** The dead zone, on its edges, and where it is not known. */
import { describe, expect, test } from 'vitest';
import { countReasons } from '../../../src/core/label/day-labels.js';
import { fixedLabel } from '../../../src/core/label/fixed-label.js';
import { type DeadZone, LABEL_DEFAULTS } from '../../../src/core/label/label-options.js';
import { DAY_MINUTES, dayRange } from '../../../src/core/unit/utc-date.js';
import { FIRST_DATE, setGap, steadySeconds } from '../../support/label-oracle/second-paths.js';
import { labelsOf, minuteAt, timeMs, worldOf } from '../../support/label-oracle/worlds.js';
import { GAP_OUTAGE } from '../../../src/core/minute/second-prices.js';

const ENTRY = 1_000_000;
const SPREAD = 300;

/** [dead zone, the largest move that is FLAT]. */
const ZONES: readonly (readonly [DeadZone, number])[] = [
  [{ kind: 'bps', bps: 0 }, 0],
  [{ kind: 'bps', bps: 1 }, 100],
  [{ kind: 'bps', bps: 0.01 }, 1],
  // 0.07 has no exact double: the zone is what was written.
  [{ kind: 'bps', bps: 0.07 }, 7],
  [{ kind: 'bps', bps: 0.015 }, 1],
  [{ kind: 'bps', bps: 1e-7 }, 0],
  [{ kind: 'spread' }, 300],
  [{ kind: 'cost', feeBps: 10 }, 1_300],
  [{ kind: 'cost', feeBps: 0 }, 300],
];

describe.each(ZONES)('the dead zone %j', (deadZone, flat) => {
  test(`is FLAT up to ${flat} on both sides`, () => {
    const labels = [flat + 1, flat, -flat, -flat - 1].map((move) =>
      fixedLabel({ entryE8: ENTRY, exitE8: ENTRY + move, spreadE8: SPREAD }, deadZone),
    );
    expect(labels).toEqual([1, 0, 0, -1]);
  });
});

test('a minute without a spread has no dead zone of spread: its book is missing', () => {
  const day = steadySeconds(dayRange(FIRST_DATE));
  setGap(day, GAP_OUTAGE, timeMs('18:00'), timeMs('18:01'));
  const spreadE8 = new Float64Array(DAY_MINUTES).fill(5);
  spreadE8[minuteAt('12:00')] = Number.NaN;
  spreadE8[minuteAt('00:10')] = Number.NaN;
  const countsOf = (deadZone: DeadZone): ReturnType<typeof countReasons> => {
    const options = { ...LABEL_DEFAULTS, rule: { kind: 'fixed', deadZone } as const };
    return countReasons(labelsOf(worldOf([day]), FIRST_DATE, options, spreadE8));
  };
  const plain = countsOf({ kind: 'bps', bps: 0 });
  expect(plain).toMatchObject({ warming_up: 59, gap_before: 60 });
  for (const kind of ['spread', 'cost'] as const) {
    const counts = countsOf({ kind, feeBps: 10 });
    expect(counts).toMatchObject({ warming_up: 59, gap_before: 61, ok: plain.ok - 1 });
  }
});
