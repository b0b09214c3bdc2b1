/** The oracle's signals of hand-made rows, with results computed by hand. */
import { describe, expect, it } from 'vitest';
import {
  book,
  chunk,
  date,
  depthHeader,
  levels,
  symbol,
  trade,
  tradesHeader,
  tradesWithIdHeader,
} from '../support/oracle/raw-text.js';
import type { OracleObject } from '../support/oracle/reading.js';
import { cellRows } from '../support/signal-oracle/cell-text.js';
import type { CellRow } from '../support/signal-oracle/cell-text.js';
import { oracleSignals, signalHeader } from '../support/signal-oracle/oracle-signals.js';
import type { SignalInput } from '../support/signal-oracle/oracle-signals.js';

/** The first rows of a file. */
function rowsOf(
  objects: OracleObject[],
  options: Partial<SignalInput['options']> = {},
  resolution = '1m',
): CellRow[] {
  const given = { symbol, date, resolutions: [resolution], ...options };
  const csv = oracleSignals({ objects, options: given })[resolution] ?? '';
  expect(csv.slice(0, csv.indexOf('\n'))).toBe(signalHeader);
  return cellRows(csv, 30);
}

/** One level. */
function level(price: string, quantity: string): string[][] {
  return [[price, quantity]];
}

const trades = (...rows: string[]): OracleObject => chunk('trades', 0, [tradesHeader, ...rows]);
const depth = (...rows: string[]): OracleObject => chunk('depth', 0, [depthHeader, ...rows]);

/** Twenty bids from 100 down, of one unit each but for those that are named by their place. */
function bidsWith(quantities: Record<number, string>): string[][] {
  return levels(100, -1, '1').map(([price = '', quantity = ''], index) => [
    price,
    quantities[index] ?? quantity,
  ]);
}

/** The row of the second in which one full book becomes another. */
function stepOf(bids: string[][], newBids: string[][], ...sales: string[]): CellRow | undefined {
  const asks = levels(101, 1, '1');
  return rowsOf([trades(...sales), depth(book(0, bids, asks), book(100, newBids, asks))])[0];
}

describe('trades of a bar', () => {
  it('make taker orders of one millisecond and one aggressor, over several prices', () => {
    const [first, second] = rowsOf(
      [
        trades(
          trade(5, '101', '1'),
          trade(5, '102', '2'),
          trade(5, '100', '1.5', 'true'),
          trade(5, '101', '1'),
          trade(6, '101', '1'),
          trade(60_000, '100', '4', 'true'),
        ),
      ],
      { largeOrder: '305' },
    );
    // 101 + 204 | 150 | 101 | 101
    expect(first).toMatchObject({
      fill_reason: 'traded',
      quote_total: '657',
      quote_buy: '507',
      cvd: '3.5',
      delta_min: '0',
      delta_max: '3.5',
      taker_orders: '4',
      taker_order_max: '305',
      large_buy: '3',
      large_sell: '0',
    });
    expect(second).toMatchObject({ cvd: '-0.5', delta_min: '-4', delta_max: '0', large_sell: '4' });
  });

  it('go by ids within a millisecond where all have one', () => {
    const lines = [
      trade(5, '1', '1', 'false', '13'),
      trade(5, '1', '1', 'true', '11'),
      trade(5, '1', '1', 'false', '12'),
    ];
    const [byId] = rowsOf([chunk('trades', 0, [tradesWithIdHeader, ...lines])]);
    expect(byId).toMatchObject({ taker_orders: '2', delta_min: '-1', delta_max: '1' });
    const [byRow] = rowsOf([
      chunk('trades', 0, [
        tradesWithIdHeader,
        ...lines.slice(0, 2),
        trade(5, '1', '1', 'false', ''),
      ]),
    ]);
    expect(byRow).toMatchObject({ taker_orders: '3', delta_min: '0', delta_max: '1' });
  });
});

describe('a step', () => {
  it('counts a refilled price as added, and nothing that slid out of the window', () => {
    const asks = ['101', '102', '103'];
    const rows = rowsOf([
      trades(
        trade(0, '99', '7', 'true'),
        trade(1, '100', '4', 'true'),
        trade(100, '101', '0.5'),
        trade(101, '101', '8'),
      ),
      depth(
        book(
          0,
          [
            ['100', '5'],
            ['99', '3'],
            ['98', '2'],
          ],
          [
            ['101', '1'],
            ['102', '2'],
          ],
        ),
        book(
          100,
          [
            ['100', '5'],
            ['99', '1'],
          ],
          asks.map((price) => [price, price === '101' ? '0.5' : '2']),
        ),
      ),
    ]);
    expect(rows[0]).toMatchObject({
      bid_added: '4',
      bid_pulled: '2',
      ask_added: '0',
      ask_pulled: '0',
      // The bid is as it was, half of the ask is gone.
      ofi_l1: '0.5',
      ofi_l5: '',
      bid_wall_pulled: '',
      book_count: '2',
      book_full_count: '0',
      bid_qty_l20: '',
    });
    expect(rows[1]).toMatchObject({ bid_added: '', ofi_l1: '', book_count: '0', bid_close: '' });
  });

  it('adds what came and takes what went at the best quotes', () => {
    const [row] = rowsOf([
      depth(
        book(0, level('100', '5'), level('101', '2')),
        book(100, level('100.5', '3'), level('102', '7')),
        book(200, level('100', '4'), level('101.5', '1')),
      ),
    ]);
    // 3 + 2, then -3 - 1
    expect(row?.['ofi_l1']).toBe('1');
  });

  it('sums the same over five levels', () => {
    const asks = levels(101, 1, '1', 6);
    const [row] = rowsOf([
      depth(book(0, levels(100, -1, '1', 5), asks), book(9, levels(100, -1, '1.5', 5), asks)),
    ]);
    expect(row).toMatchObject({ ofi_l1: '0.5', ofi_l5: '2.5', imbalance_l5: '0.55' });
    expect(row?.['imbalance_l1']).toBe('0.55');
  });

  it('pulls a wall that lost 60 %, not one that lost 59 %', () => {
    // 5 of 24 are more than 20 %.
    const wall = bidsWith({ 2: '5' });
    expect(stepOf(wall, bidsWith({ 2: '2' }))).toMatchObject({
      bid_pulled: '3',
      bid_wall_pulled: '3',
      ask_wall_pulled: '0',
      bid_qty_l20: '22.5',
      bid_qty_l20_min: '21',
      bid_span_l20: '19',
    });
    expect(stepOf(wall, bidsWith({ 2: '2.05' }))).toMatchObject({
      bid_pulled: '2.95',
      bid_wall_pulled: '0',
    });
    // What was traded was not pulled.
    expect(stepOf(wall, bidsWith({ 2: '1.9' }), trade(50, '98', '0.2', 'true'))).toMatchObject({
      bid_pulled: '2.9',
      bid_wall_pulled: '0',
    });
  });

  it('finds no wall in the best level, below 20 %, or outside the common range', () => {
    expect(stepOf(bidsWith({ 0: '9' }), bidsWith({}))?.['bid_wall_pulled']).toBe('0');
    expect(stepOf(bidsWith({ 5: '4.75' }), bidsWith({}))?.['bid_wall_pulled']).toBe('3.75');
    expect(stepOf(bidsWith({ 5: '4.74' }), bidsWith({}))?.['bid_wall_pulled']).toBe('0');
    const raised = levels(101, -1, '1').map(([price = '']) => [
      price === '101' ? '100.5' : price,
      '1',
    ]);
    expect(stepOf(bidsWith({ 19: '9' }), raised)).toMatchObject({
      bid_added: '1',
      bid_pulled: '0',
      bid_wall_pulled: '0',
    });
  });

  it('takes a second at most, and of equal milliseconds the trades belong to the first', () => {
    const asks = level('101', '1');
    const rows = rowsOf([
      trades(trade(100, '100', '2', 'true')),
      depth(
        book(0, level('100', '2'), asks),
        book(100, level('100', '2'), asks),
        book(100, level('100', '1'), asks),
        book(1100, level('100', '4'), asks),
        book(2101, level('100', '9'), asks),
      ),
    ]);
    // 2 replaced, 1 gone in no time, 3 added; the last one comes a millisecond too late.
    expect(rows[0]).toMatchObject({ bid_added: '5', bid_pulled: '1', bid_qty_close: '9' });
  });

  it('leaves late rows out of what depends on order', () => {
    const line = book(200, level('90', '1'), level('95', '1'));
    const quotes = [
      book(0, level('100', '2'), level('101', '1')),
      book(300, level('100', '3'), level('101', '1')),
    ];
    const inMinute = (minute: number): CellRow | undefined =>
      rowsOf([
        trades(trade(10, '100', '1')),
        chunk('trades', minute, [tradesHeader, trade(20, '100', '3', 'true')], '_b.csv'),
        depth(...quotes),
        chunk('depth', minute, [depthHeader, line], '_b.csv'),
        chunk(
          'depth',
          minute,
          [depthHeader, book(400, level('80', '1'), level('95', '1'))],
          '_c.csv',
        ),
      ])[0];
    // Two minutes and 20 ms, two minutes and 200 ms before.
    expect(inMinute(3)).toMatchObject({
      quote_total: '400',
      cvd: '-2',
      delta_min: '0',
      taker_orders: '1',
      book_count: '4',
      spread_max: '15',
      bid_close: '100',
      bid_added: '1',
      bid_pulled: '0',
    });
    expect(inMinute(2)).toMatchObject({ delta_min: '-2', taker_orders: '2', bid_close: '80' });
  });
});
