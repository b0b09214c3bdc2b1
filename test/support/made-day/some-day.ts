/** Days of random trades for the checks of their files. */
import * as fc from 'fast-check';
import type { UtcDate } from '../../../src/core/unit/utc-date.js';
import type { TestDay, TestTrade } from '../day/bar-table.js';

const someTrade: fc.Arbitrary<TestTrade> = fc.record({
  second: fc.nat({ max: 86_399 }),
  cents: fc.integer({ min: 1, max: 10_000_000 }),
  thousandths: fc.integer({ min: 1, max: 1_000_000 }),
  isBuy: fc.boolean(),
});

export function someDay(date: UtcDate): fc.Arbitrary<TestDay> {
  return fc.record({
    date: fc.constant(date),
    trades: fc
      .array(someTrade, { maxLength: 40 })
      .map((trades) => trades.toSorted((a, b) => a.second - b.second)),
    seedPrice: fc.constantFrom(null, '100', '0.5', '63960.5'),
  });
}
