/**
 * One pass over a stretch of a symbol-day: takes its chunk minutes in reading order, gives every row its
 * outcome, notes the evidence and hands the usable rows to the folds in exchange order. Passes over
 * consecutive stretches merge into that over the day.
 */
import type { ChunkRows } from '../decode/row-batches.js';
import { BATCH_ROWS_MAX } from '../decode/row-batches.js';
import type { SplitLine } from '../decode/strict-row.js';
import { RowPool } from '../event/row-pool.js';
import type { Scales } from '../event/trade-rows.js';
import type { Fold } from '../fold/fold.js';
import { FoldFeed } from '../fold/fold-feed.js';
import type { ChunkStep } from '../plan/day-plan.js';
import { lateBeforeMs, type Stretch, wholeDay } from '../plan/stretches.js';
import type { DayRules } from '../rule/rule-table.js';
import type { StreamName, SymbolDay } from '../rule/symbol-day.js';
import { FlowbarsError } from '../unit/errors.js';
import { commonSeconds } from '../unit/resolution.js';
import { DAY_MINUTES, SECOND_MS, dayRange } from '../unit/utc-date.js';
import { dayFolds, everyFold, type DayFolds } from './day-folds.js';
import { DayTally } from './day-tally.js';
import {
  decodeStep,
  type ChunkContent,
  type DecodedStep,
  type Decoding,
  type NamedChunk,
} from './decode-step.js';
import { Overlap } from './overlap.js';
import { StretchResult } from './stretch-result.js';

/** Rows of one chunk minute over all its objects; keeps sequence numbers within the safe integers. */
export const CHUNK_MINUTE_ROWS_MAX: number = 2 ** 40;

const NO_SCALES: Scales = { priceDecimals: 0, quantityDecimals: 0 };

export interface PassOptions {
  /** The caller's own folds, fed by this pass and merged by nobody; the caller finishes them. */
  readonly further?: readonly Fold<unknown>[];
  /** Rows decoded together, which change no result. */
  readonly batchRowsMax?: number;
  /** What the pass will take; the whole day unless given. */
  readonly stretch?: Stretch;
  /** Milliseconds that an earlier pass over the day has found to have a late trade without an id. */
  readonly idlessMs?: ReadonlySet<number>;
  /** Columns that an earlier pass has left. */
  readonly pool?: RowPool;
  /** Is shown every step once its rows have their outcomes. */
  readonly onStep?: (seen: SeenStep) => void;
  /** Malformed rows of a chunk that are kept with their place, if not MALFORMED_KEPT_MAX. */
  readonly malformedKeptMax?: number;
}

/** A step with what came of it. Contents and columns are valid during the call only. */
export interface SeenStep extends DecodedStep {
  readonly step: ChunkStep;
  /** In the order of the step's objects. */
  readonly contents: readonly ChunkContent[];
}

export class SymbolDayPass {
  private readonly day: SymbolDay;
  private readonly rules: DayRules;
  private readonly dayStartMs: number;
  private readonly tally: DayTally;
  private readonly folds: DayFolds;
  private readonly feed: FoldFeed;
  private readonly pool: RowPool;
  private readonly onStep: PassOptions['onStep'];
  private readonly decoding: Omit<Decoding, 'scales'>;
  private readonly scales: Record<StreamName, Scales> = { trades: NO_SCALES, depth: NO_SCALES };

  constructor(day: SymbolDay, rules: DayRules, splitLine: SplitLine, options: PassOptions = {}) {
    const { further = [], batchRowsMax = BATCH_ROWS_MAX, stretch = wholeDay([]) } = options;
    const range = dayRange(day.date);
    this.day = day;
    this.rules = rules;
    this.dayStartMs = range.fromMs;
    this.pool = options.pool ?? new RowPool();
    this.onStep = options.onStep;
    const { malformedKeptMax } = options;
    this.decoding = {
      splitLine,
      batchRowsMax,
      columns: rules.columns,
      pool: this.pool,
      plans: new Map(),
      ...(malformedKeptMax === undefined ? {} : { malformedKeptMax }),
    };
    this.tally = new DayTally(range, rules);
    this.folds = dayFolds(range, commonSeconds(rules.resolutions) * SECOND_MS, {
      signals: rules.outputs.some((output) => output !== 'bars'),
      largeOrder: rules.largeOrder,
    });
    this.feed = new FoldFeed([...everyFold(this.folds), ...further], stretch.own, options.idlessMs);
  }

  /** Takes the next step of the stretch; `contents` in the order of its objects. Throws limit errors that name the step. */
  take(step: ChunkStep, contents: readonly ChunkContent[]): void {
    this.naming(step, () => {
      this.takeStep(step, contents);
    });
  }

  /** Takes a chunk minute right before the stretch, before any of its own: only the ids of its rows count. */
  remember(step: ChunkStep, contents: readonly ChunkContent[]): void {
    if (step.role === 'seed') return;
    this.naming(step, () => {
      for (const { batches } of this.decode(step, contents).chunks) {
        for (const rows of batches) {
          this.tally.streams[step.stream].admission.remember(rows);
          this.pool.give(rows);
        }
      }
    });
  }

  /** Why only one pass over the whole day can go on; undefined if there is no reason. */
  get needsWholeDay(): string | undefined {
    return this.tally.needsWholeDay;
  }

  /** Ends the pass. */
  finish(): StretchResult {
    const { feed, tally } = this;
    feed.finish();
    for (const rows of feed.takeDrained()) this.pool.give(rows);
    tally.lateRows = feed.lateRows;
    for (const timeMs of feed.idlessMs) tally.idlessMs.add(timeMs);
    return new StretchResult(tally, this.folds, feed);
  }

  private naming(step: ChunkStep, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof FlowbarsError)) throw error;
      const where = step.objects[0]?.name ?? `${this.day.symbol} ${this.day.date}`;
      throw new FlowbarsError(error.kind, { ...error.parts, where }, error);
    }
  }

  private takeStep(step: ChunkStep, contents: readonly ChunkContent[]): void {
    // Rows of this and of later chunk minutes lie at or after this time, or are late.
    this.feed.advance(lateBeforeMs(step, this.rules, this.dayStartMs));
    for (const rows of this.feed.takeDrained()) this.pool.give(rows);
    const decoded = this.decode(step, contents);
    this.noteStep(step, decoded);
    const overlap = new Overlap();
    let rowsBefore = 0;
    for (const chunk of decoded.chunks) {
      this.takeChunk(step, chunk, rowsBefore);
      if (step.role !== 'seed' && decoded.chunks.length > 1) {
        for (const rows of chunk.batches) overlap.take(chunk.name, rows);
      }
      rowsBefore += chunk.rowsRead - chunk.malformed;
      if (step.role === 'seed') for (const rows of chunk.batches) this.pool.give(rows);
    }
    if (overlap.unresolved !== undefined) this.tally.overlaps.push(overlap.unresolved);
    this.onStep?.({ step, contents, ...decoded });
  }

  private decode(step: ChunkStep, contents: readonly ChunkContent[]): DecodedStep {
    const scales = this.scales[step.stream];
    const decoded = decodeStep(step, contents, { ...this.decoding, scales });
    this.scales[step.stream] = decoded.chunks.at(-1)?.scales ?? scales;
    return decoded;
  }

  private takeChunk(step: ChunkStep, chunk: NamedChunk, rowsBefore: number): void {
    const stream = this.tally.streams[step.stream];
    if (step.role !== 'seed') stream.noteMalformed(chunk.malformedFirst);
    let sequence = (step.minute + DAY_MINUTES) * CHUNK_MINUTE_ROWS_MAX + rowsBefore;
    for (const [batch, rows] of chunk.batches.entries()) {
      for (let row = 0; row < rows.count; row++) rows.sequence[row] = sequence + row;
      sequence += rows.count;
      if (step.servesSeed && rows.stream === 'trades') this.tally.seed.take(rows, chunk.name);
      if (step.role === 'seed') continue;
      stream.admission.admit(rows, batch === 0 ? chunk.malformed : 0, chunk.name);
      this.noteRows(step, rows);
      this.feed.push(rows, lateBeforeMs(step, this.rules, this.dayStartMs));
    }
    if (step.role === 'seed') return;
    stream.notes.take(chunk);
    this.tally.symbols.take(chunk.symbol, chunk.name);
  }

  /** Notes what the admitted rows of a batch prove. */
  private noteRows(step: ChunkStep, rows: ChunkRows): void {
    const { tally } = this;
    tally.streams[step.stream].times.take(rows);
    if (step.role === 'chunk') tally.elsewhere.take(rows, step.minute);
    if (rows.stream === 'trades') tally.tradeIds.take(rows);
    else tally.levels.take(rows);
  }

  private noteStep(step: ChunkStep, decoded: DecodedStep): void {
    this.tally.streams[step.stream].minutes.take(step, {
      unreadable: decoded.unreadable.length,
      differing: decoded.chunks.length,
    });
    for (const { name, reason } of decoded.unreadable) {
      this.tally.findings.addChunk('chunk_unreadable', name, { stream: step.stream, ...reason });
    }
  }
}
