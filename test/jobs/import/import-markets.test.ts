/** Which market a root is of, and that no row of another one gets into it. */
import { describe, expect, test } from 'vitest';
import { imported, refusal } from '../../support/import/importing.js';
import {
  ccxtObjects,
  ccxtTable,
  lines,
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
