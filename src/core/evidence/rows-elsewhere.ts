/** Rows in the chunks of the day itself that lie in other days: names in local time, or misfiled archives. */
import { NEIGHBOUR_DAY, type RowColumns } from '../event/row-columns.js';
import {
  DAY_MINUTES,
  DAY_MS,
  dateOf,
  isoStampMs,
  type TimeRange,
  type UtcDate,
} from '../unit/utc-date.js';
import { counted } from '../unit/words.js';

/** One row in so many may lie elsewhere. */
const ROWS_PER_STRAY = 100;
/** Other days that are named. */
const DAYS_NAMED_MAX = 3;

interface Strays {
  readonly count: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export class RowsElsewhere {
  private readonly day: TimeRange;
  private readonly edgeMinutes: number;
  private rows = 0;
  private readonly byDate = new Map<UtcDate, Strays>();

  constructor(day: TimeRange, edgeMinutes: number) {
    this.day = day;
    this.edgeMinutes = edgeMinutes;
  }

  /** Takes the admitted rows of a chunk minute of the day. */
  take(rows: RowColumns, minute: number): void {
    this.rows += rows.count;
    const isFirst = minute < this.edgeMinutes;
    const isLast = minute >= DAY_MINUTES - this.edgeMinutes;
    const { fromMs, toMs } = this.day;
    for (let row = 0; row < rows.count; row++) {
      if (rows.outcome[row] !== NEIGHBOUR_DAY) continue;
      const timeMs = rows.timeMs[row] ?? 0;
      if (isFirst && timeMs < fromMs && timeMs >= fromMs - DAY_MS) continue;
      if (isLast && timeMs >= toMs && timeMs < toMs + DAY_MS) continue;
      this.addStrays(dateOf(timeMs), { count: 1, fromMs: timeMs, toMs: timeMs });
    }
  }

  /** Adds the rows of another part of the day. */
  merge(next: this): void {
    this.rows += next.rows;
    for (const [date, strays] of next.byDate) this.addStrays(date, strays);
  }

  private addStrays(date: UtcDate, { count, fromMs, toMs }: Strays): void {
    const seen = this.byDate.get(date);
    this.byDate.set(date, {
      count: (seen?.count ?? 0) + count,
      fromMs: Math.min(seen?.fromMs ?? fromMs, fromMs),
      toMs: Math.max(seen?.toMs ?? toMs, toMs),
    });
  }

  /** How many rows lie where, if they are more than one in a hundred. */
  get doubt(): string | undefined {
    const all = [...this.byDate.values()].toSorted(
      (a, b) => b.count - a.count || a.fromMs - b.fromMs,
    );
    const strays = all.reduce((sum, { count }) => sum + count, 0);
    if (strays * ROWS_PER_STRAY <= this.rows) return undefined;
    const named = all
      .slice(0, DAYS_NAMED_MAX)
      .map(
        ({ count, fromMs, toMs }) => `${count} from ${isoStampMs(fromMs)} to ${isoStampMs(toMs)}`,
      );
    const others = all.length - named.length;
    const more = others === 0 ? '' : `, others in ${counted(others, 'more day')}`;
    return `${strays} of ${this.rows} rows lie in other days: ${named.join(', ')}${more}`;
  }
}
