/**
 * A set of nearly consecutive ids as sorted intervals: memory grows with the gaps, not with the rows.
 * Each interval holds the exchange times of its two ends.
 */
import { grownFloats } from '../event/row-columns.js';
import { FlowbarsError } from '../unit/errors.js';

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
  /** The most intervals that there ever were. */
  peak = 0;
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

  /** How many ids there are. */
  get size(): number {
    let size = 0;
    for (let at = 0; at < this.count; at++) {
      size += (this.ends[at] ?? 0) - (this.starts[at] ?? 0) + 1;
    }
    return size;
  }

  /** How many ids are in both. */
  sharedWith(other: IdIntervals): number {
    let shared = 0;
    for (let at = 0, of = 0; at < this.count && of < other.count;) {
      const end = this.ends[at] ?? 0;
      const otherEnd = other.ends[of] ?? 0;
      const from = Math.max(this.starts[at] ?? 0, other.starts[of] ?? 0);
      shared += Math.max(0, Math.min(end, otherEnd) - from + 1);
      if (end <= otherEnd) at += 1;
      if (otherEnd <= end) of += 1;
    }
    return shared;
  }

  /** Adds all ids of `other`. */
  absorb(other: IdIntervals): void {
    const joined = new IdIntervals();
    for (let at = 0, of = 0; at < this.count || of < other.count;) {
      const start = at < this.count ? (this.starts[at] ?? 0) : Number.POSITIVE_INFINITY;
      const otherStart = of < other.count ? (other.starts[of] ?? 0) : Number.POSITIVE_INFINITY;
      if (start <= otherStart) joined.append(this, at++);
      else joined.append(other, of++);
    }
    joined.peak = Math.max(this.peak + other.peak, joined.count);
    Object.assign(this, joined);
  }

  /** Appends an interval of `source` that starts at or after the last one, and joins the two if they touch. */
  private append(source: IdIntervals, at: number): void {
    const start = source.starts[at] ?? 0;
    const end = source.ends[at] ?? 0;
    const startMs = source.startTimesMs[at] ?? 0;
    const endMs = source.endTimesMs[at] ?? 0;
    const last = this.count - 1;
    if (last < 0 || start > (this.ends[last] ?? 0) + 1) {
      this.insert(this.count, start, startMs);
      this.ends[last + 1] = end;
      this.endTimesMs[last + 1] = endMs;
      return;
    }
    if (start === this.starts[last]) {
      this.startTimesMs[last] = Math.min(this.startTimesMs[last] ?? startMs, startMs);
    }
    if (end === this.ends[last]) {
      this.endTimesMs[last] = Math.min(this.endTimesMs[last] ?? endMs, endMs);
    } else if (end > (this.ends[last] ?? 0)) {
      this.ends[last] = end;
      this.endTimesMs[last] = endMs;
    }
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
    this.peak = Math.max(this.peak, this.count);
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
