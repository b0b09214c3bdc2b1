/** The table of a file: positions by name, and tables that are refused. */
import { expect, test } from 'vitest';
import { BAR_ROW_CHECKS } from '../../../src/core/check/bar-row-checks.js';
import { CHECK_NAMES } from '../../../src/core/check/file-tally.js';
import { BARS } from '../../../src/core/column/bar-table.js';
import type { Column } from '../../../src/core/column/column.js';
import { fileTable, quotientDecimals } from '../../../src/core/column/file-table.js';
import { fileRows } from '../../../src/core/encode/file-rows.js';

const TIME: Column<'at'> = {
  name: 'at',
  kind: 'time',
  meaning: 'time',
  unit: 'exchange time',
  nothing: 'never',
  rollUp: 'first',
};

function tableOf(columns: readonly Column<'at'>[]) {
  return fileTable({ kind: 'x', rows: { kind: 'grid', time: 'at' }, columns });
}

test('a column has the position of its name in the header', () => {
  expect(BARS.header.length).toBeGreaterThan(10);
  expect(BARS.header.map((name) => BARS.at(name))).toEqual([...BARS.header.keys()]);
});

test('a table with two columns of one name, or carried columns without a carry, is refused', () => {
  expect(() => tableOf([TIME, TIME])).toThrow('distinct names');
  expect(() => tableOf([{ ...TIME, nothing: 'carried' }])).toThrow('has a carry');
  expect(() => quotientDecimals(BARS, 'close')).toThrow('only a quotient is rounded');
});

test('a column that is never empty has a value in every row', () => {
  const table = tableOf([TIME]);
  const write = () => [
    ...fileRows(table, { at: () => undefined }, { rows: 1, carried: undefined }),
  ];
  expect(write).toThrow('has a value in every row');
});

test('the final step lists every check of the columns and rows of bars', () => {
  const ranges = BARS.columns.flatMap((column) => ('range' in column ? [column.range?.check] : []));
  expect(ranges).toEqual(['avg_spread', 'imbalance']);
  expect(CHECK_NAMES).toEqual(expect.arrayContaining([...BAR_ROW_CHECKS.checks, ...ranges]));
});
