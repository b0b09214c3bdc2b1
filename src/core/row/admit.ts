/**
 * Gives every well-formed row exactly one outcome of docs/INPUT.md, the first that applies, and counts
 * the outcomes. Rows must come in reading order: chunk minute, object name, row number.
 */
import type { ChunkRows } from '../decode/row-batches.js';
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import {
  CROSSED,
  DUPLICATE,
  EXCLUDED,
  NEIGHBOUR_DAY,
  ONE_SIDED,
  SHORT,
  UNORDERED,
  USED,
} from '../event/row-columns.js';
import type { DepthRowCounts, TradeRowCounts } from '../stored/quality-report.js';
import { DAY_MS, type TimeRange } from '../unit/utc-date.js';
import { isCrossed, isOrdered } from './book-shape.js';
import { ExcludedTypes } from './excluded-types.js';
import { type SeenIds, SeenTradeIds } from './seen-ids.js';
import { SeenSnapshotIds } from './seen-snapshots.js';
import { NEW_ID, REPEATED_FROM_ANOTHER, REUSED } from './text-ids.js';

export class Admission {
  private readonly range: TimeRange;
  private readonly seen: SeenIds;
  private rowsRead = 0;
  private malformed = 0;
  /** Duplicates of a row of another object, unless their texts show at once that they are none. */
  private fromAnother = 0;
  private reusedTexts = 0;
  readonly excludedTypes: ExcludedTypes = new ExcludedTypes();
  private object = '';
  private objects = 0;
  /** By outcome code. */
  private readonly outcomes = new Float64Array(UNORDERED + 1);

  /** `range`: the time that counts as the day, half-open. `seen` finds duplicates within it. */
  constructor(range: TimeRange, seen: SeenIds) {
    this.range = range;
    this.seen = seen;
  }

  static forTrades(range: TimeRange): Admission {
    return new Admission(range, new SeenTradeIds(Math.max(range.fromMs, range.toMs - DAY_MS)));
  }

  static forDepth(range: TimeRange): Admission {
    return new Admission(range, new SeenSnapshotIds());
  }

  /** Notes the ids of rows right before those of the stretch that is admitted, and nothing else of them. */
  remember(rows: ChunkRows): void {
    const { fromMs, toMs } = this.range;
    for (let row = 0; row < rows.count; row++) {
      const timeMs = rows.timeMs[row] ?? 0;
      if (timeMs < fromMs || timeMs >= toMs || rows.excluded[row] === 1) continue;
      this.seen.remember(rows, row);
    }
  }

  /** Writes `outcome` of every row of an object and counts it. An object's rows may come in several batches. */
  admit(rows: ChunkRows, malformed: number, object: string): void {
    const { fromMs, toMs } = this.range;
    if (object !== this.object) this.objects += 1;
    this.object = object;
    this.rowsRead += rows.count + malformed;
    this.malformed += malformed;
    for (let row = 0; row < rows.count; row++) {
      const timeMs = rows.timeMs[row] ?? 0;
      let outcome: number;
      if (timeMs < fromMs || timeMs >= toMs) outcome = NEIGHBOUR_DAY;
      else if (rows.excluded[row] === 1) outcome = this.excludedOutcome(rows, row);
      else {
        const sighting = this.seen.add(rows, row, this.objects);
        if (sighting === NEW_ID) outcome = rows.stream === 'depth' ? bookOutcome(rows, row) : USED;
        else outcome = this.duplicateOutcome(sighting);
      }
      rows.outcome[row] = outcome;
      this.outcomes[outcome] = this.countOf(outcome) + 1;
    }
  }

  /** Why only one pass over the whole day can admit rows such as these; undefined if there is no reason. */
  get needsWholeDay(): string | undefined {
    if (this.seen.hasTexts) return 'ids that are texts';
    return this.excludedTypes.unnamed > 0 ? 'very many exec_types' : undefined;
  }

  /** True if rows of the stretch after this one would have other outcomes in one pass over both. */
  clashesWith(next: this): boolean {
    return this.seen.clashesWith(next.seen);
  }

  /** Adds what was admitted of the stretch after this one. */
  merge(next: this): void {
    this.seen.merge(next.seen);
    this.excludedTypes.merge(next.excludedTypes);
    this.rowsRead += next.rowsRead;
    this.malformed += next.malformed;
    this.fromAnother += next.fromAnother;
    for (const [outcome, count] of next.outcomes.entries()) {
      this.outcomes[outcome] = this.countOf(outcome) + count;
    }
  }

  get tradeCounts(): TradeRowCounts {
    return {
      rows: this.rowsRead,
      malformed: this.malformed,
      neighbour_day: this.countOf(NEIGHBOUR_DAY),
      excluded: this.countOf(EXCLUDED),
      duplicate: this.countOf(DUPLICATE),
      used: this.countOf(USED),
    };
  }

  get depthCounts(): DepthRowCounts {
    const { rows, malformed, neighbour_day, excluded, duplicate, used } = this.tradeCounts;
    return {
      rows,
      malformed,
      neighbour_day,
      excluded,
      duplicate,
      one_sided: this.countOf(ONE_SIDED),
      unordered: this.countOf(UNORDERED),
      crossed: this.countOf(CROSSED),
      short: this.countOf(SHORT),
      used,
    };
  }

  /**
   * Well-formed rows of the day, duplicates of a row of another object aside: rows that a recorder meant
   * to be used.
   */
  get judgedRows(): number {
    const { rows, malformed, neighbour_day } = this.tradeCounts;
    return rows - malformed - neighbour_day - this.repeatedFromAnother;
  }

  /** Duplicates by an id that a row of another time in another object has. */
  get reusedIds(): number {
    return this.reusedTexts + this.seen.reused;
  }

  /** Duplicates of a row of their own object. */
  get repeatedWithin(): number {
    return this.countOf(DUPLICATE) - this.repeatedFromAnother - this.reusedIds;
  }

  /** Duplicates of a row of another object: nothing is wrong with them. */
  private get repeatedFromAnother(): number {
    return this.fromAnother - this.seen.reused;
  }

  private excludedOutcome(rows: ChunkRows, row: number): number {
    if (rows.stream === 'trades') this.excludedTypes.note(rows.excludedType.get(row));
    return EXCLUDED;
  }

  private duplicateOutcome(sighting: number): number {
    if (sighting === REPEATED_FROM_ANOTHER) this.fromAnother += 1;
    if (sighting === REUSED) this.reusedTexts += 1;
    return DUPLICATE;
  }

  private countOf(outcome: number): number {
    return this.outcomes[outcome] ?? 0;
  }
}

function bookOutcome(rows: DepthRows, row: number): number {
  const bids = rows.bidLevels[row] ?? 0;
  const asks = rows.askLevels[row] ?? 0;
  if (bids === 0 || asks === 0) return ONE_SIDED;
  if (!isOrdered(rows, row)) return UNORDERED;
  if (isCrossed(rows, row)) return CROSSED;
  return bids < LEVELS_MAX || asks < LEVELS_MAX ? SHORT : USED;
}
