/**
 * Writes exact cells as the bytes of a signals file (docs/SIGNALS.md). Columns of the book come from their own
 * writers; a day without a recorded book has none.
 */
import type { BarGrid } from '../bar/bar-grid.js';
import { FILL_REASONS, type SignalColumn, SIGNALS } from '../column/signal-table.js';
import type { FlowGrid } from '../flow/flow-grid.js';
import type { GapGrid } from '../gap/gap-grid.js';
import { type ExactCells, ExactSums } from '../grid/exact-cells.js';
import { type CellSum, exactSum, safeSum, stampCells, writeCell } from './cell-writers.js';
import { type CellWriter, type CellWriters, fileBytes } from './file-bytes.js';

type GapColumn = 'fill_reason' | 'trades_missing_ms';
type BarColumn = 'timestamp' | 'quote_total' | 'cvd';
type FlowColumn =
  | 'quote_buy'
  | 'delta_min'
  | 'delta_max'
  | 'taker_orders'
  | 'taker_order_max'
  | 'large_buy'
  | 'large_sell';
type TradeColumn = GapColumn | BarColumn | FlowColumn;

/** The columns that snapshots fill. */
export type BookSignalColumn = Exclude<SignalColumn, TradeColumn | 'depth_missing_ms'>;

/** All cover the same bars. */
export interface SignalCells {
  readonly bars: BarGrid;
  readonly flow: FlowGrid;
  readonly gaps: GapGrid;
  /** Undefined: the book is not recorded, so all its cells are empty. */
  readonly book: CellWriters<BookSignalColumn> | undefined;
}

/** One row per bar, in time order. */
export function signalFile({ bars, flow, gaps, book }: SignalCells): Uint8Array {
  const ofTrades: CellWriters<TradeColumn> = {
    ...gapWriters(gaps, bars),
    ...barWriters(bars),
    ...flowWriters(flow),
  };
  const ofBook: CellWriters<BookSignalColumn | 'depth_missing_ms'> | undefined = book && {
    ...book,
    depth_missing_ms: (bar, out) => out.safe(gaps.depthMissingMs[bar] ?? 0, 0),
  };
  return fileBytes(SIGNALS, { ...ofTrades, ...ofBook }, { rows: bars.length, carried: undefined });
}

function gapWriters(gaps: GapGrid, { tradeCount }: BarGrid): CellWriters<GapColumn> {
  const { reason, tradesMissingMs } = gaps;
  const traded = FILL_REASONS.indexOf('traded');
  return {
    fill_reason: (bar, out) => {
      const place = tradeCount[bar] === 0 ? reason[bar] : traded;
      out.text(FILL_REASONS[place ?? traded] ?? '');
    },
    trades_missing_ms: (bar, out) => out.safe(tradesMissingMs[bar] ?? 0, 0),
  };
}

function barWriters(bars: BarGrid): CellWriters<BarColumn> {
  const { startMs, barMs, turnover, priceDecimals, quantityDecimals } = bars;
  return {
    timestamp: stampCells(startMs, barMs),
    quote_total: exact(turnover, priceDecimals + quantityDecimals),
    cvd: runningSum(
      { one: bars.buyQuantity, sign: -1, other: bars.sellQuantity },
      quantityDecimals,
    ),
  };
}

function flowWriters(flow: FlowGrid): CellWriters<FlowColumn> {
  const { quoteDecimals, quantityDecimals, takerOrders } = flow;
  return {
    quote_buy: exact(flow.buyTurnover, quoteDecimals),
    delta_min: exact(flow.deltaMin, quantityDecimals),
    delta_max: exact(flow.deltaMax, quantityDecimals),
    taker_orders: (bar, out) => out.safe(takerOrders[bar] ?? 0, 0),
    taker_order_max: exact(flow.takerOrderMax, quoteDecimals),
    large_buy: exact(flow.largeBuy, quantityDecimals),
    large_sell: exact(flow.largeSell, quantityDecimals),
  };
}

function exact(cells: ExactCells, decimals: number): CellWriter {
  return (bar, out) => writeCell(cells, bar, decimals, out);
}

/** The sum of a cell and all before it: its rows are written in order, each once. */
function runningSum(sum: CellSum, decimals: number): CellWriter {
  const running = new ExactSums(1);
  return (bar, out) => {
    const safe = safeSum(sum, bar);
    if (Number.isNaN(safe)) running.addWide(0, exactSum(sum, bar));
    else running.add(0, safe);
    writeCell(running, 0, decimals, out);
  };
}
