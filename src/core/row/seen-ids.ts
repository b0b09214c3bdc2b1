/**
 * Finds duplicate rows by id, never by content: identical rows can be real trades (order-flow fact F1).
 * Each structure has a named limit and throws beyond it.
 */
import type { RowColumns } from '../event/row-columns.js';
import { FlowbarsError } from '../unit/errors.js';
import { SECOND_MS } from '../unit/utc-date.js';
import { IdIntervals } from './id-intervals.js';

/** Ids of a symbol-day that are kept as text because they are not numbers below 2^53. */
export const TEXT_IDS_MAX = 2_000_000;
/** Snapshots of a symbol-day that carry an update id: ten a second make 864,000. */
export const SNAPSHOT_IDS_MAX = 4_000_000;

const SLOTS_FIRST = 2_048;
/** Seconds of an epoch that a text's first row may have: 500 years. */
const SECONDS_MAX = 2 ** 34;
/** 2^32 divided by the golden ratio: Knuth's multiplicative hashing (TAOCP 6.4). */
const HASH_FACTOR = 0x9e3779b1;

/** The row's id is new, or the row has none. */
export const NEW_ID = 0;
/** A row before it in the same object has its id: whoever wrote the object wrote it twice. */
export const REPEATED_WITHIN = 1;
/** The first row with its id lies in another object, as where two recorders overlap. */
export const REPEATED_FROM_ANOTHER = 2;
/** The same, but at another time: the id is no id of a trade, such as a counter that begins anew in each chunk. */
export const REUSED = 3;

/** Rows of one trade have one time; recorders that store it differently are this close. */
const REUSED_AFTER_MS = 1_000;

export class SeenTradeIds {
  private readonly numeric = new IdIntervals();
  /** The ids that were new in the object that is read. */
  private ofObject = new IdIntervals();
  private object = 0;
  private readonly texts = new TextIds();

  /** Objects have ascending numbers. */
  add(rows: RowColumns, row: number, object: number): number {
    const id = rows.id[row] ?? Number.NaN;
    if (Number.isNaN(id)) {
      const text = rows.textId.get(row);
      return text === undefined ? NEW_ID : this.texts.add(text, object, rows.timeMs[row] ?? 0);
    }
    if (object !== this.object) {
      this.object = object;
      this.ofObject = new IdIntervals();
    }
    const timeMs = rows.timeMs[row] ?? 0;
    if (this.numeric.add(id, timeMs)) {
      this.ofObject.add(id, timeMs);
      return NEW_ID;
    }
    if (this.ofObject.has(id)) return REPEATED_WITHIN;
    // Ids count up in time, so the row before it with this id lies between the ends of their stretch.
    const { fromMs, toMs } = this.numeric.timesAround(id);
    const isFar = timeMs < fromMs - REUSED_AFTER_MS || timeMs > toMs + REUSED_AFTER_MS;
    return isFar ? REUSED : REPEATED_FROM_ANOTHER;
  }
}

/**
 * A duplicate snapshot has the same update id and the same millisecond, and update ids are not
 * consecutive. So this is a hash table of (millisecond, id) with the number of the object that had it
 * first: three columns, at most half full, 20 bytes a slot.
 */
export class SeenSnapshotIds {
  private count = 0;
  /** NaN: a free slot. */
  private timesMs: Float64Array = new Float64Array(SLOTS_FIRST).fill(Number.NaN);
  private ids: Float64Array = new Float64Array(SLOTS_FIRST);
  private objects: Uint32Array = new Uint32Array(SLOTS_FIRST);
  private readonly texts = new TextIds();

  add(rows: RowColumns, row: number, object: number): number {
    const id = rows.id[row] ?? Number.NaN;
    const timeMs = rows.timeMs[row] ?? 0;
    if (Number.isNaN(id)) {
      const text = rows.textId.get(row);
      return text === undefined ? NEW_ID : this.texts.add(`${timeMs}:${text}`, object, timeMs);
    }
    const slot = this.slotOf(timeMs, id);
    if (this.timesMs[slot] === timeMs) return repeatedFrom(this.objects[slot], object);
    if (this.count === SNAPSHOT_IDS_MAX) throw tooMany('update ids', SNAPSHOT_IDS_MAX);
    this.timesMs[slot] = timeMs;
    this.ids[slot] = id;
    this.objects[slot] = object;
    this.count += 1;
    if (this.count * 2 > this.timesMs.length) this.grow();
    return NEW_ID;
  }

  /** The slot that holds the pair, or the free slot for it. The number of slots is a power of two. */
  private slotOf(timeMs: number, id: number): number {
    const { timesMs, ids } = this;
    const mask = timesMs.length - 1;
    const mixed = Math.imul(Math.imul(timeMs | 0, HASH_FACTOR) ^ (id | 0), HASH_FACTOR);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (!Number.isNaN(timesMs[slot]) && (timesMs[slot] !== timeMs || ids[slot] !== id)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    const { timesMs, ids, objects } = this;
    this.timesMs = new Float64Array(timesMs.length * 2).fill(Number.NaN);
    this.ids = new Float64Array(timesMs.length * 2);
    this.objects = new Uint32Array(timesMs.length * 2);
    for (const [from, timeMs] of timesMs.entries()) {
      if (Number.isNaN(timeMs)) continue;
      const slot = this.slotOf(timeMs, ids[from] ?? 0);
      this.timesMs[slot] = timeMs;
      this.ids[slot] = ids[from] ?? 0;
      this.objects[slot] = objects[from] ?? 0;
    }
  }
}

class TextIds {
  /** The object that had each text first and the second of its row, in one safe integer. */
  private readonly firsts = new Map<string, number>();

  add(text: string, object: number, timeMs: number): number {
    const second = Math.floor(timeMs / SECOND_MS);
    const first = this.firsts.get(text);
    if (first !== undefined) {
      const firstObject = Math.floor(first / SECONDS_MAX);
      if (firstObject === object) return REPEATED_WITHIN;
      const isFar = Math.abs(second - (first % SECONDS_MAX)) * SECOND_MS > REUSED_AFTER_MS;
      return isFar ? REUSED : REPEATED_FROM_ANOTHER;
    }
    if (this.firsts.size === TEXT_IDS_MAX)
      throw tooMany('ids other than numbers below 2^53', TEXT_IDS_MAX);
    this.firsts.set(text, object * SECONDS_MAX + second);
    return NEW_ID;
  }
}

function repeatedFrom(first: number | undefined, object: number): number {
  return first === object ? REPEATED_WITHIN : REPEATED_FROM_ANOTHER;
}

function tooMany(what: string, limit: number): FlowbarsError {
  return new FlowbarsError('limit', {
    where: 'symbol-day',
    what,
    found: `more than ${limit}`,
    expected: `at most ${limit}`,
  });
}
