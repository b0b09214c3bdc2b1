/** Where each row of a pass was read: object and line, by its place in reading order. */
import type { ColumnPlan } from '../decode/chunk-columns.js';
import { afterByteOrderMark, isRow, lineAt } from '../decode/chunk-lines.js';
import type { NamedChunk } from '../pass/decode-step.js';
import { assert } from '../unit/errors.js';

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
  /** By sequence. */
  private readonly chunks: PlacedChunk[] = [];

  /** Takes a chunk whose rows have their sequence numbers, with all its malformed rows. */
  take({ name, columns, batches, malformedFirst }: NamedChunk, bytes: Uint8Array): void {
    const firstSequence = batches[0]?.sequence[0];
    if (firstSequence === undefined) return;
    const malformed = new Set(malformedFirst.map(({ line }) => line));
    const lines = rowLines(bytes, columns.hasHeader).filter((line) => !malformed.has(line));
    const rows = batches.reduce((sum, { count }) => sum + count, 0);
    assert(lines.length === rows, 'each line of a chunk that is a row was decoded once');
    this.chunks.push({
      object: name,
      plan: columns,
      firstSequence,
      lines: Uint32Array.from(lines),
    });
  }

  placeOf(sequence: number): RowPlace {
    const { object, lines, firstSequence } = this.chunkOf(sequence);
    return { object, line: lines[sequence - firstSequence] ?? 0 };
  }

  /** The columns of each chunk. */
  plans(): ReadonlyMap<string, ColumnPlan> {
    return new Map(this.chunks.map(({ object, plan }) => [object, plan]));
  }

  private chunkOf(sequence: number): PlacedChunk {
    let [low, high] = [0, this.chunks.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.chunks[middle]?.firstSequence ?? 0) <= sequence) low = middle;
      else high = middle;
    }
    const chunk = this.chunks[low];
    assert(chunk !== undefined, 'every row lies in a chunk');
    return chunk;
  }
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
