/**
 * The one pass over a symbol-day: takes the chunk minutes of its plan in reading order, gives every
 * row its outcome, notes the evidence and hands the usable rows to the folds in exchange order.
 */
import { MALFORMED_KEPT_MAX } from '../decode/decode-chunk.js';
import { BATCH_ROWS_MAX } from '../decode/row-batches.js';
import type { SplitLine } from '../decode/strict-row.js';
import type { Scales } from '../event/trade-rows.js';
import { RowTimes } from '../evidence/row-times.js';
import { RowsElsewhere } from '../evidence/rows-elsewhere.js';
import { SeenLevels } from '../evidence/seen-levels.js';
import { TradeIds } from '../evidence/trade-id-evidence.js';
import { FindingList } from '../finding/finding-list.js';
import type { Fold } from '../fold/fold.js';
import { FoldFeed } from '../fold/fold-feed.js';
import type { ChunkStep } from '../plan/day-plan.js';
import { Admission } from '../row/admit.js';
import { SeedSearch } from '../row/seed-search.js';
import { chunkSpanMinutes, wholeChunks } from '../rule/layout.js';
import type { DayRules } from '../rule/rule-table.js';
import type { StreamName, SymbolDay } from '../rule/symbol-day.js';
import type { MalformedRow } from '../stored/quality-report.js';
import { FlowbarsError } from '../unit/errors.js';
import { commonSeconds } from '../unit/resolution.js';
import { DAY_MINUTES, MINUTE_MS, SECOND_MS, dayRange, type TimeRange } from '../unit/utc-date.js';
import { ChunkMinutes } from './chunk-minutes.js';
import { ChunkNotes } from './chunk-notes.js';
import { dayFolds, finished, type DayFeatures, type DayFolds } from './day-folds.js';
import {
  decodeStep,
  type ChunkContent,
  type DecodedStep,
  type Decoding,
  type NamedChunk,
} from './decode-step.js';
import { NamedSymbols } from './named-symbols.js';
import { Overlap } from './overlap.js';

/** Rows of one chunk minute over all its objects; keeps sequence numbers within the safe integers. */
export const CHUNK_MINUTE_ROWS_MAX: number = 2 ** 40;

/** The state of the pass for one stream. */
export class StreamPass {
  readonly admission: Admission;
  readonly times: RowTimes;
  readonly minutes: ChunkMinutes;
  readonly notes: ChunkNotes = new ChunkNotes();
  readonly malformedFirst: MalformedRow[] = [];
  scales: Scales = { priceDecimals: 0, quantityDecimals: 0 };

  constructor(admission: Admission, dayStartMs: number, chunkMinutes: number) {
    this.admission = admission;
    this.times = new RowTimes(dayStartMs);
    this.minutes = new ChunkMinutes(dayStartMs, chunkMinutes);
  }
}

export class SymbolDayPass {
  readonly day: SymbolDay;
  readonly rules: DayRules;
  readonly range: TimeRange;
  readonly streams: Readonly<Record<StreamName, StreamPass>>;
  readonly tradeIds: TradeIds = new TradeIds();
  readonly seed: SeedSearch;
  readonly levels: SeenLevels = new SeenLevels();
  readonly symbols: NamedSymbols = new NamedSymbols();
  readonly elsewhere: RowsElsewhere;
  /** Objects of a chunk minute whose rows may count twice; one entry each. */
  readonly overlaps: (readonly string[])[] = [];
  readonly findings: FindingList;
  private readonly folds: DayFolds;
  private readonly feed: FoldFeed;
  private readonly decoding: Omit<Decoding, 'scales'>;

  /**
   * `further`: the caller's own folds, fed by this pass; the caller finishes them. `batchRowsMax`: rows
   * decoded together, which change no result.
   */
  constructor(
    day: SymbolDay,
    rules: DayRules,
    splitLine: SplitLine,
    further: readonly Fold<unknown>[] = [],
    batchRowsMax: number = BATCH_ROWS_MAX,
  ) {
    this.day = day;
    this.rules = rules;
    this.decoding = { splitLine, batchRowsMax, columns: rules.columns };
    this.range = dayRange(day.date);
    const { fromMs } = this.range;
    this.elsewhere = new RowsElsewhere(this.range, wholeChunks(rules, rules.edgeMinutes));
    this.findings = new FindingList(rules.accept);
    const span = chunkSpanMinutes(rules.rawLayout);
    this.streams = {
      trades: new StreamPass(Admission.forTrades(this.range), fromMs, span),
      depth: new StreamPass(Admission.forDepth(this.range), fromMs, span),
    };
    this.seed = new SeedSearch(fromMs);
    this.folds = dayFolds(this.range, commonSeconds(rules.resolutions) * SECOND_MS);
    this.feed = new FoldFeed([...Object.values(this.folds), ...further]);
  }

  /** Takes the next step of the plan; `contents` in the order of its objects. Throws limit errors that name the step. */
  take(step: ChunkStep, contents: readonly ChunkContent[]): void {
    try {
      this.takeStep(step, contents);
    } catch (error) {
      if (!(error instanceof FlowbarsError)) throw error;
      const where = step.objects[0]?.name ?? `${this.day.symbol} ${this.day.date}`;
      throw new FlowbarsError(error.kind, { ...error.parts, where }, error);
    }
  }

  /** Ends the pass and returns the folds' results. The evidence stays readable. */
  finish(): DayFeatures {
    this.feed.finish();
    return finished(this.folds);
  }

  /** Usable rows that are late (docs/INPUT.md). */
  get lateRows(): number {
    return this.feed.lateRows;
  }

  private takeStep(step: ChunkStep, contents: readonly ChunkContent[]): void {
    const stream = this.streams[step.stream];
    // Rows of this and of later chunk minutes lie at or after this time, or are late.
    this.feed.advance(this.lateBeforeMs(step));
    const decoded = decodeStep(step, contents, { ...this.decoding, scales: stream.scales });
    this.noteStep(step, decoded);
    const overlap = new Overlap();
    let rowsBefore = 0;
    for (const chunk of decoded.chunks) {
      this.takeChunk(step, chunk, rowsBefore);
      if (step.role !== 'seed' && decoded.chunks.length > 1) {
        for (const rows of chunk.batches) overlap.take(chunk.name, rows);
      }
      rowsBefore += chunk.rowsRead - chunk.malformed;
      stream.scales = chunk.scales;
    }
    if (overlap.unresolved !== undefined) this.overlaps.push(overlap.unresolved);
  }

  /** A function of the chunk's minute alone, so a row is late or not whatever was read before. */
  private lateBeforeMs({ minute }: ChunkStep): number {
    const windowMinutes = wholeChunks(this.rules, Math.max(1, this.rules.edgeMinutes));
    return this.range.fromMs + (minute - windowMinutes) * MINUTE_MS;
  }

  private takeChunk(step: ChunkStep, chunk: NamedChunk, rowsBefore: number): void {
    const stream = this.streams[step.stream];
    if (step.role !== 'seed') {
      const room = MALFORMED_KEPT_MAX - stream.malformedFirst.length;
      stream.malformedFirst.push(...chunk.malformedFirst.slice(0, room));
    }
    let sequence = (step.minute + DAY_MINUTES) * CHUNK_MINUTE_ROWS_MAX + rowsBefore;
    for (const [batch, rows] of chunk.batches.entries()) {
      for (let row = 0; row < rows.count; row++) rows.sequence[row] = sequence + row;
      sequence += rows.count;
      if (step.servesSeed && rows.stream === 'trades') this.seed.take(rows, chunk.name);
      if (step.role === 'seed') continue;
      stream.admission.admit(rows, batch === 0 ? chunk.malformed : 0, chunk.name);
      stream.times.take(rows);
      if (step.role === 'chunk') this.elsewhere.take(rows, step.minute);
      if (rows.stream === 'trades') this.tradeIds.take(rows);
      else this.levels.take(rows);
      this.feed.push(rows, this.lateBeforeMs(step));
    }
    if (step.role === 'seed') return;
    stream.notes.take(chunk);
    this.symbols.take(chunk.symbol, chunk.name);
  }

  private noteStep(step: ChunkStep, decoded: DecodedStep): void {
    this.streams[step.stream].minutes.take(step, {
      unreadable: decoded.unreadable.length,
      differing: decoded.chunks.length,
    });
    for (const { name, reason } of decoded.unreadable) {
      this.findings.addChunk('chunk_unreadable', name, { stream: step.stream, ...reason });
    }
  }
}
