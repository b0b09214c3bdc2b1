/**
 * One pass over a segment: the rows of a share of its slots, and in the first pass its evidence. A torn last line is cut
 * off; other lines that are neither row nor note are damage, and counted.
 */
import { asciiText } from './ascii.js';
import { ChunkSplit, type Share, type SlotText } from './chunk-split.js';
import { LineCutter } from './line-cutter.js';
import type { Minute } from './minute.js';
import { MinuteFold } from './minute-fold.js';
import { RowReader } from './row-reader.js';
import { parseHead, parseNote, type SegmentHead } from './segment.js';
import { slotsOf } from './slots.js';

const NOTE_MARK = 33;

export interface ScannedSegment {
  readonly head: SegmentHead;
  readonly texts: readonly SlotText[];
  readonly minute: Minute;
  readonly rows: number;
  readonly linesBad: number;
  readonly tornBytes: number;
}

interface Open {
  readonly head: SegmentHead;
  readonly reader: RowReader;
  readonly split: ChunkSplit;
  readonly fold: MinuteFold;
}

export class SegmentScan {
  private readonly share: Share;
  private readonly cutter: LineCutter;
  private open: Open | undefined;
  private lines = 0;
  private rows = 0;
  private linesBad = 0;

  constructor(share: Share = { passes: 1, pass: 0 }) {
    this.share = share;
    this.cutter = new LineCutter((bytes, start, end) => this.line(bytes, start, end));
  }

  push(bytes: Uint8Array): void {
    this.cutter.push(bytes);
  }

  /** Whether there was a whole first line. */
  get hasFirstLine(): boolean {
    return this.lines > 0;
  }

  /** Undefined if the first line is no head. */
  finish(): ScannedSegment | undefined {
    if (this.open === undefined) return undefined;
    const { head, split, fold } = this.open;
    const { rows, linesBad } = this;
    const { tornBytes } = this.cutter;
    return { head, texts: split.finish(), minute: fold.finish(), rows, linesBad, tornBytes };
  }

  private line(bytes: Uint8Array, start: number, end: number): void {
    this.lines++;
    if (this.lines === 1) this.begin(asciiText(bytes, start, end));
    else if (this.open !== undefined) this.add(this.open, bytes, start, end);
  }

  private begin(line: string): void {
    const head = parseHead(line);
    if (head === undefined) return;
    const slots = slotsOf(head.lines, head.trades);
    const reader = new RowReader(slots);
    const split = new ChunkSplit(slots, this.share);
    this.open = { head, reader, split, fold: new MinuteFold(head, slots) };
  }

  private add({ reader, split, fold }: Open, bytes: Uint8Array, start: number, end: number): void {
    if (bytes[start] === NOTE_MARK) {
      const note = parseNote(asciiText(bytes, start + 1, end));
      if (note === undefined) this.linesBad++;
      else if (this.share.pass === 0) fold.note(note);
      return;
    }
    if (!reader.read(bytes, start, end)) {
      this.linesBad++;
      return;
    }
    this.rows++;
    split.take(reader.slot, bytes, reader.rowStart, end);
    if (this.share.pass === 0) fold.row(reader);
  }
}
