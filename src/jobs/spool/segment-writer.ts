/**
 * Writes segments in order, from a buffer in memory: one write at a time, and durable about once a second. Nothing leaves
 * the buffer before it is written.
 */
import type { SpoolFolder, SpoolLog } from '../recorder-ports.js';
import type { SpoolClock } from './spool-clock.js';
import { SEGMENTS } from './spool-places.js';

/** How long rows gather before they are written together. */
const GATHER_MS = 10;
const SYNC_MS = 1_000;

export interface ClosedSegment {
  readonly name: string;
  readonly sizeBytes: number;
}

export interface WriterEvents {
  readonly onWritten: (bytes: number) => void;
  readonly onClosed: (segment: ClosedSegment) => void;
  readonly onFailed: (error: unknown) => void;
}

interface Segment {
  readonly name: string;
  log: SpoolLog | undefined;
  /** Not yet written. */
  text: string;
  sizeBytes: number;
  isClosed: boolean;
}

export class SegmentWriter {
  private readonly folder: SpoolFolder;
  private readonly clock: SpoolClock;
  private readonly events: WriterEvents;
  private readonly segments: Segment[] = [];
  private bufferBytes = 0;
  private pumping: Promise<void> | undefined;
  private isGathering = false;
  private isFailed = false;
  private isDurable = true;
  private syncedMs: number;

  constructor(folder: SpoolFolder, clock: SpoolClock, events: WriterEvents) {
    this.folder = folder;
    this.clock = clock;
    this.events = events;
    this.syncedMs = clock.steadyMs();
  }

  /** Accepted, and not yet written. */
  get bufferedBytes(): number {
    return this.bufferBytes;
  }

  /** Closes the last segment and begins another one. */
  begin(name: string, head: string): void {
    this.closeLast();
    this.segments.push({ name, log: undefined, text: '', sizeBytes: 0, isClosed: false });
    this.add(head);
  }

  add(line: string): void {
    const segment = this.segments.at(-1);
    if (segment === undefined) return;
    segment.text += line;
    this.bufferBytes += line.length;
    this.gather();
  }

  /** Makes durable what was written a while ago. */
  tick(): void {
    if (!this.isDurable) this.gather();
  }

  /** Closes the last segment and writes all; after a failure it tries once more. */
  async stop(): Promise<void> {
    this.closeLast();
    await this.pumping;
    this.isFailed = false;
    do await this.pump();
    while (this.hasWork());
  }

  private hasWork(): boolean {
    return this.segments.length > 0 && !this.isFailed;
  }

  private closeLast(): void {
    const last = this.segments.at(-1);
    if (last !== undefined) last.isClosed = true;
  }

  private gather(): void {
    if (this.isGathering || this.isFailed) return;
    this.isGathering = true;
    void this.clock.waitMs(GATHER_MS).then(async () => {
      this.isGathering = false;
      await this.pump();
    });
  }

  private async pump(): Promise<void> {
    if (this.pumping !== undefined) {
      await this.pumping;
      return;
    }
    this.pumping = this.writeAll().catch((error: unknown) => {
      this.isFailed = true;
      this.events.onFailed(error);
    });
    await this.pumping;
    this.pumping = undefined;
    if (this.bufferBytes > 0) this.gather();
  }

  private async writeAll(): Promise<void> {
    for (;;) {
      const segment = this.segments[0];
      if (segment === undefined || this.isFailed) return;
      await this.write(segment);
      if (segment.isClosed && segment.text === '') await this.close(segment);
      else if (!segment.isClosed) break;
    }
    const nowMs = this.clock.steadyMs();
    if (this.isDurable || nowMs - this.syncedMs < SYNC_MS) return;
    this.isDurable = true;
    this.syncedMs = nowMs;
    await this.segments[0]?.log?.sync();
  }

  private async write(segment: Segment): Promise<void> {
    const { text } = segment;
    if (text === '') return;
    segment.log ??= await this.folder.create(`${SEGMENTS}/${segment.name}`);
    await segment.log.append(text);
    segment.text = segment.text.slice(text.length);
    segment.sizeBytes += text.length;
    this.bufferBytes -= text.length;
    this.isDurable = false;
    this.events.onWritten(text.length);
  }

  private async close(segment: Segment): Promise<void> {
    await segment.log?.sync();
    await segment.log?.close();
    this.segments.shift();
    this.isDurable = true;
    this.events.onClosed({ name: segment.name, sizeBytes: segment.sizeBytes });
  }
}
