/**
 * The columns of a signals file, in order (docs/SIGNALS.md): what the trades of a bar say about the aggressors,
 * and what the book did. Its rows are those of the bars of the same resolution.
 */
import { namedColumns, type UnnamedColumn } from './column.js';
import { type FileTable, fileTable } from './file-table.js';

/** Why a bar holds what it holds, first the reason that wins: the places decide a coarser bar's reason. */
export const FILL_REASONS = [
  'traded',
  'feed_down',
  'trades_missing',
  'unproven',
  'not_expected',
  'quiet',
] as const;
export type FillReason = (typeof FILL_REASONS)[number];

/** In the order of the file. */
const HEADER = [
  'timestamp',
  'fill_reason',
  'trades_missing_ms',
  'depth_missing_ms',
  'quote_total',
  'quote_buy',
  'cvd',
  'delta_min',
  'delta_max',
  'taker_orders',
  'taker_order_max',
  'large_buy',
  'large_sell',
  'book_count',
  'book_full_count',
  'bid_close',
  'ask_close',
  'bid_qty_close',
  'ask_qty_close',
  'spread_max',
  'imbalance_l1',
  'imbalance_l5',
  'bid_qty_l20',
  'ask_qty_l20',
  'bid_qty_l20_min',
  'ask_qty_l20_min',
  'bid_span_l20',
  'ask_span_l20',
  'ofi_l1',
  'ofi_l5',
  'bid_added',
  'bid_pulled',
  'ask_added',
  'ask_pulled',
  'bid_wall_pulled',
  'ask_wall_pulled',
] as const;
export type SignalColumn = (typeof HEADER)[number];

const SUM = { kind: 'sum', rollUp: 'sum' } as const;
const QUOTE = { ...SUM, unit: 'quote', nothing: 'zero' } as const;
const BOOK_QUANTITY = { ...SUM, unit: 'quantity', nothing: 'empty' } as const;
const CLOSE = { unit: 'price', kind: 'price', nothing: 'empty', rollUp: 'last' } as const;
const CLOSE_QUANTITY = { ...BOOK_QUANTITY, rollUp: 'last' } as const;
const LEAST_QUANTITY = { ...BOOK_QUANTITY, rollUp: 'min' } as const;
const FLOW = { ...BOOK_QUANTITY, signed: true } as const;
const MEAN = { kind: 'quotient', decimals: 8, nothing: 'empty', rollUp: 'recomputed' } as const;
const SHARE = {
  ...MEAN,
  unit: 'share in [0, 1]',
  range: { check: 'imbalance', least: 0, most: 1 },
} as const;
const COUNT = { kind: 'count', rollUp: 'sum' } as const;

const COLUMNS: Readonly<Record<SignalColumn, UnnamedColumn>> = {
  timestamp: {
    kind: 'time',
    meaning: 'open time of the bar `[t, t+r)`',
    unit: 'exchange time',
    nothing: 'never',
    rollUp: 'first',
  },
  fill_reason: {
    kind: 'text',
    meaning: 'whether there were trades, and if not, why',
    values: FILL_REASONS,
    nothing: 'never',
    rollUp: 'min',
  },
  trades_missing_ms: {
    ...COUNT,
    meaning: 'time of the bar in which trades were not recorded or not expected',
    unit: 'milliseconds',
    nothing: 'zero',
  },
  depth_missing_ms: {
    ...COUNT,
    meaning: 'time of the bar in which the book was not recorded or not expected',
    unit: 'milliseconds',
    nothing: 'empty',
  },
  quote_total: { ...QUOTE, meaning: 'Σ price·quantity' },
  quote_buy: { ...QUOTE, meaning: 'Σ price·quantity of trades whose aggressor bought' },
  cvd: {
    kind: 'sum',
    meaning: 'Σ `vol_delta` of the bars of the day up to and including this one',
    unit: 'quantity',
    signed: true,
    nothing: 'never',
    rollUp: 'last',
  },
  delta_min: {
    kind: 'sum',
    meaning: 'lowest value of the running delta, which begins at 0',
    unit: 'quantity',
    range: { check: 'delta_range', most: 0 },
    nothing: 'zero',
    rollUp: 'recomputed',
  },
  delta_max: {
    kind: 'sum',
    meaning: 'highest value of the running delta, which begins at 0',
    unit: 'quantity',
    range: { check: 'delta_range', least: 0 },
    nothing: 'zero',
    rollUp: 'recomputed',
  },
  taker_orders: {
    ...COUNT,
    meaning: 'runs of trades of one millisecond and one aggressor',
    unit: 'orders',
    nothing: 'zero',
  },
  taker_order_max: { ...QUOTE, meaning: 'largest taker order', rollUp: 'max' },
  large_buy: {
    ...SUM,
    meaning: 'Σ quantity of large taker orders of buyers',
    unit: 'quantity',
    nothing: 'zero',
  },
  large_sell: {
    ...SUM,
    meaning: 'Σ quantity of large taker orders of sellers',
    unit: 'quantity',
    nothing: 'zero',
  },
  book_count: {
    ...COUNT,
    meaning: 'used and short snapshots',
    unit: 'snapshots',
    nothing: 'empty',
  },
  book_full_count: {
    ...COUNT,
    meaning: 'snapshots with 20 levels on both sides',
    unit: 'snapshots',
    nothing: 'empty',
  },
  bid_close: { ...CLOSE, meaning: 'best bid of the last snapshot in Order' },
  ask_close: { ...CLOSE, meaning: 'best ask of the last snapshot in Order' },
  bid_qty_close: { ...CLOSE_QUANTITY, meaning: 'quantity of that bid' },
  ask_qty_close: { ...CLOSE_QUANTITY, meaning: 'quantity of that ask' },
  spread_max: {
    ...CLOSE,
    meaning: 'largest best ask − best bid',
    rollUp: 'max',
  },
  imbalance_l1: { ...SHARE, meaning: 'as `imbalance_l20`, over the best level' },
  imbalance_l5: {
    ...SHARE,
    meaning: 'as `imbalance_l20`, over 5 levels, of snapshots that have them on both sides',
  },
  bid_qty_l20: {
    ...MEAN,
    meaning: 'mean of the quantity of all 20 bids',
    unit: 'quantity',
  },
  ask_qty_l20: {
    ...MEAN,
    meaning: 'mean of the quantity of all 20 asks',
    unit: 'quantity',
  },
  bid_qty_l20_min: { ...LEAST_QUANTITY, meaning: 'its smallest value' },
  ask_qty_l20_min: { ...LEAST_QUANTITY, meaning: 'its smallest value' },
  bid_span_l20: {
    ...MEAN,
    meaning: 'mean distance from the best to the 20th bid',
    unit: 'price',
  },
  ask_span_l20: {
    ...MEAN,
    meaning: 'mean distance from the best to the 20th ask',
    unit: 'price',
  },
  ofi_l1: { ...FLOW, meaning: 'Σ order-flow imbalance at the best quotes over the steps' },
  ofi_l5: { ...FLOW, meaning: 'the same over levels 1 to 5, level by level' },
  bid_added: { ...BOOK_QUANTITY, meaning: 'bids added, in the range both windows show' },
  bid_pulled: { ...BOOK_QUANTITY, meaning: 'bids that went without being traded' },
  ask_added: { ...BOOK_QUANTITY, meaning: 'asks added, in the range both windows show' },
  ask_pulled: { ...BOOK_QUANTITY, meaning: 'asks that went without being traded' },
  bid_wall_pulled: { ...BOOK_QUANTITY, meaning: 'what was pulled of bid walls' },
  ask_wall_pulled: { ...BOOK_QUANTITY, meaning: 'what was pulled of ask walls' },
};

export const SIGNALS: FileTable<SignalColumn> = fileTable<SignalColumn>({
  kind: 'signals',
  rows: { kind: 'grid', time: 'timestamp' },
  columns: namedColumns(HEADER, COLUMNS),
});
