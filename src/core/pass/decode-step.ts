/** Decodes all objects of one chunk minute: identical contents once, different ones in name order. */
import { isUnreadable, type Unreadable } from '../decode/chunk-columns.js';
import { decodeChunk, type DecodedChunk, type DecodeInput } from '../decode/decode-chunk.js';
import type { ChunkStep } from '../plan/day-plan.js';
import { isSameBytes } from '../unit/same-bytes.js';

/** A chunk's decompressed content, or why there is none. */
export type ChunkContent =
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly unreadable: Unreadable };

export interface NamedChunk extends DecodedChunk {
  readonly name: string;
}

export interface DecodedStep {
  /** Readable and distinct, in name order. */
  readonly chunks: readonly NamedChunk[];
  readonly unreadable: readonly { readonly name: string; readonly reason: Unreadable }[];
}

/** What decoding needs besides the content. */
export type Decoding = Pick<
  DecodeInput,
  'scales' | 'splitLine' | 'batchRowsMax' | 'columns' | 'pool' | 'plans' | 'malformedKeptMax'
>;

/** `contents` in the order of the step's objects. */
export function decodeStep(
  step: ChunkStep,
  contents: readonly ChunkContent[],
  decoding: Decoding,
): DecodedStep {
  const chunks: NamedChunk[] = [];
  const unreadable: { name: string; reason: Unreadable }[] = [];
  const seen: Uint8Array[] = [];
  for (const content of contents) {
    if ('unreadable' in content) {
      unreadable.push({ name: content.name, reason: content.unreadable });
      continue;
    }
    const { name, bytes } = content;
    if (seen.some((other) => isSameBytes(other, bytes))) continue;
    seen.push(bytes);
    const chunk = decodeChunk({ ...decoding, stream: step.stream, object: name, bytes });
    if (isUnreadable(chunk)) unreadable.push({ name, reason: chunk });
    else chunks.push({ ...chunk, name });
  }
  return { chunks, unreadable };
}
