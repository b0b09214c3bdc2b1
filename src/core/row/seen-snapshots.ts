/**
 * Finds duplicate snapshots: the same update id in the same millisecond, and update ids are not
 * consecutive. Snapshots nearly always come in time order, so they are a list of (millisecond, id), each with
 * the number of the object that had it first; those out of order go to a hash table.
 */
import { grownFloats, type RowColumns } from '../event/row-columns.js';
import { SnapshotTable } from './snapshot-table.js';
import { NEW_ID, REPEATED_FROM_ANOTHER, REPEATED_WITHIN, TextIds, tooManyIds } from './text-ids.js';
import type { SeenIds } from './seen-ids.js';

/** Snapshots of a symbol-day that carry an update id: ten a second make 864,000. */
export const SNAPSHOT_IDS_MAX = 4_000_000;

const CAPACITY_FIRST = 2_048;
/** The object of what was remembered; those of a stretch count from 1. */
const REMEMBERED = 0;

export class SeenSnapshotIds implements SeenIds {
  readonly reused = 0;
  private count = 0;
  /** Times never fall. */
  private timesMs: Float64Array = new Float64Array(CAPACITY_FIRST);
  private ids: Float64Array = new Float64Array(CAPACITY_FIRST);
  private objects: Float64Array = new Float64Array(CAPACITY_FIRST);
  private readonly stragglers = new SnapshotTable();
  private remembered = 0;
  private readonly texts = new TextIds();

  add(rows: RowColumns, row: number, object: number): number {
    const id = rows.id[row] ?? Number.NaN;
    const timeMs = rows.timeMs[row] ?? 0;
    if (Number.isNaN(id)) {
      const text = rows.textId.get(row);
      return text === undefined ? NEW_ID : this.texts.add(`${timeMs}:${text}`, object, timeMs);
    }
    const first = this.addNumber(timeMs, id, object);
    if (first === undefined) return NEW_ID;
    return first === object ? REPEATED_WITHIN : REPEATED_FROM_ANOTHER;
  }

  remember(rows: RowColumns, row: number): void {
    if (Number.isNaN(rows.id[row])) this.add(rows, row, REMEMBERED);
    else if (this.add(rows, row, REMEMBERED) === NEW_ID) this.remembered += 1;
  }

  get hasTexts(): boolean {
    return this.texts.size > 0;
  }

  clashesWith(next: this): boolean {
    if (this.size + next.size > SNAPSHOT_IDS_MAX) return true;
    let shared = 0;
    for (let at = 0; at < next.count && (next.timesMs[at] ?? 0) <= this.lastMs; at++) {
      if (this.firstObjectOf(next.timesMs[at] ?? 0, next.ids[at] ?? 0) !== undefined) shared += 1;
    }
    for (const { timeMs, id } of next.stragglers.all()) {
      if (this.firstObjectOf(timeMs, id) !== undefined) shared += 1;
    }
    return shared !== next.remembered;
  }

  merge(next: this): void {
    for (let at = 0; at < next.count; at++) {
      this.addNumber(next.timesMs[at] ?? 0, next.ids[at] ?? 0, next.objects[at] ?? 0);
    }
    for (const { timeMs, id, object } of next.stragglers.all()) this.addNumber(timeMs, id, object);
  }

  private get size(): number {
    return this.count + this.stragglers.count;
  }

  private get lastMs(): number {
    return this.count === 0 ? Number.NEGATIVE_INFINITY : (this.timesMs[this.count - 1] ?? 0);
  }

  /** Adds the pair if it is new; else the object that had it first. */
  private addNumber(timeMs: number, id: number, object: number): number | undefined {
    if (timeMs <= this.lastMs) {
      const first = this.firstObjectOf(timeMs, id);
      if (first !== undefined) return first;
    }
    if (this.size === SNAPSHOT_IDS_MAX) throw tooManyIds('update ids', SNAPSHOT_IDS_MAX);
    if (timeMs >= this.lastMs) this.append(timeMs, id, object);
    else this.stragglers.add(timeMs, id, object);
    return undefined;
  }

  private firstObjectOf(timeMs: number, id: number): number | undefined {
    const { timesMs, ids, count } = this;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((timesMs[middle] ?? 0) < timeMs) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < count && timesMs[at] === timeMs; at++) {
      if (ids[at] === id) return this.objects[at];
    }
    return this.stragglers.count === 0 ? undefined : this.stragglers.objectOf(timeMs, id);
  }

  private append(timeMs: number, id: number, object: number): void {
    if (this.count === this.timesMs.length) {
      const capacity = this.count * 2;
      this.timesMs = grownFloats(this.timesMs, capacity);
      this.ids = grownFloats(this.ids, capacity);
      this.objects = grownFloats(this.objects, capacity);
    }
    this.timesMs[this.count] = timeMs;
    this.ids[this.count] = id;
    this.objects[this.count] = object;
    this.count += 1;
  }
}
