/** Features of the product, and those of the oracle at the same minute. */
import { expect } from 'vitest';
import { dayFeatures } from '../../../src/core/feature/day-features.js';
import { FEATURES } from '../../../src/core/feature/features.js';
import type { DayMinutes } from '../../../src/core/minute/day-minutes.js';

/** By name; NaN: null. */
export type FeaturesAt = (minute: number) => Map<string, number>;

export function featuresOf(before: DayMinutes | undefined, day: DayMinutes): FeaturesAt {
  const found = dayFeatures(before, day);
  return (minute) =>
    new Map(FEATURES.map(({ name }, at) => [name, found[at]?.[minute] ?? Number.NaN]));
}

/** Up to the rounding of float32, and of sums in another order. */
export function expectNear(found: Map<string, number>, expected: Map<string, number>): void {
  expect([...found.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
  const different: string[] = [];
  for (const [name, value] of found) {
    const other = expected.get(name) ?? Number.NaN;
    if (!isNear(value, other)) different.push(`${name}: ${value}, expected ${other}`);
  }
  expect(different).toEqual([]);
}

export function isNear(value: number, other: number): boolean {
  if (!Number.isFinite(other)) return Number.isNaN(value);
  return Math.abs(value - other) <= 1e-6 + 4e-7 * Math.abs(other);
}
