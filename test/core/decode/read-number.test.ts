/** The number scanner of the kernels against BigInt, at every scale. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ROLE_ASKS,
  ROLE_BIDS,
  ROLE_BUYER_MAKER,
  ROLE_PRICE,
  ROLE_QUANTITY,
  ROLE_TIMESTAMP,
} from '../../../src/core/decode/chunk-columns.js';
import { usualShape } from '../../../src/core/decode/chunk-shape.js';
import { readSnapshots } from '../../../src/core/decode/depth-kernel.js';
import { type KernelText, kernelTexts } from '../../../src/core/decode/kernel-text.js';
import { numberForm, readEpoch, readId, readNumber } from '../../../src/core/decode/read-number.js';
import { readTrades } from '../../../src/core/decode/trade-kernel.js';
import { DepthRows } from '../../../src/core/event/depth-rows.js';
import { TradeRows } from '../../../src/core/event/trade-rows.js';
import { bytesOf } from './decoded.js';

/**
 * The mantissa at `decimals`; undefined if the scanner leaves the text to the strict path. It is read after
 * another number, or none, whose decimals the scanner then expects.
 */
function check(
  text: string,
  decimals: number,
  expected: bigint | undefined,
  before: readonly string[] = ['', '1.5', '1.25', '1.125'],
): void {
  for (const earlier of before) {
    const { bytes, words } = kernelTexts(bytesOf(`${earlier},${text},`), 1_000).last;
    const out = new Float64Array(1).fill(Number.NaN);
    const form = numberForm(decimals);
    readNumber(bytes, words, 0, form, out, 0);
    const end = readNumber(bytes, words, earlier.length + 1, form, out, 0);
    expect(end).toBe(expected === undefined ? -1 : earlier.length + 1 + text.length);
    if (expected !== undefined) expect(BigInt(out[0] ?? 0)).toBe(expected);
  }
}

/** All lines of a text as one text of a kernel. */
function linesOf(text: string): KernelText {
  return kernelTexts(bytesOf(`${text}${'x'.repeat(99)}`), 1_000).most;
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
  ['999999.999', 3, 999_999_999n],
  ['1234567.5', 1, 12_345_675n],
  ['63960.10', 1, 639_601n],
  ['63960.11', 1, undefined],
  ['1.000', 2, 100n],
  ['1e-05', 5, 1n],
  ['1e-05', 4, undefined],
  ['2.50E3', 0, 2_500n],
  ['2.5e+3', 1, 25_000n],
  ['1.5e-1', 3, 150n],
  ['12e0', 0, 12n],
  ['9e15', 0, 9_000_000_000_000_000n],
  ['1e16', 0, undefined],
  ['0e99', 0, undefined],
  ['1e100', 0, undefined],
  ['1e', 3, undefined],
  ['1e-', 3, undefined],
  ['1.e5', 0, undefined],
  ['.5', 1, undefined],
  ['-1.5', 1, undefined],
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
  const { bytes, words } = kernelTexts(bytesOf(text), 1_000).last;
  expect(readId(bytes, words, 0, out, 0)).toBe(end);
  expect(out[0]).toBe(id);
});

test.for<[string, number]>([
  ['1709337600123', 13],
  ['1709337600123456', 16],
  ['1709337600123456789', 19],
  ['0009337600123', 13],
  ['170933760012', -1],
  ['17093376001234', -1],
  ['17093376001234567890', -1],
  ['170933760012x', -1],
  ['1709x37600123', -1],
  ['', -1],
])('the epoch %j ends at %i', ([text, end]) => {
  const out = new Float64Array(1);
  const { bytes, words } = kernelTexts(bytesOf(text), 1_000).last;
  expect(readEpoch(bytes, words, 0, out, 0)).toBe(end);
  if (end > 0) expect(out[0]).toBe(Number(text.slice(0, 13)));
});

test('the kernels stop at full columns and continue after these have grown', () => {
  const trades = linesOf('1709337600000,1.5,2,true\n'.repeat(100));
  const books = linesOf('1709337600000,"[[""1"",""2""]]","[]"\n'.repeat(100));
  const roles = [ROLE_TIMESTAMP, ROLE_PRICE, ROLE_QUANTITY, ROLE_BUYER_MAKER];
  const ofTrades = usualShape(Uint8Array.from(roles));
  const ofBooks = usualShape(Uint8Array.of(ROLE_TIMESTAMP, ROLE_BIDS, ROLE_ASKS));
  const scales = { priceDecimals: 1, quantityDecimals: 0 };
  for (const capacity of [16, 17, 50, 99, 100, 101]) {
    const tradeRows = new TradeRows(capacity, scales);
    const depthRows = new DepthRows(capacity, scales);
    let at = readTrades(trades, 0, ofTrades, undefined, tradeRows, 1_000);
    expect(tradeRows.count).toBe(Math.min(capacity, 100));
    while (at < trades.end) {
      tradeRows.grow();
      at = readTrades(trades, at, ofTrades, undefined, tradeRows, 1_000);
    }
    at = readSnapshots(books, 0, ofBooks, undefined, depthRows, 1_000);
    expect(depthRows.count).toBe(Math.min(capacity, 100));
    while (at < books.end) {
      depthRows.grow();
      at = readSnapshots(books, at, ofBooks, undefined, depthRows, 1_000);
    }
    expect([tradeRows.count, depthRows.count]).toEqual([100, 100]);
    expect(new Set(tradeRows.price.safe.subarray(0, 100))).toEqual(new Set([15]));
    expect(depthRows.bidPrice.at(99 * 20)).toBe(10n);
  }
});
