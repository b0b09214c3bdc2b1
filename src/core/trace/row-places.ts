/** Where each row of a pass was read: object and line, by its place in reading order. */
import type { ColumnPlan } from '../decode/chunk-columns.js';
import { afterByteOrderMark, isRow, lineAt } from '../decode/chunk-lines.js';
import type { NamedChunk } from '../pass/decode-step.js';
import { STREAMS, type StreamName } from '../rule/symbol-day.js';
import { assert } from '../unit/errors.js';
import type { ReadRow } from './rows.js';

export interface RowPlace {
  readonly object: string;
  /** In the decompressed chunk, from 1. */
  readonly line: number;
}

interface PlacedChunk {
  readonly object: string;
  readonly plan: ColumnPlan;
  readonly firstSequence: number;
  /** Of the well-formed rows. */
  readonly lines: Uint32Array;
}

export class RowPlaces {
  /** Each by sequence. */
  private readonly chunks: Record<StreamName, PlacedChunk[]> = { trades: [], depth: [] };

  /** Takes a chunk whose rows have their sequence numbers, with all its malformed rows. */
  take({ name, columns, batches, malformedFirst }: NamedChunk, bytes: Uint8Array): void {
    const rows = batches.reduce((sum, { count }) => sum + count, 0);
    const malformed = new Set(malformedFirst.map(({ line }) => line));
    const lines = rowLines(bytes, columns.hasHeader).filter((line) => !malformed.has(line));
    assert(lines.length === rows, 'each line of a chunk that is a row was decoded once');
    // Columns without a row hold what an earlier chunk left.
    if (rows === 0) return;
    const firstSequence = batches[0]?.sequence[0] ?? 0;
    this.chunks[columns.stream].push({
      object: name,
      plan: columns,
      firstSequence,
      lines: Uint32Array.from(lines),
    });
  }

  placeOf({ stream, sequence }: ReadRow): RowPlace {
    const { object, lines, firstSequence } = chunkOf(this.chunks[stream], sequence);
    return { object, line: lines[sequence - firstSequence] ?? 0 };
  }

  /** The columns of each chunk. */
  plans(): ReadonlyMap<string, ColumnPlan> {
    return new Map(
      STREAMS.flatMap((stream) =>
        this.chunks[stream].map(({ object, plan }) => [object, plan] as const),
      ),
    );
  }
}

function chunkOf(chunks: readonly PlacedChunk[], sequence: number): PlacedChunk {
  let [low, high] = [0, chunks.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((chunks[middle]?.firstSequence ?? 0) <= sequence) low = middle;
    else high = middle;
  }
  const chunk = chunks[low];
  assert(chunk !== undefined, 'every row lies in a chunk');
  return chunk;
}

/** The lines of a chunk that are rows, malformed ones included. */
export function rowLines(bytes: Uint8Array, hasHeader: boolean): number[] {
  const lines: number[] = [];
  let header: Uint8Array | undefined;
  let isFirst = true;
  let number = 1;
  for (let at = afterByteOrderMark(bytes); at < bytes.length; number += 1) {
    const line = lineAt(bytes, at);
    const isHeader = isFirst && hasHeader && !line.isBlank;
    if (isHeader) header = bytes.subarray(at, line.end);
    else if (isRow(bytes, at, line, header)) lines.push(number);
    if (!line.isBlank) isFirst = false;
    at = line.next;
  }
  return lines;
}
