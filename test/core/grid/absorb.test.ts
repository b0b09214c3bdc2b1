/** Merged and rolled-up grids hold what one grid of all rows holds, with cells of any size and scale. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BarGrid } from '../../../src/core/bar/bar-grid.js';
import { BookGrid } from '../../../src/core/book/book-grid.js';
import type { BarCells } from '../../../src/core/encode/bar-file.js';
import { rolledUp } from '../../../src/core/grid/grid.js';
import { powerOfTen } from '../../../src/core/unit/decimal.js';
import { plainBarRows } from '../encode/plain-bar-rows.js';
import { someMantissa } from './made-grids.js';

const BARS = 6;
const BAR_MS = 1_000;

interface MadeTrade {
  readonly timeMs: number;
  readonly id: number;
  readonly price: bigint;
  readonly quantity: bigint;
  readonly buys: boolean;
  readonly spread: bigint;
}

/** The rows of one stretch of work, at scales of their own. */
interface Part {
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  readonly trades: readonly MadeTrade[];
}

const someTrade: fc.Arbitrary<MadeTrade> = fc.record({
  timeMs: fc
    .nat({ max: BARS * 4 - 1 })
    .map((quarter) => Math.floor(quarter / 4) * BAR_MS + (quarter % 4)),
  id: fc.oneof(fc.nat({ max: 9 }), fc.constant(Number.NaN)),
  price: someMantissa,
  quantity: someMantissa,
  buys: fc.boolean(),
  spread: someMantissa,
});

const someParts: fc.Arbitrary<Part[]> = fc.array(
  fc.record({
    priceDecimals: fc.nat({ max: 18 }),
    quantityDecimals: fc.nat({ max: 18 }),
    trades: fc.array(someTrade, { maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 4 },
);

function emptyGrids(barMs: number): BarCells {
  const length = (BARS * BAR_MS) / barMs;
  return { bars: new BarGrid(0, barMs, length), book: new BookGrid(0, barMs, length) };
}

/** Adds the rows of a part; `firstSequence` is the place of the first in reading order. */
function addPart({ bars, book }: BarCells, part: Part, firstSequence: number): void {
  bars.raisePrice(part.priceDecimals);
  bars.raiseQuantity(part.quantityDecimals);
  book.raisePrice(part.priceDecimals);
  const byPrice = powerOfTen(bars.priceDecimals - part.priceDecimals);
  const byQuantity = powerOfTen(bars.quantityDecimals - part.quantityDecimals);
  for (const [index, trade] of part.trades.entries()) {
    const bar = bars.barOf(trade.timeMs);
    bars.addTrade(bar, {
      ...trade,
      sequence: firstSequence + index,
      price: trade.price * byPrice,
      quantity: trade.quantity * byQuantity,
    });
    book.spread.addWide(bar, trade.spread * byPrice);
    book.spreadCount[bar] = (book.spreadCount[bar] ?? 0) + 1;
    book.imbalance.add(bar, 500_000_000);
    book.imbalanceCount[bar] = (book.imbalanceCount[bar] ?? 0) + 1;
  }
}

function wholeOf(parts: readonly Part[], barMs: number): BarCells {
  const whole = emptyGrids(barMs);
  for (const [place, part] of parts.entries()) addPart(whole, part, place * 100);
  return whole;
}

function mergedOf(parts: readonly Part[]): BarCells {
  const merged = emptyGrids(BAR_MS);
  for (const [place, part] of parts.entries()) {
    const own = emptyGrids(BAR_MS);
    addPart(own, part, place * 100);
    merged.bars.absorb(own.bars);
    merged.book.absorb(own.book);
  }
  return merged;
}

/** As texts, since the order of the parts decides the scales. */
function rowsOf(cells: BarCells): string[][] {
  return plainBarRows(cells, undefined);
}

test('parts merge to the grid of all rows', () => {
  fc.assert(
    fc.property(someParts, (parts) => {
      expect(rowsOf(mergedOf(parts))).toEqual(rowsOf(wholeOf(parts, BAR_MS)));
    }),
    { numRuns: 400 },
  );
});

test('merged bars roll up to coarser bars of all rows', () => {
  fc.assert(
    fc.property(someParts, fc.constantFrom(2, 3, 6), (parts, factor) => {
      const { bars, book } = mergedOf(parts);
      const barMs = factor * BAR_MS;
      const coarse = { bars: rolledUp(bars, barMs), book: rolledUp(book, barMs) };
      expect(rowsOf(coarse)).toEqual(rowsOf(wholeOf(parts, barMs)));
    }),
    { numRuns: 400 },
  );
});

function oneTrade(price: bigint): Part {
  return {
    priceDecimals: 0,
    quantityDecimals: 0,
    trades: [{ timeMs: 0, id: 1, price, quantity: 1n, buys: true, spread: price }],
  };
}

test('a merge keeps a wide cell wide only as long as its value needs it', () => {
  const large = BigInt(Number.MAX_SAFE_INTEGER);
  const { bars, book } = mergedOf([oneTrade(large), oneTrade(1n)]);
  expect([bars.turnover.isWide(0), bars.high.isWide(0), book.spread.isWide(0)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(bars.turnover.at(0)).toBe(large + 1n);
  const low = mergedOf([oneTrade(large + 1n), oneTrade(7n)]);
  expect([low.bars.low.isWide(0), low.bars.high.isWide(0)]).toEqual([false, true]);
});
