/** Which market a root is of, and that no row of another one gets into it. */
import { describe, expect, test } from 'vitest';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { imported, refusal } from '../../support/import/importing.js';
import { ownFile } from '../../support/import/own-files.js';
import {
  ccxtObjects,
  ccxtTable,
  depthFrame,
  futuresTrades,
  lines,
  spotTrades,
  tardisTrades,
  tradeFrames,
} from '../../support/import/source-samples.js';

/** The text with another word in its last line. */
function endingIn(text: string, from: string, to: string): string {
  const last = text.trimEnd().lastIndexOf('\n');
  return text.slice(0, last) + text.slice(last).replace(from, to);
}

describe('a row of another market than the first', () => {
  const perp = 'BTCUSD_PERP';
  test.for([
    [
      'x.csv',
      endingIn(ccxtTable(), ':USDT', ''),
      "'BTC/USDT' (spot) behind 'BTC/USDT:USDT' (usdm)",
    ],
    [
      'x.jsonl',
      endingIn(lines(ccxtObjects()), ':USDT', ''),
      "'BTC/USDT' (spot) behind 'BTC/USDT:USDT' (usdm)",
    ],
    [
      'x.csv',
      endingIn(ccxtTable().replaceAll('BTC/USDT:USDT', 'BTCUSDT'), 'BTCUSDT', perp),
      "'BTCUSD_PERP' (coinm) behind 'BTCUSDT' (not coinm)",
    ],
    [
      'x.csv',
      endingIn(ccxtTable().replaceAll('BTC/USDT:USDT', perp), perp, 'BTCUSDT'),
      "'BTCUSDT' (not coinm) behind 'BTCUSD_PERP' (coinm)",
    ],
    [
      'x.jsonl',
      endingIn(lines(tradeFrames()), 'BTCUSDT', perp),
      "'BTCUSD_PERP' (coinm) behind 'BTCUSDT' (not coinm)",
    ],
  ] as const)('in %s is refused (%#)', async ([path, content, says]) => {
    expect(await refusal({ [path]: content })).toBe(
      `${path} line ${path === 'x.csv' ? 5 : 4} column symbol: found ${says}, expected rows of one market, which a raw root holds: split the file`,
    );
  });

  test('by its exchange is refused', async () => {
    const says = await refusal({ 'x.csv': endingIn(tardisTrades(), 'binance-futures', 'binance') });
    expect(says).toContain("x.csv line 5 column exchange: found 'binance' (spot) behind");
    const foreign = await refusal({
      'x.csv': endingIn(tardisTrades(), 'binance-futures', 'bybit'),
    });
    expect(foreign).toContain("x.csv line 5 column exchange: found 'bybit', expected");
  });

  test('is told apart from further symbols of the same market', async () => {
    const two = endingIn(ccxtTable(), 'BTC/USDT:USDT', 'ETHUSDT');
    const { summary } = await imported({ 'x.csv': two });
    expect(summary.streams).toMatchObject([{ symbol: 'BTCUSDT' }, { symbol: 'ETHUSDT' }]);
    const three = ccxtTable().split('\n');
    three[1] = three[1]?.replace('BTC/USDT:USDT', 'BTCUSDT') ?? '';
    three[3] = three[3]?.replace('BTC/USDT:USDT', 'BTC/USDT') ?? '';
    expect(await refusal({ 'x.csv': three.join('\n') })).toContain(
      "x.csv line 4 column symbol: found 'BTC/USDT' (spot) behind 'BTC/USDT:USDT' (usdm)",
    );
  });
});

describe('COIN-M is told', () => {
  const coinm = { market: 'coinm', quantity_unit: 'contracts' };
  const perp = 'BTCUSD_PERP';

  test('by the symbols of frames, of trades, aggregates and books', async () => {
    const book = JSON.stringify({ stream: 'btcusd_perp@depth20', data: depthFrame(20) });
    for (const text of [lines(tradeFrames()), lines(tradeFrames('aggTrade')), lines([book])]) {
      const { summary } = await imported({ 'x.jsonl': text.replaceAll('BTCUSDT', perp) });
      expect(summary.dataset).toMatchObject(coinm);
      expect(summary.notes.join()).not.toContain('is assumed');
    }
  });

  test('by --symbol, where the file does not say it', async () => {
    const hints = { symbol: symbolName(perp, 'test') };
    const { summary } = await imported({ 'x.csv': ownFile([0]) }, { hints });
    expect(summary.dataset).toMatchObject(coinm);
  });

  test('by one file, and a file that does not say it is refused beside it', async () => {
    const files = { 'a.csv': ccxtTable().replaceAll('BTC/USDT:USDT', 'BTCUSDT') };
    const both = { ...files, 'BTCUSD_PERP-trades-2024-07-18.csv': futuresTrades('') };
    expect(await refusal(both)).toBe(
      "a.csv market: found nothing that says it beside 'coinm', expected files of one market, which a raw root holds",
    );
  });
});

describe('what tells two markets of one file', () => {
  const path = 'spot/BTCUSDT-trades-2024-07-18.csv';
  test.for([
    [path, futuresTrades(), "'spot' by its folder 'spot', 'usdm' by its column quote_qty"],
    [
      'um/BTCUSDT-trades-2024-07-18.csv',
      futuresTrades('id,price,qty,base_qty,time,is_buyer_maker'),
      "'usdm' by its folder 'um', 'coinm' by its column base_qty",
    ],
    [
      'data/futures/um/daily/trades/BTCUSDT/BTCUSDT-trades-2024-07-18.csv',
      spotTrades(),
      "'usdm' by its folder 'futures/um', 'spot' by its column is_best_match",
    ],
    [
      'spot_BTCUSD_PERP-trades-2024-07-18.csv',
      futuresTrades(''),
      "'spot' by the prefix 'spot' of its name, 'coinm' by its symbol 'BTCUSD_PERP'",
    ],
  ] as const)('is refused: %s', async ([name, content, says]) => {
    expect(await refusal({ [name]: content })).toBe(
      `${name} market: found ${says}, expected one market (--market says which)`,
    );
  });

  test('is settled by --market', async () => {
    const file = { [path]: futuresTrades() };
    const { summary } = await imported(file, { hints: { market: 'usdm' } });
    expect(summary.dataset.market).toBe('usdm');
    expect(summary.notes.join()).not.toContain('is assumed');
  });

  test('is no folder far from the file', async () => {
    const { summary } = await imported({
      'spot/mine/BTCUSDT-trades-2024-07-18.csv': futuresTrades(),
    });
    expect(summary.dataset.market).toBe('usdm');
  });
});
