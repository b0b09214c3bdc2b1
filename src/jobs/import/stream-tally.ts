/** Counts what an import wrote, by symbol and stream. */
import type { ImportRow } from '../../core/import/import-row.js';
import type { StreamName } from '../../core/rule/symbol-day.js';
import { DAY_MS } from '../../core/unit/utc-date.js';
import type { CutChunk } from '../../core/import/chunk-cutter.js';

export interface StoredChunk {
  readonly chunk: CutChunk;
  readonly sizeBytes: number;
  readonly isUnchanged: boolean;
}

export interface StreamTotals {
  readonly symbol: string;
  readonly stream: StreamName;
  readonly rows: number;
  readonly chunks: number;
  /** Chunks that were there already, with the same rows. */
  readonly chunksUnchanged: number;
  readonly storedBytes: number;
  /** Exchange times of the first and the last row. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Days that have a row. */
  readonly days: number;
}

interface Counts {
  readonly symbol: string;
  readonly stream: StreamName;
  rows: number;
  chunks: number;
  chunksUnchanged: number;
  storedBytes: number;
  fromMs: number;
  toMs: number;
  dayMs: number;
  readonly days: Set<number>;
}

export class StreamTally {
  rows = 0;
  chunks = 0;
  private readonly streams = new Map<string, Counts>();
  private last: Counts | undefined;

  addRow({ symbol, stream, timeMs }: ImportRow): void {
    const counts = this.countsOf(symbol, stream);
    this.rows += 1;
    counts.rows += 1;
    if (timeMs < counts.fromMs) counts.fromMs = timeMs;
    if (timeMs > counts.toMs) counts.toMs = timeMs;
    if (timeMs >= counts.dayMs && timeMs < counts.dayMs + DAY_MS) return;
    counts.dayMs = Math.floor(timeMs / DAY_MS) * DAY_MS;
    counts.days.add(counts.dayMs);
  }

  addChunk({ chunk, sizeBytes, isUnchanged }: StoredChunk): void {
    const counts = this.countsOf(chunk.symbol, chunk.stream);
    this.chunks += 1;
    counts.chunks += 1;
    if (isUnchanged) counts.chunksUnchanged += 1;
    counts.storedBytes += sizeBytes;
  }

  totals(): StreamTotals[] {
    return [...this.streams.values()].map(({ days, dayMs: _dayMs, ...counts }) => ({
      ...counts,
      days: days.size,
    }));
  }

  private countsOf(symbol: string, stream: StreamName): Counts {
    const { last } = this;
    if (last?.symbol === symbol && last.stream === stream) return last;
    const key = `${symbol}/${stream}`;
    const counts = this.streams.get(key) ?? {
      symbol,
      stream,
      rows: 0,
      chunks: 0,
      chunksUnchanged: 0,
      storedBytes: 0,
      fromMs: Number.POSITIVE_INFINITY,
      toMs: Number.NEGATIVE_INFINITY,
      dayMs: Number.NaN,
      days: new Set<number>(),
    };
    this.streams.set(key, counts);
    this.last = counts;
    return counts;
  }
}
