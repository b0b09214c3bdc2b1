/** Chunks as the pass decodes them: one after the other, in the stream's scales. */
import { type ColumnPlan, isUnreadable } from '../src/core/decode/chunk-columns.js';
import { decodeChunk } from '../src/core/decode/decode-chunk.js';
import type { ChunkRows } from '../src/core/decode/row-batches.js';
import type { SplitLine } from '../src/core/decode/strict-row.js';
import { RowPool } from '../src/core/event/row-pool.js';
import type { Scales } from '../src/core/event/trade-rows.js';
import type { StreamName } from '../src/core/rule/symbol-day.js';
import { csvTables } from '../src/edge/format/csv-table.js';
import type { RecordedChunk } from './recording.js';

const splitLine: SplitLine = (line) => csvTables.splitLine(line);

/** What a pass keeps from chunk to chunk. */
interface Kept {
  readonly pool: RowPool;
  readonly plans: Map<string, ColumnPlan>;
}

/** The batches of rows of each chunk, for a caller that keeps them all. */
export function* decodedChunks(
  stream: StreamName,
  chunks: readonly RecordedChunk[],
  kept: Kept = newlyKept(),
): Generator<readonly ChunkRows[]> {
  let scales: Scales = { priceDecimals: 0, quantityDecimals: 0 };
  for (const { name, bytes } of chunks) {
    const input = { stream, object: name, bytes, scales, splitLine, columns: [], ...kept };
    const chunk = decodeChunk(input);
    if (isUnreadable(chunk)) throw new Error(`${name}: ${chunk.found}`);
    scales = chunk.scales;
    yield chunk.batches;
  }
}

/**
 * Decodes chunks and counts their rows. What it keeps lasts from call to call, so a few chunks decoded
 * again and again stand for a day.
 */
export function rowCounter(stream: StreamName): (chunks: readonly RecordedChunk[]) => number {
  const kept = newlyKept();
  return (chunks) => {
    let rows = 0;
    for (const batches of decodedChunks(stream, chunks, kept)) {
      for (const batch of batches) {
        rows += batch.count;
        kept.pool.give(batch);
      }
    }
    return rows;
  };
}

function newlyKept(): Kept {
  return { pool: new RowPool(), plans: new Map() };
}
