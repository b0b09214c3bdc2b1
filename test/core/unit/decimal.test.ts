/** Exact decimals against plain BigInt arithmetic and the oracle's reading of numbers. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  divideHalfUp,
  formatDecimal,
  formatSafe,
  parseDecimal,
  powerOfTen,
} from '../../../src/core/unit/decimal.js';
import { parseDecimalE18 } from '../../support/oracle/decimal.js';

/** `expected`: the value in plain notation, or undefined if the text is refused. */
function check(text: string, expected: string | undefined): void {
  const decimal = parseDecimal(text);
  expect(decimal && formatDecimal(decimal.mantissa, decimal.decimals)).toBe(expected);
}

const nines = '9'.repeat(18);

function digits(max: number): fc.Arbitrary<string> {
  return fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
}

describe('a number', () => {
  test.for<[string, string | undefined]>([
    ['63960.00', '63960'],
    ['0.0010', '0.001'],
    ['007.50', '7.5'],
    ['-1.5', '-1.5'],
    ['-0', '0'],
    ['0e999999999999999999999', '0'],
    ['0.000e-999', '0'],
    ['1e-7', '0.0000001'],
    ['12.5E+1', '125'],
    ['1e17', '100000000000000000'],
    ['1e18', undefined],
    ['0.1e18', '100000000000000000'],
    ['1e-18', '0.000000000000000001'],
    ['10e-19', '0.000000000000000001'],
    ['1e-19', undefined],
    [`${nines}.${nines}`, `${nines}.${nines}`],
    [`1${nines}`, undefined],
    [`0.${nines}1`, undefined],
    [`0.${nines}0`, `0.${nines}`],
    ['1e99999999999999999999', undefined],
    ['1e-99999999999999999999', undefined],
    ['', undefined],
    ['.5', undefined],
    ['5.', undefined],
    ['+1', undefined],
    ['1e', undefined],
    [' 1', undefined],
    ['1\n', undefined],
    ['0x1f', undefined],
    ['٣', undefined],
    ['Infinity', undefined],
  ])('%s', ([text, expected]) => {
    check(text, expected);
  });

  test('has the value that the oracle reads, and no more decimals than it needs', () => {
    const number = fc
      .tuple(
        fc.constantFrom('', '-'),
        digits(20),
        fc.option(digits(20)),
        fc.option(fc.integer({ min: -40, max: 40 })),
      )
      .map(
        ([sign, whole, fraction, exponent]) =>
          `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `e${exponent}`}`,
      );
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(number, fc.stringMatching(/^[-+0-9.eE]{0,12}$/)), (text) => {
        const decimal = parseDecimal(text);
        const expectedE18 = parseDecimalE18(text);
        expect(decimal && decimal.mantissa * powerOfTen(18 - decimal.decimals)).toBe(expectedE18);
        if (decimal === undefined) return;
        accepted += 1;
        expect(decimal.decimals === 0 || decimal.mantissa % 10n !== 0n).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  test('of a million digits is refused quickly, wherever its zeros are', () => {
    const zeros = '0'.repeat(1_000_000);
    check(`1${zeros}1`, undefined);
    check(`${zeros}1.5${zeros}`, '1.5');
  });
});

describe('plain notation', () => {
  test('is what was read, for every number in it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 36n) + 1n, max: 10n ** 36n - 1n }), (mantissa) => {
        const text = formatDecimal(mantissa, 18);
        expect(text).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
        const decimal = parseDecimal(text);
        expect(decimal && decimal.mantissa * powerOfTen(18 - decimal.decimals)).toBe(mantissa);
      }),
    );
  });

  test('is the same for a safe integer and its bigint', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat({ max: 36 }), (mantissa, decimals) => {
        expect(formatSafe(mantissa, decimals)).toBe(formatDecimal(BigInt(mantissa), decimals));
      }),
    );
    expect(formatSafe(-0, 3)).toBe('0');
    expect(formatSafe(-1_200, 3)).toBe('-1.2');
    expect(formatSafe(Number.MAX_SAFE_INTEGER, 16)).toBe('0.9007199254740991');
  });
});

describe('a quotient', () => {
  test.for<[bigint, bigint, bigint]>([
    [1n, 2n, 1n],
    [-1n, 2n, 0n],
    [-3n, 2n, -1n],
    [3n, 2n, 2n],
    [-2n, 3n, -1n],
    [1n, 3n, 0n],
    [-1n, 3n, 0n],
    [5n, 5n, 1n],
    [0n, 7n, 0n],
    [10n ** 40n + 1n, 2n * 10n ** 40n, 1n],
    [10n ** 40n - 1n, 2n * 10n ** 40n, 0n],
  ])('%s / %s rounds half up to %s', ([numerator, denominator, expected]) => {
    expect(divideHalfUp(numerator, denominator)).toBe(expected);
  });

  test('is the only integer within half a unit, the upper one at a tie', () => {
    const numerator = fc.oneof(fc.bigInt({ min: -50n, max: 50n }), fc.bigInt());
    const denominator = fc.oneof(fc.bigInt({ min: 1n, max: 12n }), fc.bigInt({ min: 1n }));
    fc.assert(
      fc.property(numerator, denominator, (above, below) => {
        const rounded = divideHalfUp(above, below);
        expect(2n * below * rounded <= 2n * above + below).toBe(true);
        expect(2n * above + below < 2n * below * (rounded + 1n)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('has no denominator of zero', () => {
    expect(() => divideHalfUp(1n, 0n)).toThrow('invariant broken');
  });
});
