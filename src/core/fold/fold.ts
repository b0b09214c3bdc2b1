/**
 * The seam between the single pass over the rows and everything computed from them. To add a feature,
 * implement one of these interfaces in a new file and add a line in pass/day-folds.
 */
import type { DepthRows } from '../event/depth-rows.js';
import type { TradeRows } from '../event/trade-rows.js';
import type { Run } from '../row/exchange-order.js';

export type TradeRun = Run<TradeRows>;
export type DepthRun = Run<DepthRows>;

/**
 * Usable rows come in one order: time in milliseconds; trades before snapshots of the same
 * millisecond; then Order (docs/INPUT.md). They come as runs: the rows `from` to `to` of chunk columns
 * that are valid during the call only.
 *
 * A `late` run is outside of that order: its rows lie more than the edge minutes before their chunk
 * minute (docs/INPUT.md). A row's time and its chunk's name alone decide that, so every split of
 * the work marks the same rows. A late run may come at any moment. Results that do not depend on order
 * include it; a fold that depends on order must skip it, or compare keys as bars do. Whether ids order
 * a millisecond is decided among all of its rows: where a late one without an id says otherwise, the day is
 * computed again (StretchResult.idlessMs).
 */
interface Folding<Result> {
  /**
   * Merges the fold of the stretch of time right after this one into this one; do not use `next`
   * afterwards. Both folds cover the same range, whichever of its rows each of them got.
   */
  merge(next: this): void;
  finish(): Result;
}

/** A fold of trades alone: it gets the longest runs and costs nothing for the other stream. */
export interface TradeFold<Result> extends Folding<Result> {
  readonly streams: 'trades';
  takeTrades(run: TradeRun): void;
}

/** A fold of snapshots alone. */
export interface DepthFold<Result> extends Folding<Result> {
  readonly streams: 'depth';
  takeDepth(run: DepthRun): void;
}

/**
 * A fold of trades against the book. Runs of the two streams alternate; each ends before the other
 * stream's next row. So a fold has seen all trades between two snapshots when the second one comes: it
 * needs no cursor, no comparison of times and no copies. The price is a call for about every two rows,
 * which only folds of both streams pay.
 */
export interface TwoStreamFold<Result> extends Folding<Result> {
  readonly streams: 'both';
  takeTrades(run: TradeRun): void;
  takeDepth(run: DepthRun): void;
}

export type Fold<Result> = TradeFold<Result> | DepthFold<Result> | TwoStreamFold<Result>;
