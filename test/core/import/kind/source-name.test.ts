/** What names of files say. */
import { expect, test } from 'vitest';
import { nameHints } from '../../../../src/core/import/kind/source-name.js';

test.for([
  ['BTCUSDT-trades-2024-07-18.zip', 'BTCUSDT', undefined],
  ['BTCUSD_PERP-aggTrades-2024-07.zip', 'BTCUSD_PERP', undefined],
  ['spot_BTCUSDT-aggTrades-2026-01-01_first5000.csv.gz', 'BTCUSDT', 'spot'],
  ['data/futures/cm/daily/trades/BTCUSD_260327-trades-2025-10-24.csv', 'BTCUSD_260327', 'coinm'],
  ['data/futures/um/monthly/1000SHIBUSDT-trades-2024-07.zip', '1000SHIBUSDT', 'usdm'],
  ['币安人生USDT-trades-2025-10-24.zip', '币安人生USDT', undefined],
] as const)('%s is of %s', ([path, symbol, market]) => {
  expect(nameHints(path)).toMatchObject({ symbol, market, refused: undefined, isArchive: true });
});

test.for([
  ['BTCUSDT-1m-2024-07-18.zip', 'klines (1m)'],
  ['BTCUSDT-markPriceKlines-2024-07-18.zip', 'klines (markPriceKlines)'],
  ['BTCUSDT_T_DEPTH_2024-07-18.csv', 'changes of the book (T_DEPTH)'],
  ['BTCUSDT-metrics-2024-07-18.csv', 'metrics'],
  ['binance-futures_incremental_book_L2_2024-07-18_BTCUSDT.csv.gz', 'incremental_book_L2'],
] as const)('%s is refused as %s', ([path, kind]) => {
  expect(nameHints(path).refused).toBe(kind);
});

test.for(['mine.csv', '00-03.csv', 'trades-2024-07-18.csv', 'a/2024-07-18.csv'])(
  '%s says nothing',
  (path) => {
    expect(nameHints(path)).toEqual({
      symbol: undefined,
      market: undefined,
      marketBy: 'nothing',
      refused: undefined,
      isArchive: false,
    });
  },
);

test.for([
  ['/data/spot/mine/BTCUSDT-trades-2024-07-18.zip', undefined],
  ['mine/um/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2024-07-18.zip', 'spot'],
  ['spot/data/futures/um/daily/aggTrades/BTCUSDT/BTCUSDT-aggTrades-2024-07-18.zip', 'usdm'],
  ['cm/BTCUSDT-trades-2024-07-18.zip', 'coinm'],
  ['spot/mine.csv', undefined],
] as const)('the folders of %s say %s', ([path, market]) => {
  expect(nameHints(path).market).toBe(market);
});
