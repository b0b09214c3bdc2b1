/** Symbols and markets in the forms of every source. */
import { expect, test } from 'vitest';
import { marketOfSymbol, sourceSymbol } from '../../../src/core/import/source-market.js';

const where = (): string => 'x.csv line 2';

test.for([
  ['BTCUSDT', 'BTCUSDT', undefined],
  ['btcusdt', 'BTCUSDT', undefined],
  ['BTCUSD_PERP', 'BTCUSD_PERP', 'coinm'],
  ['BTCUSD_260327', 'BTCUSD_260327', 'coinm'],
  ['BTC/USDT', 'BTCUSDT', 'spot'],
  ['BTC/USDT:USDT', 'BTCUSDT', 'usdm'],
  ['BTC/USDT:USDT-260327', 'BTCUSDT_260327', 'usdm'],
  ['BTC/USD:BTC', 'BTCUSD_PERP', 'coinm'],
  ['BTC/USD:BTC-260327', 'BTCUSD_260327', 'coinm'],
  ['\xe5\xb8\x81\xe5\xae\x89USDT', '币安USDT', undefined],
] as const)('%s is %s, of %s', ([text, symbol, market]) => {
  expect(sourceSymbol(text, where)).toBe(symbol);
  expect(marketOfSymbol(text)).toBe(market);
});

test('what names no folder is an error with its place', () => {
  for (const text of ['', 'BTC USDT', 'a/b/c', '_x']) {
    expect(() => sourceSymbol(text, where)).toThrow('x.csv line 2 column symbol: found ');
  }
});
