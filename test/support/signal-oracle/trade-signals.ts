/**
 * The oracle's cells of a bar that come from trades. Sums take every used trade; what depends on order
 * takes those that are not late, in Order.
 */
import type { TradeRow } from '../oracle/chunk.js';
import { plainText } from '../oracle/decimal.js';

/** Prices and quantities have 18 decimals, their products 36. */
const quantityDecimals = 18;
const quoteDecimals = 36;

/** The trades of one bar. */
export interface BarTrades {
  /** Every used one. */
  all: TradeRow[];
  /** Those that are not late, in Order. */
  inTime: TradeRow[];
}

/** A longest run of consecutive trades of one millisecond and one aggressor. */
export interface TakerOrder {
  takerSide: 'buy' | 'sell';
  quantityE18: bigint;
  quoteE36: bigint;
}

/** From quote_total to quote_buy. */
export function quoteCells({ all }: BarTrades): string[] {
  const buys = all.filter(({ takerSide }) => takerSide === 'buy');
  return [all, buys].map((trades) => plainText(sumOf(trades.map(quoteE36)), quoteDecimals));
}

/** Buy minus sell volume. */
export function deltaE18Of(trades: TradeRow[]): bigint {
  return sumOf(trades.map(signedE18));
}

/** From delta_min to delta_max. */
export function deltaCells({ inTime }: BarTrades): string[] {
  let runningE18 = 0n;
  let lowestE18 = 0n;
  let highestE18 = 0n;
  for (const trade of inTime) {
    runningE18 += signedE18(trade);
    if (runningE18 < lowestE18) lowestE18 = runningE18;
    if (runningE18 > highestE18) highestE18 = runningE18;
  }
  return [lowestE18, highestE18].map((deltaE18) => plainText(deltaE18, quantityDecimals));
}

/** From taker_orders to large_sell. */
export function takerCells({ inTime }: BarTrades, largeOrderE36: bigint): string[] {
  const orders = takerOrdersOf(inTime);
  const largest = orders.reduce(
    (most, order) => (order.quoteE36 > most ? order.quoteE36 : most),
    0n,
  );
  const largeOf = (side: 'buy' | 'sell'): bigint =>
    sumOf(
      orders
        .filter((order) => order.takerSide === side && order.quoteE36 >= largeOrderE36)
        .map((order) => order.quantityE18),
    );
  return [
    orders.length.toString(),
    plainText(largest, quoteDecimals),
    plainText(largeOf('buy'), quantityDecimals),
    plainText(largeOf('sell'), quantityDecimals),
  ];
}

/** Of trades in Order, without late ones. */
export function takerOrdersOf(trades: TradeRow[]): TakerOrder[] {
  const orders: TakerOrder[] = [];
  let before: TradeRow | undefined;
  for (const trade of trades) {
    const order = orders.at(-1);
    const goesOn = before?.timeMs === trade.timeMs && before.takerSide === trade.takerSide;
    if (order === undefined || !goesOn) {
      orders.push({
        takerSide: trade.takerSide,
        quantityE18: trade.quantityE18,
        quoteE36: quoteE36(trade),
      });
    } else {
      order.quantityE18 += trade.quantityE18;
      order.quoteE36 += quoteE36(trade);
    }
    before = trade;
  }
  return orders;
}

export function sumOf(values: bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n);
}

function quoteE36({ priceE18, quantityE18 }: TradeRow): bigint {
  return priceE18 * quantityE18;
}

function signedE18({ takerSide, quantityE18 }: TradeRow): bigint {
  return takerSide === 'buy' ? quantityE18 : -quantityE18;
}
