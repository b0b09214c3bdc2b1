/**
 * fast-check arbitraries of recordings whose trades lie close to snapshots in time and price: before, in
 * and after their millisecond, at the mid and beside it, at several scales and beyond the safe integers,
 * late and early.
 */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { book, chunk, trade, tradesHeader, depthHeader } from '../oracle/raw-text.js';
import type { OracleObject } from '../oracle/reading.js';

export interface QuotedTrade {
  readonly offsetMs: number;
  readonly price: string;
  readonly isSell: boolean;
}

export interface Quote {
  readonly offsetMs: number;
  readonly bid: string;
  readonly ask: string;
}

export const offsets: Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 1, 499, 500, 999, 1_000, 1_001, 1_500, 2_000, 2_001, 4_000),
  fc.nat({ max: 3_000 }),
);

/** `0` to `4` quarters above a whole number, in one of several spellings. */
function priceText([quarters, style]: readonly [number, number]): string {
  const texts = [
    (100 + quarters / 4).toFixed(2),
    (100 + quarters / 4).toFixed(2),
    (100 + quarters / 4).toFixed(5),
    `90071992547409${91 + quarters}.${'000000000000000001'.slice(0, 3)}`,
  ];
  return texts[style] ?? '100';
}

const styles = fc.constantFrom(0, 0, 1, 2, 3);

export function quotedTrades(): Arbitrary<QuotedTrade> {
  return fc.record({
    offsetMs: offsets,
    price: fc.tuple(fc.integer({ min: 0, max: 6 }), styles).map(priceText),
    isSell: fc.boolean(),
  });
}

export function quotes(): Arbitrary<Quote> {
  return fc
    .tuple(offsets, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 3 }), styles)
    .map(([offsetMs, quarters, spread, style]) => ({
      offsetMs,
      bid: priceText([quarters, style]),
      ask: priceText([quarters + spread, style]),
    }));
}

/** Rows arrive in the chunk of their minute or one, two or three later: the last are late. */
export function quotedRecordings(): Arbitrary<OracleObject[]> {
  const arrival = fc.constantFrom(0, 0, 0, 0, 1, 2, 3);
  return fc
    .tuple(
      fc.array(fc.tuple(quotedTrades(), arrival), { maxLength: 40, size: 'max' }),
      fc.array(fc.tuple(quotes(), arrival), { maxLength: 30, size: 'max' }),
    )
    .map(([trades, books]) => [
      ...chunksOf(
        'trades',
        trades.map(([{ offsetMs, price, isSell }, minute]) => ({
          minute,
          line: trade(offsetMs, price, '1', String(isSell)),
        })),
      ),
      ...chunksOf(
        'depth',
        books.map(([{ offsetMs, bid, ask }, minute]) => ({
          minute,
          line: book(offsetMs, [[bid, '1']], [[ask, '1']]),
        })),
      ),
    ]);
}

function chunksOf(
  stream: 'trades' | 'depth',
  rows: readonly { readonly minute: number; readonly line: string }[],
): OracleObject[] {
  const header = stream === 'trades' ? tradesHeader : depthHeader;
  return [...Map.groupBy(rows, ({ minute }) => minute)].map(([minute, together]) =>
    chunk(stream, minute, [header, ...together.map(({ line }) => line)]),
  );
}
