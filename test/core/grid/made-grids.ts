/** Random grids of bars and of their books, with cells of any size. */
import * as fc from 'fast-check';
import { BarGrid } from '../../../src/core/bar/bar-grid.js';
import { BookGrid } from '../../../src/core/book/book-grid.js';
import type { BarCells } from '../../../src/core/encode/bar-file.js';

const LARGE = BigInt(Number.MAX_SAFE_INTEGER);

/** Mostly safe integers, often at a limit or with zeros behind. */
export const someMantissa: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt({ min: 1n, max: 200_000n }),
  fc.bigInt({ min: 1n, max: LARGE }),
  fc.nat({ max: 30 }).map((zeros) => 10n ** BigInt(zeros)),
  fc
    .tuple(fc.nat({ max: 9_999 }), fc.nat({ max: 12 }))
    .map(([n, z]) => BigInt(n + 1) * 10n ** BigInt(z)),
  fc.constantFrom(1n, LARGE - 1n, LARGE, LARGE + 1n, 99_999_999n, 100_000_000n, 4_294_967_296n),
  fc.bigInt({ min: 1n, max: 10n ** 40n }),
);

const someVolume = fc.oneof(fc.constant(0n), someMantissa);

export interface MadeBar {
  /** Undefined: nothing was traded. */
  readonly traded?: {
    readonly prices: readonly [bigint, bigint, bigint, bigint];
    readonly buy: bigint;
    readonly sell: bigint;
    readonly turnover: bigint;
    readonly count: number;
    readonly hasId: boolean;
  };
  readonly spread: bigint;
  readonly spreadCount: number;
  readonly imbalance: bigint;
  readonly imbalanceCount: number;
}

const someTraded = fc.record({
  prices: fc.tuple(someMantissa, someMantissa, someMantissa, someMantissa),
  buy: someVolume,
  sell: someMantissa,
  turnover: someVolume,
  count: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(4_294_967_297)),
  hasId: fc.boolean(),
});

const someBar: fc.Arbitrary<MadeBar> = fc.record(
  {
    traded: someTraded,
    spread: someVolume,
    spreadCount: fc.nat({ max: 3 }),
    imbalance: fc.bigInt({ min: 0n, max: 3n * 10n ** 9n }),
    imbalanceCount: fc.nat({ max: 3 }),
  },
  { requiredKeys: ['spread', 'spreadCount', 'imbalance', 'imbalanceCount'] },
);

export interface MadeGrids {
  readonly bars: readonly MadeBar[];
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
}

export const someGrids: fc.Arbitrary<MadeGrids> = fc.record({
  bars: fc.array(someBar, { minLength: 1, maxLength: 12 }),
  priceDecimals: fc.nat({ max: 18 }),
  quantityDecimals: fc.nat({ max: 15 }),
});

export function gridsOf({ bars: made, priceDecimals, quantityDecimals }: MadeGrids): BarCells {
  const startMs = Date.UTC(2025, 11, 11, 0, 0, 55);
  const bars = new BarGrid(startMs, 1_000, made.length);
  const book = new BookGrid(startMs, 1_000, made.length);
  bars.raisePrice(priceDecimals);
  bars.raiseQuantity(quantityDecimals);
  book.raisePrice(priceDecimals);
  for (const [bar, { traded, ...books }] of made.entries()) {
    book.spread.set(bar, books.spread);
    book.spreadCount[bar] = books.spreadCount;
    book.imbalance.set(bar, books.imbalance);
    book.imbalanceCount[bar] = books.imbalanceCount;
    if (traded === undefined) continue;
    const [open, high, low, close] = traded.prices;
    const key = {
      timeMs: startMs + bar * 1_000,
      sequence: bar,
      id: traded.hasId ? bar : Number.NaN,
    };
    bars.open.offer(bar, key, open);
    bars.close.offer(bar, key, close);
    bars.high.set(bar, high);
    bars.low.set(bar, low);
    bars.buyQuantity.set(bar, traded.buy);
    bars.sellQuantity.set(bar, traded.sell);
    bars.turnover.set(bar, traded.turnover);
    bars.tradeCount[bar] = traded.count;
  }
  return { bars, book };
}
