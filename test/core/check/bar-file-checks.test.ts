import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBars } from '../../../src/core/check/bar-file-checks.js';
import { type BarColumn, BARS } from '../../../src/core/column/bar-table.js';
import { parseResolution } from '../../../src/core/unit/resolution.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { barTable } from '../../support/day/bar-table.js';
import { TRADES } from '../../support/day/published-day.js';

const date = utcDate('2025-12-11', 'test');
const resolution = parseResolution('1h', 'test');
const name = 'BTCUSDT/2025-12-11_1h.csv';

function table(seedPrice: string | null = '100'): string[][] {
  return barTable({ date, trades: TRADES, seedPrice }, resolution);
}

function failed(rows: string[][], seedPrice: string | null = '100'): Record<string, string> {
  const { checks } = checkBars(rows, { name, date, resolution, seedPrice });
  return Object.fromEntries(checks.filter(({ ok }) => !ok).map((c) => [c.check, c.detail]));
}

/** Rows count from 1; the hours 1, 2 and 13 have trades. */
function change(row: number, cells: Readonly<Partial<Record<BarColumn, string>>>): string[][] {
  const rows = table();
  for (const column of BARS.header) {
    const text = cells[column];
    if (text !== undefined) rows[row]?.splice(BARS.at(column), 1, text);
  }
  return rows;
}

describe('a sound bar file', () => {
  test('passes every check, and gives its values and its last price', () => {
    const result = checkBars(table(), { name, date, resolution, seedPrice: '100' });
    expect(result.checks.map(({ check }) => check)).toEqual([
      'columns',
      'row_count',
      'time_steps',
      'number_format',
      'price_order',
      'vwap_range',
      'volume_sums',
      'flat_bars',
      'avg_spread',
      'imbalance',
    ]);
    expect(result.checks.every(({ ok, detail }) => ok && detail === '')).toBe(true);
    expect(result).toMatchObject({ isWhole: true, rows: 24 });
    expect(result.lastPrice).toBe('101.23');
  });

  test('has empty prices before the first trade without a seed', () => {
    expect(table(null)[1]?.slice(1, 6)).toEqual(['', '', '', '', '']);
    expect(failed(table(null), null)).toEqual({});
    expect(Object.keys(failed(table(null), '100'))).toEqual(['flat_bars']);
  });

  test('has no last price if nothing was ever traded', () => {
    const rows = barTable({ date, trades: [], seedPrice: null }, resolution);
    const result = checkBars(rows, { name, date, resolution, seedPrice: null });
    expect(result.checks.every(({ ok }) => ok)).toBe(true);
    expect(result.lastPrice).toBeUndefined();
  });

  test('may have a seed that is padded in the report', () => {
    expect(failed(table('100'), '100.00')).toEqual({});
  });

  test('may have a flat vwap with more decimals than a quotient', () => {
    const seedPrice = '0.123456789012';
    const rows = barTable({ date, trades: [], seedPrice }, resolution);
    expect(failed(rows, seedPrice)).toEqual({});
  });

  test('may have a vwap that rounding moves out of [low, high]', () => {
    const price = '0.123456789';
    const prices = { open: price, high: price, low: price, close: price };
    expect(failed(change(2, { ...prices, vwap: '0.12345679' }))).toEqual({});
    const beyond = failed(change(2, { ...prices, vwap: '0.1234568' }));
    expect(Object.keys(beyond)).toEqual(['vwap_range']);
  });
});

interface Corruption {
  readonly breaks: string;
  readonly rows: string[][];
  readonly detail: string;
}

const dropped = (index: number) => table().filter((_, row) => row !== index);
const CORRUPTIONS: readonly Corruption[] = [
  {
    breaks: 'columns',
    rows: [BARS.header.map((column) => (column === 'vwap' ? 'wvap' : column)), ...table().slice(1)],
    detail: `${name} header column 6 of 13: found 'wvap', expected 'vwap'`,
  },
  {
    breaks: 'columns',
    rows: [[...BARS.header, 'extra'], ...table().slice(1)],
    detail: `${name} header column 14 of 14: found 'extra', expected 13 columns`,
  },
  {
    breaks: 'columns',
    rows: table().map((row, index) => (index === 5 ? [...row, ''] : row)),
    detail: `${name} row 5 (2025-12-11T04:00:00Z): found 14 cells, expected 13 cells`,
  },
  {
    breaks: 'row_count',
    rows: dropped(24),
    detail: `${name}: found 23 rows, expected 24 of 1h`,
  },
  {
    breaks: 'row_count',
    rows: [...table(), ['2025-12-12T00:00:00Z', ...(table()[24]?.slice(1) ?? [])]],
    detail: `${name}: found 25 rows, expected 24 of 1h`,
  },
  {
    breaks: 'time_steps',
    rows: change(7, { timestamp: '2025-12-11T06:00:01Z' }),
    detail: `${name} row 7 (2025-12-11T06:00:00Z): found '2025-12-11T06:00:01Z', expected '2025-12-11T06:00:00Z'`,
  },
  ...['1e2', '100.0', '0100', '100.', '+100', '-0', ' 100', '.5', `1.${'0'.repeat(36)}1`].map(
    (text) => ({
      breaks: 'number_format',
      rows: change(2, { high: text }),
      detail: `${name} row 2 (2025-12-11T01:00:00Z) high: found '${text}', expected plain digits without exponent or padding zeros`,
    }),
  ),
  {
    breaks: 'number_format',
    rows: change(2, { vol_buy: '' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) vol_buy: found '', expected a number`,
  },
  {
    breaks: 'number_format',
    rows: change(2, { trade_count: '2.5' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) trade_count: found '2.5', expected at most 0 decimals`,
  },
  {
    breaks: 'number_format',
    rows: change(2, { avg_spread: '0.123456789' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) avg_spread: found '0.123456789', expected at most 8 decimals`,
  },
  {
    breaks: 'number_format',
    rows: change(2, { vol_buy: '-0.25', vol_total: '-0.125', vol_delta: '-0.375' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) vol_total: found '-0.125', expected no minus sign (the first of 2)`,
  },
  {
    breaks: 'price_order',
    rows: change(2, { open: '100.6' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) open: found '100.6', expected low '100.1' to high '100.5'`,
  },
  {
    breaks: 'price_order',
    rows: change(2, { open: '100', close: '100.6' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) open: found '100', expected low '100.1' to high '100.5' (the first of 2)`,
  },
  {
    breaks: 'vwap_range',
    rows: change(2, { vwap: '100.09999999' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) vwap: found '100.09999999', expected within 5e-9 of low '100.1' to high '100.5'`,
  },
  {
    breaks: 'volume_sums',
    rows: change(2, { vol_total: '0.376' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) vol_total: found '0.376', expected the sum of vol_buy '0.25', vol_sell '0.125'`,
  },
  {
    breaks: 'volume_sums',
    rows: change(2, { vol_delta: '-0.125' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) vol_delta: found '-0.125', expected the difference of vol_buy '0.25', vol_sell '0.125'`,
  },
  {
    breaks: 'flat_bars',
    rows: change(2, { trade_count: '0' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z): found trade_count '0' with vol_total '0.375', expected both zero or neither`,
  },
  {
    breaks: 'flat_bars',
    rows: change(9, { trade_count: '1' }),
    detail: `${name} row 9 (2025-12-11T08:00:00Z): found trade_count '1' with vol_total '0', expected both zero or neither`,
  },
  {
    breaks: 'flat_bars',
    rows: change(9, { vwap: '99.000000001' }),
    detail: `${name} row 9 (2025-12-11T08:00:00Z) vwap: found '99.000000001', expected '99', as nothing was traded`,
  },
  {
    breaks: 'flat_bars',
    rows: change(2, { open: '' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) open: found '', expected a price, as something was traded`,
  },
  {
    breaks: 'avg_spread',
    rows: change(2, { avg_spread: '-0.1' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) avg_spread: found '-0.1', expected 0 or more`,
  },
  {
    breaks: 'imbalance',
    rows: change(2, { imbalance_l20: '1.00000001' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) imbalance_l20: found '1.00000001', expected 0 to 1`,
  },
  {
    breaks: 'imbalance',
    rows: change(2, { imbalance_l20: '-0.1' }),
    detail: `${name} row 2 (2025-12-11T01:00:00Z) imbalance_l20: found '-0.1', expected 0 to 1`,
  },
];

describe('a corrupted bar file', () => {
  test.for(CORRUPTIONS)('breaks $breaks alone: $detail', ({ breaks, rows, detail }) => {
    expect(failed(rows)).toEqual({ [breaks]: detail });
  });

  test('that lacks its header gets no further checks', () => {
    const result = checkBars(table().slice(1), { name, date, resolution, seedPrice: '100' });
    expect(result.checks.map(({ check, ok }) => [check, ok])).toEqual([
      ['columns', false],
      ['row_count', false],
    ]);
    expect(result.isWhole).toBe(false);
    expect(checkBars([], { name, date, resolution, seedPrice: null }).checks).toHaveLength(2);
  });

  test('that lacks a row in the middle breaks its row count and time steps', () => {
    expect(Object.keys(failed(dropped(5)))).toEqual(['row_count', 'time_steps']);
  });

  test('quotes little of a long cell', () => {
    const detail = failed(change(2, { high: 'x'.repeat(5_000) }))['number_format'] ?? '';
    expect(detail).toContain(`found '${'x'.repeat(60)}…', expected`);
  });
});

test('volumes of any size are compared to the last digit', () => {
  const digits = fc.bigInt({ min: 1n, max: 10n ** 40n });
  fc.assert(
    fc.property(digits, digits, fc.integer({ min: -1, max: 1 }), (buy, sell, off) => {
      const rows = change(2, {
        vol_buy: String(buy),
        vol_sell: String(sell),
        vol_delta: String(buy - sell),
        vol_total: String(buy + sell + BigInt(off)),
      });
      expect(Object.keys(failed(rows))).toEqual(off === 0 ? [] : ['volume_sums']);
    }),
  );
});
