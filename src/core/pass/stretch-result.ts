/**
 * What a pass over a stretch of a symbol-day gave. Results of consecutive stretches merge from the first
 * on: rows that meet at a cut go to the folds in between, in Order, so every fold sees what it would see in one
 * pass.
 */
import { FoldFeed, IDLESS_MS_MAX } from '../fold/fold-feed.js';
import type { RowCollector } from '../fold/row-collector.js';
import { WAITING_BYTES_MAX } from '../row/exchange-order.js';
import { FlowbarsError } from '../unit/errors.js';
import type { TimeRange } from '../unit/utc-date.js';
import { everyFold, finished, mergeFolds, type DayFeatures, type DayFolds } from './day-folds.js';
import type { DayTally } from './day-tally.js';

export class StretchResult {
  readonly tally: DayTally;
  private readonly folds: DayFolds;
  private readonly head: RowCollector;
  private tail: RowCollector;
  /** Of waiting rows of one stream. */
  private readonly peakBytes: number;

  constructor(tally: DayTally, folds: DayFolds, feed: FoldFeed) {
    this.tally = tally;
    this.folds = folds;
    this.head = feed.head;
    this.tail = feed.tail;
    this.peakBytes = feed.peakBytes + feed.head.usedBytes;
  }

  /**
   * Why this result and that of the stretch right after it do not merge into what one pass gives; undefined
   * if they do. `own`: the next stretch's.
   */
  clashWith(next: this, own: TimeRange): string | undefined {
    if (this.tail.lastMs >= own.fromMs) return 'rows ahead of their chunks';
    if (next.peakBytes + this.tail.usedBytes > WAITING_BYTES_MAX) return 'very many waiting rows';
    return this.tally.clashWith(next.tally);
  }

  /** Adds the result of the stretch right after this one; there is no clash. */
  merge(next: this): void {
    const between = new FoldFeed(everyFold(this.folds));
    for (const { trades, depth } of [this.tail, next.head]) {
      for (const rows of [...trades, ...depth]) between.push(rows, Number.NEGATIVE_INFINITY);
    }
    between.finish();
    mergeFolds(this.folds, next.folds);
    this.tally.merge(next.tally);
    this.tail = next.tail;
  }

  /**
   * Milliseconds that ids would order but for a late trade without one: it came after their other trades had been
   * handed on. Signals depend on it, so the day has to be computed again with these known; bars do not.
   */
  get idlessMs(): ReadonlySet<number> {
    const { tally, folds } = this;
    if (folds.signals === undefined || !tally.tradeIds.hasIds) return new Set();
    if (tally.idlessMs.size >= IDLESS_MS_MAX) {
      throw new FlowbarsError('limit', {
        where: 'symbol-day',
        what: 'milliseconds with late trades without an id, in a recording with ids',
        found: `${tally.idlessMs.size}`,
        expected: `fewer than ${IDLESS_MS_MAX}: make bars alone, --outputs bars`,
      });
    }
    return tally.idlessMs;
  }

  /** The folds' results of the whole day. */
  features(): DayFeatures {
    return finished(this.folds);
  }
}
