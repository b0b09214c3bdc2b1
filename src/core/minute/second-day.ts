/**
 * One published symbol-day as features and labels read it: the exact cells of its seconds, its gaps and its events.
 * It holds the columns that they need; it never holds what came after an event.
 */
import type { Direction, PatternName } from '../column/pattern-table.js';
import type { SeriesByName } from '../series/series.js';
import type { SymbolName } from '../unit/symbol.js';
import type { UtcDate } from '../unit/utc-date.js';

/** Columns whose cells have one scale, those of SIGNAL_PRICES with them. */
export const BAR_PRICES = ['open', 'high', 'low', 'close'] as const;
export const BAR_CELLS = [
  'open',
  'high',
  'low',
  'close',
  'vol_total',
  'vol_buy',
  'vol_sell',
  'vol_delta',
  'trade_count',
  'avg_spread',
  'imbalance_l20',
] as const;
export type BarCell = (typeof BAR_CELLS)[number];

export const SIGNAL_PRICES = ['bid_close', 'ask_close'] as const;
export const SIGNAL_CELLS = [
  'bid_close',
  'ask_close',
  'trades_missing_ms',
  'depth_missing_ms',
  'quote_total',
  'cvd',
  'taker_orders',
  'large_buy',
  'large_sell',
  'book_count',
  'imbalance_l1',
  'imbalance_l5',
  'bid_qty_l20',
  'ask_qty_l20',
  'bid_qty_l20_min',
  'ask_qty_l20_min',
  'ofi_l1',
  'ofi_l5',
  'bid_added',
  'bid_pulled',
  'ask_added',
  'ask_pulled',
  'bid_wall_pulled',
  'ask_wall_pulled',
] as const;
export type SignalCell = (typeof SIGNAL_CELLS)[number];

/** An event of a pattern, without its outcome. */
export interface SecondEvent {
  readonly pattern: PatternName;
  readonly direction: Direction;
  /** Seconds from 00:00 to the instant at which it is confirmed: 1 to 86,400. */
  readonly confirmedSecond: number;
}

/** What the rules of the patterns say about the cells of a day. */
export interface DayEvents {
  /** Ordered by `confirmedSecond`. */
  readonly events: readonly SecondEvent[];
  /** By pattern and minute, 1: enough of the day lies before it for a quantile, so no event means none. */
  readonly judged: ReadonlyMap<PatternName, Uint8Array>;
}

/** A series has 86,400 cells, one a second. */
export interface SecondCells {
  readonly bar: SeriesByName<BarCell>;
  readonly signal: SeriesByName<SignalCell>;
}

export interface SecondDay extends SecondCells, DayEvents {
  readonly symbol: SymbolName;
  readonly date: UtcDate;
  /** `trades`: no depth was recorded. */
  readonly streams: 'both' | 'trades';
  /** By second: one of the GAP codes. */
  readonly gap: Uint8Array;
  /** By minute, in units of price; NaN without a snapshot. */
  readonly avgSpread: Float64Array;
}
