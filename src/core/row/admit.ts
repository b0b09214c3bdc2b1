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
  type RowColumns,
} from '../event/row-columns.js';
import type { DepthRowCounts, TradeRowCounts } from '../stored/quality-report.js';
import type { TimeRange } from '../unit/utc-date.js';
import { SeenSnapshotIds, SeenTradeIds } from './seen-ids.js';

interface SeenIds {
  add(rows: RowColumns, row: number): boolean;
}

export class Admission {
  private readonly range: TimeRange;
  private readonly seen: SeenIds;
  private rowsRead = 0;
  private malformed = 0;
  /** By outcome code. */
  private readonly outcomes = new Float64Array(UNORDERED + 1);

  /** `range`: the time that counts as the day, half-open. `seen` finds duplicates within it. */
  constructor(range: TimeRange, seen: SeenIds) {
    this.range = range;
    this.seen = seen;
  }

  static forTrades(range: TimeRange): Admission {
    return new Admission(range, new SeenTradeIds());
  }

  static forDepth(range: TimeRange): Admission {
    return new Admission(range, new SeenSnapshotIds());
  }

  /** Writes `outcome` of every row of a batch and counts it. */
  admit(rows: ChunkRows, malformed: number): void {
    const { fromMs, toMs } = this.range;
    this.rowsRead += rows.count + malformed;
    this.malformed += malformed;
    for (let row = 0; row < rows.count; row++) {
      const timeMs = rows.timeMs[row] ?? 0;
      let outcome: number;
      if (timeMs < fromMs || timeMs >= toMs) outcome = NEIGHBOUR_DAY;
      else if (rows.excluded[row] === 1) outcome = EXCLUDED;
      else if (!this.seen.add(rows, row)) outcome = DUPLICATE;
      else outcome = rows.stream === 'depth' ? bookOutcome(rows, row) : USED;
      rows.outcome[row] = outcome;
      this.outcomes[outcome] = this.countOf(outcome) + 1;
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

  private countOf(outcome: number): number {
    return this.outcomes[outcome] ?? 0;
  }
}

function bookOutcome(rows: DepthRows, row: number): number {
  const bids = rows.bidLevels[row] ?? 0;
  const asks = rows.askLevels[row] ?? 0;
  if (bids === 0 || asks === 0) return ONE_SIDED;
  if (isCrossed(rows, row * LEVELS_MAX)) return CROSSED;
  return bids < LEVELS_MAX || asks < LEVELS_MAX ? SHORT : USED;
}

/** The best ask is at or below the best bid. After decoding both columns have one scale. */
function isCrossed(rows: DepthRows, best: number): boolean {
  const { bidPrice, askPrice } = rows;
  if (bidPrice.wide !== undefined || askPrice.wide !== undefined) {
    return askPrice.at(best) <= bidPrice.at(best);
  }
  return (askPrice.safe[best] ?? 0) <= (bidPrice.safe[best] ?? 0);
}
