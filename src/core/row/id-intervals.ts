/**
 * A set of nearly consecutive ids as sorted intervals: memory grows with the gaps, not with the rows.
 * Each interval holds the exchange times of its two ends.
 */
import { grownFloats } from '../event/row-columns.js';
import { FlowbarsError } from '../unit/errors.js';
import type { TimeRange } from '../unit/utc-date.js';

/** Intervals of one symbol-day; real recordings need a handful (order-flow fact F10). */
export const ID_INTERVALS_MAX = 100_000;

export interface IdGap {
  readonly afterId: number;
  readonly missing: number;
  /** Times of the rows before and after the gap, in id order. */
  readonly fromMs: number;
  readonly toMs: number;
}

export class IdIntervals {
  private count = 0;
  private starts: Float64Array = new Float64Array(64);
  private ends: Float64Array = new Float64Array(64);
  private startTimesMs: Float64Array = new Float64Array(64);
  private endTimesMs: Float64Array = new Float64Array(64);

  /** Adds an id; false if it was already there. Throws a limit error past ID_INTERVALS_MAX. */
  add(id: number, timeMs: number): boolean {
    const last = this.count - 1;
    if (last >= 0 && id === (this.ends[last] ?? 0) + 1) {
      this.ends[last] = id;
      this.endTimesMs[last] = timeMs;
      return true;
    }
    const after = this.firstStartAbove(id);
    const before = after - 1;
    if (before >= 0 && id <= (this.ends[before] ?? 0)) {
      this.noteRepeat(before, id, timeMs);
      return false;
    }
    const joinsBefore = before >= 0 && (this.ends[before] ?? 0) + 1 === id;
    const joinsAfter = after < this.count && this.starts[after] === id + 1;
    if (joinsBefore && joinsAfter) {
      this.ends[before] = this.ends[after] ?? id;
      this.endTimesMs[before] = this.endTimesMs[after] ?? timeMs;
      this.remove(after);
    } else if (joinsBefore) {
      this.ends[before] = id;
      this.endTimesMs[before] = timeMs;
    } else if (joinsAfter) {
      this.starts[after] = id;
      this.startTimesMs[after] = timeMs;
    } else {
      this.insert(after, id, timeMs);
    }
    return true;
  }

  /** An id on several rows keeps the earliest time. */
  private noteRepeat(interval: number, id: number, timeMs: number): void {
    if (id === this.starts[interval] && timeMs < (this.startTimesMs[interval] ?? 0)) {
      this.startTimesMs[interval] = timeMs;
    }
    if (id === this.ends[interval] && timeMs < (this.endTimesMs[interval] ?? 0)) {
      this.endTimesMs[interval] = timeMs;
    }
  }

  has(id: number): boolean {
    const before = this.firstStartAbove(id) - 1;
    return before >= 0 && id <= (this.ends[before] ?? 0);
  }

  /** Exchange times between which the ids around this one lie; it must be there. */
  timesAround(id: number): TimeRange {
    const at = this.firstStartAbove(id) - 1;
    const one = this.startTimesMs[at] ?? Number.NaN;
    const other = this.endTimesMs[at] ?? Number.NaN;
    return { fromMs: Math.min(one, other), toMs: Math.max(one, other) };
  }

  /** How many ids above `idBefore` and below `idAfter` are not there; both are there. */
  missingBetween(idBefore: number, idAfter: number): number {
    let missing = 0;
    for (let at = this.firstStartAbove(idBefore); at < this.count; at++) {
      const start = this.starts[at] ?? 0;
      if (start > idAfter) break;
      missing += start - (this.ends[at - 1] ?? 0) - 1;
    }
    return missing;
  }

  get first(): number | undefined {
    return this.count === 0 ? undefined : this.starts[0];
  }

  get last(): number | undefined {
    return this.count === 0 ? undefined : this.ends[this.count - 1];
  }

  /** Exchange times of the first and the last id. */
  get span(): { readonly fromMs: number; readonly toMs: number } | undefined {
    const fromMs = this.startTimesMs[0];
    const toMs = this.endTimesMs[this.count - 1];
    return this.count === 0 || fromMs === undefined || toMs === undefined
      ? undefined
      : { fromMs, toMs };
  }

  /** The gaps between the first and the last id, in id order. */
  *gaps(): Generator<IdGap> {
    for (let i = 1; i < this.count; i++) {
      const afterId = this.ends[i - 1] ?? 0;
      yield {
        afterId,
        missing: (this.starts[i] ?? 0) - afterId - 1,
        fromMs: this.endTimesMs[i - 1] ?? 0,
        toMs: this.startTimesMs[i] ?? 0,
      };
    }
  }

  private firstStartAbove(id: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private insert(at: number, id: number, timeMs: number): void {
    if (this.count === ID_INTERVALS_MAX) {
      throw new FlowbarsError('limit', {
        where: 'trade ids',
        what: 'stretches of consecutive ids',
        found: `more than ${ID_INTERVALS_MAX}`,
        expected: 'nearly consecutive ids',
      });
    }
    if (this.count === this.starts.length) this.grow();
    for (const [column, value] of this.columns(id, timeMs)) {
      column.copyWithin(at + 1, at, this.count);
      column[at] = value;
    }
    this.count += 1;
  }

  private remove(at: number): void {
    for (const [column] of this.columns(0, 0)) column.copyWithin(at, at + 1, this.count);
    this.count -= 1;
  }

  private columns(id: number, timeMs: number): [Float64Array, number][] {
    return [
      [this.starts, id],
      [this.ends, id],
      [this.startTimesMs, timeMs],
      [this.endTimesMs, timeMs],
    ];
  }

  private grow(): void {
    const length = this.starts.length * 2;
    this.starts = grownFloats(this.starts, length);
    this.ends = grownFloats(this.ends, length);
    this.startTimesMs = grownFloats(this.startTimesMs, length);
    this.endTimesMs = grownFloats(this.endTimesMs, length);
  }
}
