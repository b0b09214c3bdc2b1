/**
 * Finds duplicate rows by id, never by content: identical rows can be real trades (order-flow fact F1).
 * Each structure has a named limit and throws beyond it.
 */
import type { RowColumns } from '../event/row-columns.js';
import { ID_INTERVALS_MAX, IdIntervals } from './id-intervals.js';
import { ReusedIds } from './reused-ids.js';
import { NEW_ID, REPEATED_FROM_ANOTHER, REPEATED_WITHIN, TextIds } from './text-ids.js';

/** The ids that the rows of one stream had so far. */
export interface SeenIds {
  /** NEW_ID, REPEATED_WITHIN, REPEATED_FROM_ANOTHER or REUSED. `object` grows from one object to the next. */
  add(rows: RowColumns, row: number, object: number): number;
  /** Adds the id of a row right before the stretch, before any of its own. */
  remember(rows: RowColumns, row: number): void;
  /** Some are texts: only one pass over the whole day compares them. */
  readonly hasTexts: boolean;
  /** Repeats from another object whose ids are not trade ids. */
  readonly reused: number;
  /**
   * True if the answers about the stretch of the day after this one would not be the same with all ids of this
   * one known: a new id of its rows is here, or a limit is near.
   */
  clashesWith(next: this): boolean;
  /** Adds all ids of `next`, which does not clash. */
  merge(next: this): void;
}

export class SeenTradeIds implements SeenIds {
  private readonly numeric = new IdIntervals();
  /** How many of them were remembered. */
  private remembered = 0;
  /** The ids that were new in the object that is read. */
  private ofObject = new IdIntervals();
  private object = 0;
  private readonly texts = new TextIds();
  private readonly reusedIds: ReusedIds;

  constructor(dayStartMs: number) {
    this.reusedIds = new ReusedIds(dayStartMs);
  }

  add(rows: RowColumns, row: number, object: number): number {
    const id = rows.id[row] ?? Number.NaN;
    const timeMs = rows.timeMs[row] ?? 0;
    if (Number.isNaN(id)) {
      const text = rows.textId.get(row);
      return text === undefined ? NEW_ID : this.texts.add(text, object, timeMs);
    }
    if (object !== this.object) {
      this.object = object;
      this.ofObject = new IdIntervals();
    }
    if (this.numeric.add(id, timeMs)) {
      this.ofObject.add(id, timeMs);
      this.reusedIds.noteNew(timeMs, id);
      return NEW_ID;
    }
    if (this.ofObject.has(id)) return REPEATED_WITHIN;
    this.reusedIds.noteRepeat(timeMs, id);
    return REPEATED_FROM_ANOTHER;
  }

  remember(rows: RowColumns, row: number): void {
    const id = rows.id[row] ?? Number.NaN;
    const timeMs = rows.timeMs[row] ?? 0;
    if (!Number.isNaN(id)) this.remembered += this.numeric.add(id, timeMs) ? 1 : 0;
    else if (rows.textId.has(row)) this.texts.add(rows.textId.get(row) ?? '', 0, timeMs);
  }

  get hasTexts(): boolean {
    return this.texts.size > 0;
  }

  get reused(): number {
    return this.reusedIds.count;
  }

  clashesWith(next: this): boolean {
    if (this.numeric.peak + next.numeric.peak > ID_INTERVALS_MAX) return true;
    return this.numeric.sharedWith(next.numeric) !== next.remembered;
  }

  merge(next: this): void {
    this.numeric.absorb(next.numeric);
    this.reusedIds.merge(next.reusedIds);
  }
}
