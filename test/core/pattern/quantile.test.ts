/** Ranks and sliding quantiles against a sort of each window. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExactQuantile, quantilesOf } from '../../../src/core/pattern/quantile.js';
import { Series } from '../../../src/core/series/series.js';

type Cell = bigint | undefined;

const PERCENTS = [1, 25, 50, 95, 99];

const value = fc.oneof(
  fc.bigInt({ min: -3n, max: 3n }),
  fc.bigInt({
    min: -BigInt(Number.MAX_SAFE_INTEGER),
    max: BigInt(Number.MAX_SAFE_INTEGER),
  }),
);
const column = fc.array(fc.option(value, { nil: undefined, freq: 5 }), {
  minLength: 1,
  maxLength: 150,
  size: 'max',
});

/** The value of rank ⌈p·n/100⌉ of the window's rows, by the definition. */
function plainQuantile(window: readonly Cell[], percent: number, least: number): Cell {
  const values = window.filter((cell) => cell !== undefined);
  if (values.length < least) return undefined;
  values.sort((one, two) => (one < two ? -1 : one > two ? 1 : 0));
  return values[Math.ceil((percent * values.length) / 100) - 1];
}

test('a quantile is a value of its rank in the window before the block, in doubles and in big integers', () => {
  let seen = 0;
  const blockRows = fc.integer({ min: 1, max: 4 });
  const blocks = fc.integer({ min: 2, max: 9 });
  fc.assert(
    fc.property(column, blockRows, blocks, (of, rowsOfBlock, blocksOfWindow) => {
      const window = { blockRows: rowsOfBlock, blocks: blocksOfWindow, leastValues: 4 };
      const expected = of.map((cell, row) => {
        const end = Math.floor(row / rowsOfBlock) * rowsOfBlock;
        const rows = of.slice(Math.max(0, end - blocksOfWindow * rowsOfBlock), end);
        return PERCENTS.map((percent) => {
          const quantile = plainQuantile(rows, percent, window.leastValues);
          const isThere = cell !== undefined && quantile !== undefined;
          if (!isThere) return { isReached: false, isKept: false };
          seen += 1;
          const measured = [cell, quantile];
          return { isReached: cell >= quantile, isKept: cell <= quantile, measured };
        });
      });
      for (const series of [new Series(Float64Array.from(of, Number), 0), new Series(of, 0)]) {
        const quantiles = quantilesOf(series, PERCENTS, window);
        const found = of.map((_, row) =>
          PERCENTS.map((percent) => seenAt(quantiles(percent), row)),
        );
        expect(found).toEqual(expected);
      }
    }),
    { numRuns: 30 },
  );
  expect(seen).toBeGreaterThan(1_000);
});

function seenAt(quantile: ExactQuantile, row: number): object {
  const [isReached, isKept] = [quantile.isReached(row), quantile.isKept(row)];
  if (!quantile.isThere(row)) return { isReached, isKept };
  const { strength, threshold } = quantile.measured(row);
  return { isReached, isKept, measured: [strength.mantissa, threshold.mantissa] };
}
