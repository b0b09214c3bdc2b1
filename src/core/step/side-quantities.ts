/**
 * HOT. Copied quantities at prices of one side of the book, at the scales of a fold: the levels of a snapshot,
 * or the trades that hit the side. Bench: fold.
 */
import { isSafe, type Mantissas, POWERS_OF_TEN } from '../event/mantissas.js';
import { grownFloats } from '../event/row-columns.js';
import type { Scales } from '../event/trade-rows.js';
import { powerOfTen } from '../unit/decimal.js';

/** Quantities up to this are safe integers also times five, as walls are compared. */
export const SAFE_TOTAL: number = Math.floor(Number.MAX_SAFE_INTEGER / 5);

const CAPACITY_FIRST = 32;

export const BID_SIGN = -1;
export const ASK_SIGN = 1;

/** A price and what is there, at any size. */
export interface ExactPair {
  readonly rank: bigint;
  readonly quantity: bigint;
}

export class SideQuantities {
  private readonly sign: typeof BID_SIGN | typeof ASK_SIGN;
  count = 0;
  /** The price, negated for bids, so the lower rank is the more attractive one; infinity behind the last. */
  rank: Float64Array = new Float64Array(CAPACITY_FIRST).fill(Number.POSITIVE_INFINITY);
  quantity: Float64Array = new Float64Array(CAPACITY_FIRST);
  /** Σ quantity, at most SAFE_TOTAL; infinity if that or a price is too large: `wide` then holds all pairs. */
  total = 0;
  private wide: ExactPair[] | undefined = undefined;

  constructor(sign: typeof BID_SIGN | typeof ASK_SIGN) {
    this.sign = sign;
  }

  clear(): void {
    this.count = 0;
    this.rank[0] = Number.POSITIVE_INFINITY;
    this.total = 0;
    this.wide = undefined;
  }

  /** Copies the cells `from` to `to` (end exclusive), in order of price, to scales that are not lower. */
  append(price: Mantissas, quantity: Mantissas, from: number, to: number, scales: Scales): void {
    while (this.count + to - from >= this.rank.length) this.grow();
    const byPrice =
      this.sign * (POWERS_OF_TEN[scales.priceDecimals - price.decimals] ?? Number.NaN);
    const byQuantity = POWERS_OF_TEN[scales.quantityDecimals - quantity.decimals] ?? Number.NaN;
    const prices = price.safe;
    const quantities = quantity.safe;
    const ranks = this.rank;
    const kept = this.quantity;
    const first = this.count;
    let { total } = this;
    let at = first;
    for (let cell = from; cell < to; cell++, at++) {
      const one = (quantities[cell] ?? 0) * byQuantity;
      ranks[at] = (prices[cell] ?? 0) * byPrice;
      kept[at] = one;
      total += one;
    }
    // Quantities are positive, and the first or the last price is the largest: so all cells are exact.
    const isExact =
      total <= SAFE_TOTAL &&
      Math.abs(ranks[first] ?? 0) <= Number.MAX_SAFE_INTEGER &&
      Math.abs(ranks[at - 1] ?? 0) <= Number.MAX_SAFE_INTEGER &&
      price.wide === undefined &&
      quantity.wide === undefined;
    if (!isExact) {
      for (let cell = from; cell < to; cell++) this.appendExact(price, quantity, cell, scales);
      return;
    }
    ranks[at] = Number.POSITIVE_INFINITY;
    this.count = at;
    this.total = total;
  }

  /** All pairs, in their order. */
  exact(): readonly ExactPair[] {
    return (
      this.wide ??
      Array.from({ length: this.count }, (_, at) => ({
        rank: BigInt(this.rank[at] ?? 0),
        quantity: BigInt(this.quantity[at] ?? 0),
      }))
    );
  }

  /** Multiplies prices and quantities by these powers of ten. */
  raise(priceDecimals: number, quantityDecimals: number): void {
    const pairs = this.exact();
    const [byPrice, byQuantity] = [powerOfTen(priceDecimals), powerOfTen(quantityDecimals)];
    this.clear();
    for (const { rank, quantity } of pairs) {
      this.add({ rank: rank * byPrice, quantity: quantity * byQuantity });
    }
  }

  private appendExact(price: Mantissas, quantity: Mantissas, cell: number, scales: Scales): void {
    const byPrice = BigInt(this.sign) * powerOfTen(scales.priceDecimals - price.decimals);
    const byQuantity = powerOfTen(scales.quantityDecimals - quantity.decimals);
    this.add({ rank: price.at(cell) * byPrice, quantity: quantity.at(cell) * byQuantity });
  }

  private add(pair: ExactPair): void {
    const total = this.total + Number(pair.quantity);
    if (this.wide === undefined && !(isSafe(pair.rank) && total <= SAFE_TOTAL)) {
      this.wide = [...this.exact()];
      this.total = Number.POSITIVE_INFINITY;
    }
    if (this.wide === undefined) {
      if (this.count + 1 >= this.rank.length) this.grow();
      this.rank[this.count] = Number(pair.rank);
      this.rank[this.count + 1] = Number.POSITIVE_INFINITY;
      this.quantity[this.count] = Number(pair.quantity);
      this.total = total;
    } else {
      this.wide.push(pair);
    }
    this.count += 1;
  }

  private grow(): void {
    const capacity = this.rank.length * 2;
    this.rank = grownFloats(this.rank, capacity);
    this.quantity = grownFloats(this.quantity, capacity);
  }
}
