/**
 * The seam between the one pass over the rows and everything that is computed from them. Bars are
 * one fold; another feature is one new file that implements Fold and one line in day/day-folds.
 */
import type { DepthRows } from '../event/depth-rows.js';
import type { TradeRows } from '../event/trade-rows.js';
import type { Run } from '../row/exchange-order.js';

export type TradeRun = Run<TradeRows>;
export type DepthRun = Run<DepthRows>;

/**
 * Runs of a stream arrive in exchange-time order, each stream by itself: (time cut to milliseconds,
 * reading order), usable rows only (used and short). Between the two streams no order is promised.
 * A run marked `late` lies before rows that were given already; a fold whose result depends on
 * neighbouring rows must say what it does with it. Columns are only valid during the call.
 */
export interface Fold<Result> {
  takeTrades(run: TradeRun): void;
  takeDepth(run: DepthRun): void;
  /**
   * Joins the fold of the stretch of time right after this one, which may not be used afterwards.
   * Both were made for the same range: it says what the result covers, not which rows came.
   */
  merge(next: this): void;
  finish(): Result;
}
