/**
 * A fold of the pass that watches one bar: it keeps the bar's rows in Order, adds them up in big integers, and
 * forms its steps. What lies around the bar it remembers as far as the bar needs it.
 */
import type { DepthRun, TradeRun, TwoStreamFold } from '../fold/fold.js';
import { STEP_MS_MAX } from '../step/step-fold.js';
import { assert } from '../unit/errors.js';
import type { TimeRange } from '../unit/utc-date.js';
import { BookFacts } from './book-facts.js';
import { EXPLAINED_ROWS_MAX, Ends } from './ends.js';
import {
  bestOf,
  type KeptSnapshot,
  type KeptTrade,
  type ReadRow,
  snapshotAt,
  tradeAt,
} from './rows.js';
import { StepFacts, stepOf } from './step-facts.js';
import { TradeFacts } from './trade-facts.js';

/** A row with its place among those of its stream and bar, from 1; undefined for a late one. */
export interface Placed<Row> {
  readonly row: Row;
  readonly place: number | undefined;
}

/** The best quotes of a snapshot, and which one it was. */
export interface Quote extends ReadRow {
  readonly timeMs: number;
  readonly bid: bigint;
  readonly ask: bigint;
}

export class BarTrace implements TwoStreamFold<void> {
  readonly streams = 'both' as const;
  readonly facts: {
    readonly trades: TradeFacts;
    readonly book: BookFacts;
    readonly steps: StepFacts;
  };
  readonly trades: Ends<Placed<KeptTrade>> = new Ends(EXPLAINED_ROWS_MAX);
  readonly snapshots: Ends<Placed<KeptSnapshot>> = new Ends(EXPLAINED_ROWS_MAX);
  /** The neighbours of the bar in Order. */
  tradeBefore: KeptTrade | undefined;
  tradeAfter: KeptTrade | undefined;
  /** Of the snapshots from the last one before the bar to the first one after it, in Order. */
  readonly quotes: Quote[] = [];
  /** By id, the used trades that rows of the bar repeat: the caller names those ids as it meets them. */
  readonly repeated: Map<string, KeptTrade> = new Map();
  private readonly bar: TimeRange;
  private readonly repeatedIds: ReadonlySet<string>;
  private tradesInOrder = 0;
  private snapshotsInOrder = 0;
  /** The snapshot that the next one may make a step with, and the trades after its millisecond. */
  private before: KeptSnapshot | undefined;
  private since: KeptTrade[] = [];
  private lastBefore: Quote | undefined;

  constructor(bar: TimeRange, largeOrder: string, repeatedIds: ReadonlySet<string>) {
    this.bar = bar;
    this.repeatedIds = repeatedIds;
    this.facts = {
      trades: new TradeFacts(largeOrder),
      book: new BookFacts(),
      steps: new StepFacts(),
    };
  }

  takeTrades({ rows, from, to, late }: TradeRun): void {
    const { fromMs, toMs } = this.bar;
    for (let row = from; row < to; row++) {
      const timeMs = rows.timeMs[row] ?? 0;
      if (timeMs >= fromMs && timeMs < toMs) this.takeTrade(tradeAt(rows, row, late));
      else if (timeMs < fromMs) this.noteBefore(rows, row, late);
      else if (!late) this.tradeAfter ??= tradeAt(rows, row, late);
    }
  }

  takeDepth({ rows, from, to, late }: DepthRun): void {
    const { fromMs, toMs } = this.bar;
    for (let row = from; row < to; row++) {
      const timeMs = rows.timeMs[row] ?? 0;
      if (timeMs < fromMs - STEP_MS_MAX) {
        if (late) continue;
        if (row === to - 1 || (rows.timeMs[row + 1] ?? 0) >= fromMs - STEP_MS_MAX) {
          this.lastBefore = quoteOf(snapshotAt(rows, row, late));
        }
      } else if (timeMs < fromMs) {
        if (late) continue;
        this.before = snapshotAt(rows, row, late);
        this.since = [];
        this.lastBefore = quoteOf(this.before);
      } else if (timeMs < toMs) {
        this.takeSnapshot(snapshotAt(rows, row, late));
      } else if (!late && (this.quotes.at(-1)?.timeMs ?? 0) < toMs) {
        this.noteQuote(quoteOf(snapshotAt(rows, row, late)));
      }
    }
  }

  merge(): void {
    assert(false, 'one pass traces a bar');
  }

  finish(): void {
    this.facts.trades.finish();
    this.noteLastBefore();
  }

  private takeTrade(trade: KeptTrade): void {
    this.facts.trades.take(trade);
    if (!trade.late) this.tradesInOrder += 1;
    this.trades.push({ row: trade, place: trade.late ? undefined : this.tradesInOrder });
    if (trade.id !== '' && this.repeatedIds.has(trade.id)) {
      this.repeated.set(trade.id, trade);
    }
    if (!trade.late) this.noteSince(trade);
  }

  private noteBefore(rows: TradeRun['rows'], row: number, late: boolean): void {
    if (late) return;
    const trade = tradeAt(rows, row, late);
    this.tradeBefore = trade;
    this.noteSince(trade);
  }

  /** Keeps the trades that a step from the last snapshot can reach. */
  private noteSince(trade: KeptTrade): void {
    const { before, since } = this;
    if (before !== undefined && trade.timeMs <= before.timeMs + STEP_MS_MAX) since.push(trade);
  }

  private takeSnapshot(snapshot: KeptSnapshot): void {
    this.facts.book.take(snapshot);
    if (!snapshot.late) this.snapshotsInOrder += 1;
    this.snapshots.push({
      row: snapshot,
      place: snapshot.late ? undefined : this.snapshotsInOrder,
    });
    if (snapshot.late) return;
    this.noteQuote(quoteOf(snapshot));
    const { before, since } = this;
    if (before !== undefined && snapshot.timeMs - before.timeMs <= STEP_MS_MAX) {
      this.facts.steps.take(stepOf(before, snapshot, since));
    }
    this.before = snapshot;
    this.since = [];
  }

  private noteQuote(quote: Quote): void {
    this.noteLastBefore();
    this.quotes.push(quote);
  }

  private noteLastBefore(): void {
    if (this.lastBefore !== undefined) this.quotes.unshift(this.lastBefore);
    this.lastBefore = undefined;
  }
}

function quoteOf(snapshot: KeptSnapshot): Quote {
  const { stream, timeMs, sequence } = snapshot;
  return { stream, timeMs, sequence, ...bestOf(snapshot) };
}
