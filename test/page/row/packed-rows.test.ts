/** Packed rows give back every cell: exactly its text, and its number. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packRows, type TextColumn } from '../../../src/core/view/packed-rows.js';
import { readRows } from '../../../src/page/row/packed-rows.js';

const encoder = new TextEncoder();

/** Each cell of each column, as the page reads it. */
function check(columns: readonly TextColumn[]): void {
  const table = readRows(packRows(columns, (text) => encoder.encode(text)));
  expect(table.rows).toBe(columns[0]?.cells.length ?? 0);
  for (const { name, cells } of columns) {
    const column = table.column(name);
    expect(cells.map((_, row) => column?.text(row))).toEqual(cells);
    for (const [row, cell] of cells.entries()) {
      const number = Number(cell);
      if (cell === '' || Number.isNaN(number)) expect(column?.number(row)).toBeNaN();
      else expect(column?.number(row)).toBeCloseTo(number, 9);
    }
  }
  expect(table.column('no such column')).toBeUndefined();
}

const decimal = fc
  .tuple(fc.bigInt(-(10n ** 13n), 10n ** 13n), fc.integer({ min: 0, max: 8 }))
  .map(([mantissa, decimals]) => {
    const digits = String(mantissa < 0n ? -mantissa : mantissa).padStart(decimals + 1, '0');
    const split = digits.length - decimals;
    const rest = digits.slice(split).replace(/0+$/, '');
    const text = `${digits.slice(0, split)}${rest === '' ? '' : `.${rest}`}`;
    return mantissa < 0n ? `-${text}` : text;
  });

test('any cells come back as they were', () => {
  const cell = fc.oneof({ weight: 8, arbitrary: decimal }, fc.constant(''));
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
      check([{ name: 'some', cells }]);
    }),
  );
});

test('prices that walk, means of many decimals, words, and empty columns come back', () => {
  const rows = 3_000;
  const from = (cellOf: (row: number) => string): string[] =>
    Array.from({ length: rows }, (_, row) => cellOf(row));
  check([
    {
      name: 'close',
      cells: from((row) => (64_000 + Math.round(Math.sin(row / 90) * 400) / 10).toString()),
    },
    {
      name: 'mean',
      cells: from((row) => (row % 50 === 0 ? '0.12345678' : String((row % 7) / 10))),
    },
    { name: 'reason', cells: from((row) => (row % 9 === 0 ? 'quiet' : 'traded')) },
    { name: 'nothing', cells: from(() => '') },
  ]);
});

test.each([
  ['a number beyond what a double holds', ['9007199254740993', '1', '-9007199254740993.5']],
  ['a far step between two numbers', ['1125899906842624', '-1125899906842624', '0']],
  ['numbers that are not plain', ['1e5', '007', '-0', '1.50', '.5', '+1']],
  ['texts of a page', ['<script>alert(1)</script>', '</script>', '&amp;']],
  ['a word among numbers', ['1', 'one', '2']],
])('%s stays a text', (_what, cells) => {
  const table = readRows(packRows([{ name: 'odd', cells }], (text) => encoder.encode(text)));
  expect(cells.map((_, row) => table.column('odd')?.text(row))).toEqual(cells);
});

test('a column of many rows takes few bytes, and the same rows the same bytes', () => {
  const cells = Array.from({ length: 86_400 }, (_, row) => (64_000.1 + (row % 3) / 10).toFixed(1));
  const packed = packRows([{ name: 'close', cells }], (text) => encoder.encode(text));
  expect(packed.length).toBeLessThan(cells.length * 1.01 + 200);
  expect(packRows([{ name: 'close', cells }], (text) => encoder.encode(text))).toEqual(packed);
});
