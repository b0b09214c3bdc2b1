/**
 * The rows of a bar that no cell holds, and why: those whose time lies in it, and those without a time in the
 * chunks of its minutes. It also counts the outcomes of all its rows.
 */
import type { ChunkRows } from '../decode/row-batches.js';
import {
  CROSSED,
  DUPLICATE,
  EXCLUDED,
  LAST_USABLE,
  NEIGHBOUR_DAY,
  ONE_SIDED,
  SHORT,
  UNORDERED,
  USED,
} from '../event/row-columns.js';
import type { SeenStep } from '../pass/symbol-day-pass.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { MalformedRow } from '../stored/quality-report.js';
import type { TimeRange } from '../unit/utc-date.js';
import { EXPLAINED_LEFT_OUT_MAX } from './ends.js';
import { type KeptSnapshot, type KeptTrade, snapshotAt, tradeAt } from './rows.js';
import { RowPlaces } from './row-places.js';

/** By code. */
export const OUTCOME_WORDS = [
  'used',
  'short',
  'neighbour_day',
  'excluded',
  'duplicate',
  'one_sided',
  'crossed',
  'unordered',
] as const;
export type OutcomeWord = (typeof OUTCOME_WORDS)[number];

/** A row that was left out though it could be read. */
export interface LeftOutRow {
  readonly stream: StreamName;
  readonly outcome: OutcomeWord;
  readonly row: KeptTrade | KeptSnapshot;
  /** Of a trade that is excluded for it. */
  readonly execType: string | undefined;
}

export type OutcomeCounts = Readonly<Record<OutcomeWord, number>>;

/** An object that gave no rows. */
export interface SilentObject {
  readonly object: string;
  readonly stream: StreamName;
  readonly why: string;
}

export class LeftOut {
  readonly places: RowPlaces = new RowPlaces();
  readonly rows: LeftOutRow[] = [];
  readonly malformed: MalformedRow[] = [];
  /** Further ones, of either kind, are only counted. */
  omitted = 0;
  readonly silent: SilentObject[] = [];
  /** The ids of duplicates: the rows that had them first are looked for. */
  readonly repeatedIds: Set<string> = new Set();
  /** Rows of the chunks of the bar's minutes that have no time in the day. */
  readonly unplaced = {
    trades: { malformed: 0, neighbour_day: 0 },
    depth: { malformed: 0, neighbour_day: 0 },
  };
  private readonly bar: TimeRange;
  private readonly isOfBar: (seen: SeenStep['step']) => boolean;
  private readonly outcomes: Record<StreamName, Float64Array> = noOutcomes();
  private readonly read: Record<StreamName, Float64Array> = noOutcomes();

  /** `isOfBar`: whether a chunk is one of the bar's own minutes. */
  constructor(bar: TimeRange, isOfBar: (step: SeenStep['step']) => boolean) {
    this.bar = bar;
    this.isOfBar = isOfBar;
  }

  take({ step, contents, chunks, unreadable }: SeenStep): void {
    const { stream } = step;
    for (const { name, reason } of unreadable) {
      const why = `unreadable: ${reason.what}, found ${reason.found}, expected ${reason.expected}`;
      this.silent.push({ object: name, stream, why });
    }
    for (const content of contents) {
      const chunk = chunks.find(({ name }) => name === content.name);
      if (chunk !== undefined && 'bytes' in content) {
        this.places.take(chunk, content.bytes);
        for (const rows of chunk.batches) this.takeRows(rows);
      } else if (!unreadable.some(({ name }) => name === content.name)) {
        this.silent.push({
          object: content.name,
          stream,
          why: 'the same content as another object',
        });
      }
    }
    if (!this.isOfBar(step)) return;
    for (const { malformed, malformedFirst, batches } of chunks) {
      this.unplaced[stream].malformed += malformed;
      for (const row of malformedFirst) if (this.hasRoom()) this.malformed.push(row);
      this.unplaced[stream].neighbour_day += batches.reduce(
        (sum, rows) => sum + countOf(rows, NEIGHBOUR_DAY),
        0,
      );
    }
  }

  /** Of the rows of the bar. */
  counts(stream: StreamName): OutcomeCounts {
    return countsOf(this.outcomes[stream]);
  }

  /** Of all rows of the chunks read. */
  outcomesRead(stream: StreamName): OutcomeCounts {
    return countsOf(this.read[stream]);
  }

  private takeRows(rows: ChunkRows): void {
    const { fromMs, toMs } = this.bar;
    const counts = this.outcomes[rows.stream];
    const read = this.read[rows.stream];
    for (let row = 0; row < rows.count; row++) {
      const timeMs = rows.timeMs[row] ?? 0;
      const code = rows.outcome[row] ?? 0;
      read[code] = (read[code] ?? 0) + 1;
      if (timeMs < fromMs || timeMs >= toMs) continue;
      counts[code] = (counts[code] ?? 0) + 1;
      if (code > LAST_USABLE && this.hasRoom()) this.keep(rows, row, code);
    }
  }

  private keep(rows: ChunkRows, row: number, code: number): void {
    const isTrade = rows.stream === 'trades';
    const kept = isTrade ? tradeAt(rows, row, false) : snapshotAt(rows, row, false);
    const execType = isTrade ? rows.excludedType.get(row) : undefined;
    const outcome = OUTCOME_WORDS[code] ?? 'excluded';
    this.rows.push({ stream: rows.stream, outcome, row: kept, execType });
    if (isTrade && code === DUPLICATE) this.repeatedIds.add(kept.id);
  }

  private hasRoom(): boolean {
    const hasRoom = this.rows.length + this.malformed.length < EXPLAINED_LEFT_OUT_MAX;
    if (!hasRoom) this.omitted += 1;
    return hasRoom;
  }
}

function noOutcomes(): Record<StreamName, Float64Array> {
  return {
    trades: new Float64Array(OUTCOME_WORDS.length),
    depth: new Float64Array(OUTCOME_WORDS.length),
  };
}

function countsOf(outcomes: Float64Array): OutcomeCounts {
  const of = (code: number): number => outcomes[code] ?? 0;
  return {
    used: of(USED),
    short: of(SHORT),
    neighbour_day: of(NEIGHBOUR_DAY),
    excluded: of(EXCLUDED),
    duplicate: of(DUPLICATE),
    one_sided: of(ONE_SIDED),
    crossed: of(CROSSED),
    unordered: of(UNORDERED),
  };
}

function countOf(rows: ChunkRows, code: number): number {
  let count = 0;
  for (let row = 0; row < rows.count; row++) if (rows.outcome[row] === code) count += 1;
  return count;
}
