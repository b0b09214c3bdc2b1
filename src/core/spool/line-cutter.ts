/** Cuts bytes that come in pieces into lines. What is left at the end, without a line end, is a torn line. */
import { SEGMENT_LINE_BYTES_MAX } from './segment.js';

const LINE_FEED = 10;
const NOTHING = new Uint8Array(0);

/** A line is `bytes` from `start` to `end`, exclusive, without its line end; the bytes are lent. */
export type OnLine = (bytes: Uint8Array, start: number, end: number) => void;

export class LineCutter {
  private readonly onLine: OnLine;
  private rest: Uint8Array = NOTHING;

  constructor(onLine: OnLine) {
    this.onLine = onLine;
  }

  push(bytes: Uint8Array): void {
    let start = this.rest.length === 0 ? 0 : this.endRest(bytes);
    if (start < 0) return;
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, start);
      if (end < 0) break;
      this.onLine(bytes, start, end);
      start = end + 1;
    }
    this.rest = bytes.slice(start);
  }

  /** Bytes of the torn line. */
  get tornBytes(): number {
    return this.rest.length;
  }

  /** Returns where the next line begins; negative if the rest goes on. */
  private endRest(bytes: Uint8Array): number {
    const end = bytes.indexOf(LINE_FEED);
    const line = joined(this.rest, end < 0 ? bytes : bytes.subarray(0, end));
    const isEnd = end >= 0 || line.length > SEGMENT_LINE_BYTES_MAX;
    this.rest = isEnd ? NOTHING : line;
    if (isEnd) this.onLine(line, 0, line.length);
    return end < 0 ? -1 : end + 1;
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
