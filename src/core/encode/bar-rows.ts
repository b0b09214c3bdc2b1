/**
 * Writes a grid of exact bars as the fields of a bar file (docs/OUTPUT.md): one function per column,
 * grouped by the source of its cells.
 */
import type { BarGrid } from '../bar/bar-grid.js';
import { IMBALANCE_DECIMALS, type BookGrid } from '../book/book-grid.js';
import { type BarColumn, BARS } from '../column/bar-table.js';
import { stampWriter } from '../unit/utc-date.js';
import { type CellSum, cellText, quotientText, sumAt, sumText } from './cell-text.js';
import { type CellsOf, fileRows } from './file-rows.js';

type BookColumn = 'avg_spread' | 'imbalance_l20';
type TradeColumn = Exclude<BarColumn, BookColumn>;

/** Both grids cover the same bars. */
export interface BarCells {
  readonly bars: BarGrid;
  readonly book: BookGrid;
}

/** Yields one array of fields per bar, in time order. `seedPrice` is the last price before the first bar. */
export function barRows(
  { bars, book }: BarCells,
  seedPrice: string | undefined,
): Generator<string[]> {
  const cells = { ...tradeCells(bars), ...bookCells(book) };
  return fileRows(BARS, cells, { rows: bars.length, carried: seedPrice });
}

/** Cells from a bar's trades. Prices are undefined if there are none. */
function tradeCells(grid: BarGrid): CellsOf<TradeColumn> {
  const { startMs, barMs, tradeCount, turnover } = grid;
  const { priceDecimals, quantityDecimals } = grid;
  const stampOf = stampWriter();
  const isFlat = (bar: number): boolean => tradeCount[bar] === 0;
  const edgeOf = (prices: BarGrid['open']) => (bar: number) =>
    isFlat(bar) ? undefined : cellText(prices.cellsOf(bar), bar, priceDecimals);
  const priceOf = (prices: BarGrid['high']) => (bar: number) =>
    isFlat(bar) ? undefined : cellText(prices, bar, priceDecimals);
  const [buy, sell] = [grid.buyQuantity, grid.sellQuantity];
  const total: CellSum = { one: buy, sign: 1, other: sell };
  const delta: CellSum = { one: buy, sign: -1, other: sell };
  // The quantity's scale cancels out.
  const vwap = quotientText(BARS, 'vwap', priceDecimals);
  return {
    timestamp: (bar) => stampOf(startMs + bar * barMs),
    open: edgeOf(grid.open),
    high: priceOf(grid.high),
    low: priceOf(grid.low),
    close: edgeOf(grid.close),
    vwap: (bar) => (isFlat(bar) ? undefined : vwap(turnover.at(bar), sumAt(total, bar))),
    vol_total: (bar) => sumText(total, bar, quantityDecimals),
    vol_buy: (bar) => cellText(buy, bar, quantityDecimals),
    vol_sell: (bar) => cellText(sell, bar, quantityDecimals),
    vol_delta: (bar) => sumText(delta, bar, quantityDecimals),
    trade_count: (bar) => String(tradeCount[bar]),
  };
}

/** Cells from a bar's snapshots: undefined if there are none. */
function bookCells(grid: BookGrid): CellsOf<BookColumn> {
  const { spread, spreadCount, imbalance, imbalanceCount, priceDecimals } = grid;
  const meanSpread = quotientText(BARS, 'avg_spread', priceDecimals);
  const meanImbalance = quotientText(BARS, 'imbalance_l20', IMBALANCE_DECIMALS);
  return {
    avg_spread: (bar) => {
      const count = spreadCount[bar] ?? 0;
      return count === 0 ? undefined : meanSpread(spread.at(bar), BigInt(count));
    },
    imbalance_l20: (bar) => {
      const count = imbalanceCount[bar] ?? 0;
      return count === 0 ? undefined : meanImbalance(imbalance.at(bar), BigInt(count));
    },
  };
}
