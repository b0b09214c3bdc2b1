/** How days become folds. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitCard } from '../../../src/core/split/split-card.js';
import type { SplitOptions } from '../../../src/core/split/split-options.js';
import { type Fold, foldOf, type Split, splitOf } from '../../../src/core/split/split.js';
import { addDays, datesBetween, type UtcDate, utcDate } from '../../../src/core/unit/utc-date.js';

const FIRST = utcDate('2025-12-01', 'test');
const OPTIONS: SplitOptions = {
  folds: 5,
  rollingDays: undefined,
  sealedPercent: 20,
  embargoMs: 65 * 60_000,
  horizonMs: 5 * 60_000,
  lookBackMs: 60 * 60_000,
};

function daysOf(count: number): UtcDate[] {
  return datesBetween(FIRST, addDays(FIRST, count - 1));
}

function splitted(count: number, options: Partial<SplitOptions> = {}): Split {
  return splitOf(daysOf(count), { ...OPTIONS, ...options });
}

/** The fold of each day, `000112233S`. */
function pattern(split: Split): string {
  const days = datesBetween(split.firstDate, split.lastDate);
  return days.map((date) => String(foldOf(split, date)).replace('-1', 'S')).join('');
}

test.each([
  [30, {}, '000011112222333344445555SSSSSS'],
  [30, { sealedPercent: 0 }, '000001111122222333334444455555'],
  [30, { sealedPercent: 21 }, '00001111222233334444555SSSSSSS'],
  [30, { sealedPercent: 50, folds: 1 }, '000000001111111SSSSSSSSSSSSSSS'],
  [30, { folds: 2 }, '000000001111111122222222SSSSSS'],
  [10, {}, '00112345SS'],
  [5, {}, '0123S'],
  [5, { sealedPercent: 0 }, '01234'],
  [5, { sealedPercent: 1 }, '0123S'],
  [5, { folds: 50 }, '0123S'],
  [7, { rollingDays: 1 }, '01234SS'],
] as const)('%d days with %j are %s', (count, options, expected) => {
  expect(pattern(splitted(count, options))).toBe(expected);
});

test('a fold has its times to the minute', () => {
  const { list, sealed } = splitCard(splitted(30));
  expect(list[1]).toEqual({
    fold: 2,
    train_from: '2025-12-01T00:01:00Z',
    train_until: '2025-12-08T22:56:00Z',
    // Of eight days the last fifth is one.
    tune_from: '2025-12-08T00:01:00Z',
    tune_train_until: '2025-12-07T22:56:00Z',
    test_from: '2025-12-09T00:01:00Z',
    test_to: '2025-12-13T00:01:00Z',
  });
  // Of 24 days it is four, and 24:00 of the last day is the last decision.
  expect(sealed).toEqual({
    train_from: '2025-12-01T00:01:00Z',
    train_until: '2025-12-24T22:56:00Z',
    tune_from: '2025-12-21T00:01:00Z',
    tune_train_until: '2025-12-20T22:56:00Z',
    test_from: '2025-12-25T00:01:00Z',
    test_to: '2025-12-31T00:01:00Z',
  });
});

test('a rolling training part has so many days, or those that there are', () => {
  const { folds, sealed } = splitted(30, { rollingDays: 6 });
  const starts = [...folds, sealed].map((fold) => new Date(fold?.trainFromMs ?? 0).getUTCDate());
  expect(starts).toEqual([1, 3, 7, 11, 15, 19]);
});

test('one day cannot tune itself, two can', () => {
  const [one, two] = splitted(5, { sealedPercent: 0 }).folds;
  expect([one?.tune, two?.tune?.fromMs]).toEqual([undefined, Date.parse('2025-12-02T00:01:00Z')]);
  const { list } = splitCard(splitted(5, { sealedPercent: 0 }));
  expect(list[0]).toMatchObject({ tune_from: null, tune_train_until: null });
});

test('days that are missing count, and the order of the days does not', () => {
  const some = ['2025-12-30', '2025-12-01', '2025-12-13'].map((text) => utcDate(text, 'test'));
  expect(splitOf(some, OPTIONS)).toEqual(splitted(30));
});

test('fewer than five days make no folds and no sealed block, and say so', () => {
  const split = splitted(4);
  expect(splitCard(split)).toEqual({
    made: false,
    detail: '4 days from 2025-12-01 to 2025-12-04: folds need 5',
    list: [],
    sealed: null,
  });
  expect(pattern(split)).toBe('0000');
  expect(splitted(1).detail).toBe('1 day from 2025-12-01 to 2025-12-01: folds need 5');
});

test('a day outside of the split has no fold', () => {
  expect(() => foldOf(splitted(5), addDays(FIRST, 5))).toThrow('a day is one of the split');
});

describe('refused', () => {
  test.each([
    [
      { embargoMs: 64 * 60_000 },
      '--embargo duration: found 1h 4m, expected whole seconds from 1h 5m',
    ],
    [{ embargoMs: 65 * 60_000 + 1 }, '--embargo'],
    [{ embargoMs: 86_401_000 }, '--embargo'],
    [
      { horizonMs: 3_600_000 },
      '--embargo duration: found 1h 5m, expected whole seconds from 2h 0m',
    ],
    [{ folds: 0 }, '--folds number: found 0, expected a whole number from 1 to 50'],
    [{ folds: 2.5 }, '--folds'],
    [{ rollingDays: 0 }, '--rolling'],
    [{ sealedPercent: 51 }, '--sealed'],
    [{ sealedPercent: -1 }, '--sealed'],
  ])('%j', (options, message) => {
    expect(() => splitted(30, options)).toThrow(message);
  });
});

test('blocks that judge follow each other without a hole, as equal as they can be', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 120 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 50 }),
      (count, folds, sealedPercent) => {
        const split = splitted(count, { folds, sealedPercent });
        const blocks = [...split.folds, split.sealed].filter((fold) => fold !== undefined);
        for (const [at, fold] of blocks.entries()) {
          expect(fold.testFromMs).toBe(blocks[at - 1]?.testToMs ?? fold.testFromMs);
        }
        expect(blocks.at(-1)?.lastDate).toBe(split.lastDate);
        const lengths = split.folds.map((fold) => lengthOf(fold));
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
        const sealed = split.sealed === undefined ? 0 : lengthOf(split.sealed);
        expect(sealed).toBe(Math.ceil((count * sealedPercent) / 100));
        const trainOnly = count - sealed - lengths.reduce((sum, days) => sum + days, 0);
        expect(trainOnly).toBe(Math.ceil((count - sealed) / (folds + 1)));
        expect(split.folds).toHaveLength(Math.min(folds, count - sealed - trainOnly));
      },
    ),
  );
});

function lengthOf({ firstDate, lastDate }: Fold): number {
  return datesBetween(firstDate, lastDate).length;
}
