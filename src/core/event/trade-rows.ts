/** Trades of one chunk as columns. */
import type { Decimal } from '../unit/decimal.js';
import { Mantissas } from './mantissas.js';
import { RowColumns, grownBytes } from './row-columns.js';

/** The aggressor: the buyer lifted the ask, or the seller hit the bid. Only decode/ converts is_buyer_maker. */
export const TAKER_BUY = 0;
export const TAKER_SELL = 1;

export interface StrictTrade {
  readonly kind: 'trade';
  readonly timeMs: number;
  readonly epochDigits: number;
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly takerSide: typeof TAKER_BUY | typeof TAKER_SELL;
  readonly id: string;
  readonly excluded: boolean;
  /** The exec_type, if the trade is excluded for it. */
  readonly excludedType?: string | undefined;
}

export interface Scales {
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
}

export class TradeRows extends RowColumns {
  readonly stream = 'trades' as const;
  readonly price: Mantissas;
  readonly quantity: Mantissas;
  /** TAKER_BUY or TAKER_SELL. */
  takerSide: Uint8Array;
  /** The exec_type of each trade that is excluded for it, by row in file order. */
  readonly excludedType: Map<number, string> = new Map();

  constructor(capacity: number, scales: Scales) {
    super(capacity);
    this.price = new Mantissas(this.capacity, scales.priceDecimals);
    this.quantity = new Mantissas(this.capacity, scales.quantityDecimals);
    this.takerSide = new Uint8Array(this.capacity);
  }

  /** Forgets all rows and starts anew at these scales. */
  reset({ priceDecimals, quantityDecimals }: Scales): void {
    this.forgetRows();
    this.price.reset(priceDecimals);
    this.quantity.reset(quantityDecimals);
    this.excludedType.clear();
  }

  /** True if rows of `source` can be copied here as they are. */
  isLike(source: TradeRows): boolean {
    return (
      this.price.decimals === source.price.decimals &&
      this.quantity.decimals === source.quantity.decimals
    );
  }

  /** Copies the rows `from` to `to` (end exclusive) of alike columns behind the last row. Why they were excluded is left behind. */
  copyRows(source: TradeRows, from: number, to: number): void {
    const at = this.count;
    while (at + to - from > this.capacity) this.grow();
    this.price.copyCells(source.price, from, to, at);
    this.quantity.copyCells(source.quantity, from, to, at);
    this.takerSide.set(source.takerSide.subarray(from, to), at);
    this.copyShared(source, from, to);
  }

  override grow(capacityMax?: number): void {
    super.grow(capacityMax);
    this.price.grow(this.capacity);
    this.quantity.grow(this.capacity);
    this.takerSide = grownBytes(this.takerSide, this.capacity);
  }

  append(trade: StrictTrade): void {
    if (this.count === this.capacity) this.grow();
    const row = this.appendRow(trade.timeMs, trade.epochDigits, trade.id, trade.excluded);
    this.price.set(row, trade.price);
    this.quantity.set(row, trade.quantity);
    this.takerSide[row] = trade.takerSide;
    if (trade.excludedType !== undefined) this.excludedType.set(row, trade.excludedType);
  }

  /** A value exceeded the safe integers: the byte kernel may no longer write to these columns. */
  get isWide(): boolean {
    return this.price.wide !== undefined || this.quantity.wide !== undefined;
  }

  override get sizeBytes(): number {
    return super.sizeBytes + this.capacity + this.price.sizeBytes + this.quantity.sizeBytes;
  }
}
