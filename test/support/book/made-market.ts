/**
 * fast-check arbitraries of trades and snapshots on a coarse grid of prices, so that much coincides: equal and
 * shifted books, walls at and beside their limits, trades at and off levels, late rows, several scales and
 * values beyond the safe integers.
 */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { oneE18, plainText } from '../oracle/decimal.js';

export interface MarketTrade {
  readonly kind: 'trade';
  readonly timeMs: number;
  readonly price: string;
  readonly quantity: string;
  readonly side: 'buy' | 'sell';
  readonly late: boolean;
}

export interface MarketBook {
  readonly kind: 'book';
  readonly timeMs: number;
  /** `price quantity` of each level, best first. */
  readonly bids: readonly string[];
  readonly asks: readonly string[];
  readonly late: boolean;
}

export type MarketRow = MarketTrade | MarketBook;

/** All times lie before it. */
export const MARKET_MS = 60_000;

const ROWS_MAX = 40;

/** A grid of prices: `base` is one of them. */
interface PriceGrid {
  readonly baseE18: bigint;
  readonly tickE18: bigint;
  /** Decimals that texts are padded to. */
  readonly padding: number;
}

const grids: Arbitrary<PriceGrid> = fc.record({
  baseE18: fc.constantFrom(100n * oneE18, 100n * oneE18, 9_007_199_254_740_990n * oneE18),
  tickE18: fc.constantFrom(oneE18, oneE18 / 10n, oneE18 / 4n),
  padding: fc.constantFrom(0, 0, 3),
});

function priceText({ baseE18, tickE18, padding }: PriceGrid, ticks: number): string {
  const text = plainText(baseE18 + BigInt(ticks) * tickE18, 18);
  if (padding === 0) return text;
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(padding, '0')}`;
}

/** Mostly ones: beside them 4.75 is a fifth of 20 levels, and 10 a wall of which 4 is what three fifths leave. */
const quantities = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1', '1', '1.0', '2') },
  { weight: 3, arbitrary: fc.constantFrom('10', '4', '4.1', '4.75', '1.9', '0.001', '6') },
);
const wideQuantities = fc.constantFrom(
  '1',
  '1801439850948198.3',
  '900719925474099',
  '99999999999999999.9',
  '0.000000001',
);

interface MadeSide {
  /** Ticks from the best level to the last. */
  readonly ticks: readonly number[];
  readonly quantities: readonly string[];
}

interface MadeBook {
  readonly shift: number;
  readonly spread: number;
  readonly bids: MadeSide;
  readonly asks: MadeSide;
}

function sides(quantity: Arbitrary<string>): Arbitrary<MadeSide> {
  return fc
    .tuple(
      fc.oneof(
        { weight: 5, arbitrary: fc.constant(20) },
        { weight: 1, arbitrary: fc.constantFrom(1, 2, 4, 5, 6, 19) },
      ),
      fc.array(fc.constantFrom(1, 1, 1, 1, 2, 3), { minLength: 20, maxLength: 20 }),
      fc.array(quantity, { minLength: 20, maxLength: 20 }),
    )
    .map(([levels, gaps, all]) => ({
      ticks: gaps.slice(0, levels).map((_, at) => gaps.slice(1, at + 1).reduce((a, b) => a + b, 0)),
      quantities: all.slice(0, levels),
    }));
}

/** A book, the same one tick lower, the same with its quantities in another order, and another book. */
function fewBooks(quantity: Arbitrary<string>): Arbitrary<MadeBook[]> {
  const side = sides(quantity);
  const book = fc.record({
    shift: fc.constantFrom(0, 0, 1, 4),
    spread: fc.constantFrom(1, 1, 2),
    bids: side,
    asks: side,
  });
  return fc
    .tuple(book, book)
    .map(([one, other]) => [
      one,
      { ...one, shift: one.shift - 1 },
      { ...one, bids: turned(one.bids), asks: turned(one.asks) },
      other,
    ]);
}

function turned({ ticks, quantities: all }: MadeSide): MadeSide {
  return { ticks, quantities: [...all.slice(1), ...all.slice(0, 1)] };
}

const gaps = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(0, 0, 1, 100, 100, 250) },
  { weight: 1, arbitrary: fc.constantFrom(499, 999, 1_000, 1_001, 1_500, 2_600) },
);

const places = fc.record({
  gapMs: gaps,
  late: fc.constantFrom(false, false, false, false, false, false, true),
  isBook: fc.boolean(),
  /** Which of the few books, so that many snapshots are equal. */
  book: fc.nat({ max: 3 }),
  ticks: fc.integer({ min: -3, max: 4 }),
  isOffGrid: fc.constantFrom(false, false, false, false, true),
  side: fc.constantFrom('buy' as const, 'sell' as const),
});
type Place = typeof places extends Arbitrary<infer One> ? One : never;

/** In the order in which a fold gets them: late rows anywhere, the others by time, trades before snapshots. */
export function marketRows(): Arbitrary<MarketRow[]> {
  return fc
    .constantFrom(quantities, quantities, quantities, fc.oneof(quantities, wideQuantities))
    .chain((quantity) =>
      fc.tuple(
        grids,
        fewBooks(quantity),
        fc.array(fc.tuple(places, quantity), { minLength: 5, maxLength: ROWS_MAX, size: 'max' }),
      ),
    )
    .map(([grid, few, all]) => {
      let timeMs = 900;
      const rows = all.map(([place, quantity], index): MarketRow => {
        timeMs = Math.min(timeMs + place.gapMs, MARKET_MS - 1);
        // Late rows lie at times of their own.
        const rowMs = place.late ? (index * 7_919) % MARKET_MS : timeMs;
        const book = few[place.book];
        return place.isBook && book !== undefined
          ? bookRow(grid, book, rowMs, place.late)
          : tradeRow(grid, place, rowMs, quantity);
      });
      return inFeedOrder(rows);
    });
}

function bookRow(grid: PriceGrid, book: MadeBook, timeMs: number, late: boolean): MarketBook {
  const levels = ({ ticks, quantities: all }: MadeSide, first: number, sign: number): string[] =>
    ticks.map((tick, at) => `${priceText(grid, first + sign * tick)} ${all[at]}`);
  return {
    kind: 'book',
    timeMs,
    bids: levels(book.bids, book.shift, -1),
    asks: levels(book.asks, book.shift + book.spread, 1),
    late,
  };
}

function tradeRow(grid: PriceGrid, place: Place, timeMs: number, quantity: string): MarketTrade {
  const { ticks, isOffGrid, side, late } = place;
  const onGrid = priceText(grid, ticks);
  const price = isOffGrid ? `${onGrid}${onGrid.includes('.') ? '' : '.'}0001` : onGrid;
  return { kind: 'trade', timeMs, price, quantity, side, late };
}

/** Sorts the rows that are not late; the late ones keep their places. */
function inFeedOrder(rows: readonly MarketRow[]): MarketRow[] {
  const inTime = rows
    .filter(({ late }) => !late)
    .toSorted((a, b) => a.timeMs - b.timeMs || rankOf(a) - rankOf(b));
  return rows.map((row) => (row.late ? row : (inTime.shift() ?? row)));
}

function rankOf({ kind }: MarketRow): number {
  return kind === 'trade' ? 0 : 1;
}
