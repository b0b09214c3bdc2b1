import { describe, expect, test } from 'vitest';
import { LINE_SYMBOLS_MAX, planLines } from '../../../src/core/feed/line-plan.js';
import {
  checkKinds,
  routesOf,
  streamAddress,
  subscribedName,
} from '../../../src/core/feed/stream-kind.js';

describe('streams of a market', () => {
  test('have routes in the order to try', () => {
    expect(routesOf('usdm', 'trade')).toEqual(['/public', '/market', '']);
    expect(routesOf('usdm', 'aggTrade')).toEqual(['/market', '/public', '']);
    expect(routesOf('usdm', 'depth')).toEqual(['/public', '/market', '']);
    expect(routesOf('coinm', 'depth')).toEqual(['']);
    expect(routesOf('spot', 'trade')).toEqual(['']);
  });

  test('have an address and a name', () => {
    expect(streamAddress('wss://x.y/', '/public')).toBe('wss://x.y/public/stream');
    expect(streamAddress('wss://x.y', '')).toBe('wss://x.y/stream');
    expect(subscribedName('depth', 'BTCUSD_PERP')).toBe('btcusd_perp@depth20@100ms');
    expect(subscribedName('aggTrade', 'BTCUSDT')).toBe('btcusdt@aggTrade');
  });

  test('are refused where a recording cannot hold them', () => {
    expect(() => checkKinds('spot', ['trade', 'depth'])).toThrow('no event time');
    expect(() => checkKinds('usdm', ['trade', 'aggTrade'])).toThrow('one kind of trade ids');
    expect(() => checkKinds('spot', ['trade'])).not.toThrow();
    expect(() => checkKinds('coinm', ['aggTrade', 'depth'])).not.toThrow();
  });
});

test('lines hold one kind of stream and at most 200 symbols', () => {
  const symbols = Array.from({ length: 450 }, (_, index) => `S${index}`);
  const lines = planLines(symbols, ['trade', 'depth']);
  expect(lines.map(({ index, kind, symbols: some }) => [index, kind, some.length])).toEqual([
    [0, 'trade', 200],
    [1, 'trade', 200],
    [2, 'trade', 50],
    [3, 'depth', 200],
    [4, 'depth', 200],
    [5, 'depth', 50],
  ]);
  expect(lines.slice(0, 3).flatMap(({ symbols: some }) => some)).toEqual(symbols);
  expect(LINE_SYMBOLS_MAX).toBe(200);
});
