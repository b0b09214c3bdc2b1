/**
 * The one pass over a symbol-day: takes the chunk minutes of its plan in reading order, gives every
 * row its outcome, notes the evidence and hands the usable rows to the folds in exchange order.
 */
import { MALFORMED_KEPT_MAX, scalesAfter } from '../decode/decode-chunk.js';
import type { SplitLine } from '../decode/strict-row.js';
import type { Scales } from '../event/trade-rows.js';
import { RowTimes } from '../evidence/row-times.js';
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
import { dayFolds, finished, type DayFeatures, type DayFolds } from './day-folds.js';
import { decodeStep, type ChunkContent, type DecodedStep, type NamedChunk } from './decode-step.js';

/** Rows of one chunk minute over all its objects; keeps sequence numbers within the safe integers. */
export const CHUNK_MINUTE_ROWS_MAX: number = 2 ** 40;

/** The state of the pass for one stream. */
export class StreamPass {
  readonly admission: Admission;
  readonly times: RowTimes;
  readonly minutes: ChunkMinutes;
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
  readonly findings: FindingList = new FindingList();
  private readonly folds: DayFolds;
  private readonly feed: FoldFeed;
  private readonly splitLine: SplitLine;

  /** `further`: the caller's own folds, fed by this pass; the caller finishes them. */
  constructor(
    day: SymbolDay,
    rules: DayRules,
    splitLine: SplitLine,
    further: readonly Fold<unknown>[] = [],
  ) {
    this.day = day;
    this.rules = rules;
    this.splitLine = splitLine;
    this.range = dayRange(day.date);
    const { fromMs } = this.range;
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
    const decoded = decodeStep(step, contents, stream.scales, this.splitLine);
    this.noteStep(step, decoded);
    let rowsBefore = 0;
    for (const chunk of decoded.chunks) {
      this.takeChunk(step, chunk, rowsBefore);
      rowsBefore += chunk.rows.count;
      stream.scales = scalesAfter(chunk.rows);
    }
  }

  /** A function of the chunk's minute alone, so a row is late or not whatever was read before. */
  private lateBeforeMs({ minute }: ChunkStep): number {
    const windowMinutes = wholeChunks(this.rules, Math.max(1, this.rules.edgeMinutes));
    return this.range.fromMs + (minute - windowMinutes) * MINUTE_MS;
  }

  private takeChunk(step: ChunkStep, chunk: NamedChunk, rowsBefore: number): void {
    const { rows } = chunk;
    const firstSequence = (step.minute + DAY_MINUTES) * CHUNK_MINUTE_ROWS_MAX + rowsBefore;
    for (let row = 0; row < rows.count; row++) rows.sequence[row] = firstSequence + row;
    if (step.servesSeed && rows.stream === 'trades') this.seed.take(rows, chunk.name);
    if (step.role === 'seed') return;
    const stream = this.streams[step.stream];
    const room = MALFORMED_KEPT_MAX - stream.malformedFirst.length;
    stream.malformedFirst.push(...chunk.malformedFirst.slice(0, room));
    stream.admission.admit(rows, chunk.malformed);
    stream.times.take(rows);
    if (rows.stream === 'trades') this.tradeIds.take(rows);
    else this.levels.take(rows);
    this.feed.push(rows, this.lateBeforeMs(step));
  }

  private noteStep(step: ChunkStep, decoded: DecodedStep): void {
    this.streams[step.stream].minutes.take(step, {
      unreadable: decoded.unreadable.length,
      differing: decoded.chunks.length,
    });
    for (const { name, reason } of decoded.unreadable) {
      this.findings.add(
        'chunk_unreadable',
        name,
        `${reason.what}: found ${reason.found}, expected ${reason.expected}`,
      );
    }
    if (decoded.isOverlapUnresolved && step.role !== 'seed') {
      this.findings.add(
        'overlap_unresolved',
        decoded.chunks.map(({ name }) => name).join(' and '),
        'differing objects of one chunk minute have rows without an id: a row in both counts twice',
      );
    }
  }
}
