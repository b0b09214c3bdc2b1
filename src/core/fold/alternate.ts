/** Feeds both streams of one stretch of time to folds as alternating runs: trades before snapshots of the same millisecond. */
import type { DepthRows } from '../event/depth-rows.js';
import type { TradeRows } from '../event/trade-rows.js';
import type { Run } from '../row/exchange-order.js';
import type { DepthRun, TradeRun, TwoStreamFold } from './fold.js';

/** Both lists of runs are in Order and end before the same time. */
export function alternate(
  trades: readonly TradeRun[],
  depth: readonly DepthRun[],
  folds: readonly TwoStreamFold<unknown>[],
): void {
  const tradeRows = new Cursor(trades);
  const depthRows = new Cursor(depth);
  for (;;) {
    if (tradeRows.headMs <= depthRows.headMs) {
      // Times are whole milliseconds: trades of the snapshot's millisecond come before it.
      const run = tradeRows.takeBefore(depthRows.headMs + 1);
      if (run === undefined) return;
      for (const fold of folds) fold.takeTrades(run);
    } else {
      const run = depthRows.takeBefore(tradeRows.headMs);
      if (run === undefined) return;
      for (const fold of folds) fold.takeDepth(run);
    }
  }
}

/** The reading position in one stream. */
class Cursor<Rows extends TradeRows | DepthRows> {
  private readonly runs: readonly Run<Rows>[];
  private at = 0;
  private row: number;
  /** Time of the next row; infinity after the last one. */
  headMs: number;

  constructor(runs: readonly Run<Rows>[]) {
    this.runs = runs;
    this.row = runs[0]?.from ?? 0;
    this.headMs = this.timeOfHead();
  }

  /** The next rows of one chunk before `beforeMs`; at least one must exist. Undefined at the end. */
  takeBefore(beforeMs: number): Run<Rows> | undefined {
    const run = this.runs[this.at];
    if (run === undefined) return undefined;
    const { rows, late } = run;
    const from = this.row;
    let to = from + 1;
    while (to < run.to && (rows.timeMs[to] ?? 0) < beforeMs) to += 1;
    this.row = to;
    if (to === run.to) {
      this.at += 1;
      this.row = this.runs[this.at]?.from ?? 0;
    }
    this.headMs = this.timeOfHead();
    return { rows, from, to, late };
  }

  private timeOfHead(): number {
    return this.runs[this.at]?.rows.timeMs[this.row] ?? Number.POSITIVE_INFINITY;
  }
}
