/** Hands each fold of a pass the rows of its streams, in the order that fold.ts defines. */
import type { DepthRows } from '../event/depth-rows.js';
import type { TradeRows } from '../event/trade-rows.js';
import { ExchangeOrder } from '../row/exchange-order.js';
import type { TimeRange } from '../unit/utc-date.js';
import { alternate } from './alternate.js';
import type { DepthFold, DepthRun, Fold, TradeFold, TradeRun, TwoStreamFold } from './fold.js';
import { RowCollector } from './row-collector.js';

/**
 * Time handed over at once: it bounds the runs in memory, of which a whole day that is out of order has
 * one for each row.
 */
const HAND_OVER_MS = 3_600_000;

/** Milliseconds with a late trade without an id that are known; a day of more has no ids worth an order. */
export const IDLESS_MS_MAX = 1_000_000;

const ALL_TIME: TimeRange = {
  fromMs: Number.NEGATIVE_INFINITY,
  toMs: Number.POSITIVE_INFINITY,
};

export class FoldFeed {
  private readonly trades: ExchangeOrder<TradeRows>;
  private readonly depth: ExchangeOrder<DepthRows>;
  private readonly ofTrades: readonly TradeFold<unknown>[];
  private readonly ofDepth: readonly DepthFold<unknown>[];
  private readonly ofBoth: readonly TwoStreamFold<unknown>[];
  /** The time in which only chunks of the feed's own stretch of the day have rows that are not late. */
  private readonly own: TimeRange;
  /** Rows before the feed's own time: they meet the last ones of the stretch before. */
  readonly head: RowCollector = new RowCollector();
  /** Rows after it: they meet the first ones of the stretch after. */
  readonly tail: RowCollector = new RowCollector();
  /** Usable rows that were late. */
  lateRows = 0;
  /** Milliseconds of late trades without a numeric id: ids do not order them. */
  readonly idlessMs: Set<number> = new Set();

  /** `idlessMs`: what an earlier pass over the same rows has found. */
  constructor(
    folds: readonly Fold<unknown>[],
    own: TimeRange = ALL_TIME,
    idlessMs: ReadonlySet<number> = new Set(),
  ) {
    this.trades = new ExchangeOrder(idlessMs);
    this.depth = new ExchangeOrder(idlessMs);
    this.ofTrades = folds.filter((fold) => fold.streams === 'trades');
    this.ofDepth = folds.filter((fold) => fold.streams === 'depth');
    this.ofBoth = folds.filter((fold) => fold.streams === 'both');
    this.own = own;
  }

  /**
   * Takes a chunk's rows, admitted and with their sequence numbers, in reading order. Rows before
   * `lateBeforeMs` are late and handed on at once; the others wait.
   */
  push(rows: TradeRows | DepthRows, lateBeforeMs: number): void {
    if (rows.stream === 'trades') {
      const late = this.trades.push(rows, lateBeforeMs);
      this.noteLate(late);
      this.noteIdless(late);
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
    const { fromMs, toMs } = this.own;
    for (;;) {
      const headMs = Math.min(this.trades.headMs, this.depth.headMs);
      if (headMs >= beforeMs) return;
      const endMs = headMs < fromMs ? fromMs : headMs < toMs ? toMs : Number.POSITIVE_INFINITY;
      this.handOver(Math.min(beforeMs, endMs, headMs + HAND_OVER_MS));
    }
  }

  /** Hands over all waiting rows. */
  finish(): void {
    this.advance(Number.POSITIVE_INFINITY);
  }

  /** Pushed batches whose rows were all handed over: no fold reads them any more. */
  takeDrained(): (TradeRows | DepthRows)[] {
    return [...this.trades.takeDrained(), ...this.depth.takeDrained()];
  }

  /** The most bytes of rows of one stream that waited at once. */
  get peakBytes(): number {
    return Math.max(this.trades.peakBytes, this.depth.peakBytes);
  }

  /** Rows of one hand-over lie all before the feed's own time, in it or after it. */
  private handOver(beforeMs: number): void {
    const trades = this.trades.take(beforeMs);
    const depth = this.depth.take(beforeMs);
    const collector =
      beforeMs <= this.own.fromMs ? this.head : beforeMs <= this.own.toMs ? undefined : this.tail;
    if (collector !== undefined) {
      for (const run of trades) collector.takeTrades(run);
      for (const run of depth) collector.takeDepth(run);
      return;
    }
    for (const fold of this.ofTrades) {
      for (const run of trades) fold.takeTrades(run);
    }
    for (const fold of this.ofDepth) {
      for (const run of depth) fold.takeDepth(run);
    }
    if (this.ofBoth.length > 0) alternate(trades, depth, this.ofBoth);
  }

  private noteIdless(runs: readonly TradeRun[]): void {
    for (const { rows, from, to } of runs) {
      for (let row = from; row < to && this.idlessMs.size < IDLESS_MS_MAX; row++) {
        if (Number.isNaN(rows.idNumber(row))) this.idlessMs.add(rows.timeMs[row] ?? 0);
      }
    }
  }

  private noteLate(runs: readonly (TradeRun | DepthRun)[]): void {
    for (const { from, to } of runs) this.lateRows += to - from;
  }
}
