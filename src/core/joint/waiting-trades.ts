/** Trades that wait for a snapshot, in time order: copied cells, since the columns of a run are lent. */
import { Mantissas } from '../event/mantissas.js';
import { grownBytes, grownFloats } from '../event/row-columns.js';

const CAPACITY_FIRST = 64;

/** The cells of trades in time order, lent or kept. */
export interface TradeCells {
  readonly timeMs: Float64Array;
  readonly price: Mantissas;
  readonly takerSide: Uint8Array;
}

export class WaitingTrades implements TradeCells {
  count = 0;
  timeMs: Float64Array = new Float64Array(CAPACITY_FIRST);
  takerSide: Uint8Array = new Uint8Array(CAPACITY_FIRST);
  /** 1: above the mid of the snapshot before, 0: below it. */
  isAbove: Uint8Array = new Uint8Array(CAPACITY_FIRST);
  readonly price: Mantissas = new Mantissas(CAPACITY_FIRST, 0);

  /** Makes room for more trades; true if prices of this column can be copied as they are. */
  makeRoom(price: Mantissas, more: number): boolean {
    while (this.count + more > this.timeMs.length) this.grow();
    if (this.count === 0) {
      this.price.wide = undefined;
      this.price.decimals = price.decimals;
    }
    const isSafe = price.wide === undefined && this.price.wide === undefined;
    return isSafe && price.decimals === this.price.decimals;
  }

  add(cells: TradeCells, index: number, isAbove: number): void {
    const { price, timeMs, takerSide } = cells;
    this.makeRoom(price, 1);
    const at = this.count;
    this.timeMs[at] = timeMs[index] ?? 0;
    this.takerSide[at] = takerSide[index] ?? 0;
    this.isAbove[at] = isAbove;
    this.price.set(at, { mantissa: price.at(index), decimals: price.decimals });
    this.count = at + 1;
  }

  dropFirst(count: number): void {
    if (count < this.count) {
      this.timeMs.copyWithin(0, count, this.count);
      this.takerSide.copyWithin(0, count, this.count);
      this.isAbove.copyWithin(0, count, this.count);
      this.price.safe.copyWithin(0, count, this.count);
      this.price.wide?.splice(0, count);
    }
    this.count -= count;
  }

  private grow(): void {
    const capacity = this.timeMs.length * 2;
    this.timeMs = grownFloats(this.timeMs, capacity);
    this.takerSide = grownBytes(this.takerSide, capacity);
    this.isAbove = grownBytes(this.isAbove, capacity);
    this.price.grow(capacity);
  }
}
