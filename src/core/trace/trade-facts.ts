/**
 * What the trades of one bar add up to, row by row in big integers: the sums behind its cells, and the rows that
 * decide the others. It is told the rows in Order and shares no arithmetic with the folds of the pass.
 */
import { largeOrderAt, largeOrderOf } from '../flow/large-order.js';
import { SCALE } from './exact.js';
import type { KeptTrade } from './rows.js';

/** Consecutive trades of one millisecond and one aggressor. */
export interface TakerOrder {
  readonly first: KeptTrade;
  readonly rows: number;
  readonly quote: bigint;
  readonly quantity: bigint;
}

/** Large orders that an explanation names. */
export const LARGE_ORDERS_NAMED_MAX = 20;

/** A running delta and the trade after which it was reached; undefined: where it began. */
interface Reached {
  readonly value: bigint;
  readonly after: KeptTrade | undefined;
}

/** Orders from the least quote volume of a large one on. */
class LargeOrders {
  buy = 0n;
  sell = 0n;
  buyers = 0;
  sellers = 0;
  /** The first of them. */
  readonly orders: TakerOrder[] = [];
}

export class TradeFacts {
  count = 0;
  late = 0;
  buyQuantity = 0n;
  sellQuantity = 0n;
  turnover = 0n;
  buyTurnover = 0n;
  /** The first in Order with this price. */
  high: KeptTrade | undefined;
  low: KeptTrade | undefined;
  deltaMin: Reached = { value: 0n, after: undefined };
  deltaMax: Reached = { value: 0n, after: undefined };
  orders = 0;
  orderMax: TakerOrder | undefined;
  readonly large: LargeOrders = new LargeOrders();
  private delta = 0n;
  private open: TakerOrder | undefined;
  /** Every trade of the first, and of the last, millisecond: which is first is known when all have come. */
  private firstMs: KeptTrade[] = [];
  private lastMs: KeptTrade[] = [];
  private readonly largeFrom: bigint;

  /** `largeOrder`: the least quote volume of a large one, in plain notation. */
  constructor(largeOrder: string) {
    this.largeFrom = largeOrderAt(largeOrderOf(largeOrder), 2 * SCALE);
  }

  /** Rows that are not late come in Order, late ones whenever they were read. */
  take(trade: KeptTrade): void {
    const { quantity, price, buys, late } = trade;
    const quote = price * quantity;
    this.count += 1;
    this.turnover += quote;
    if (buys) {
      this.buyQuantity += quantity;
      this.buyTurnover += quote;
    } else {
      this.sellQuantity += quantity;
    }
    if (this.high === undefined || price > this.high.price) this.high = trade;
    if (this.low === undefined || price < this.low.price) this.low = trade;
    this.firstMs = atEdge(this.firstMs, trade, -1);
    this.lastMs = atEdge(this.lastMs, trade, 1);
    if (late) this.late += 1;
    else this.takeInOrder(trade, quote);
  }

  /** Call once, after the last row. */
  finish(): void {
    this.closeOrder();
  }

  get quantity(): bigint {
    return this.buyQuantity + this.sellQuantity;
  }

  get first(): KeptTrade | undefined {
    return inOrder(this.firstMs).at(0);
  }

  get last(): KeptTrade | undefined {
    return inOrder(this.lastMs).at(-1);
  }

  private takeInOrder(trade: KeptTrade, quote: bigint): void {
    const { quantity, buys } = trade;
    this.delta += buys ? quantity : -quantity;
    if (this.delta < this.deltaMin.value) this.deltaMin = { value: this.delta, after: trade };
    if (this.delta > this.deltaMax.value) this.deltaMax = { value: this.delta, after: trade };
    const { open } = this;
    const goesOn = open?.first.timeMs === trade.timeMs && open.first.buys === buys;
    if (!goesOn) this.closeOrder();
    this.open = {
      first: goesOn ? open.first : trade,
      rows: (goesOn ? open.rows : 0) + 1,
      quote: (goesOn ? open.quote : 0n) + quote,
      quantity: (goesOn ? open.quantity : 0n) + quantity,
    };
  }

  private closeOrder(): void {
    const { open, large } = this;
    if (open === undefined) return;
    this.open = undefined;
    this.orders += 1;
    if (this.orderMax === undefined || open.quote > this.orderMax.quote) this.orderMax = open;
    if (open.quote < this.largeFrom) return;
    if (large.orders.length < LARGE_ORDERS_NAMED_MAX) large.orders.push(open);
    if (open.first.buys) {
      large.buy += open.quantity;
      large.buyers += 1;
    } else {
      large.sell += open.quantity;
      large.sellers += 1;
    }
  }
}

/** The trades of the earliest millisecond (`sign` -1) or of the latest one so far. */
function atEdge(kept: KeptTrade[], trade: KeptTrade, sign: 1 | -1): KeptTrade[] {
  const further = (trade.timeMs - (kept[0]?.timeMs ?? Number.NaN)) * sign;
  if (further < 0) return kept;
  if (further === 0) {
    kept.push(trade);
    return kept;
  }
  return [trade];
}

/** Trades of one millisecond: by id where each has a numeric one, else as they were read. */
function inOrder(trades: readonly KeptTrade[]): KeptTrade[] {
  const haveIds = trades.every(({ idNumber }) => !Number.isNaN(idNumber));
  return trades.toSorted(
    (one, two) => (haveIds ? one.idNumber - two.idNumber : 0) || one.sequence - two.sequence,
  );
}
