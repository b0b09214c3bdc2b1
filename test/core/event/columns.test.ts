/** Columns of exact values that change their scale and their width while they grow. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSafe, Mantissas, POWERS_OF_TEN } from '../../../src/core/event/mantissas.js';
import { RowColumns } from '../../../src/core/event/row-columns.js';
import { TradeRows } from '../../../src/core/event/trade-rows.js';
import { type Decimal, parseDecimal, powerOfTen } from '../../../src/core/unit/decimal.js';
import { madeSnapshots } from './made-rows.js';

/** The column after these values were set, each read back exactly. */
function check(values: readonly Decimal[]): Mantissas {
  const column = new Mantissas(values.length, 0);
  for (const [index, value] of values.entries()) column.set(index, value);
  const expectedE18 = values.map(({ mantissa, decimals }) => mantissa * powerOfTen(18 - decimals));
  const foundE18 = values.map((_, index) => column.at(index) * powerOfTen(18 - column.decimals));
  expect(foundE18).toEqual(expectedE18);
  return column;
}

describe('a column of mantissas', () => {
  test('holds every value exactly whatever the scales and sizes before and after it', () => {
    const cell = fc
      .tuple(
        fc.oneof(
          fc.bigInt({ min: -999n, max: 99_999n }),
          fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }),
        ),
        fc.nat({ max: 18 }),
      )
      .map(([mantissa, decimals]) => ({ mantissa, decimals }));
    const widths = new Set<boolean>();
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), (values) => {
        widths.add(check(values).wide === undefined);
      }),
      { numRuns: 500 },
    );
    expect(widths).toEqual(new Set([true, false]));
  });

  test('is raised in place while all its values stay safe', () => {
    const large = { mantissa: 9_007_199n, decimals: 0 };
    expect(check([large, { mantissa: 1n, decimals: 9 }])).toMatchObject({
      decimals: 9,
      wide: undefined,
    });
    expect(check([large, { mantissa: 1n, decimals: 10 }]).wide).toHaveLength(2);
    expect(
      check([
        { mantissa: 0n, decimals: 0 },
        { mantissa: 1n, decimals: 18 },
      ]).wide,
    ).toBeUndefined();
  });

  test('is wide from the first value past the safe integers on', () => {
    const border = { mantissa: 2n ** 53n - 1n, decimals: 2 };
    expect(check([border]).wide).toBeUndefined();
    expect(check([border, { ...border, mantissa: 2n ** 53n }]).wide).toHaveLength(2);
    expect(isSafe(2n ** 53n - 1n) && isSafe(1n - 2n ** 53n)).toBe(true);
    expect(isSafe(2n ** 53n) || isSafe(-(2n ** 53n))).toBe(false);
  });

  test('multiplies by exact powers of ten', () => {
    expect([...POWERS_OF_TEN].map(BigInt)).toEqual(
      Array.from({ length: 16 }, (_, exponent) => 10n ** BigInt(exponent)),
    );
  });
});

describe('ids', () => {
  test.for<[string, number, string | undefined, number]>([
    ['7', 7, undefined, 7],
    ['0', 0, undefined, 0],
    ['999999999999999', 999_999_999_999_999, undefined, 999_999_999_999_999],
    ['9007199254740991', 9_007_199_254_740_991, undefined, 9_007_199_254_740_991],
    ['9007199254740992', Number.NaN, '9007199254740992', Number.NaN],
    ['007', Number.NaN, '007', 7],
    [' 7', Number.NaN, ' 7', Number.NaN],
    ['1e3', Number.NaN, '1e3', Number.NaN],
    ['', Number.NaN, undefined, Number.NaN],
  ])("'%s' is the number %d, or the text %s, and counts as %d", ([id, numeric, text, counted]) => {
    const rows = new RowColumns(1);
    rows.appendRow(0, 13, id, false);
    expect([rows.id[0], rows.textId.get(0), rows.idNumber(0)]).toEqual([numeric, text, counted]);
    expect(rows.hasId(0)).toBe(id !== '');
  });

  test('keep their rows while columns grow', () => {
    const rows = new TradeRows(1, { priceDecimals: 0, quantityDecimals: 0 });
    const one = parseDecimal('1.5') ?? { mantissa: 0n, decimals: 0 };
    for (let row = 0; row < 40; row++) {
      rows.append({
        kind: 'trade',
        timeMs: row,
        epochDigits: 13,
        price: one,
        quantity: one,
        takerSide: row % 2 === 0 ? 0 : 1,
        id: row % 3 === 0 ? `x${row}` : `${row}`,
        excluded: row % 5 === 0,
      });
    }
    expect(rows.capacity).toBeGreaterThanOrEqual(40);
    expect(Array.from(rows.timeMs.subarray(0, 40))).toEqual(
      Array.from({ length: 40 }, (_, n) => n),
    );
    expect(rows.textId.get(39)).toBe('x39');
    expect([rows.id[38], rows.takerSide[39], rows.excluded[35], rows.price.at(39)]).toEqual([
      38,
      1,
      1,
      15n,
    ]);
  });
});

test('bids and asks have one scale once a chunk is read, safe or wide', () => {
  const wide = '999999999999999999.999999999999999999 1';
  for (const asks of [['101.25 0.5'], [wide]]) {
    const { bidPrice, bidQuantity, askPrice, askQuantity } = madeSnapshots([
      { timeMs: 0, bids: ['100 3', '99.5 2'], asks },
      { timeMs: 1, bids: [], asks },
    ]);
    expect(bidPrice.decimals).toBe(askPrice.decimals);
    expect(bidQuantity.decimals).toBe(askQuantity.decimals);
    expect(bidPrice.at(0)).toBe(100n * powerOfTen(bidPrice.decimals));
    expect(bidPrice.at(1)).toBe(995n * powerOfTen(bidPrice.decimals - 1));
  }
});
