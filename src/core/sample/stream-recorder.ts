/**
 * The recorder of one stream of the sample: sorts rows into chunks by the minute of their arrival, and
 * loses, delays or cuts them as the fault plan says. It does not know a row's columns.
 */
import { assert } from '../unit/errors.js';
import { MINUTE_MS, type TimeRange } from '../unit/utc-date.js';
import { AsciiBuffer } from './ascii-buffer.js';
import { LATE_FROM_MS, LATE_RELEASE_MS, LATE_TO_MS } from './fault-plan.js';

export interface SampleChunk {
  readonly name: string;
  /** Lines after the header, damaged ones included. */
  readonly rows: number;
  /** Not compressed. */
  readonly bytes: Uint8Array;
}

/** A chunk that the fault plan leaves out. */
export interface MissingChunk {
  readonly name: string;
  readonly rows: number;
}

/** Rows that arrived one chunk too late. */
export interface LateRows {
  readonly name: string;
  readonly rows: number;
  /** Exchange times of the late rows. */
  readonly range: TimeRange;
}

export interface RecorderPlan {
  readonly startMs: number;
  readonly minutes: number;
  readonly header: string;
  /** Name of the chunk of a minute, from 0. */
  readonly chunkName: (minute: number) => string;
  readonly outages: readonly TimeRange[];
  readonly lateEdgesMs: ReadonlySet<number>;
  readonly missingMinute: number | undefined;
}

export interface RowPlace {
  readonly object: string;
  /** Counted from 1, the header. */
  readonly line: number;
}

export class StreamRecorder {
  readonly finished: SampleChunk[] = [];
  readonly late: LateRows[] = [];
  missing: MissingChunk | undefined;
  /** Totals of the finished chunks. */
  chunks = 0;
  rows = 0;
  sizeBytes = 0;
  private readonly plan: RecorderPlan;
  private readonly chunk = new AsciiBuffer();
  private readonly held = new AsciiBuffer();
  private heldRows = 0;
  private heldEdgeMs = 0;
  private minute = 0;
  private minuteRows = 0;
  private arrivalMs: number;
  private rowStart = 0;

  constructor(plan: RecorderPlan) {
    this.plan = plan;
    this.arrivalMs = plan.startMs;
    this.chunk.text(plan.header);
  }

  /**
   * Begins a row and returns the buffer for its line, or undefined if the row is not recorded.
   * Invariant: calls come in exchange-time order. All rows of a millisecond have one latency and a
   * connection delivers in order, so arrival times never decrease.
   */
  open(eventTimeMs: number, latencyMs: number): AsciiBuffer | undefined {
    const { startMs, minutes } = this.plan;
    const arrivalMs = eventTimeMs + latencyMs;
    // What arrived before the recorder started is not recorded.
    if (arrivalMs < startMs) return undefined;
    this.arrivalMs = Math.max(this.arrivalMs, arrivalMs);
    const minute = Math.floor((this.arrivalMs - startMs) / MINUTE_MS);
    if (minute >= minutes) return undefined;
    while (this.minute < minute) this.close();
    if (this.heldRows > 0 && this.arrivalMs >= this.heldEdgeMs + LATE_RELEASE_MS) this.release();
    if (this.isSilent(eventTimeMs)) return undefined;
    const edgeMs = startMs + (this.minute + 1) * MINUTE_MS;
    if (this.isLate(eventTimeMs, edgeMs)) {
      this.heldEdgeMs = edgeMs;
      this.heldRows += 1;
      return this.held;
    }
    this.minuteRows += 1;
    this.rowStart = this.chunk.length;
    return this.chunk;
  }

  /** The place of the row opened last, which must not be late. */
  place(): RowPlace {
    return { object: this.plan.chunkName(this.minute), line: this.minuteRows + 1 };
  }

  /** Cuts the line of the row opened last in the middle, as a crashed writer does. */
  damage(): void {
    const kept = Math.floor((this.chunk.length - this.rowStart) / 2);
    assert(kept > 0, 'a damaged line has content');
    this.chunk.length = this.rowStart + kept;
    this.chunk.text('\n');
  }

  /** Closes all remaining chunks; a minute without a row has a header only. */
  finish(): void {
    while (this.minute < this.plan.minutes) this.close();
  }

  private isSilent(eventTimeMs: number): boolean {
    return this.plan.outages.some(
      ({ fromMs, toMs }) => eventTimeMs >= fromMs && eventTimeMs < toMs,
    );
  }

  private isLate(eventTimeMs: number, edgeMs: number): boolean {
    const beforeMs = edgeMs - eventTimeMs;
    return beforeMs <= LATE_FROM_MS && beforeMs > LATE_TO_MS && this.plan.lateEdgesMs.has(edgeMs);
  }

  private release(): void {
    this.late.push({
      name: this.plan.chunkName(this.minute),
      rows: this.heldRows,
      range: { fromMs: this.heldEdgeMs - LATE_FROM_MS, toMs: this.heldEdgeMs - LATE_TO_MS },
    });
    this.minuteRows += this.heldRows;
    this.chunk.append(this.held);
    this.held.length = 0;
    this.heldRows = 0;
  }

  private close(): void {
    const { chunkName, header, missingMinute } = this.plan;
    // Late rows that no newer row followed within their minute come at its end.
    const isPastEdge = this.heldEdgeMs <= this.plan.startMs + this.minute * MINUTE_MS;
    if (this.heldRows > 0 && isPastEdge) this.release();
    const name = chunkName(this.minute);
    const bytes = this.chunk.take();
    if (this.minute === missingMinute) {
      this.missing = { name, rows: this.minuteRows };
    } else {
      this.finished.push({ name, rows: this.minuteRows, bytes });
      this.chunks += 1;
      this.rows += this.minuteRows;
      this.sizeBytes += bytes.length;
    }
    this.minute += 1;
    this.minuteRows = 0;
    this.chunk.text(header);
  }
}
