/**
 * What the contract of signals guarantees about the cells of one row, as tables (docs/SIGNALS.md). It holds for bars
 * of any length, and with late rows: late trades are in no taker order and no running delta, late snapshots
 * give no close and end no step.
 */
import { canBeEmpty } from '../column/column.js';
import { type FillReason, type SignalColumn, SIGNALS } from '../column/signal-table.js';

export const MISSING_COLUMNS: readonly SignalColumn[] = ['trades_missing_ms', 'depth_missing_ms'];

/** Columns that a reason makes more than 0; `depth_missing_ms` only where depth is recorded. */
export const WITH_MISSING: Readonly<Partial<Record<FillReason, readonly SignalColumn[]>>> = {
  feed_down: MISSING_COLUMNS,
  trades_missing: ['trades_missing_ms'],
  not_expected: MISSING_COLUMNS,
};

/** Empty where no depth is recorded; all other columns have a value in every row. */
export const BOOK_COLUMNS: readonly SignalColumn[] = SIGNALS.header.filter((_, at) => {
  const column = SIGNALS.columns[at];
  return column !== undefined && canBeEmpty(column);
});

/** Columns that are there or empty together. */
export interface CellGroup {
  readonly columns: readonly SignalColumn[];
  /** Empty unless each of these is there; a count is there if it is above 0. */
  readonly needs: readonly SignalColumn[];
  /** There if this one is; a group without it may be empty all the same. */
  readonly follows?: SignalColumn;
}

/** There in every row if depth is recorded, else in none. */
export const BOOK_COUNTS: readonly SignalColumn[] = [
  'depth_missing_ms',
  'book_count',
  'book_full_count',
];

export const CELL_GROUPS: readonly CellGroup[] = [
  { columns: ['spread_max', 'imbalance_l1'], needs: ['book_count'], follows: 'book_count' },
  { columns: ['imbalance_l5'], needs: ['book_count'], follows: 'book_full_count' },
  {
    columns: [
      'bid_qty_l20',
      'ask_qty_l20',
      'bid_qty_l20_min',
      'ask_qty_l20_min',
      'bid_span_l20',
      'ask_span_l20',
    ],
    needs: ['book_full_count'],
    follows: 'book_full_count',
  },
  {
    columns: ['bid_close', 'ask_close', 'bid_qty_close', 'ask_qty_close'],
    needs: ['book_count'],
  },
  // A step ends with a snapshot of this bar that is not late, which gives the close as well.
  {
    columns: ['ofi_l1', 'bid_added', 'bid_pulled', 'ask_added', 'ask_pulled'],
    needs: ['bid_close'],
  },
  { columns: ['ofi_l5'], needs: ['ofi_l1', 'imbalance_l5'] },
  { columns: ['bid_wall_pulled', 'ask_wall_pulled'], needs: ['ofi_l5', 'book_full_count'] },
];

/** A cell that is at most another; `half`: give or take half of the last decimal of a rounded mean. */
export interface CellOrder {
  readonly least: SignalColumn;
  readonly most: SignalColumn;
  readonly half?: true;
}

export const TRADE_ORDERS: readonly CellOrder[] = [
  { least: 'quote_buy', most: 'quote_total' },
  { least: 'taker_order_max', most: 'quote_total' },
];

export const BOOK_ORDERS: readonly CellOrder[] = [
  { least: 'book_full_count', most: 'book_count' },
  { least: 'bid_qty_l20_min', most: 'bid_qty_l20', half: true },
  { least: 'ask_qty_l20_min', most: 'ask_qty_l20', half: true },
  { least: 'bid_wall_pulled', most: 'bid_pulled' },
  { least: 'ask_wall_pulled', most: 'ask_pulled' },
];

/** More than 0 where there. */
export const ABOVE_ZERO: readonly SignalColumn[] = [
  'bid_close',
  'bid_qty_close',
  'ask_qty_close',
  'spread_max',
  'bid_qty_l20_min',
  'ask_qty_l20_min',
];

/** `zero` 0 makes all of `others` 0. */
export interface ZeroRule {
  readonly zero: SignalColumn;
  readonly others: readonly SignalColumn[];
}

/** Without orders there is no running delta, and the other way round: prices and quantities are above 0. */
export const ZERO_RULES: readonly ZeroRule[] = [
  {
    zero: 'taker_orders',
    others: ['taker_order_max', 'delta_min', 'delta_max', 'large_buy', 'large_sell'],
  },
  { zero: 'taker_order_max', others: ['taker_orders'] },
  { zero: 'quote_buy', others: ['delta_max', 'large_buy'] },
];

/** 0 where all trades are the buyers'. */
export const SELLERS_ONLY: readonly SignalColumn[] = ['delta_min', 'large_sell'];
