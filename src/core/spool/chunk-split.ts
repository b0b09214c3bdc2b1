/** Sorts the rows of a segment into the texts of chunks, for a share of the slots: memory holds no more than these. */
import { CHUNK_HEADERS } from '../frame/chunk-text.js';
import { asciiBytes } from './ascii.js';
import type { Slot } from './slots.js';

const FIRST_BYTES = 4096;
const LINE_FEED = 10;

/** The slots whose index leaves `pass` when divided by `passes`. */
export interface Share {
  readonly passes: number;
  readonly pass: number;
}

export interface SlotText {
  readonly slot: Slot;
  readonly bytes: Uint8Array;
  readonly rows: number;
}

export class ChunkSplit {
  private readonly texts = new Map<number, GrowingText>();
  private readonly slots: readonly Slot[];

  constructor(slots: readonly Slot[], { passes, pass }: Share) {
    this.slots = slots.filter(({ index }) => index % passes === pass);
    for (const { index } of this.slots) this.texts.set(index, new GrowingText());
  }

  /** Takes a row, from `start` to `end`, exclusive; one of another share is left out. */
  take(slot: number, bytes: Uint8Array, start: number, end: number): void {
    this.texts.get(slot)?.addLine(bytes, start, end);
  }

  /** Every slot of the share, with its rows and without a header. */
  finish(): SlotText[] {
    return this.slots.map((slot) => {
      const text = this.texts.get(slot.index);
      return { slot, bytes: text?.bytes() ?? new Uint8Array(0), rows: text?.rows ?? 0 };
    });
  }
}

/** A chunk from its rows. */
export function withHeader({ slot, bytes }: SlotText): Uint8Array {
  const header = headerBytes(slot);
  const chunk = new Uint8Array(header.length + bytes.length);
  chunk.set(header);
  chunk.set(bytes, header.length);
  return chunk;
}

export function headerBytes({ form }: Slot): Uint8Array {
  return asciiBytes(`${CHUNK_HEADERS[form]}\n`);
}

class GrowingText {
  rows = 0;
  private memory = new Uint8Array(0);
  private size = 0;

  addLine(bytes: Uint8Array, start: number, end: number): void {
    const needed = this.size + end - start + 1;
    if (needed > this.memory.length) {
      const larger = new Uint8Array(Math.max(FIRST_BYTES, needed, this.memory.length * 2));
      larger.set(this.memory.subarray(0, this.size));
      this.memory = larger;
    }
    this.memory.set(bytes.subarray(start, end), this.size);
    this.memory[needed - 1] = LINE_FEED;
    this.size = needed;
    this.rows++;
  }

  bytes(): Uint8Array {
    return this.memory.subarray(0, this.size);
  }
}
