/**
 * What a pass has seen so far of a stretch of a symbol-day: outcomes, times, ids, chunks, findings. The
 * tallies of consecutive stretches merge into that of the day.
 */
import { MALFORMED_KEPT_MAX } from '../decode/decode-chunk.js';
import { RowTimes } from '../evidence/row-times.js';
import { RowsElsewhere } from '../evidence/rows-elsewhere.js';
import { SeenLevels } from '../evidence/seen-levels.js';
import { TradeIds } from '../evidence/trade-id-evidence.js';
import { FindingList } from '../finding/finding-list.js';
import { Admission } from '../row/admit.js';
import { SeedSearch } from '../row/seed-search.js';
import { chunkSpanMinutes, wholeChunks } from '../rule/layout.js';
import type { DayRules } from '../rule/rule-table.js';
import { STREAMS, type StreamName, type SymbolDay } from '../rule/symbol-day.js';
import type { MalformedRow } from '../stored/quality-report.js';
import type { TimeRange } from '../unit/utc-date.js';
import { ChunkMinutes } from './chunk-minutes.js';
import { ChunkNotes } from './chunk-notes.js';
import { NamedSymbols } from './named-symbols.js';

/** What was seen of one stream. */
export class StreamTally {
  readonly admission: Admission;
  readonly times: RowTimes;
  readonly minutes: ChunkMinutes;
  readonly notes: ChunkNotes = new ChunkNotes();
  private readonly firstMalformed: MalformedRow[] = [];

  constructor(admission: Admission, dayStartMs: number, chunkMinutes: number) {
    this.admission = admission;
    this.times = new RowTimes(dayStartMs);
    this.minutes = new ChunkMinutes(dayStartMs, chunkMinutes);
  }

  /** The first malformed rows in reading order, MALFORMED_KEPT_MAX at most. */
  get malformedFirst(): readonly MalformedRow[] {
    return this.firstMalformed;
  }

  noteMalformed(rows: readonly MalformedRow[]): void {
    this.firstMalformed.push(...rows.slice(0, MALFORMED_KEPT_MAX - this.firstMalformed.length));
  }

  merge(next: this): void {
    this.admission.merge(next.admission);
    this.times.merge(next.times);
    this.minutes.merge(next.minutes);
    this.notes.merge(next.notes);
    this.noteMalformed(next.firstMalformed);
  }
}

/** A whole day as it was seen, and by which rules. */
export interface SeenDay {
  readonly day: SymbolDay;
  readonly rules: DayRules;
  readonly tally: DayTally;
}

export class DayTally {
  readonly streams: Readonly<Record<StreamName, StreamTally>>;
  readonly tradeIds: TradeIds = new TradeIds();
  readonly seed: SeedSearch;
  readonly levels: SeenLevels = new SeenLevels();
  readonly symbols: NamedSymbols = new NamedSymbols();
  readonly elsewhere: RowsElsewhere;
  /** Objects of a chunk minute whose rows may count twice; one entry each. */
  readonly overlaps: (readonly string[])[] = [];
  readonly findings: FindingList;
  /** Usable rows that are late (docs/INPUT.md). */
  lateRows = 0;
  /** Milliseconds that have a late trade without a numeric id. */
  readonly idlessMs: Set<number> = new Set();

  constructor(range: TimeRange, rules: DayRules) {
    const { fromMs } = range;
    this.elsewhere = new RowsElsewhere(range, wholeChunks(rules, rules.edgeMinutes));
    this.findings = new FindingList(rules.accept);
    const span = chunkSpanMinutes(rules.rawLayout);
    this.streams = {
      trades: new StreamTally(Admission.forTrades(range), fromMs, span),
      depth: new StreamTally(Admission.forDepth(range), fromMs, span),
    };
    this.seed = new SeedSearch(fromMs);
  }

  /** Why only one pass over the whole day counts this exactly; undefined if stretches can be merged. */
  get needsWholeDay(): string | undefined {
    const { trades, depth } = this.streams;
    const reason = trades.admission.needsWholeDay ?? depth.admission.needsWholeDay;
    return reason ?? (this.findings.hasOmitted ? 'very many findings' : undefined);
  }

  /** The same of this tally and that of the stretch right after it. */
  clashWith(next: this): string | undefined {
    const clashes = STREAMS.some((stream) =>
      this.streams[stream].admission.clashesWith(next.streams[stream].admission),
    );
    if (clashes || this.tradeIds.clashesWith(next.tradeIds)) return 'ids far from their first row';
    return next.needsWholeDay;
  }

  /** Adds what was seen of the stretch right after this one; there is no clash. The first stretch has the seed. */
  merge(next: this): void {
    for (const stream of STREAMS) this.streams[stream].merge(next.streams[stream]);
    this.tradeIds.merge(next.tradeIds);
    this.levels.merge(next.levels);
    this.symbols.merge(next.symbols);
    this.elsewhere.merge(next.elsewhere);
    this.overlaps.push(...next.overlaps);
    this.findings.merge(next.findings);
    this.lateRows += next.lateRows;
    for (const timeMs of next.idlessMs) this.idlessMs.add(timeMs);
  }
}
