/** The document of `flowbars import --json`; see docs/COMMANDS.md. */
import { isoStampMs } from '../../core/unit/utc-date.js';
import type { ImportSummary } from '../../jobs/import/import-files.js';

type Fields = Readonly<Record<string, unknown>>;

/** `streams` are its rows. */
export interface ImportDocument {
  readonly files: readonly Fields[];
  readonly streams: readonly Fields[];
  readonly notes: readonly string[];
  readonly dataset: Fields;
}

export function importDocument({ files, streams, notes, dataset }: ImportSummary): ImportDocument {
  return {
    files: files.map(({ path, source, rows, leftOut }) => ({
      path,
      source,
      rows,
      left_out: [...leftOut].map(([what, count]) => ({ what, count })),
    })),
    streams: streams.map((totals) => ({
      symbol: totals.symbol,
      stream: totals.stream,
      rows: totals.rows,
      chunks: totals.chunks,
      chunks_unchanged: totals.chunksUnchanged,
      stored_bytes: totals.storedBytes,
      days: totals.days,
      from: isoStampMs(totals.fromMs),
      to: isoStampMs(totals.toMs),
    })),
    notes,
    dataset: { ...dataset },
  };
}
