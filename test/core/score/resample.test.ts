/** The interval of a hit rate. */
import { expect, test } from 'vitest';
import { shareOf, sumOfFractions } from '../../../src/core/score/fraction.js';
import { resampledInterval } from '../../../src/core/score/resample.js';
import { Random } from '../../../src/core/unit/random.js';

interface Block {
  readonly n: number;
  readonly hits: number;
}

function ends(blocks: readonly Block[], seed: string): number[] | undefined {
  const interval = resampledInterval(
    Float64Array.from(blocks.flatMap(({ n, hits }) => [n, hits])),
    seed,
  );
  return interval === undefined ? undefined : [shareOf(interval.low), shareOf(interval.high)];
}

test('follows from blocks and seed alone', () => {
  const blocks = Array.from({ length: 12 }, (_, at) => ({ n: 3, hits: at % 4 }));
  expect(ends(blocks, 'a')).toEqual(ends(blocks, 'a'));
  expect(ends(blocks, 'a')).toEqual([0.2778, 0.6944]);
});

test('there is none of fewer than six blocks', () => {
  const block = { n: 1, hits: 1 };
  expect(
    ends(
      Array.from({ length: 5 }, () => block),
      'a',
    ),
  ).toBeUndefined();
  expect(
    ends(
      Array.from({ length: 6 }, () => block),
      'a',
    ),
  ).toEqual([1, 1]);
});

test('holds the rate of clustered events about as often as it says', () => {
  const random = new Random('clusters');
  let held = 0;
  for (let round = 0; round < 200; round++) {
    const blocks = Array.from({ length: 40 }, (): Block => {
      const rate = random.chance(0.5) ? 0.3 : 0.7;
      const n = random.between(1, 12);
      let hits = 0;
      for (let event = 0; event < n; event++) hits += Number(random.chance(rate));
      return { n, hits };
    });
    const [low = 1, high = 0] = ends(blocks, 'clusters') ?? [];
    if (low <= 0.5 && 0.5 <= high) held += 1;
  }
  expect(held).toBeGreaterThan(175);
  expect(held).toBeLessThan(200);
});

test('sums of fractions are exact', () => {
  const thirds = [1n, 2n, 3n, 4n, 5n].map((denominator) => ({ numerator: 1n, denominator }));
  const { numerator, denominator } = sumOfFractions(thirds);
  expect(numerator * 60n).toBe(137n * denominator);
  expect(shareOf({ numerator: 1n, denominator: 20_000n })).toBe(0.0001);
});
