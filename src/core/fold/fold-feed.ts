/** Hands each fold of a pass the rows of its streams, in the order that fold.ts defines. */
import type { DepthRows } from '../event/depth-rows.js';
import type { TradeRows } from '../event/trade-rows.js';
import { ExchangeOrder } from '../row/exchange-order.js';
import { alternate } from './alternate.js';
import type { DepthFold, DepthRun, Fold, TradeFold, TradeRun, TwoStreamFold } from './fold.js';

/**
 * Time handed over at once: it bounds the runs in memory, of which a whole day that is out of order has
 * one for each row.
 */
const HAND_OVER_MS = 3_600_000;

export class FoldFeed {
  private readonly trades = new ExchangeOrder<TradeRows>();
  private readonly depth = new ExchangeOrder<DepthRows>();
  private readonly ofTrades: readonly TradeFold<unknown>[];
  private readonly ofDepth: readonly DepthFold<unknown>[];
  private readonly ofBoth: readonly TwoStreamFold<unknown>[];
  /** Usable rows that were late. */
  lateRows = 0;

  constructor(folds: readonly Fold<unknown>[]) {
    this.ofTrades = folds.filter((fold) => fold.streams === 'trades');
    this.ofDepth = folds.filter((fold) => fold.streams === 'depth');
    this.ofBoth = folds.filter((fold) => fold.streams === 'both');
  }

  /**
   * Takes a chunk's rows, admitted and with their sequence numbers, in reading order. Rows before
   * `lateBeforeMs` are late and handed on at once; the others wait.
   */
  push(rows: TradeRows | DepthRows, lateBeforeMs: number): void {
    if (rows.stream === 'trades') {
      const late = this.trades.push(rows, lateBeforeMs);
      this.noteLate(late);
      for (const fold of [...this.ofTrades, ...this.ofBoth]) {
        for (const run of late) fold.takeTrades(run);
      }
    } else {
      const late = this.depth.push(rows, lateBeforeMs);
      this.noteLate(late);
      for (const fold of [...this.ofDepth, ...this.ofBoth]) {
        for (const run of late) fold.takeDepth(run);
      }
    }
  }

  /** Hands over every waiting row before `beforeMs`. Rows pushed later must not lie before it, unless late. */
  advance(beforeMs: number): void {
    for (;;) {
      const headMs = Math.min(this.trades.headMs, this.depth.headMs);
      if (headMs >= beforeMs) return;
      this.handOver(Math.min(beforeMs, headMs + HAND_OVER_MS));
    }
  }

  /** Hands over all waiting rows. */
  finish(): void {
    this.advance(Number.POSITIVE_INFINITY);
  }

  private handOver(beforeMs: number): void {
    const trades = this.trades.take(beforeMs);
    const depth = this.depth.take(beforeMs);
    for (const fold of this.ofTrades) {
      for (const run of trades) fold.takeTrades(run);
    }
    for (const fold of this.ofDepth) {
      for (const run of depth) fold.takeDepth(run);
    }
    for (const fold of this.ofBoth) alternate(trades, depth, fold);
  }

  private noteLate(runs: readonly (TradeRun | DepthRun)[]): void {
    for (const { from, to } of runs) this.lateRows += to - from;
  }
}
