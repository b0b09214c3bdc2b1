/** The number scanner of the kernels against BigInt, at every scale. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSnapshots } from '../../../src/core/decode/depth-kernel.js';
import { readId, readNumber } from '../../../src/core/decode/read-number.js';
import { readTrades } from '../../../src/core/decode/trade-kernel.js';
import { DepthRows } from '../../../src/core/event/depth-rows.js';
import { TradeRows } from '../../../src/core/event/trade-rows.js';
import { bytesOf } from './decoded.js';

/** The mantissa at `decimals`; undefined if the scanner leaves the text to the strict path. */
function check(text: string, decimals: number, expected: bigint | undefined): void {
  const out = new Float64Array(1).fill(Number.NaN);
  const end = readNumber(bytesOf(`${text},`), 0, decimals, out, 0);
  if (expected === undefined) {
    expect(end).toBe(-1);
    return;
  }
  expect(end).toBe(text.length);
  expect(BigInt(out[0] ?? 0)).toBe(expected);
}

test('a number is exact at its scale, or left to the strict path', () => {
  const digits = fc.stringMatching(/^[0-9]{1,10}$/);
  let read = 0;
  fc.assert(
    fc.property(digits, fc.option(digits), fc.nat({ max: 18 }), (whole, fraction, decimals) => {
      const text = fraction === null ? whole : `${whole}.${fraction}`;
      const significant = (fraction ?? '').replace(/0+$/, '');
      const length = significant.length;
      const isShort = whole.length + length <= 15 && length <= decimals;
      const mantissa = isShort
        ? BigInt(whole + significant) * 10n ** BigInt(decimals - length)
        : undefined;
      const isRead = mantissa !== undefined && mantissa < 2n ** 53n && decimals - length <= 15;
      if (isRead) read += 1;
      check(text, decimals, isRead ? mantissa : undefined);
    }),
    { numRuns: 2_000 },
  );
  expect(read).toBeGreaterThan(200);
});

test.for<[string, number, bigint | undefined]>([
  ['9007199254740.99', 3, 9_007_199_254_740_990n],
  ['9007199254740.992', 3, undefined],
  ['9007199254741', 3, undefined],
  ['90071992', 8, 9_007_199_200_000_000n],
  ['90071993', 8, undefined],
  ['0.00000001', 8, 1n],
  ['1.50000000000000000000', 1, 15n],
  ['1.0000000000000000000001', 18, undefined],
  ['1.000', 0, 1n],
  ['000000000000000', 0, 0n],
  ['0000000000000000', 0, undefined],
])('%s at %i decimals is %s', ([text, decimals, expected]) => {
  check(text, decimals, expected);
});

test.for<[string, number, number]>([
  ['12,', 2, 12],
  [',', 0, Number.NaN],
  ['', 0, Number.NaN],
  ['0', 1, 0],
  ['01', -1, 0],
  ['999999999999999\n', 15, 999_999_999_999_999],
  ['9007199254740991', 16, 9_007_199_254_740_991],
  ['9007199254740992', -1, 0],
  ['9007199254740993', -1, 0],
  ['10000000000000000', -1, 0],
])('the id of %j ends at %i and is %d', ([text, end, id]) => {
  const out = new Float64Array(1);
  expect(readId(bytesOf(text), 0, out, 0)).toBe(end);
  expect(out[0]).toBe(id);
});

test('the kernels stop at full columns and continue after these have grown', () => {
  const trades = bytesOf('1709337600000,1.5,2,true\n'.repeat(100));
  const books = bytesOf('1709337600000,"[[""1"",""2""]]","[]"\n'.repeat(100));
  const scales = { priceDecimals: 1, quantityDecimals: 0 };
  for (const capacity of [16, 17, 50, 99, 100, 101]) {
    const tradeRows = new TradeRows(capacity, scales);
    const depthRows = new DepthRows(capacity, scales);
    const none = { roles: new Uint8Array(0), symbol: undefined };
    let at = readTrades(trades, 0, none, tradeRows, 1_000);
    expect(tradeRows.count).toBe(Math.min(capacity, 100));
    for (; at < trades.length; at = readTrades(trades, at, none, tradeRows, 1_000))
      tradeRows.grow();
    at = readSnapshots(books, 0, none, depthRows, 1_000);
    expect(depthRows.count).toBe(Math.min(capacity, 100));
    for (; at < books.length; at = readSnapshots(books, at, none, depthRows, 1_000))
      depthRows.grow();
    expect([tradeRows.count, depthRows.count]).toEqual([100, 100]);
    expect(new Set(tradeRows.price.safe.subarray(0, 100))).toEqual(new Set([15]));
    expect(depthRows.bidPrice.at(99 * 20)).toBe(10n);
  }
});
