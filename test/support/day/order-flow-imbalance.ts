/**
 * A second fold for the tests of the seam: order-flow imbalance at the best quotes (Cont, Kukanov and
 * Stoikov 2014) summed per bar. It proves what a later feature can rely on; it is no feature itself.
 */
import { LEVELS_MAX, type DepthRows } from '../../../src/core/event/depth-rows.js';
import type { Mantissas } from '../../../src/core/event/mantissas.js';
import type { DepthRun, Fold } from '../../../src/core/fold/fold.js';
import { powerOfTen } from '../../../src/core/unit/decimal.js';
import type { TimeRange } from '../../../src/core/unit/utc-date.js';

/** Best quotes of one snapshot, at 18 decimals. */
export interface BestQuotes {
  readonly timeMs: number;
  readonly bidE18: bigint;
  readonly bidQuantityE18: bigint;
  readonly askE18: bigint;
  readonly askQuantityE18: bigint;
}

/** What one snapshot adds, seen from the one before it: what joined the bid less what joined the ask. */
export function imbalanceE18(before: BestQuotes, now: BestQuotes): bigint {
  return (
    (now.bidE18 >= before.bidE18 ? now.bidQuantityE18 : 0n) -
    (now.bidE18 <= before.bidE18 ? before.bidQuantityE18 : 0n) -
    (now.askE18 <= before.askE18 ? now.askQuantityE18 : 0n) +
    (now.askE18 >= before.askE18 ? before.askQuantityE18 : 0n)
  );
}

export interface OrderFlowSums {
  /** By index of the bar; bars without a term are absent. */
  readonly sumsE18: ReadonlyMap<number, bigint>;
  /** Snapshots that came too late to have neighbours; they are in no sum. */
  readonly late: number;
}

/** A term belongs to the bar of its later snapshot. The first snapshot of a stretch waits for the stretch before. */
export class OrderFlowImbalance implements Fold<OrderFlowSums> {
  private readonly range: TimeRange;
  private readonly barMs: number;
  private readonly sumsE18 = new Map<number, bigint>();
  private first: BestQuotes | undefined = undefined;
  private last: BestQuotes | undefined = undefined;
  private late = 0;

  constructor(range: TimeRange, barMs: number) {
    this.range = range;
    this.barMs = barMs;
  }

  takeTrades(): void {
    // Quotes alone make this feature.
  }

  takeDepth({ rows, from, to, late }: DepthRun): void {
    if (late) {
      this.late += to - from;
      return;
    }
    for (let row = from; row < to; row++) this.follow(bestQuotes(rows, row));
  }

  merge(next: this): void {
    if (next.first !== undefined) this.follow(next.first);
    for (const [bar, sumE18] of next.sumsE18) this.add(bar, sumE18);
    this.last = next.last ?? this.last;
    this.late += next.late;
  }

  finish(): OrderFlowSums {
    return { sumsE18: this.sumsE18, late: this.late };
  }

  private follow(now: BestQuotes): void {
    if (this.last !== undefined) {
      const bar = Math.floor((now.timeMs - this.range.fromMs) / this.barMs);
      this.add(bar, imbalanceE18(this.last, now));
    }
    this.first ??= now;
    this.last = now;
  }

  private add(bar: number, termE18: bigint): void {
    this.sumsE18.set(bar, (this.sumsE18.get(bar) ?? 0n) + termE18);
  }
}

function bestQuotes(rows: DepthRows, row: number): BestQuotes {
  const best = row * LEVELS_MAX;
  return {
    timeMs: rows.timeMs[row] ?? 0,
    bidE18: e18(rows.bidPrice, best),
    bidQuantityE18: e18(rows.bidQuantity, best),
    askE18: e18(rows.askPrice, best),
    askQuantityE18: e18(rows.askQuantity, best),
  };
}

function e18(column: Mantissas, index: number): bigint {
  return column.at(index) * powerOfTen(18 - column.decimals);
}
