/**
 * Finds the rows of a later file that an earlier one of the same symbol and stream holds as well, in the time that both
 * share. Only what arrived in the last two minutes is held, of which a later file that goes on shares one at most.
 */
import { FlowbarsError } from '../unit/errors.js';
import { isoStampMs, MINUTE_MS } from '../unit/utc-date.js';
import type { ImportRow, Where } from './import-row.js';

/** A file that begins earlier than this before the end of the one before does not go on from it, but repeats it. */
const MEETING_MS = MINUTE_MS;
/** Fewer equal rows without ids prove nothing: identical rows are real trades. */
const TELLING_ROWS = 10;

/** What tells a row from others: a trade's id, else its text; snapshots that arrive twice have one time and other clocks. */
type RowKey = string | number;

/** Rows of a file in the time of the ones before it. */
interface Shared {
  /** The latest arrival in the files before. */
  readonly untilMs: number;
  /** How often the files before have each row; made when the first row is in their time. */
  counts: Map<RowKey, number> | undefined;
  readonly keys: readonly RowKey[];
  rows: number;
  equalRows: number;
  /** Of the first of them. */
  where: string;
}

export class FileMeeting {
  /** The latest arrival so far. */
  latestMs: number = Number.NEGATIVE_INFINITY;
  private minuteMs = Number.NEGATIVE_INFINITY;
  private now: RowKey[] = [];
  private before: RowKey[] = [];
  /** First rows of files, and when they arrived. */
  private readonly firstRows = new Map<string, number>();
  private shared: Shared | undefined;

  /** The first row of a file, before it is added. True if the file repeats what was there from its first row on. */
  beginFile({ arrivalMs, text }: ImportRow): boolean {
    this.end();
    for (const [first, firstMs] of this.firstRows) {
      if (firstMs < this.latestMs - MEETING_MS) this.firstRows.delete(first);
    }
    const isRepeat = arrivalMs < this.latestMs - MEETING_MS || this.firstRows.has(text);
    this.firstRows.set(text, arrivalMs);
    const keys = [...this.before, ...this.now];
    this.shared = isRepeat
      ? undefined
      : { untilMs: this.latestMs, counts: undefined, keys, rows: 0, equalRows: 0, where: '' };
    if (isRepeat) [this.before, this.now] = [[], []];
    if (isRepeat) this.latestMs = this.minuteMs = Number.NEGATIVE_INFINITY;
    return isRepeat;
  }

  /** Throws a data error for a trade whose id an earlier file has in the same time. */
  add(row: ImportRow, where: Where): void {
    const { arrivalMs } = row;
    if (this.shared !== undefined && arrivalMs <= this.shared.untilMs) {
      addShared(row, this.shared, where);
    }
    if (arrivalMs > this.latestMs) this.latestMs = arrivalMs;
    if (arrivalMs >= this.minuteMs + MINUTE_MS) {
      this.before = arrivalMs < this.minuteMs + 2 * MINUTE_MS ? this.now : [];
      this.now = [];
      this.minuteMs = Math.floor(arrivalMs / MINUTE_MS) * MINUTE_MS;
    }
    this.now.push(keyOf(row));
  }

  /** What holds these rows is about to be stored, or the file is over. Throws a data error if most were there without ids. */
  end(): void {
    const { shared } = this;
    if (shared === undefined || shared.rows < TELLING_ROWS) return;
    if (2 * shared.equalRows <= shared.rows) return;
    throw new FlowbarsError('data', {
      where: shared.where,
      what: 'files',
      found: `${shared.equalRows} of ${shared.rows} rows up to ${isoStampMs(shared.untilMs)} again`,
      expected:
        'each row once: files overlap (without ids they would count twice; cut one of them)',
    });
  }
}

function addShared(row: ImportRow, shared: Shared, where: Where): void {
  shared.counts ??= countsOf(shared.keys);
  const key = keyOf(row);
  const left = shared.counts.get(key) ?? 0;
  if (left > 0 && row.id !== '') {
    throw new FlowbarsError('data', {
      where: where(),
      what: 'files',
      found: `the trade '${row.id}' of ${isoStampMs(row.timeMs)} again`,
      expected: 'each trade once: files overlap (import the later one by itself with --part NAME)',
    });
  }
  if (shared.rows === 0) shared.where = where();
  shared.rows += 1;
  if (left === 0) return;
  shared.equalRows += 1;
  shared.counts.set(key, left - 1);
}

function keyOf({ id, stream, timeMs, text }: ImportRow): RowKey {
  if (id !== '') return id;
  return stream === 'depth' ? timeMs : text;
}

function countsOf(keys: readonly RowKey[]): Map<RowKey, number> {
  const counts = new Map<RowKey, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
