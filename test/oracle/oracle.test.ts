/** The oracle's bars of hand-made rows, with results computed by hand. */
import { describe, expect, it } from 'vitest';
import { barHeader } from '../support/oracle/bars.js';
import {
  barOf,
  book,
  chunk,
  dayOf,
  depthHeader,
  levels,
  trade,
  tradesHeader,
  tradesWithIdHeader,
} from '../support/oracle/raw-text.js';

function tradeBar(...rows: string[]): Record<string, string> {
  return barOf(dayOf([chunk('trades', 0, [tradesHeader, ...rows])]), '1m', 0);
}

/** Snapshots of one level a side, as [bid, ask]. */
function spreadOf(...quotes: [string, string][]): string {
  const rows = quotes.map(([bid, ask]) => book(0, [[bid, '1']], [[ask, '1']]));
  return barOf(dayOf([chunk('depth', 0, [depthHeader, ...rows])]), '1m', 0)['avg_spread'] ?? '';
}

/** Full snapshots, as the quantity of each bid and of each ask. */
function imbalanceOf(...quantities: [string, string][]): string {
  const rows = quantities.map(([bid, ask]) => book(0, levels(100, -1, bid), levels(101, 1, ask)));
  const bar = barOf(dayOf([chunk('depth', 0, [depthHeader, ...rows])]), '1m', 0);
  return bar['imbalance_l20'] ?? '';
}

function microTrade(microsecond: string, price: string): string {
  return trade(0, price, '1').replace(/^\d+/, (ms) => `${ms}${microsecond}`);
}

function seedRow(offsetMs: number, price: string, id = '', execType = ''): string {
  return trade(offsetMs, price, '1', 'true', id, execType);
}

describe('a file', () => {
  const day = dayOf([], { resolutions: ['1s', '60s', '5m', '3600s', '24h', '90s'] });

  it('has a row for every bar of the day, and a name in the largest unit', () => {
    const rows = [...day.bars].map(([name, csv]) => [name, csv.split('\n').length - 2]);
    expect(rows).toEqual([
      ['1s', 86_400],
      ['1m', 1440],
      ['5m', 288],
      ['1h', 24],
      ['1d', 1],
      ['90s', 960],
    ]);
  });

  it('is empty except for times, volumes and counts if nothing was recorded', () => {
    expect(day.bars.get('1d')).toBe(`${barHeader}\n2024-03-02T00:00:00Z,,,,,,0,0,0,0,0,,\n`);
    expect(day.bars.get('1s')?.endsWith('\n2024-03-02T23:59:59Z,,,,,,0,0,0,0,0,,\n')).toBe(true);
    expect(day.status).toBe('empty');
  });
});

describe('a bar of trades', () => {
  it('takes its eleven cells from the rows', () => {
    const bar = tradeBar(
      trade(5, '101.50', '0.30', 'false'),
      trade(6, '103', '0.1', 'true'),
      trade(7, '99.9', '0.0', 'true'),
      trade(8, '100.25', '0.6', 'true'),
    );
    // 30.45 + 10.3 + 60.15 = 100.9
    expect(bar).toEqual({
      timestamp: '2024-03-02T00:00:00Z',
      open: '101.5',
      high: '103',
      low: '100.25',
      close: '100.25',
      vwap: '100.9',
      vol_total: '1',
      vol_buy: '0.3',
      vol_sell: '0.7',
      vol_delta: '-0.4',
      trade_count: '3',
      avg_spread: '',
      imbalance_l20: '',
    });
  });

  it('rounds an exact tie of vwap up, and a hair below it down', () => {
    expect(tradeBar(trade(0, '1', '1'), trade(0, '1.00000001', '1'))['vwap']).toBe('1.00000001');
    expect(
      tradeBar(trade(0, '1', '1.000000000000000001'), trade(0, '1.00000001', '1'))['vwap'],
    ).toBe('1');
    expect(tradeBar(trade(0, '0.000000005', '3'))['vwap']).toBe('0.00000001');
    expect(tradeBar(trade(0, '0.000000004999999999', '3'))['vwap']).toBe('0');
    expect(tradeBar(trade(0, '10', '1'), trade(0, '11', '2'))['vwap']).toBe('10.66666667');
  });

  it('is exact at 36 digits', () => {
    const huge = '999999999999999999.999999999999999999';
    const bar = tradeBar(trade(0, huge, huge), trade(0, huge, huge, 'true'));
    expect(bar).toMatchObject({
      open: huge,
      vwap: '1000000000000000000',
      vol_total: '1999999999999999999.999999999999999998',
      vol_sell: huge,
      vol_delta: '0',
    });
  });

  it('orders by millisecond, chunk minute, object name and row', () => {
    const day = dayOf([
      chunk('trades', 1, [tradesHeader, trade(7, '5', '1'), trade(3, '1', '1')]),
      chunk('trades', 0, [tradesHeader, trade(7, '4', '1')], '_b.csv'),
      chunk('trades', 0, [tradesHeader, trade(7, '2', '1'), trade(7, '3', '1')]),
    ]);
    // The name with '.' sorts before the name with '_'; the chunk of 00:01 comes last.
    expect(barOf(day, '1m', 0)).toMatchObject({ open: '1', close: '5', trade_count: '5' });
    const two = dayOf([
      chunk('trades', 0, [tradesHeader, trade(7, '4', '1')], '_b.csv'),
      chunk('trades', 0, [tradesHeader, trade(7, '2', '1'), trade(7, '3', '1')], '_B.csv'),
    ]);
    expect(barOf(two, '1m', 0)).toMatchObject({ open: '2', close: '4' });
  });

  it('cuts finer units to the millisecond before it orders', () => {
    const bar = tradeBar(microTrade('900', '1'), microTrade('100', '2'));
    expect(bar).toMatchObject({ open: '1', close: '2' });
  });

  it('is half-open', () => {
    const day = dayOf(
      [
        chunk('trades', -1, [tradesHeader, trade(0, '1', '1')]),
        chunk('trades', 0, [tradesHeader, trade(999, '2', '1'), trade(1000, '3', '1')]),
        chunk('trades', 1, [tradesHeader, trade(59_999, '4', '1'), trade(60_000, '5', '1')]),
        chunk('trades', 1440, [
          tradesHeader,
          trade(86_399_999, '6', '1'),
          trade(86_400_000, '7', '1'),
        ]),
      ],
      { resolutions: ['1s', '1m'] },
    );
    expect(barOf(day, '1s', 0)).toMatchObject({ open: '1', close: '2' });
    expect(barOf(day, '1s', 1)).toMatchObject({ open: '3', trade_count: '1' });
    expect(barOf(day, '1m', 0)).toMatchObject({ close: '4', trade_count: '4' });
    expect(barOf(day, '1m', 1)).toMatchObject({ open: '5', trade_count: '1' });
    expect(barOf(day, '1m', 1439)).toMatchObject({ open: '6', close: '6' });
    expect(day.counts.trades.neighbour).toBe(1);
  });
});

describe('a bar without trades', () => {
  it('carries the last close, exactly', () => {
    const day = dayOf([chunk('trades', 1, [trade(60_000, '0.123456789012345678', '1')])]);
    const carried = '0.123456789012345678';
    expect(barOf(day, '1m', 0)['open']).toBe('');
    expect(barOf(day, '1m', 1)['vwap']).toBe('0.12345679');
    expect(barOf(day, '1m', 2)).toMatchObject({
      open: carried,
      high: carried,
      low: carried,
      close: carried,
      vwap: carried,
      vol_total: '0',
      vol_delta: '0',
      trade_count: '0',
    });
    expect(barOf(day, '1m', 1439)['close']).toBe(carried);
  });
});

describe('the seed', () => {
  const header = `${tradesWithIdHeader},exec_type`;

  it('is the last used price in Order before 00:00, late rows of the first minutes included', () => {
    const day = dayOf([
      chunk('trades', -60, [header, seedRow(-1, '3')]),
      chunk('trades', 1, [header, seedRow(-2, '9'), seedRow(-1, '4'), seedRow(0, '8')]),
      chunk('trades', -1, [header, seedRow(-1, '2'), seedRow(-1, '7', '', 'ADL')]),
      chunk('trades', 2, [header, seedRow(-1, '6')]),
    ]);
    expect(day.seed).toBe('4');
    expect(barOf(day, '1m', 0)).toMatchObject({ open: '8' });
  });

  it('looks back by the seed minutes', () => {
    const objects = [
      chunk('trades', -61, [header, seedRow(-3_600_001, '1')]),
      chunk('trades', -60, [header, seedRow(-3_600_000, '2')]),
    ];
    expect(dayOf(objects).seed).toBe('2');
    expect(dayOf(objects.slice(0, 1)).seed).toBeUndefined();
    expect(dayOf(objects, { seedMinutes: 59 }).seed).toBeUndefined();
    expect(dayOf(objects.slice(0, 1), { seedMinutes: 61 }).seed).toBe('1');
    expect(barOf(dayOf(objects), '1m', 0)).toMatchObject({
      open: '2',
      vwap: '2',
      trade_count: '0',
    });
    expect(dayOf(objects).counts.trades.rows).toBe(0);
  });

  it('may be older than the day before if its chunk is in the window', () => {
    expect(dayOf([chunk('trades', -1, [header, seedRow(-90_000_000, '3')])]).seed).toBe('3');
  });

  it('counts duplicates among its own rows only', () => {
    const day = dayOf([
      chunk('trades', -30, [header, seedRow(-1000, '5', 'a'), seedRow(10, '6', 'b')]),
      chunk('trades', -1, [header, seedRow(-500, '7', 'a')]),
      chunk('trades', 0, [header, seedRow(-700, '8', 'b'), seedRow(5, '9', 'a')]),
    ]);
    expect(day.seed).toBe('8');
    expect(day.counts.trades).toMatchObject({ rows: 3, neighbour: 2, duplicate: 0, used: 1 });
  });
});

describe('avg_spread', () => {
  it('is the mean, an exact tie rounded up', () => {
    expect(spreadOf(['100', '100.1'])).toBe('0.1');
    expect(spreadOf(['1', '1.00000001'], ['1', '1.00000002'])).toBe('0.00000002');
    expect(spreadOf(['1', '1.00000001'], ['1', '1.000000019999999999'])).toBe('0.00000001');
    expect(spreadOf(['1', '1.000000005'])).toBe('0.00000001');
    expect(spreadOf(['1', '1.000000004'])).toBe('0');
    expect(spreadOf(['1', '2'], ['1', '2'], ['1', '3'])).toBe('1.33333333');
  });

  it('ignores crossed and one-sided snapshots', () => {
    expect(spreadOf(['1', '2'], ['2', '1'], ['1', '1'])).toBe('1');
    expect(spreadOf(['2', '1'])).toBe('');
  });
});

describe('imbalance_l20', () => {
  it('is the share of the bids', () => {
    expect(imbalanceOf(['1', '1'])).toBe('0.5');
    expect(imbalanceOf(['1', '2'])).toBe('0.33333333');
    expect(imbalanceOf(['2', '1'])).toBe('0.66666667');
    expect(imbalanceOf(['1', '0.000000000000000001'])).toBe('1');
    expect(imbalanceOf(['0.000000000000000001', '1'])).toBe('0');
  });

  it('rounds each snapshot half up to 1e-9 first', () => {
    // 20 * 0.45 of 2e9 is 4.5e-9: up to 5e-9, and that is a tie again.
    expect(imbalanceOf(['0.45', '99999999.55'])).toBe('0.00000001');
    expect(imbalanceOf(['0.4499', '99999999.5501'])).toBe('0');
  });

  it('rounds the mean of these half up to 8 decimals', () => {
    const four: [string, string] = ['0.4', '99999999.6'];
    const five: [string, string] = ['0.5', '99999999.5'];
    const six: [string, string] = ['0.6', '99999999.4'];
    expect(imbalanceOf(five)).toBe('0.00000001');
    expect(imbalanceOf(four, six)).toBe('0.00000001');
    expect(imbalanceOf(four, five)).toBe('0');
    expect(imbalanceOf(four, five, six)).toBe('0.00000001');
  });

  it('ignores short snapshots', () => {
    const short = book(0, levels(100, -1, '1', 19), levels(101, 1, '1'));
    const day = dayOf([chunk('depth', 0, [depthHeader, short])]);
    expect(barOf(day, '1m', 0)).toMatchObject({ avg_spread: '1', imbalance_l20: '' });
  });

  it('is empty, like avg_spread, if no depth is recorded', () => {
    const full = book(0, levels(100, -1, '1'), levels(101, 1, '1'));
    const objects = [
      chunk('depth', 0, [depthHeader, full]),
      chunk('trades', 0, [trade(0, '1', '1')]),
    ];
    expect(barOf(dayOf(objects, { streams: 'trades' }), '1m', 0)).toMatchObject({
      open: '1',
      avg_spread: '',
      imbalance_l20: '',
    });
  });
});
