/** Whole columns against the same arithmetic on single big integers. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockSums, Series, sumOf, type Term } from '../../../src/core/series/series.js';

type Cell = bigint | undefined;

const cells = fc.array(
  fc.option(fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }), { nil: undefined, freq: 6 }),
  { minLength: 1, maxLength: 40 },
);

/** The same values; a factor of 10^13 makes them too wide for doubles. */
function series(of: readonly Cell[], decimals: number, factor: bigint): Series {
  if (factor > 1n) {
    const wide = of.map((cell) => (cell === undefined ? undefined : cell * factor));
    return new Series(wide, decimals);
  }
  return new Series(Float64Array.from(of, Number), decimals);
}

function listOf(of: Series): Cell[] {
  return Array.from({ length: of.length }, (_, row) => of.at(row));
}

/** By the definition, row by row. */
function plainSum(of: readonly Cell[], { back = 0, count = 1, sign }: Term, row: number): Cell {
  let sum = 0n;
  for (let at = row - back - count + 1; at <= row - back; at++) {
    const cell = of[at];
    if (cell === undefined) return undefined;
    sum += cell;
  }
  return sum * BigInt(sign);
}

const shape = fc.record({
  sign: fc.constantFrom(1 as const, -1 as const),
  back: fc.nat(4),
  count: fc.integer({ min: 1, max: 6 }),
  decimals: fc.nat(3),
});

test.for([1n, 10n ** 13n])('sums of shifted windows are exact, with values times %s', (factor) => {
  fc.assert(
    fc.property(cells, shape, shape, (of, one, two) => {
      const shapes = [one, two];
      const terms = shapes.map((each) => ({ ...each, of: series(of, each.decimals, factor) }));
      const sum = sumOf(terms);
      const decimals = Math.max(one.decimals, two.decimals);
      expect(sum.decimals).toBe(decimals);
      expect(sum.safe === undefined).toBe(factor > 1n);
      const expected = of.map((_, row) => {
        let total: Cell = 0n;
        for (const term of terms) {
          const part = plainSum(of, term, row);
          if (part === undefined || total === undefined) return undefined;
          total += part * factor * 10n ** BigInt(decimals - term.of.decimals);
        }
        return total;
      });
      expect(listOf(sum)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test('a sum that might leave the safe integers on the way is made of big integers', () => {
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  const of = series([most, most, -most], 0, 1n);
  const sum = sumOf([{ of, sign: 1, count: 3 }]);
  expect(listOf(sum)).toEqual([undefined, undefined, most]);
  expect(sum.safe).toBeUndefined();
  expect(listOf(blockSums(of, 3))).toEqual([most]);
});

test.for([1n, 10n ** 13n])('what a row knows of its cells, with values times %s', (factor) => {
  const of = series([undefined, 3n, -4n, undefined, undefined, 0n, 3n], 1, factor);
  const times = (cell: number): bigint => BigInt(cell) * factor;
  const rows = [0, 1, 2, 3, 4, 5, 6];
  expect(rows.map((row) => of.sign(row))).toEqual([NaN, 1, -1, NaN, NaN, 0, 1]);
  expect(rows.map((row) => of.has(row))).toEqual([false, true, true, false, false, true, true]);
  expect([of.compare(1, 2), of.compare(2, 5), of.compare(1, 6), of.compare(0, 1)]).toEqual([
    1,
    -1,
    0,
    NaN,
  ]);
  expect(listOf(of.size())).toEqual([
    undefined,
    times(3),
    times(4),
    undefined,
    undefined,
    0n,
    times(3),
  ]);
  expect(listOf(of.carried(1)).slice(0, 5)).toEqual([
    undefined,
    times(3),
    times(-4),
    times(-4),
    undefined,
  ]);
  expect(listOf(of.where(Uint8Array.of(1, 0, 1, 1, 1, 1, 0)))).toEqual([
    undefined,
    undefined,
    times(-4),
    undefined,
    undefined,
    0n,
    undefined,
  ]);
  expect(listOf(blockSums(of, 2))).toEqual([undefined, undefined, undefined]);
  expect(listOf(blockSums(of.carried(5), 3))).toEqual([undefined, times(-8)]);
});
