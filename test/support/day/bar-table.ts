/**
 * Bar tables from a few trades, at any resolution, each resolution computed on its own: input for the
 * checks of bar files. Prices are whole cents and quantities whole thousandths, so plain integers do.
 */
import { type BarColumn, BARS } from '../../../src/core/column/bar-table.js';
import { divideHalfUp, formatDecimal, formatSafe } from '../../../src/core/unit/decimal.js';
import type { Resolution } from '../../../src/core/unit/resolution.js';
import { snapshotsOf, type TestSnapshot } from '../made-day/test-snapshots.js';
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
  /** No depth is recorded. */
  readonly isTradesOnly?: boolean;
}

type DepthCells = Readonly<Record<'avg_spread' | 'imbalance_l20', string>>;
type TradeCells = Readonly<Record<Exclude<BarColumn, 'timestamp' | keyof DepthCells>, string>>;

/** The header and one row for every bar of the day. */
export function barTable(day: TestDay, { seconds }: Resolution): string[][] {
  const byBar = Map.groupBy(day.trades, ({ second }) => Math.floor(second / seconds));
  const table: string[][] = [[...BARS.header]];
  let carried = day.seedPrice ?? '';
  for (let bar = 0; bar < DAY_SECONDS / seconds; bar += 1) {
    const timestamp = isoStamp(dayStartMs(day.date) + bar * seconds * 1_000);
    const trades = byBar.get(bar) ?? [];
    const traded = trades.length === 0 ? flatCells(carried) : tradedCells(trades);
    const snapshots = snapshotsOf(day, bar * seconds, (bar + 1) * seconds);
    const cells = { timestamp, ...traded, ...depthCells(snapshots) };
    table.push(BARS.header.map((column) => cells[column]));
    carried = traded.close;
  }
  return table;
}

export function tableText(table: readonly (readonly string[])[]): string {
  return table.map((row) => `${row.join(',')}\n`).join('');
}

function flatCells(price: string): TradeCells {
  const prices = { open: price, high: price, low: price, close: price, vwap: price };
  const volumes = { vol_total: '0', vol_buy: '0', vol_sell: '0', vol_delta: '0' };
  return { ...prices, ...volumes, trade_count: '0' };
}

function tradedCells(trades: readonly TestTrade[]): TradeCells {
  const cents = trades.map((trade) => trade.cents);
  const buy = quantityOf(trades.filter(({ isBuy }) => isBuy));
  const sell = quantityOf(trades.filter(({ isBuy }) => !isBuy));
  const turnover = trades.reduce((total, trade) => total + trade.cents * trade.thousandths, 0);
  // Cents have two decimals, so six more give the eight of a quotient.
  const vwapE8 = divideHalfUp(BigInt(turnover) * 1_000_000n, BigInt(buy + sell));
  return {
    open: formatSafe(cents[0] ?? 0, 2),
    high: formatSafe(Math.max(...cents), 2),
    low: formatSafe(Math.min(...cents), 2),
    close: formatSafe(cents.at(-1) ?? 0, 2),
    vwap: formatDecimal(vwapE8, 8),
    vol_total: formatSafe(buy + sell, 3),
    vol_buy: formatSafe(buy, 3),
    vol_sell: formatSafe(sell, 3),
    vol_delta: formatSafe(buy - sell, 3),
    trade_count: String(trades.length),
  };
}

function quantityOf(trades: readonly TestTrade[]): number {
  return trades.reduce((total, { thousandths }) => total + thousandths, 0);
}

function depthCells(snapshots: readonly TestSnapshot[]): DepthCells {
  return {
    avg_spread: snapshots.length === 0 ? '' : '0.1',
    imbalance_l20: snapshots.some(({ levels }) => levels === 20) ? '0.51234567' : '',
  };
}
