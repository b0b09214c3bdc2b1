/**
 * The seam between the one pass over the rows and everything that is computed from them. A feature is
 * one new file that implements one of these interfaces, and one line in day/day-folds.
 */
import type { DepthRows } from '../event/depth-rows.js';
import type { TradeRows } from '../event/trade-rows.js';
import type { Run } from '../row/exchange-order.js';

export type TradeRun = Run<TradeRows>;
export type DepthRun = Run<DepthRows>;

/**
 * Rows come in one order: (time in milliseconds; trades before snapshots of the same millisecond;
 * then Order, SPEC section 2), usable rows only. They come as runs: chunk columns that are lent for
 * the call, with the rows `from` to `to`, so that the inner loop is plain.
 *
 * A run marked `late` stands outside of that order: its rows lie more than the edge minutes before
 * their chunk minute (SIGNALS section 1). Time and chunk name alone decide that, so every split of
 * the work marks the same rows. A late run may come at any moment. It counts in what does not depend
 * on order; a fold whose result does must leave it out, or compare keys as bars do. Whether ids order
 * a millisecond is decided among its rows that are not late: nobody can wait for the others.
 */
interface Folding<Result> {
  /**
   * Joins the fold of the stretch of time right after this one, which may not be used afterwards.
   * Both were made for the same range: it says what the result covers, not which rows came.
   */
  merge(next: this): void;
  finish(): Result;
}

/** A fold of trades alone: the longest runs there are, and no cost for the other stream. */
export interface TradeFold<Result> extends Folding<Result> {
  readonly streams: 'trades';
  takeTrades(run: TradeRun): void;
}

/** Likewise of snapshots alone. */
export interface DepthFold<Result> extends Folding<Result> {
  readonly streams: 'depth';
  takeDepth(run: DepthRun): void;
}

/**
 * A fold of trades against the book. Runs of either stream alternate, cut where the other stream's
 * next row comes. The fold then holds all trades between two snapshots when the second one comes, by
 * the order of calls alone: it keeps no cursor, compares no times and copies no rows. The price is a
 * call for every two rows or so, which only folds that ask for both streams pay.
 */
export interface TwoStreamFold<Result> extends Folding<Result> {
  readonly streams: 'both';
  takeTrades(run: TradeRun): void;
  takeDepth(run: DepthRun): void;
}

export type Fold<Result> = TradeFold<Result> | DepthFold<Result> | TwoStreamFold<Result>;
