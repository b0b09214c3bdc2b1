/** Patterns of symbols against a slow matcher of its own, and the names that a wrong one may have meant. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isSymbolPattern,
  matchSymbols,
  nearestSymbols,
} from '../../../src/core/plan/symbol-pattern.js';

const FOLDERS = [
  '1000PEPEUSDT',
  'BTCUSDC',
  'BTCUSDT',
  'ETH-PERP',
  'ETHUSDT',
  '_manifest',
  '币安USDT',
];

function matched(...matching: string[]) {
  return matchSymbols({ matching }, FOLDERS);
}

describe('a list of patterns', () => {
  test.each([
    [['BTC*'], ['BTCUSDC', 'BTCUSDT']],
    [['*'], FOLDERS.filter((name) => name !== '_manifest')],
    [['BTCUSD?'], ['BTCUSDC', 'BTCUSDT']],
    [['??USDT'], ['币安USDT']],
    [
      ['ETH-*', 'BTCUSDT'],
      ['BTCUSDT', 'ETH-PERP'],
    ],
    [
      ['*USDT', 'BTC*'],
      ['1000PEPEUSDT', 'BTCUSDC', 'BTCUSDT', 'ETHUSDT', '币安USDT'],
    ],
  ])('%o means %o, each once and in the order of the folders', (matching, symbols) => {
    expect(matched(...matching)).toEqual({ symbols, unmatched: [] });
  });

  test('tells which entries match nothing', () => {
    expect(matched('BTC*', 'SOL*', 'btcusdt').unmatched).toEqual(['SOL*', 'btcusdt']);
  });

  test('matches what a slow matcher matches, letter by letter', () => {
    const text = fc.string({ unit: fc.constantFrom('A', 'B', '-', '币', '*', '?'), maxLength: 6 });
    const name = fc.string({
      unit: fc.constantFrom('A', 'B', '-', '币'),
      minLength: 1,
      maxLength: 6,
    });
    let hits = 0;
    fc.assert(
      fc.property(text, name, (pattern, symbol) => {
        const { symbols } = matchSymbols({ matching: [pattern] }, [symbol]);
        hits += symbols.length;
        expect(symbols.length === 1).toBe(slowMatch([...pattern], [...symbol]));
      }),
      { numRuns: 2_000 },
    );
    expect(hits).toBeGreaterThan(50);
  });
});

test.each([
  ['btc*', ['BTCUSDC', 'BTCUSDT']],
  ['BCT*', ['BTCUSDC', 'BTCUSDT']],
  ['BTCUSTD', ['BTCUSDT']],
  ['XYZ*', []],
])('%s may have meant %o', (entry, names) => {
  expect(nearestSymbols(entry, FOLDERS)).toEqual(names);
});

test.each([
  ['BTC*', true],
  ['*', true],
  ['BTCUSDT', false],
  ['../*', false],
  ['_*', false],
])('%s can be a pattern of symbols: %s', (text, can) => {
  expect(isSymbolPattern(text)).toBe(can);
});

function slowMatch(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '*') {
    return slowMatch(rest, text) || (text.length > 0 && slowMatch(pattern, text.slice(1)));
  }
  return text.length > 0 && (first === '?' || first === text[0]) && slowMatch(rest, text.slice(1));
}
