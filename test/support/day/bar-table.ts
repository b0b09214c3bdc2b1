/**
 * Bar tables from a few trades, at any resolution, each resolution computed on its own: input for the
 * checks of bar files. Prices are whole cents and quantities whole thousandths, so plain integers do.
 */
import { BARS } from '../../../src/core/column/bar-table.js';
import { divideHalfUp, formatDecimal, formatSafe } from '../../../src/core/unit/decimal.js';
import type { Resolution } from '../../../src/core/unit/resolution.js';
import {
  DAY_SECONDS,
  dayStartMs,
  isoStamp,
  type UtcDate,
} from '../../../src/core/unit/utc-date.js';

export interface TestTrade {
  /** Second of the day, 0 to 86,399. */
  readonly second: number;
  readonly cents: number;
  readonly thousandths: number;
  readonly isBuy: boolean;
}

export interface TestDay {
  readonly date: UtcDate;
  /** In time order. */
  readonly trades: readonly TestTrade[];
  /** Price carried into 00:00; null if unknown. */
  readonly seedPrice: string | null;
}

/** The header and one row for every bar of the day. */
export function barTable(day: TestDay, { seconds }: Resolution): string[][] {
  const byBar = Map.groupBy(day.trades, ({ second }) => Math.floor(second / seconds));
  const table: string[][] = [[...BARS.header]];
  let carried = day.seedPrice ?? '';
  for (let bar = 0; bar < DAY_SECONDS / seconds; bar += 1) {
    const stamp = isoStamp(dayStartMs(day.date) + bar * seconds * 1_000);
    const trades = byBar.get(bar) ?? [];
    const cells = trades.length === 0 ? flatCells(carried) : tradedCells(trades);
    table.push([stamp, ...cells, ...depthCells(bar)]);
    carried = cells[3] ?? '';
  }
  return table;
}

export function tableText(table: readonly (readonly string[])[]): string {
  return table.map((row) => `${row.join(',')}\n`).join('');
}

function flatCells(price: string): string[] {
  return [price, price, price, price, price, '0', '0', '0', '0', '0'];
}

function tradedCells(trades: readonly TestTrade[]): string[] {
  const cents = trades.map((trade) => trade.cents);
  const buy = quantityOf(trades.filter(({ isBuy }) => isBuy));
  const sell = quantityOf(trades.filter(({ isBuy }) => !isBuy));
  const turnover = trades.reduce((total, trade) => total + trade.cents * trade.thousandths, 0);
  // Cents have two decimals, so six more give the eight of a quotient.
  const vwapE8 = divideHalfUp(BigInt(turnover) * 1_000_000n, BigInt(buy + sell));
  return [
    ...[cents[0] ?? 0, Math.max(...cents), Math.min(...cents), cents.at(-1) ?? 0].map((price) =>
      formatSafe(price, 2),
    ),
    formatDecimal(vwapE8, 8),
    ...[buy + sell, buy, sell, buy - sell].map((quantity) => formatSafe(quantity, 3)),
    String(trades.length),
  ];
}

function quantityOf(trades: readonly TestTrade[]): number {
  return trades.reduce((total, { thousandths }) => total + thousandths, 0);
}

/** Every third bar has no snapshot, every fifth no full one. */
function depthCells(bar: number): string[] {
  const spread = bar % 3 === 0 ? '' : '0.1';
  return [spread, bar % 3 === 0 || bar % 5 === 0 ? '' : '0.51234567'];
}
