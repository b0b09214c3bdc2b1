/** Book snapshots of one chunk as columns: up to 20 levels a side, row-major. */
import type { Decimal } from '../unit/decimal.js';
import { Mantissas } from './mantissas.js';
import { RowColumns, grownBytes } from './row-columns.js';
import type { Scales } from './trade-rows.js';

/** Levels that a side may hold; also the stride of the level columns. */
export const LEVELS_MAX = 20;
/** Levels of what looks beyond the best one, and not at the whole side. */
export const FIVE = 5;

export interface StrictLevel {
  readonly price: Decimal;
  readonly quantity: Decimal;
}

export interface StrictSnapshot {
  readonly kind: 'snapshot';
  readonly timeMs: number;
  readonly epochDigits: number;
  readonly bids: readonly StrictLevel[];
  readonly asks: readonly StrictLevel[];
  readonly id: string;
  readonly excluded: boolean;
}

/**
 * Level l (from 0, the best) of row r is at index r * LEVELS_MAX + l. Cells past a side's level count
 * are zero: they never keep a column from being raised to another scale.
 */
export class DepthRows extends RowColumns {
  readonly stream = 'depth' as const;
  readonly bidPrice: Mantissas;
  readonly bidQuantity: Mantissas;
  readonly askPrice: Mantissas;
  readonly askQuantity: Mantissas;
  bidLevels: Uint8Array;
  askLevels: Uint8Array;

  constructor(capacity: number, scales: Scales) {
    super(capacity);
    const length = this.capacity * LEVELS_MAX;
    this.bidPrice = new Mantissas(length, scales.priceDecimals);
    this.bidQuantity = new Mantissas(length, scales.quantityDecimals);
    this.askPrice = new Mantissas(length, scales.priceDecimals);
    this.askQuantity = new Mantissas(length, scales.quantityDecimals);
    this.bidLevels = new Uint8Array(this.capacity);
    this.askLevels = new Uint8Array(this.capacity);
  }

  /** Forgets all rows and starts anew at these scales. */
  reset({ priceDecimals, quantityDecimals }: Scales): void {
    this.forgetRows();
    this.bidPrice.reset(priceDecimals);
    this.bidQuantity.reset(quantityDecimals);
    this.askPrice.reset(priceDecimals);
    this.askQuantity.reset(quantityDecimals);
  }

  /** True if rows of `source` can be copied here as they are. Of both, bids and asks have common scales. */
  isLike(source: DepthRows): boolean {
    return (
      this.bidPrice.decimals === source.bidPrice.decimals &&
      this.bidQuantity.decimals === source.bidQuantity.decimals
    );
  }

  /** Copies the rows `from` to `to` (end exclusive) of alike columns behind the last row. */
  copyRows(source: DepthRows, from: number, to: number): void {
    const at = this.count;
    while (at + to - from > this.capacity) this.grow();
    const [first, end, place] = [from * LEVELS_MAX, to * LEVELS_MAX, at * LEVELS_MAX];
    this.bidPrice.copyCells(source.bidPrice, first, end, place);
    this.bidQuantity.copyCells(source.bidQuantity, first, end, place);
    this.askPrice.copyCells(source.askPrice, first, end, place);
    this.askQuantity.copyCells(source.askQuantity, first, end, place);
    this.bidLevels.set(source.bidLevels.subarray(from, to), at);
    this.askLevels.set(source.askLevels.subarray(from, to), at);
    this.copyShared(source, from, to);
  }

  override grow(capacityMax?: number): void {
    super.grow(capacityMax);
    const length = this.capacity * LEVELS_MAX;
    for (const column of this.levelColumns()) column.grow(length);
    this.bidLevels = grownBytes(this.bidLevels, this.capacity);
    this.askLevels = grownBytes(this.askLevels, this.capacity);
  }

  append(snapshot: StrictSnapshot): void {
    if (this.count === this.capacity) this.grow();
    const { timeMs, epochDigits, id, excluded } = snapshot;
    const row = this.appendRow(timeMs, epochDigits, id, excluded);
    this.bidLevels[row] = snapshot.bids.length;
    this.askLevels[row] = snapshot.asks.length;
    appendSide(row, snapshot.bids, this.bidPrice, this.bidQuantity);
    appendSide(row, snapshot.asks, this.askPrice, this.askQuantity);
    this.clearPastLevels(row);
  }

  /** Zeroes the cells of a row past its level counts, which hold what an earlier line or chunk left. */
  clearPastLevels(row: number): void {
    const end = (row + 1) * LEVELS_MAX;
    const bidsEnd = row * LEVELS_MAX + (this.bidLevels[row] ?? 0);
    const asksEnd = row * LEVELS_MAX + (this.askLevels[row] ?? 0);
    this.bidPrice.clear(bidsEnd, end);
    this.bidQuantity.clear(bidsEnd, end);
    this.askPrice.clear(asksEnd, end);
    this.askQuantity.clear(asksEnd, end);
  }

  /** A value exceeded the safe integers: the byte kernel may no longer write to these columns. */
  get isWide(): boolean {
    return this.levelColumns().some((column) => column.wide !== undefined);
  }

  /** Brings bids and asks to common scales: the folds then add and subtract without rescaling. */
  alignScales(): void {
    const filled = this.count * LEVELS_MAX;
    alignPair(this.bidPrice, this.askPrice, filled);
    alignPair(this.bidQuantity, this.askQuantity, filled);
  }

  override get sizeBytes(): number {
    const levels = this.levelColumns().reduce((sum, column) => sum + column.sizeBytes, 0);
    return super.sizeBytes + this.capacity * 2 + levels;
  }

  private levelColumns(): Mantissas[] {
    return [this.bidPrice, this.bidQuantity, this.askPrice, this.askQuantity];
  }
}

function appendSide(
  row: number,
  levels: readonly StrictLevel[],
  price: Mantissas,
  quantity: Mantissas,
): void {
  const first = row * LEVELS_MAX;
  for (const [offset, level] of levels.entries()) {
    price.set(first + offset, level.price);
    quantity.set(first + offset, level.quantity);
  }
}

function alignPair(a: Mantissas, b: Mantissas, filled: number): void {
  const decimals = Math.max(a.decimals, b.decimals);
  if (a.decimals < decimals) a.raise(decimals, filled);
  if (b.decimals < decimals) b.raise(decimals, filled);
}
