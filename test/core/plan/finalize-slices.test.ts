import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FINALIZE_SYMBOLS_MAX, finalizeSlices } from '../../../src/core/plan/finalize-slices.js';

describe('the slices of a day', () => {
  test.for([
    [0, [0]],
    [1, [1]],
    [FINALIZE_SYMBOLS_MAX, [300]],
    [FINALIZE_SYMBOLS_MAX + 1, [150, 151]],
    [500, [250, 250]],
    [1_000, [250, 250, 250, 250]],
  ] as const)('of %i symbols are %j', ([count, sizes]) => {
    const symbols = Array.from({ length: count }, (_, n) => n);
    expect(finalizeSlices(symbols).map(({ length }) => length)).toEqual(sizes);
  });

  test('hold every symbol once in order, and differ by one at most', () => {
    assert(
      property(integer({ min: 1, max: 10_000 }), (count) => {
        const symbols = Array.from({ length: count }, (_, n) => n);
        const slices = finalizeSlices(symbols);
        expect(slices.flat()).toEqual(symbols);
        const sizes = slices.map(({ length }) => length);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(FINALIZE_SYMBOLS_MAX);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
