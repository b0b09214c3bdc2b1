/** The imbalance of a snapshot in units of 1e-9 against BigInt, on ties and beside them. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imbalanceE9, ratioE9 } from '../../../src/core/book/imbalance.js';
import { roundHalfUp } from '../../support/oracle/decimal.js';
import { madeSnapshots } from '../event/made-rows.js';

function check(part: number, total: number): void {
  expect(ratioE9(part, total)).toBe(
    Number(roundHalfUp(BigInt(part) * 1_000_000_000n, BigInt(total))),
  );
}

describe('a ratio', () => {
  test('is rounded as BigInt rounds it', () => {
    const pair = fc
      .tuple(
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      )
      .map(([total, share]): [number, number] => [Math.floor(total * share), total]);
    fc.assert(
      fc.property(pair, ([part, total]) => {
        check(Math.min(part, total), total);
      }),
      { numRuns: 3_000 },
    );
  });

  test('is rounded up at an exact tie and down just below it', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 999_999_999 }),
        fc.integer({ min: 1, max: 4_503_599 }),
        (units, factor) => {
          const total = 2_000_000_000 * factor;
          const part = (2 * units + 1) * factor;
          expect(ratioE9(part, total)).toBe(units + 1);
          check(part, total);
          check(part - 1, total);
          check(part + 1, total);
          check(part, total - 1);
          check(part, total + 1);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('is whole at its ends', () => {
    for (const total of [1, 3, 2 ** 52, Number.MAX_SAFE_INTEGER]) {
      expect([ratioE9(0, total), ratioE9(total, total)]).toEqual([0, 1_000_000_000]);
    }
    check(Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER);
    check(1, Number.MAX_SAFE_INTEGER);
  });
});

function side(quantity: string): string[] {
  return Array.from({ length: 20 }, () => `1 ${quantity}`);
}

/** Of the second snapshot of a chunk. */
function of(bids: string[], asks: string[]): number {
  return imbalanceE9(madeSnapshots([{ timeMs: 0 }, { timeMs: 1, bids, asks }]), 1);
}

describe('a snapshot', () => {
  test('has the share of its twenty bids', () => {
    expect(of(side('1'), side('3'))).toBe(250_000_000);
    expect(of(side('0.001'), side('0.002'))).toBe(333_333_333);
    expect(of(side('2'), side('1'))).toBe(666_666_667);
    expect(of(side('1000000'), side('0.000001'))).toBe(1_000_000_000);
  });

  test('is exact if its sums or a level exceed the safe integers', () => {
    const large = '600000000000000';
    expect(of(side(large), side(large))).toBe(500_000_000);
    const wide = '999999999999999999.999999999';
    expect(of(side(wide), side(wide))).toBe(500_000_000);
    expect(of(side(wide), side('0.000000001'))).toBe(1_000_000_000);
  });
});
