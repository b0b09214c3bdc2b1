/**
 * Tells repeated rows from reused ids: a recorder that overlaps another repeats an id at its time, a
 * counter that begins anew in each chunk gives it to a row of another time. It judges the rows of a
 * second together, once all are known, in memory of fixed size.
 */
import { DAY_SECONDS, SECOND_MS } from '../unit/utc-date.js';

/** One cell for all earlier rows, one per second of the day, one for all later rows. */
const CELLS = DAY_SECONDS + 2;

/** Repeated ids of one second. */
interface Repeats {
  count: number;
  lowest: number;
  highest: number;
}

export class ReusedIds {
  private readonly dayStartMs: number;
  /** The lowest and the highest new id of each second; NaN without one. */
  private readonly lowest = new Float64Array(CELLS).fill(Number.NaN);
  private readonly highest = new Float64Array(CELLS).fill(Number.NaN);
  private readonly repeats = new Map<number, Repeats>();

  constructor(dayStartMs: number) {
    this.dayStartMs = dayStartMs;
  }

  /** Notes the first row of an id. */
  noteNew(timeMs: number, id: number): void {
    const cell = this.cellOf(timeMs);
    if (!((this.lowest[cell] ?? id) <= id)) this.lowest[cell] = id;
    if (!((this.highest[cell] ?? id) >= id)) this.highest[cell] = id;
  }

  /** Notes a row whose id a row of another object had before. */
  noteRepeat(timeMs: number, id: number): void {
    this.addRepeats(this.cellOf(timeMs), { count: 1, lowest: id, highest: id });
  }

  /** Repeated rows whose ids are not those of new rows of the same second or the ones beside it. */
  get count(): number {
    let reused = 0;
    for (const [cell, { count, lowest, highest }] of this.repeats) {
      const around = [cell - 1, cell, cell + 1].filter((at) => !Number.isNaN(this.lowest[at]));
      const isNear =
        around.some((at) => (this.lowest[at] ?? Number.NaN) <= lowest) &&
        around.some((at) => (this.highest[at] ?? Number.NaN) >= highest);
      if (!isNear) reused += count;
    }
    return reused;
  }

  merge(next: this): void {
    for (let cell = 0; cell < CELLS; cell++) {
      const lowest = next.lowest[cell] ?? Number.NaN;
      const highest = next.highest[cell] ?? Number.NaN;
      // Comparing with NaN is false, so a cell without ids gives nothing and takes everything.
      if (lowest < (this.lowest[cell] ?? 0) || Number.isNaN(this.lowest[cell]))
        this.lowest[cell] = lowest;
      if (highest > (this.highest[cell] ?? 0) || Number.isNaN(this.highest[cell]))
        this.highest[cell] = highest;
    }
    for (const [cell, repeats] of next.repeats) this.addRepeats(cell, repeats);
  }

  private addRepeats(cell: number, { count, lowest, highest }: Repeats): void {
    const known = this.repeats.get(cell);
    if (known === undefined) {
      this.repeats.set(cell, { count, lowest, highest });
      return;
    }
    known.count += count;
    known.lowest = Math.min(known.lowest, lowest);
    known.highest = Math.max(known.highest, highest);
  }

  private cellOf(timeMs: number): number {
    const second = Math.floor((timeMs - this.dayStartMs) / SECOND_MS);
    return second < 0 ? 0 : second >= DAY_SECONDS ? CELLS - 1 : second + 1;
  }
}
