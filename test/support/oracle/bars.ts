/**
 * The oracle's bars: each resolution is computed separately from the used rows and shares no sum with
 * another, so the roll-up is a result, not an assumption.
 */
import type { DepthRow, TradeRow } from './chunk.js';
import { decimals, oneE18, plainText, roundHalfUp } from './decimal.js';
import { dayMs } from './reading.js';

/** Decimals of the columns that are quotients. */
const quotientDecimals = 8;
const oneE8 = 10n ** BigInt(quotientDecimals);
const oneE9 = 10n ** 9n;

export const barHeader =
  'timestamp,open,high,low,close,vwap,vol_total,vol_buy,vol_sell,vol_delta,trade_count,avg_spread,imbalance_l20';

/** The input of one day's bars. */
export interface BarInput {
  dayStartMs: number;
  /** The price carried into 00:00. */
  seedE18: bigint | undefined;
  /** Used trades in Order. */
  trades: TradeRow[];
  /** Used and short snapshots. */
  quotes: DepthRow[];
  /** Used snapshots, with 20 levels a side. */
  books: DepthRow[];
}

/** The file of one resolution. */
export function barsCsv(input: BarInput, resolutionMs: number): string {
  const barOf = (row: { timeMs: number }): number =>
    Math.floor((row.timeMs - input.dayStartMs) / resolutionMs);
  const trades = Map.groupBy(input.trades, barOf);
  const quotes = Map.groupBy(input.quotes, barOf);
  const books = Map.groupBy(input.books, barOf);

  const lines = [barHeader];
  let closeE18 = input.seedE18;
  for (let bar = 0; bar < dayMs / resolutionMs; bar += 1) {
    const barTrades = trades.get(bar) ?? [];
    lines.push(
      [
        secondText(input.dayStartMs + bar * resolutionMs),
        ...tradeCells(barTrades, closeE18),
        spreadCell(quotes.get(bar) ?? []),
        imbalanceCell(books.get(bar) ?? []),
      ].join(','),
    );
    closeE18 = barTrades.at(-1)?.priceE18 ?? closeE18;
  }
  return `${lines.join('\n')}\n`;
}

/** A resolution in the largest unit of d, h, m, s that gives a whole number: `60s` is `1m`. */
export function resolutionOf(text: string): { name: string; resolutionMs: number } {
  const match = /^([1-9][0-9]*)([smhd])$/.exec(text);
  const unit = units.find((each) => each.letter === match?.[2]);
  if (match === null || unit === undefined) throw new RangeError(`no resolution: '${text}'`);
  const seconds = Number(match[1]) * unit.seconds;
  if (86_400 % seconds !== 0) throw new RangeError(`does not divide a day: '${text}'`);
  const largest = units.find((each) => seconds % each.seconds === 0);
  if (largest === undefined) throw new RangeError(`no unit for ${seconds} seconds`);
  return {
    name: `${seconds / largest.seconds}${largest.letter}`,
    resolutionMs: seconds * 1000,
  };
}

const units = [
  { letter: 'd', seconds: 86_400 },
  { letter: 'h', seconds: 3_600 },
  { letter: 'm', seconds: 60 },
  { letter: 's', seconds: 1 },
];

/** From open to trade_count. */
function tradeCells(trades: TradeRow[], carriedE18: bigint | undefined): string[] {
  const first = trades[0];
  const last = trades.at(-1);
  if (first === undefined || last === undefined) {
    const carried = carriedE18 === undefined ? '' : plainText(carriedE18, decimals);
    return [carried, carried, carried, carried, carried, '0', '0', '0', '0', '0'];
  }
  const prices = trades.map((trade) => trade.priceE18);
  const totalE18 = sum(trades.map((trade) => trade.quantityE18));
  const buyE18 = sum(takenBy(trades, 'buy'));
  const sellE18 = sum(takenBy(trades, 'sell'));
  const turnoverE36 = sum(trades.map((trade) => trade.priceE18 * trade.quantityE18));
  const vwapE8 = roundHalfUp(turnoverE36 * oneE8, totalE18 * oneE18);
  return [
    plainText(first.priceE18, decimals),
    plainText(
      prices.reduce((a, b) => (b > a ? b : a)),
      decimals,
    ),
    plainText(
      prices.reduce((a, b) => (b < a ? b : a)),
      decimals,
    ),
    plainText(last.priceE18, decimals),
    plainText(vwapE8, quotientDecimals),
    plainText(totalE18, decimals),
    plainText(buyE18, decimals),
    plainText(sellE18, decimals),
    plainText(buyE18 - sellE18, decimals),
    trades.length.toString(),
  ];
}

function takenBy(trades: TradeRow[], side: 'buy' | 'sell'): bigint[] {
  return trades.filter((trade) => trade.takerSide === side).map((trade) => trade.quantityE18);
}

function spreadCell(quotes: DepthRow[]): string {
  if (quotes.length === 0) return '';
  const totalE18 = sum(
    quotes.map(({ bids, asks }) => (asks[0]?.priceE18 ?? 0n) - (bids[0]?.priceE18 ?? 0n)),
  );
  const meanE8 = roundHalfUp(totalE18 * oneE8, oneE18 * BigInt(quotes.length));
  return plainText(meanE8, quotientDecimals);
}

function imbalanceCell(books: DepthRow[]): string {
  if (books.length === 0) return '';
  const ratiosE9 = books.map(({ bids, asks }) => {
    const bidE18 = sum(bids.map((level) => level.quantityE18));
    const askE18 = sum(asks.map((level) => level.quantityE18));
    return roundHalfUp(bidE18 * oneE9, bidE18 + askE18);
  });
  const meanE8 = roundHalfUp(sum(ratiosE9) * oneE8, oneE9 * BigInt(books.length));
  return plainText(meanE8, quotientDecimals);
}

function sum(values: bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n);
}

/** The open time of a bar: `2025-12-11T00:00:00Z`. */
function secondText(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
