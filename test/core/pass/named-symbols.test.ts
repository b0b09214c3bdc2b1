/** What is said of the symbols that chunks name. */
import { expect, test } from 'vitest';
import { NamedSymbols } from '../../../src/core/pass/named-symbols.js';
import { FindingList, findingText } from '../../../src/core/finding/finding-list.js';

test.for<[string, readonly (string | undefined)[], string[]]>([
  ['no column', [undefined, undefined], []],
  ['the folder in other letters', ['btc-usdt', 'BTC/USDT:USDT'], []],
  [
    'another symbol',
    ['ETHUSDT', 'ETHUSDT'],
    ["symbol_differs: the chunks name 'ETHUSDT', their folder 'BTCUSDT' (0.csv)"],
  ],
  [
    'two symbols',
    ['BTCUSDT', 'ETHUSDT', 'BTCUSDT'],
    ["symbols_mixed: the chunks name 'BTCUSDT' in 2 chunks, 'ETHUSDT' in 1 chunk (1.csv)"],
  ],
  [
    'more symbols than are named',
    ['A', 'B', 'C', 'D', 'E'],
    [
      "symbols_mixed: the chunks name 'A' in 1 chunk, 'B' in 1 chunk, 'C' in 1 chunk, 'D' in 1 chunk, … (1.csv)",
    ],
  ],
])('chunks with %s', ([, symbols, expected]) => {
  const named = new NamedSymbols();
  for (const [index, symbol] of symbols.entries()) named.take(symbol, `${index}.csv`);
  const findings = new FindingList();
  named.addTo(findings, 'BTCUSDT');
  expect(findings.all().map(findingText)).toEqual(expected);
});
