/** Writers of the columns of a signals file that snapshots give (docs/SIGNALS.md). */
import { IMBALANCE_DECIMALS } from '../book/book-grid.js';
import type { LevelGrid } from '../book/level-grid.js';
import { type SignalColumn, SIGNALS } from '../column/signal-table.js';
import type { ExactCells } from '../grid/exact-cells.js';
import type { StepGrid } from '../step/step-grid.js';
import { writeCell } from './cell-writers.js';
import type { CellWriter, CellWriters } from './file-bytes.js';
import { meanCells } from './mean-cells.js';

/** Columns of snapshots by themselves. */
export type LevelColumn = Extract<
  SignalColumn,
  | 'book_count'
  | 'book_full_count'
  | 'bid_close'
  | 'ask_close'
  | 'bid_qty_close'
  | 'ask_qty_close'
  | 'spread_max'
  | 'imbalance_l1'
  | 'imbalance_l5'
  | 'bid_qty_l20'
  | 'ask_qty_l20'
  | 'bid_qty_l20_min'
  | 'ask_qty_l20_min'
  | 'bid_span_l20'
  | 'ask_span_l20'
>;

/** Columns of snapshots compared with the ones before them. */
export type StepColumn = Extract<
  SignalColumn,
  | 'ofi_l1'
  | 'ofi_l5'
  | 'bid_added'
  | 'bid_pulled'
  | 'ask_added'
  | 'ask_pulled'
  | 'bid_wall_pulled'
  | 'ask_wall_pulled'
>;

/** Counts are 0 where there is no snapshot; everything else is empty without a value. */
export function levelWriters(grid: LevelGrid): CellWriters<LevelColumn> {
  const { bids, asks, snapshotCount, closeCount, fiveCount, fullCount } = grid;
  const { priceDecimals, quantityDecimals } = grid;
  const close = (cells: ExactCells, decimals: number): CellWriter =>
    cellsWhere(closeCount, cells, decimals);
  return {
    book_count: (bar, out) => out.safe(snapshotCount[bar] ?? 0, 0),
    book_full_count: (bar, out) => out.safe(fullCount[bar] ?? 0, 0),
    bid_close: close(bids.priceClose, priceDecimals),
    ask_close: close(asks.priceClose, priceDecimals),
    bid_qty_close: close(bids.quantityClose, quantityDecimals),
    ask_qty_close: close(asks.quantityClose, quantityDecimals),
    spread_max: cellsWhere(snapshotCount, grid.spreadMax, priceDecimals),
    imbalance_l1: mean('imbalance_l1', grid.imbalanceL1, snapshotCount, IMBALANCE_DECIMALS),
    imbalance_l5: mean('imbalance_l5', grid.imbalanceL5, fiveCount, IMBALANCE_DECIMALS),
    bid_qty_l20: mean('bid_qty_l20', bids.quantity, fullCount, quantityDecimals),
    ask_qty_l20: mean('ask_qty_l20', asks.quantity, fullCount, quantityDecimals),
    bid_qty_l20_min: cellsWhere(fullCount, bids.quantityMin, quantityDecimals),
    ask_qty_l20_min: cellsWhere(fullCount, asks.quantityMin, quantityDecimals),
    bid_span_l20: mean('bid_span_l20', bids.span, fullCount, priceDecimals),
    ask_span_l20: mean('ask_span_l20', asks.span, fullCount, priceDecimals),
  };
}

/** Empty without a step of the kind that the column sums. */
export function stepWriters(grid: StepGrid): CellWriters<StepColumn> {
  const { bids, asks, stepCount, fiveCount, fullCount, quantityDecimals } = grid;
  const steps = (cells: ExactCells): CellWriter => cellsWhere(stepCount, cells, quantityDecimals);
  return {
    ofi_l1: steps(grid.flowL1),
    ofi_l5: cellsWhere(fiveCount, grid.flowL5, quantityDecimals),
    bid_added: steps(bids.added),
    bid_pulled: steps(bids.pulled),
    ask_added: steps(asks.added),
    ask_pulled: steps(asks.pulled),
    bid_wall_pulled: cellsWhere(fullCount, bids.wallPulled, quantityDecimals),
    ask_wall_pulled: cellsWhere(fullCount, asks.wallPulled, quantityDecimals),
  };
}

/** Cells of the rows whose count is not 0. */
function cellsWhere(counts: Float64Array, cells: ExactCells, decimals: number): CellWriter {
  return (row, out) => {
    if (counts[row] !== 0) writeCell(cells, row, decimals, out);
  };
}

function mean(
  column: SignalColumn,
  sums: ExactCells,
  counts: Float64Array,
  scale: number,
): CellWriter {
  return meanCells(SIGNALS, column, { sums, counts, scale });
}
