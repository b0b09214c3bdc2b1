/**
 * Puts the usable rows of one stream in Order (docs/INPUT.md): exchange time cut to milliseconds;
 * within one millisecond trades by id if every one of them has a numeric id, else reading order. Rows
 * wait until nothing earlier can come; late rows are passed on at once.
 */
import type { DepthRows } from '../event/depth-rows.js';
import { LAST_USABLE } from '../event/row-columns.js';
import type { TradeRows } from '../event/trade-rows.js';
import { FlowbarsError } from '../unit/errors.js';
import { inOrder } from './chunk-order.js';

/** Bytes of waiting columns of one stream; an hour of snapshots needs 24 MB, six million trades all of it. More fails the symbol-day. */
export const WAITING_BYTES_MAX = 268_435_456;

/** Rows `from` to `to` (end exclusive) of one batch of a chunk: consecutive in Order, all usable. */
export interface Run<Rows extends TradeRows | DepthRows> {
  readonly rows: Rows;
  readonly from: number;
  readonly to: number;
  /** The rows are late (docs/INPUT.md): they are in Order only among the late rows of their batch. */
  readonly late: boolean;
}

interface Waiting<Rows> {
  readonly rows: Rows;
  next: number;
}

interface Placed<Rows> {
  readonly rows: Rows;
  readonly row: number;
  readonly sequence: number;
  /** NaN: no numeric id, or a snapshot. */
  readonly id: number;
}

export class ExchangeOrder<Rows extends TradeRows | DepthRows> {
  /** In reading order. */
  private waiting: Waiting<Rows>[] = [];
  /** Batches of which no row waits any more, until they are asked for. */
  private drained: Rows[] = [];
  /** The most bytes of rows that waited at once. */
  peakBytes = 0;
  /** Milliseconds that have a late trade without an id, as an earlier pass has seen: ids do not order them. */
  private readonly idlessMs: ReadonlySet<number>;

  constructor(idlessMs: ReadonlySet<number> = new Set()) {
    this.idlessMs = idlessMs;
  }

  /**
   * Adds a batch of a chunk's rows, admitted and with their sequence numbers. Later calls must read later.
   * Returns its late rows, those before `lateBeforeMs`, as runs; the others wait.
   */
  push(batch: Rows, lateBeforeMs: number): Run<Rows>[] {
    const entry = { rows: inOrder(batch, this.idlessMs), next: 0 };
    if (entry.rows !== batch) this.drained.push(batch);
    const late = takeRuns(entry, lateBeforeMs, true);
    if (entry.next < entry.rows.count) this.waiting.push(entry);
    else this.drained.push(entry.rows);
    this.assertBounded();
    return late;
  }

  /** Batches that no run handed out from now on shares. */
  takeDrained(): Rows[] {
    const { drained } = this;
    this.drained = [];
    return drained;
  }

  /** Time of the first waiting row in Order; infinity if none waits. */
  get headMs(): number {
    return this.waiting.reduce(
      (firstMs, entry) => Math.min(firstMs, headMsOf(entry)),
      Number.POSITIVE_INFINITY,
    );
  }

  /** Takes the waiting rows before `beforeMs`, in Order. The runs share the batches' columns, which stay valid. */
  take(beforeMs: number): Run<Rows>[] {
    const runs: Run<Rows>[] = [];
    for (;;) {
      let first: Waiting<Rows> | undefined;
      let firstMs = beforeMs;
      let otherMs = beforeMs;
      for (const entry of this.waiting) {
        const headMs = headMsOf(entry);
        if (headMs < firstMs) {
          otherMs = firstMs;
          first = entry;
          firstMs = headMs;
        } else if (headMs < otherMs) {
          otherMs = headMs;
        }
      }
      if (first === undefined) break;
      if (firstMs === otherMs) runs.push(...this.takeMillisecond(firstMs));
      else runs.push(...takeRuns(first, otherMs, false));
    }
    const isWaiting = ({ rows, next }: Waiting<Rows>): boolean => next < rows.count;
    for (const entry of this.waiting) if (!isWaiting(entry)) this.drained.push(entry.rows);
    this.waiting = this.waiting.filter(isWaiting);
    return runs;
  }

  /** Takes a millisecond with rows in several batches. Ids order it only if all its trades have one. */
  private takeMillisecond(timeMs: number): Run<Rows>[] {
    const placed: Placed<Rows>[] = [];
    for (const entry of this.waiting) {
      const { rows } = entry;
      for (; headMsOf(entry) === timeMs; entry.next++) {
        const row = entry.next;
        const id = rows.stream === 'trades' ? rows.idNumber(row) : Number.NaN;
        placed.push({ rows, row, sequence: rows.sequence[row] ?? 0, id });
      }
    }
    const haveIds = !this.idlessMs.has(timeMs) && !placed.some(({ id }) => Number.isNaN(id));
    placed.sort((a, b) => (haveIds ? a.id - b.id : 0) || a.sequence - b.sequence);
    return placed.map(({ rows, row }) => ({ rows, from: row, to: row + 1, late: false }));
  }

  private assertBounded(): void {
    const bytes = this.waiting.reduce((sum, { rows }) => sum + rows.usedBytes, 0);
    this.peakBytes = Math.max(this.peakBytes, bytes);
    if (bytes <= WAITING_BYTES_MAX) return;
    throw new FlowbarsError('limit', {
      where: 'symbol-day',
      what: 'bytes of rows that wait for their time',
      found: `${bytes}`,
      expected: `at most ${WAITING_BYTES_MAX}: cut the chunks into minutes or hours`,
    });
  }
}

/** Time of the next usable row; infinity after the last one. */
function headMsOf(entry: Waiting<TradeRows | DepthRows>): number {
  const { timeMs, outcome, count } = entry.rows;
  while (entry.next < count && (outcome[entry.next] ?? 0) > LAST_USABLE) entry.next += 1;
  return entry.next < count ? (timeMs[entry.next] ?? 0) : Number.POSITIVE_INFINITY;
}

/** Takes the usable rows of a batch before `beforeMs`, cut at unusable ones. */
function takeRuns<Rows extends TradeRows | DepthRows>(
  entry: Waiting<Rows>,
  beforeMs: number,
  late: boolean,
): Run<Rows>[] {
  const { rows } = entry;
  const { timeMs, outcome, count } = rows;
  const runs: Run<Rows>[] = [];
  while (headMsOf(entry) < beforeMs) {
    const from = entry.next;
    let to = from + 1;
    while (to < count && (timeMs[to] ?? 0) < beforeMs && (outcome[to] ?? 0) <= LAST_USABLE) to += 1;
    entry.next = to;
    runs.push({ rows, from, to, late });
  }
  return runs;
}
