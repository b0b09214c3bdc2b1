/** What features do not depend on: how large prices and quantities are, and, but for its sign, which way is up. */
import { describe, expect, test } from 'vitest';
import { DIRECTIONS, PATTERNS } from '../../../src/core/column/pattern-table.js';
import { minutesOf } from '../../../src/core/minute/day-minutes.js';
import { mirroredBy } from '../../../src/core/minute/mirrored-day.js';
import { flowDay } from '../minute/flow-day.js';
import { type FeaturesAt, featuresOf, isNear } from './compared-features.js';

const day = flowDay({ seed: 'scale' });
const plain = featuresOf(undefined, minutesOf(day));
const MINUTES = Array.from({ length: 1_381 }, (_, at) => at + 59);

test('prices times 10 and quantities times 1,000 give the same features', () => {
  const large = flowDay({ seed: 'scale', priceFactor: 10, quantityFactor: 1_000 });
  const scaled = featuresOf(undefined, minutesOf(large));
  const different = MINUTES.flatMap((minute) => {
    const others = scaled(minute);
    return [...plain(minute)].filter(([name, value]) => !isNear(others.get(name) ?? 0, value));
  });
  expect(different).toEqual([]);
});

describe('with all minutes turned upside down', () => {
  const turned = featuresOf(undefined, minutesOf(mirroredBy(day, () => true)));

  test('what has a direction changes its sign, to the last bit', () => {
    const signed =
      /^(?:delta_share|cvd_slope|range_position|imbalance_l\d+_(?:last|mean)|ofi_l\d)(?:_\d+m)?$/u;
    expectPairs(plain, turned, signed, (name, value) => [name, 0 - value]);
  });

  test('returns and distances from the vwap change their sign', () => {
    const names = /^(?:return|vwap_distance)_/u;
    const found = MINUTES.flatMap((minute) =>
      [...plain(minute)]
        .filter(([name]) => names.test(name))
        .map(([name, value]) => {
          const other = turned(minute).get(name) ?? Number.NaN;
          // A vwap that is the close differs from it by rounding.
          const isOpposite = Math.sign(other) === -Math.sign(value) || Math.abs(value) < 1e-6;
          return Number.isNaN(value) ? Number.isNaN(other) : isOpposite;
        }),
    );
    expect(found.length).toBeGreaterThan(10_000);
    expect(found.every(Boolean)).toBe(true);
  });

  test('the sides of the book change places', () => {
    expectPairs(plain, turned, /^(?:bid|ask)_/u, (name, value) => [
      name.startsWith('bid') ? name.replace('bid', 'ask') : name.replace('ask', 'bid'),
      value,
    ]);
  });

  test('events point the other way', () => {
    // The ranks of 1 % and 99 % of imbalances are no mirrors of each other.
    const patterns = PATTERNS.filter((pattern) => pattern !== 'imbalance').join('|');
    const names = new RegExp(`^events_(?:${patterns})_(?:${DIRECTIONS.join('|')})_`, 'u');
    expectPairs(plain, turned, names, (name, value) => [
      name.includes('_up_') ? name.replace('_up_', '_down_') : name.replace('_down_', '_up_'),
      value,
    ]);
  });

  test('what has no direction stays as it is', () => {
    expectPairs(plain, turned, /^(?:order|large|minute)_/u, (name, value) => [name, value]);
  });
});

function expectPairs(
  one: FeaturesAt,
  two: FeaturesAt,
  names: RegExp,
  turn: (name: string, value: number) => readonly [string, number],
): void {
  let seen = 0;
  for (const minute of MINUTES) {
    const [found, others] = [one(minute), two(minute)];
    for (const [name, value] of found) {
      if (!names.test(name)) continue;
      const [other, expected] = turn(name, value);
      if (!Object.is(others.get(other), expected)) {
        expect.fail(`${other} of minute ${minute}: ${others.get(other)}, expected ${expected}`);
      }
      if (!Number.isNaN(value) && value !== 0) seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(1_000);
}
