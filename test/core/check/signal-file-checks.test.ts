/** Damaged signals files are found by the exact checks, and the checks in doubles wave none of them through. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areSurelySignals, checkSignals } from '../../../src/core/check/signal-file-checks.js';
import { type SignalColumn, SIGNALS } from '../../../src/core/column/signal-table.js';
import { parseResolution } from '../../../src/core/unit/resolution.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { tableText, type TestDay } from '../../support/day/bar-table.js';
import { TRADES } from '../../support/day/published-day.js';
import { signalTable } from '../../support/made-day/signal-table.js';
import { someDay } from '../../support/made-day/some-day.js';

const date = utcDate('2025-12-11', 'test');
const resolution = parseResolution('1h', 'test');
const name = 'BTCUSDT/2025-12-11_1h_signals.csv';
const DAY: TestDay = { date, trades: TRADES, seedPrice: '100' };

type Change = Readonly<Partial<Record<SignalColumn, string>>>;

function changed(row: number, cells: Change, day: TestDay = DAY): string[][] {
  const table = signalTable(day, resolution);
  for (const column of SIGNALS.header) {
    const text = cells[column];
    if (text !== undefined) table[row]?.splice(SIGNALS.at(column), 1, text);
  }
  return table;
}

/** The failed checks with their details; checks on the way that the doubles agree, or are in doubt. */
function failed(table: string[][], isTradesOnly = false): Record<string, string> {
  const expected = { name, date, resolution, hasBook: !isTradesOnly };
  const { checks } = checkSignals(table, expected);
  const broken = checks.filter(({ ok }) => !ok);
  if (areSurelySignals(codec.encode(tableText(table)), expected)) expect(broken).toEqual([]);
  return Object.fromEntries(broken.map(({ check, detail }) => [check, detail]));
}

function isSurelyRight(table: string[][], isTradesOnly = false): boolean {
  const expected = { name, date, resolution, hasBook: !isTradesOnly };
  return areSurelySignals(codec.encode(tableText(table)), expected);
}

describe('a right signals file', () => {
  test('passes every check, in doubles too', () => {
    const result = checkSignals(changed(1, {}), { name, date, resolution, hasBook: true });
    expect(result.checks.map(({ check }) => check)).toEqual([
      'columns',
      'row_count',
      'time_steps',
      'text_values',
      'number_format',
      'fill_reasons',
      'taker_flow',
      'book_cells',
      'book_order',
      'delta_range',
      'imbalance',
    ]);
    expect(result.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(result).toMatchObject({ isWhole: true, rows: 24 });
    expect(isSurelyRight(changed(1, {}))).toBe(true);
  });

  test('has no cell of the book where no depth is recorded', () => {
    const table = signalTable({ ...DAY, isTradesOnly: true }, resolution);
    expect(failed(table, true)).toEqual({});
    expect(isSurelyRight(table, true)).toBe(true);
    expect(Object.keys(failed(table))).toEqual(['book_cells']);
    expect(failed(changed(1, {}), true)['book_cells']).toMatch(
      /depth_missing_ms: found '0', expected an empty cell/u,
    );
  });

  test('of any day is found right in doubles', () => {
    fc.assert(
      fc.property(someDay(date), (day) => {
        const table = signalTable(day, resolution);
        expect(failed(table)).toEqual({});
        expect(isSurelyRight(table)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

/** Hour 2 and 3 have trades and full snapshots, hour 8 only snapshots of 20 levels, hour 5 of 5 levels, hour 10 of 3. */
const TRADED = 2;
const STILL = 9;
const FIVE = 6;
const THREE = 11;

const EMPTY_CLOSE: Change = { bid_close: '', ask_close: '', bid_qty_close: '', ask_qty_close: '' };
const EMPTY_STEP: Change = {
  ofi_l1: '',
  ofi_l5: '',
  bid_added: '',
  bid_pulled: '',
  ask_added: '',
  ask_pulled: '',
  bid_wall_pulled: '',
  ask_wall_pulled: '',
};

describe('what the contract allows passes', () => {
  test.for<[string, number, Change]>([
    [
      'late trades alone are in no order',
      TRADED,
      { taker_orders: '0', taker_order_max: '0', delta_min: '0', delta_max: '0' },
    ],
    [
      'late snapshots alone give no close and no step',
      STILL,
      {
        ...EMPTY_CLOSE,
        ...EMPTY_STEP,
      },
    ],
    [
      'steps between short snapshots see no walls',
      STILL,
      { bid_wall_pulled: '', ask_wall_pulled: '' },
    ],
    ['trades in an outage', TRADED, { trades_missing_ms: '3600000', depth_missing_ms: '3600000' }],
    [
      'a mean that rounding leaves below the least',
      STILL,
      { bid_qty_l20: '7.00000001', bid_qty_l20_min: '7.000000014' },
    ],
    ['a flat mean of nothing', STILL, { bid_span_l20: '0' }],
    ['a quote volume of 36 decimals', TRADED, { quote_total: `900.${'0'.repeat(35)}1` }],
    [
      'numbers beyond 2^53',
      STILL,
      { ask_qty_l20: '1234567890123.12345678', ofi_l1: '-90071992547409930' },
    ],
  ])('%s', ([, row, cells]) => {
    expect(failed(changed(row, cells))).toEqual({});
  });
});

test('a mean of billions of coins is found right in doubles', () => {
  const least = { bid_qty_l20_min: '12345678901', ask_qty_l20_min: '12345678901.5' };
  const mean = { bid_qty_l20: '12345679012.33333333', ask_qty_l20: '99999999999999999999' };
  expect(failed(changed(STILL, { ...least, ...mean }))).toEqual({});
  expect(isSurelyRight(changed(STILL, { ...least, ...mean }))).toBe(true);
  for (const text of [
    '12345679012.333333330',
    '012345679012.33333333',
    '12345679012333333333.',
    '.12345679012333333333',
    '12345679012.3333.3333',
    '-12345679012.33333333',
    '12345679012.333333333',
    '12345678901.00000001e',
    '12345678900.99999999',
    '12345678902.99999999',
  ]) {
    const table = changed(STILL, { ...least, ...mean, bid_qty_l20: text });
    expect(isSurelyRight(table)).toBe(false);
    failed(table);
  }
});

const CORRUPTIONS: readonly (readonly [check: string, row: number, cells: Change])[] = [
  ['text_values', STILL, { fill_reason: 'silent' }],
  ['text_values', STILL, { fill_reason: '' }],
  ['number_format', STILL, { quote_total: '0.0' }],
  ['number_format', STILL, { cvd: '' }],
  ['number_format', TRADED, { taker_orders: '1.5' }],
  ['number_format', STILL, { bid_span_l20: '1.123456789' }],
  ['number_format', STILL, { bid_added: '-1' }],
  ['delta_range', TRADED, { delta_min: '0.1' }],
  ['delta_range', TRADED, { delta_max: '-0.1' }],
  ['imbalance', STILL, { imbalance_l1: '1.00000001' }],
  ['imbalance', STILL, { imbalance_l5: '-0.1' }],
  ['fill_reasons', STILL, { fill_reason: 'traded' }],
  ['fill_reasons', TRADED, { fill_reason: 'quiet' }],
  ['fill_reasons', TRADED, { trades_missing_ms: '3600001' }],
  ['fill_reasons', TRADED, { depth_missing_ms: '3600001' }],
  ['fill_reasons', 15, { fill_reason: 'quiet', trades_missing_ms: '1' }],
  [
    'fill_reasons',
    STILL,
    { fill_reason: 'feed_down', trades_missing_ms: '5', depth_missing_ms: '0' },
  ],
  ['fill_reasons', STILL, { fill_reason: 'trades_missing', trades_missing_ms: '0' }],
  [
    'fill_reasons',
    STILL,
    { fill_reason: 'not_expected', trades_missing_ms: '0', depth_missing_ms: '1' },
  ],
  ['taker_flow', TRADED, { quote_buy: '1000000' }],
  ['taker_flow', TRADED, { taker_order_max: '1000000' }],
  ['taker_flow', TRADED, { taker_order_max: '0' }],
  ['taker_flow', TRADED, { taker_orders: '0' }],
  ['taker_flow', TRADED, { delta_min: '0', delta_max: '0' }],
  ['taker_flow', STILL, { large_buy: '1' }],
  ['taker_flow', STILL, { taker_orders: '1' }],
  ['taker_flow', 3, { delta_max: '1' }],
  ['taker_flow', 14, { large_sell: '0.001' }],
  ['book_cells', STILL, { depth_missing_ms: '' }],
  ['book_cells', STILL, { book_count: '' }],
  ['book_cells', 1, { spread_max: '0.1', imbalance_l1: '0.5' }],
  ['book_cells', STILL, { spread_max: '' }],
  ['book_cells', STILL, { imbalance_l1: '' }],
  ['book_cells', STILL, { imbalance_l5: '' }],
  ['book_cells', STILL, { ask_span_l20: '' }],
  ['book_cells', FIVE, { bid_qty_l20_min: '4' }],
  ['book_cells', STILL, { bid_qty_close: '' }],
  ['book_cells', STILL, { ask_pulled: '' }],
  ['book_cells', STILL, { ofi_l1: '' }],
  ['book_cells', STILL, { bid_wall_pulled: '' }],
  ['book_cells', FIVE, { bid_wall_pulled: '0', ask_wall_pulled: '0' }],
  ['book_cells', THREE, { ofi_l5: '1' }],
  ['book_cells', 1, { bid_close: '1', ask_close: '2', bid_qty_close: '1', ask_qty_close: '1' }],
  ['book_order', STILL, { book_full_count: '9' }],
  ['book_order', STILL, { bid_qty_l20_min: '99' }],
  ['book_order', STILL, { ask_qty_l20: '0.00000001' }],
  ['book_order', STILL, { ask_wall_pulled: '99999' }],
  ['book_order', STILL, { ask_qty_close: '0' }],
  ['book_order', STILL, { spread_max: '0.09' }],
  ['book_order', STILL, { ask_close: '1' }],
];

describe('a damaged signals file', () => {
  test.for(CORRUPTIONS)('breaks %s alone: row %i, %o', ([check, row, cells]) => {
    expect(Object.keys(failed(changed(row, cells)))).toEqual([check]);
  });

  test('says what is wrong, and where', () => {
    expect(failed(changed(STILL, { imbalance_l1: '' }))).toEqual({
      book_cells: `${name} row 9 (2025-12-11T08:00:00Z) imbalance_l1: found '', expected a number with book_count '8'`,
    });
    expect(failed(changed(TRADED, { fill_reason: 'quiet', trades_missing_ms: '0' }))).toEqual({
      fill_reasons: `${name} row 2 (2025-12-11T01:00:00Z) fill_reason: found 'quiet', expected 'traded' with a quote_total above 0 alone, here quote_total '37.5875'`,
    });
  });
});

test('a file with any bytes changed, inserted or cut is never found right unless it is', () => {
  const someByte = fc.constantFrom(...codec.encode('0019.,-e+"\n\r TZ:q'));
  const expected = { name, date, resolution, hasBook: true };
  const bytes = codec.encode(tableText(changed(1, {})));
  let right = 0;
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(someByte, { maxLength: 3 }),
      fc.nat({ max: 3 }),
      (at, instead, cut) => {
        const place = at % bytes.length;
        const damaged = Uint8Array.from([
          ...bytes.subarray(0, place),
          ...instead,
          ...bytes.subarray(place + cut),
        ]);
        if (!areSurelySignals(damaged, expected)) return;
        right += 1;
        const { checks } = checkSignals(csvTables.records(damaged, name), expected);
        expect(checks.filter(({ ok }) => !ok)).toEqual([]);
      },
    ),
    { numRuns: 2_000 },
  );
  expect(right).toBeGreaterThan(10);
});
