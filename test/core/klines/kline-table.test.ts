/** Official klines in the forms of the archives, and those that are refused. */
import { describe, expect, test } from 'vitest';
import { klinesByTime, readKlines } from '../../../src/core/klines/kline-table.js';
import { figureText, MINUTE_COLUMNS } from '../../../src/core/klines/minute-figures.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';

const HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
const ROW =
  '1582329600000,9681.39,9684.69,9681.28,9682.30,35.785,1582329659999,346505.2251,91,23.889,1,0';
const FIGURES = ['9681.39', '9684.69', '9681.28', '9682.3', '35.785', '23.889', '91'];
const QUOTES = ['346505.2251', '1'];

function read(text: string): { timeMs: number; figures: string[] }[] {
  const table = text.split('\n').map((line) => line.split(','));
  return readKlines(table, 'k.csv').map(({ timeMs, figures }) => ({
    timeMs,
    figures: MINUTE_COLUMNS.map((column) => figureText(figures[column])),
  }));
}

function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof FlowbarsError) return error.message;
    throw error;
  }
  return 'nothing refused';
}

describe('klines are read', () => {
  const expected = [{ timeMs: 1_582_329_600_000, figures: [...FIGURES, ...QUOTES] }];

  test.each([
    ['with a header', `${HEADER}\n${ROW}`],
    ['without one', ROW],
    [
      'in microseconds',
      ROW.replace('1582329600000', '1582329600000000').replace('1582329659999', '1582329659999999'),
    ],
    [
      'with the names that libraries use, in any order',
      'count_of_nothing,number_of_trades,open_time,open,high,low,close,volume,taker_buy_base_asset_volume,' +
        'quote_asset_volume,taker_buy_quote_asset_volume\n' +
        '0,91,1582329600000,9681.39,9684.69,9681.28,9682.30,35.785,23.889,346505.2251,1',
    ],
    ['with padding and exponents', ROW.replace('35.785', '3.5785000e1').replace(',91,', ',91.0,')],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual(expected);
  });

  test('without quote volumes, which then are not known', () => {
    const header = 'open_time,open,high,low,close,volume,count,taker_buy_volume';
    const row = '1582329600000,9681.39,9684.69,9681.28,9682.30,35.785,91,23.889';
    expect(read(`${header}\n${row}`)).toEqual([{ ...expected[0], figures: [...FIGURES, '', ''] }]);
  });

  test('of several files once each', () => {
    const [kline] = readKlines([ROW.split(',')], 'k.csv');
    expect(kline).toBeDefined();
    if (kline === undefined) return;
    expect([...klinesByTime([[kline], [kline]]).keys()]).toEqual([1_582_329_600_000]);
    const other = { ...kline, figures: { ...kline.figures, volume: 0n } };
    expect(() => klinesByTime([[kline], [other]])).toThrow(
      '2020-02-22T00:00:00Z klines: found two different klines, expected one kline per minute',
    );
  });
});

describe('klines are refused', () => {
  test.each([
    ['without a row', HEADER, 'k.csv klines: found no row'],
    [
      'of other columns',
      'open_time,open\n1,2',
      'missing: high, low, close, volume, taker_buy_volume, count',
    ],
    [
      'with a row of another length',
      `${ROW}\n${ROW},1`,
      'k.csv line 2 kline: found 13 fields, expected 12',
    ],
    [
      'that mix units',
      `${ROW}\n${ROW.replace('1582329600000', '1582329660000000')}`,
      "k.csv line 2 column open_time: found '1582329660000000', expected an epoch of 13 digits",
    ],
    [
      'of seconds',
      ROW.replace('1582329600000', '1582329600'),
      'expected an epoch of 13, 16 or 19 digits',
    ],
    ['of five minutes', ROW.replace('1582329659999', '1582329899999'), 'in 1m klines'],
    ['off the minute', ROW.replace('1582329600000', '1582329601000'), 'in 1m klines'],
    [
      'with a cell that is no number',
      ROW.replace('9684.69', 'NaN'),
      "k.csv line 1 column high: found 'NaN', expected a number",
    ],
    ['with a negative number', ROW.replace('35.785', '-1'), 'column volume'],
    ['with an empty quote volume', ROW.replace('346505.2251', ''), 'column quote_volume: found'],
  ])('%s', (_name, text, message) => {
    expect(refusal(text)).toContain(message);
  });
});
