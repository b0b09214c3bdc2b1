/** Digits as bytes against their text, and exact quotients against big integers. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Quotients, safeQuotient } from '../../../src/core/encode/quotient.js';
import { floorQuotient, RowBytes } from '../../../src/core/encode/row-bytes.js';
import { divideHalfUp, formatDecimal } from '../../../src/core/unit/decimal.js';
import { codec } from '../../../src/edge/format/codec.js';

const LARGE = Number.MAX_SAFE_INTEGER;

function written(write: (out: RowBytes) => void): string {
  // A buffer of one byte grows at nearly every cell.
  const out = new RowBytes(1);
  write(out);
  return codec.decode(out.finish());
}

/** Positive safe integers of every length, many at a power of ten or of two. */
const someSize = fc.oneof(
  fc.nat(),
  fc.maxSafeNat(),
  fc.tuple(fc.nat({ max: 15 }), fc.integer({ min: -1, max: 1 })).map(([n, off]) => 10 ** n + off),
  fc.tuple(fc.nat({ max: 52 }), fc.integer({ min: -1, max: 1 })).map(([n, off]) => 2 ** n + off),
  fc.tuple(fc.nat({ max: 9_999 }), fc.nat({ max: 11 })).map(([n, zeros]) => n * 10 ** zeros),
  fc.constantFrom(0, LARGE, LARGE - 1),
);

describe('a number', () => {
  test('is written as its text at every scale', () => {
    fc.assert(
      fc.property(someSize, fc.boolean(), fc.nat({ max: 18 }), (size, isNegative, decimals) => {
        const value = isNegative ? -size : size;
        const expected = formatDecimal(BigInt(value), decimals);
        expect(written((out) => out.safe(value, decimals))).toBe(expected);
        expect(written((out) => out.exact(BigInt(value), decimals))).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test('beyond the safe integers is written through its text', () => {
    expect(written((out) => out.exact(-123_456_789_012_345_678_900n, 5))).toBe(
      '-1234567890123456.789',
    );
  });
});

test('a text is printable and needs no quotes', () => {
  expect(written((out) => out.text('feed_down 2025-12-11T00:00:00Z'))).toHaveLength(30);
  for (const text of ['a,b', 'a"b', 'a\n', '\u00e9']) {
    expect(() => written((out) => out.text(text)), text).toThrow('printable ASCII');
  }
});

test('earlier bytes are written again, also while the buffer grows', () => {
  const copied = written((out) => {
    out.text('12.5');
    out.repeat(0, 4);
    out.pair(7);
    out.repeat(2, 8);
  });
  expect(copied).toBe('12.512.507.512.5');
});

describe('a quotient', () => {
  const someNumerator = fc.oneof(someSize, fc.nat({ max: 1_000 }));
  const someDenominator = fc.oneof(
    someSize.filter((size) => size > 0),
    fc.integer({ min: 1, max: 40 }),
  );

  test('is floored exactly, also just below an integer', () => {
    fc.assert(
      fc.property(someNumerator, someDenominator, fc.nat({ max: 2 }), (one, other, below) => {
        const multiple = other * Math.floor(LARGE / other) - below;
        for (const numerator of [one, Math.max(0, multiple)]) {
          expect(BigInt(floorQuotient(numerator, other))).toBe(BigInt(numerator) / BigInt(other));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('in doubles is that of big integers, or none', () => {
    let safe = 0;
    const check = (numerator: number, denominator: number, shift: number): void => {
      const found = safeQuotient(numerator, denominator, shift);
      if (Number.isNaN(found)) return;
      safe += 1;
      const [up, down] = [10n ** BigInt(Math.max(0, shift)), 10n ** BigInt(Math.max(0, -shift))];
      const expected = divideHalfUp(BigInt(numerator) * up, BigInt(denominator) * down);
      expect(BigInt(found)).toBe(expected);
    };
    fc.assert(
      fc.property(
        someNumerator,
        someDenominator,
        fc.integer({ min: -10, max: 8 }),
        (numerator, denominator, shift) => {
          check(numerator, denominator, shift);
          // A tie: an odd half of the denominator.
          const half = denominator * (numerator % 1_001) + denominator / 2;
          if (Number.isSafeInteger(half)) check(half, denominator, 0);
          check(
            (numerator % 100_003) * 5,
            10 ** Math.max(1, Math.abs(shift)),
            Math.max(0, shift - 1),
          );
        },
      ),
      { numRuns: 3_000 },
    );
    expect(safe).toBeGreaterThan(3_000);
  });

  test('of usual cells is found in doubles', () => {
    // A second of BTCUSDT: turnover at 4 decimals, quantity at 3, prices at 1; and a day of PEPE.
    expect(safeQuotient(87_123_456_789, 99_871, 7)).toBe(8_723_599_121_767);
    expect(Number.isNaN(safeQuotient(88_000_000_123, 12_345_678_901_234, 1))).toBe(false);
  });

  test('of cells that are wide, negative or too large is left to big integers', () => {
    for (const [numerator, denominator] of [
      [Number.NaN, 1],
      [1, Number.NaN],
      [-1, 2],
      [1, 0],
      [LARGE, 1],
    ] as const) {
      expect(safeQuotient(numerator, denominator, 8)).toBeNaN();
    }
    const quotients = new Quotients(8, 0);
    expect(written((out) => quotients.write(BigInt(LARGE) * 3n, 2n, out))).toBe(
      '13510798882111486.5',
    );
    expect(written((out) => quotients.writeSafe(LARGE, 1, out))).toBe('');
  });
});
