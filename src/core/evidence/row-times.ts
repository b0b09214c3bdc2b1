/**
 * When a stream had rows: the first and the last millisecond with a well-formed row in every second of
 * the day, with the ids there, in memory of fixed size. Holes follow from it.
 */
import type { RowColumns } from '../event/row-columns.js';
import { DAY_SECONDS, SECOND_MS, type TimeRange } from '../unit/utc-date.js';

/**
 * A stretch without a row. Its ends are the rows of the last millisecond before it and of the first one
 * after it: the highest id there, the lowest here; NaN if one of these rows has no numeric id, or there
 * are none.
 */
export interface Hole extends TimeRange {
  readonly idBefore: number;
  readonly idAfter: number;
}

/** One cell for all earlier rows, one per second of the day, one for all later rows. */
const CELLS = DAY_SECONDS + 2;

export class RowTimes {
  private readonly dayStartMs: number;
  private readonly firstMs = new Float64Array(CELLS).fill(Number.NaN);
  private readonly lastMs = new Float64Array(CELLS).fill(Number.NaN);
  /** The lowest id of the first millisecond. */
  private readonly firstId = new Float64Array(CELLS);
  /** The highest id of the last millisecond. */
  private readonly lastId = new Float64Array(CELLS);

  constructor(dayStartMs: number) {
    this.dayStartMs = dayStartMs;
  }

  /** Notes every row of a chunk, whatever its outcome. */
  take(rows: RowColumns): void {
    for (let row = 0; row < rows.count; row++) {
      const timeMs = rows.timeMs[row] ?? 0;
      const second = Math.floor((timeMs - this.dayStartMs) / SECOND_MS);
      const cell = second < 0 ? 0 : second >= DAY_SECONDS ? CELLS - 1 : second + 1;
      const id = rows.idNumber(row);
      this.noteFirst(cell, timeMs, id);
      this.noteLast(cell, timeMs, id);
    }
  }

  /** Adds the rows of another part of the day. */
  merge(next: this): void {
    for (let cell = 0; cell < CELLS; cell++) {
      const first = next.firstMs[cell] ?? Number.NaN;
      const last = next.lastMs[cell] ?? Number.NaN;
      if (Number.isNaN(first)) continue;
      this.noteFirst(cell, first, next.firstId[cell] ?? Number.NaN);
      this.noteLast(cell, last, next.lastId[cell] ?? Number.NaN);
    }
  }

  // An empty cell is NaN, and so is a millisecond with an id that is no number: both survive min and max.
  private noteFirst(cell: number, timeMs: number, id: number): void {
    const { firstMs, firstId } = this;
    if (firstMs[cell] === timeMs) {
      firstId[cell] = Math.min(firstId[cell] ?? id, id);
    } else if (!((firstMs[cell] ?? 0) < timeMs)) {
      firstMs[cell] = timeMs;
      firstId[cell] = id;
    }
  }

  private noteLast(cell: number, timeMs: number, id: number): void {
    const { lastMs, lastId } = this;
    if (lastMs[cell] === timeMs) {
      lastId[cell] = Math.max(lastId[cell] ?? id, id);
    } else if (!((lastMs[cell] ?? 0) > timeMs)) {
      lastMs[cell] = timeMs;
      lastId[cell] = id;
    }
  }

  /**
   * Stretches of `expected` longer than `holeMinMs` without a row, in time order. Rows outside of
   * `expected` do not bound a hole, but their ids count at its ends.
   */
  holes(expected: TimeRange, holeMinMs: number): Hole[] {
    const holes: Hole[] = [];
    let fromMs = expected.fromMs;
    let idBefore = Number.NaN;
    const close = (toMs: number, idAfter: number): void => {
      const end = Math.min(toMs, expected.toMs);
      if (end - fromMs > holeMinMs) holes.push({ fromMs, toMs: end, idBefore, idAfter });
    };
    for (let cell = 0; cell < CELLS; cell++) {
      const firstMs = this.firstMs[cell] ?? Number.NaN;
      const lastMs = this.lastMs[cell] ?? Number.NaN;
      if (Number.isNaN(firstMs)) continue;
      if (firstMs >= expected.toMs) {
        close(expected.toMs, this.firstId[cell] ?? Number.NaN);
        return holes;
      }
      if (firstMs > fromMs) close(firstMs, this.firstId[cell] ?? Number.NaN);
      fromMs = Math.max(fromMs, lastMs);
      idBefore = this.lastId[cell] ?? Number.NaN;
    }
    close(expected.toMs, Number.NaN);
    return holes;
  }
}
