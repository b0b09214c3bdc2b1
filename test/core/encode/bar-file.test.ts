/** Hand-made grids as bar files, and random ones against the plain way. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BarGrid } from '../../../src/core/bar/bar-grid.js';
import { BookGrid } from '../../../src/core/book/book-grid.js';
import { BARS } from '../../../src/core/column/bar-table.js';
import { barFile } from '../../../src/core/encode/bar-file.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { barFileRows, plainBarRows } from './plain-bar-rows.js';
import { gridsOf, someGrids } from '../grid/made-grids.js';

const NO_BOOK = ['', ''];

/** Prices at 2 and quantities at 3 decimals. */
function grid(bars: number): BarGrid {
  const empty = new BarGrid(Date.UTC(2025, 11, 11), 60_000, bars);
  empty.raisePrice(2);
  empty.raiseQuantity(3);
  return empty;
}

function trade(into: BarGrid, bar: number, price: bigint, quantity: bigint, buys: boolean): void {
  const sequence = into.tradeCount[bar] ?? 0;
  const key = { timeMs: into.startMs + bar, sequence, id: Number.NaN };
  into.addTrade(bar, { ...key, price, quantity, buys });
}

/** `expected` are the fields behind the timestamp, one array a bar. */
function check(
  bars: BarGrid,
  seedPrice: string | undefined,
  expected: string[][],
  book = new BookGrid(bars.startMs, bars.barMs, bars.length),
): void {
  const rows = barFileRows({ bars, book }, seedPrice);
  expect(rows.every((row) => row.length === BARS.header.length)).toBe(true);
  expect(rows.map(([, ...cells]) => cells)).toEqual(expected);
  expect(rows[0]?.[0]).toBe('2025-12-11T00:00:00Z');
}

function flat(price: string): string[] {
  return [price, price, price, price, price, '0', '0', '0', '0', '0', ...NO_BOOK];
}

describe('a bar', () => {
  test('without trades is flat at the close before it, at the seed, or empty', () => {
    const bars = grid(4);
    trade(bars, 1, 10_050n, 1_000n, true);
    trade(bars, 3, 9_900n, 2_000n, false);
    const first = [
      '100.5',
      '100.5',
      '100.5',
      '100.5',
      '100.5',
      '1',
      '1',
      '0',
      '1',
      '1',
      ...NO_BOOK,
    ];
    const last = ['99', '99', '99', '99', '99', '2', '0', '2', '-2', '1', ...NO_BOOK];
    check(bars, undefined, [flat(''), first, flat('100.5'), last]);
    check(bars, '63960.5', [flat('63960.5'), first, flat('100.5'), last]);
  });

  test('has a negative delta and a vwap rounded half up', () => {
    const bars = grid(1);
    trade(bars, 0, 10_000n, 1n, true);
    trade(bars, 0, 10_001n, 2n, false);
    const cells = [
      '100',
      '100.01',
      '100',
      '100.01',
      '100.00666667',
      '0.003',
      '0.001',
      '0.002',
      '-0.001',
      '2',
    ];
    check(bars, undefined, [[...cells, ...NO_BOOK]]);
  });

  test('carries a close of 18 decimals whole', () => {
    const bars = grid(2);
    bars.raisePrice(18);
    trade(bars, 0, 123_456_789_012_345_678_901_234_567n, 1_000n, true);
    const price = '123456789.012345678901234567';
    check(bars, undefined, [
      [price, price, price, price, '123456789.01234568', '1', '1', '0', '1', '1', ...NO_BOOK],
      flat(price),
    ]);
  });

  test('rounds the mean spread and the mean imbalance half up at an exact tie', () => {
    const bars = grid(3);
    const book = new BookGrid(bars.startMs, bars.barMs, bars.length);
    book.raisePrice(9);
    book.spread.addWide(0, 3n);
    book.spreadCount[0] = 2;
    book.imbalance.addWide(0, 500_000_005n * 3n);
    book.imbalanceCount[0] = 3;
    book.spread.addWide(1, 5n);
    book.spreadCount[1] = 1;
    book.spread.addWide(2, 49_999n);
    book.spreadCount[2] = 10_000;
    book.imbalance.addWide(2, 0n);
    book.imbalanceCount[2] = 1;
    const cells = flat('').slice(0, -2);
    const expected = [
      [...cells, '0', '0.50000001'],
      [...cells, '0.00000001', ''],
      [...cells, '0', '0'],
    ];
    check(bars, undefined, expected, book);
  });
});

test('any grid has the bytes that a CSV library makes of its rows in big integers', () => {
  const seed = fc.constantFrom(undefined, '63960.5', '0.000000000000000001', `9${'0'.repeat(17)}`);
  fc.assert(
    fc.property(someGrids, seed, (made, seedPrice) => {
      const cells = gridsOf(made);
      const expected = csvTables.write(BARS.header, plainBarRows(cells, seedPrice));
      expect(codec.decode(barFile(cells, seedPrice))).toBe(codec.decode(expected));
    }),
    { numRuns: 400 },
  );
});
