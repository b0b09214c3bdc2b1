/**
 * Writes a grid of exact bars as the bytes of a bar file (docs/OUTPUT.md): one writer per column,
 * grouped by the source of its cells. Ratios are formed and rounded only here.
 */
import type { BarGrid } from '../bar/bar-grid.js';
import { IMBALANCE_DECIMALS, type BookGrid } from '../book/book-grid.js';
import { type BarColumn, BARS } from '../column/bar-table.js';
import { quotientDecimals } from '../column/file-table.js';
import type { ExactCells } from '../grid/exact-cells.js';
import {
  type CellSum,
  exactSum,
  safeCell,
  safeSum,
  stampCells,
  writeCell,
  writeSum,
} from './cell-writers.js';
import { type CellWriter, type CellWriters, fileBytes } from './file-bytes.js';
import { meanCells } from './mean-cells.js';
import { Quotients } from './quotient.js';

type BookColumn = 'avg_spread' | 'imbalance_l20';
type TradeColumn = Exclude<BarColumn, BookColumn>;

/** Both grids cover the same bars. */
export interface BarCells {
  readonly bars: BarGrid;
  readonly book: BookGrid;
}

/** One row per bar, in time order. `seedPrice` is the last price before the first bar, in plain notation. */
export function barFile({ bars, book }: BarCells, seedPrice: string | undefined): Uint8Array {
  const writers: CellWriters<BarColumn> = { ...tradeWriters(bars), ...bookWriters(book) };
  return fileBytes(BARS, writers, { rows: bars.length, carried: seedPrice });
}

/** Cells from a bar's trades. No prices if there are none. */
function tradeWriters(grid: BarGrid): CellWriters<TradeColumn> {
  const { startMs, barMs, tradeCount, turnover, priceDecimals, quantityDecimals } = grid;
  const isFlat = (bar: number): boolean => tradeCount[bar] === 0;
  const edge =
    (prices: BarGrid['open']): CellWriter =>
    (bar, out) => {
      if (!isFlat(bar)) writeCell(prices.cellsOf(bar), bar, priceDecimals, out);
    };
  const extreme =
    (prices: ExactCells): CellWriter =>
    (bar, out) => {
      if (!isFlat(bar)) writeCell(prices, bar, priceDecimals, out);
    };
  const [buy, sell] = [grid.buyQuantity, grid.sellQuantity];
  const total: CellSum = { one: buy, sign: 1, other: sell };
  const delta: CellSum = { one: buy, sign: -1, other: sell };
  // The quantity's scale cancels out.
  const vwap = new Quotients(quotientDecimals(BARS, 'vwap'), priceDecimals);
  return {
    timestamp: stampCells(startMs, barMs),
    open: edge(grid.open),
    high: extreme(grid.high),
    low: extreme(grid.low),
    close: edge(grid.close),
    vwap: (bar, out) => {
      if (isFlat(bar)) return;
      if (vwap.writeSafe(safeCell(turnover, bar), safeSum(total, bar), out)) return;
      vwap.write(turnover.at(bar), exactSum(total, bar), out);
    },
    vol_total: (bar, out) => writeSum(total, bar, quantityDecimals, out),
    vol_buy: (bar, out) => writeCell(buy, bar, quantityDecimals, out),
    vol_sell: (bar, out) => writeCell(sell, bar, quantityDecimals, out),
    vol_delta: (bar, out) => writeSum(delta, bar, quantityDecimals, out),
    trade_count: (bar, out) => out.safe(tradeCount[bar] ?? 0, 0),
  };
}

/** Cells from a bar's snapshots: empty if there are none. */
function bookWriters(grid: BookGrid): CellWriters<BookColumn> {
  const { spread, spreadCount, imbalance, imbalanceCount, priceDecimals } = grid;
  return {
    avg_spread: meanCells(BARS, 'avg_spread', {
      sums: spread,
      counts: spreadCount,
      scale: priceDecimals,
    }),
    imbalance_l20: meanCells(BARS, 'imbalance_l20', {
      sums: imbalance,
      counts: imbalanceCount,
      scale: IMBALANCE_DECIMALS,
    }),
  };
}
