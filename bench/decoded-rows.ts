/** Chunks as the pass decodes them: one after the other, in the stream's scales. */
import { isUnreadable } from '../src/core/decode/chunk-columns.js';
import { decodeChunk } from '../src/core/decode/decode-chunk.js';
import type { ChunkRows } from '../src/core/decode/row-batches.js';
import type { SplitLine } from '../src/core/decode/strict-row.js';
import type { Scales } from '../src/core/event/trade-rows.js';
import type { StreamName } from '../src/core/rule/symbol-day.js';
import { csvTables } from '../src/edge/format/csv-table.js';
import type { RecordedChunk } from './recording.js';

const splitLine: SplitLine = (line) => csvTables.splitLine(line);

/** The batches of rows of each chunk. */
export function* decodedChunks(
  stream: StreamName,
  chunks: readonly RecordedChunk[],
): Generator<readonly ChunkRows[]> {
  let scales: Scales = { priceDecimals: 0, quantityDecimals: 0 };
  for (const { name, bytes } of chunks) {
    const chunk = decodeChunk({ stream, object: name, bytes, scales, splitLine, columns: [] });
    if (isUnreadable(chunk)) throw new Error(`${name}: ${chunk.found}`);
    scales = chunk.scales;
    yield chunk.batches;
  }
}

export function countOfRows(chunks: Iterable<readonly ChunkRows[]>): number {
  let rows = 0;
  for (const batches of chunks) for (const { count } of batches) rows += count;
  return rows;
}
