/**
 * Which rows were read before, by id and never by content (identical rows are real trades,
 * order-flow fact F1). Bounded: every structure has a named limit that fails loudly.
 */
import { grownFloats, type RowColumns } from '../event/row-columns.js';
import { FlowbarsError } from '../unit/errors.js';
import { IdIntervals } from './id-intervals.js';

/** Ids of a symbol-day that are no plain numbers and must be kept as text. */
export const TEXT_IDS_MAX = 1_000_000;
/** Snapshots of a symbol-day that carry an update id: ten a second make 864,000. */
export const SNAPSHOT_IDS_MAX = 8_640_000;

export class SeenTradeIds {
  private readonly numeric = new IdIntervals();
  private readonly texts = new TextIds();

  /** True when the row's id is new, or the row has none. */
  add(rows: RowColumns, row: number): boolean {
    const id = rows.id[row] ?? Number.NaN;
    if (!Number.isNaN(id)) return this.numeric.add(id, rows.timeMs[row] ?? 0);
    const text = rows.textId.get(row);
    return text === undefined || this.texts.add(text);
  }
}

/**
 * Update ids are known to be equal only within one millisecond, and they are not consecutive. Rows
 * come nearly in time order: 16 bytes a row in two columns, stragglers in a small map.
 */
export class SeenSnapshotIds {
  private count = 0;
  private timesMs: Float64Array = new Float64Array(1_024);
  private ids: Float64Array = new Float64Array(1_024);
  private readonly stragglers = new Map<number, Set<number>>();
  private stragglerCount = 0;
  private readonly texts = new TextIds();

  /** True when the row's id is new for its millisecond, or the row has none. */
  add(rows: RowColumns, row: number): boolean {
    const id = rows.id[row] ?? Number.NaN;
    const timeMs = rows.timeMs[row] ?? 0;
    if (Number.isNaN(id)) {
      const text = rows.textId.get(row);
      return text === undefined || this.texts.add(`${timeMs}:${text}`);
    }
    const lastMs = this.count === 0 ? -1 : (this.timesMs[this.count - 1] ?? -1);
    if (timeMs < lastMs) return this.addStraggler(timeMs, id);
    for (let i = this.count - 1; i >= 0 && this.timesMs[i] === timeMs; i--) {
      if (this.ids[i] === id) return false;
    }
    this.append(timeMs, id);
    return true;
  }

  private addStraggler(timeMs: number, id: number): boolean {
    for (let i = this.firstAt(timeMs); this.timesMs[i] === timeMs && i < this.count; i++) {
      if (this.ids[i] === id) return false;
    }
    const ids = this.stragglers.get(timeMs) ?? new Set();
    if (ids.has(id)) return false;
    this.assertRoom();
    this.stragglers.set(timeMs, ids.add(id));
    this.stragglerCount += 1;
    return true;
  }

  private append(timeMs: number, id: number): void {
    this.assertRoom();
    if (this.count === this.timesMs.length) {
      this.timesMs = grownFloats(this.timesMs, this.count * 2);
      this.ids = grownFloats(this.ids, this.count * 2);
    }
    this.timesMs[this.count] = timeMs;
    this.ids[this.count] = id;
    this.count += 1;
  }

  private firstAt(timeMs: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.timesMs[middle] ?? 0) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private assertRoom(): void {
    if (this.count + this.stragglerCount < SNAPSHOT_IDS_MAX) return;
    throw tooMany('update ids', SNAPSHOT_IDS_MAX);
  }
}

class TextIds {
  private readonly texts = new Set<string>();

  add(text: string): boolean {
    if (this.texts.has(text)) return false;
    if (this.texts.size === TEXT_IDS_MAX)
      throw tooMany('ids that are no plain numbers', TEXT_IDS_MAX);
    this.texts.add(text);
    return true;
  }
}

function tooMany(what: string, limit: number): FlowbarsError {
  return new FlowbarsError('limit', {
    where: 'symbol-day',
    what,
    found: `more than ${limit}`,
    expected: `at most ${limit}`,
  });
}
