/**
 * Hands the usable rows of one stream to the folds in exchange-time order: (time cut to
 * milliseconds, reading order). Lateness is resolved inside a window of chunk minutes; a row that is
 * later still is handed over marked as late.
 */
import type { DepthRows } from '../event/depth-rows.js';
import { LAST_USABLE } from '../event/row-columns.js';
import type { TradeRows } from '../event/trade-rows.js';
import { inTimeOrder } from './time-order.js';

/** Columns that may wait for their time; beyond it the oldest go on, and what is older still comes late. */
export const PENDING_BYTES_MAX = 67_108_864;

/** Rows `from` to `to` (end exclusive) of a chunk: consecutive in exchange order, all usable. */
export interface Run<Rows extends TradeRows | DepthRows> {
  readonly rows: Rows;
  readonly from: number;
  readonly to: number;
  /** These rows lie before rows that were handed over already. */
  readonly late: boolean;
}

interface Pending<Rows> {
  readonly rows: Rows;
  next: number;
}

export class ExchangeOrder<Rows extends TradeRows | DepthRows> {
  private pending: Pending<Rows>[] = [];
  private handedOverMs = Number.NEGATIVE_INFINITY;
  private readonly take: (run: Run<Rows>) => void;
  /** Usable rows that came too late to be put in order. */
  lateRows = 0;

  constructor(take: (run: Run<Rows>) => void) {
    this.take = take;
  }

  /** Adds a chunk's rows, admitted and with their sequence numbers. Later calls must read later. */
  push(chunk: Rows): void {
    const rows = inTimeOrder(chunk);
    const late = this.takeLate(rows);
    this.pending.push({ rows, next: late });
    while (this.pending.length > 1 && this.pendingBytes() > PENDING_BYTES_MAX) {
      // The chunk that ends first goes on whole; one that reaches far ahead keeps the others back no longer than need be.
      const ends = this.pending.map(({ rows: { timeMs, count } }) => timeMs[count - 1] ?? 0);
      this.advance(Math.min(...ends) + 1);
    }
  }

  /** Hands over every waiting row before `timeMs`. */
  advance(timeMs: number): void {
    for (;;) {
      let first: Pending<Rows> | undefined;
      let firstMs = timeMs;
      let otherMs = timeMs;
      for (const entry of this.pending) {
        skipUnusable(entry);
        const headMs =
          entry.next < entry.rows.count ? (entry.rows.timeMs[entry.next] ?? 0) : timeMs;
        if (headMs < firstMs) {
          otherMs = Math.min(otherMs, firstMs);
          first = entry;
          firstMs = headMs;
        } else if (entry !== first) {
          otherMs = Math.min(otherMs, headMs);
        }
      }
      if (first === undefined) break;
      this.takeRun(first, otherMs);
    }
    this.pending = this.pending.filter(({ rows, next }) => next < rows.count);
  }

  /** Hands over all that waits. */
  finish(): void {
    this.advance(Number.POSITIVE_INFINITY);
  }

  private pendingBytes(): number {
    return this.pending.reduce((sum, { rows: waiting }) => sum + waiting.sizeBytes, 0);
  }

  /**
   * Takes the usable rows at the head of `entry` that lie before `otherMs`, plus those of the head's
   * own millisecond: an entry read earlier goes first in a tie, and the search above prefers it.
   */
  private takeRun(entry: Pending<Rows>, otherMs: number): void {
    const { rows } = entry;
    const { timeMs, outcome, count } = rows;
    const from = entry.next;
    const headMs = timeMs[from] ?? 0;
    let to = from;
    while (
      to < count &&
      (outcome[to] ?? 0) <= LAST_USABLE &&
      ((timeMs[to] ?? 0) < otherMs || timeMs[to] === headMs)
    ) {
      to += 1;
    }
    entry.next = to;
    this.handedOverMs = timeMs[to - 1] ?? this.handedOverMs;
    this.take({ rows, from, to, late: false });
  }

  /** Hands over, as late, the head of a chunk that lies before what went on already. Returns where it ends. */
  private takeLate(rows: Rows): number {
    const { timeMs, outcome, count } = rows;
    let at = 0;
    while (at < count && (timeMs[at] ?? 0) < this.handedOverMs) {
      let to = at;
      while (
        to < count &&
        (timeMs[to] ?? 0) < this.handedOverMs &&
        (outcome[to] ?? 0) <= LAST_USABLE
      ) {
        to += 1;
      }
      if (to > at) {
        this.lateRows += to - at;
        this.take({ rows, from: at, to, late: true });
        at = to;
      } else {
        at += 1;
      }
    }
    return at;
  }
}

function skipUnusable(entry: Pending<TradeRows | DepthRows>): void {
  const { outcome, count } = entry.rows;
  while (entry.next < count && (outcome[entry.next] ?? 0) > LAST_USABLE) entry.next += 1;
}
