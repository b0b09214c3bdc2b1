/**
 * The spool of a session: takes rows and notes as they arrive, writes them to the segment of their minute, finishes closed
 * segments and stores what comes of them. Nothing that was accepted is dropped; where it cannot go on, it says so.
 */
import type { FeedNote, LineNote, OpenedNote } from '../../core/feed/feed-note.js';
import { headLine, noteLine, rowLine, SEGMENT_VERSION } from '../../core/spool/segment.js';
import { type Slot, slotsOf, type TradesForm } from '../../core/spool/slots.js';
import { hourOf, minuteName, PART_PATTERN } from '../../core/spool/spool-name.js';
import { assert, FlowbarsError } from '../../core/unit/errors.js';
import { MINUTE_MS } from '../../core/unit/utc-date.js';
import type { FinishEffects } from './finish-segment.js';
import { FinishQueue } from './finish-queue.js';
import { type RecoveredSpool, recoverSpool } from './recover-spool.js';
import { SegmentWriter } from './segment-writer.js';
import { RESERVE, SEGMENTS } from './spool-places.js';
import { type UploadEffects, Uploader, type UploadFigures } from './upload-pending.js';

/** Above it the feed pauses its sockets, until half of it is written. */
export const BUFFER_BYTES_MAX: number = 64 * 2 ** 20;

export interface SpoolOptions {
  /** In the names of all that this session stores; no other session has it. */
  readonly part: string;
  readonly market: string;
  readonly endpoint: string;
  readonly span: '1m' | '1h';
  readonly isGzip: boolean;
  readonly trades: TradesForm;
  readonly lines: readonly LineNote[];
  /** When the session began, microseconds since the epoch. */
  readonly startUs: number;
  readonly spoolBytesMax: number;
  readonly bufferBytesMax?: number;
}

export type SpoolEffects = FinishEffects & UploadEffects;

export interface SpoolFigures extends UploadFigures {
  /** On the disk: segments, what is kept for its hour, and what waits. */
  readonly spoolBytes: number;
  /** Accepted, and not yet on the disk. */
  readonly bufferedBytes: number;
  /** The feed has to pause its sockets. */
  readonly isPressed: boolean;
  readonly rows: number;
}

/** What a stopped session leaves to the next start. */
export interface SpoolLeft {
  readonly pendingFiles: number;
  readonly pendingBytes: number;
  /** Rows' bytes that could not be written: lost. 0 unless the disk failed. */
  readonly lostBytes: number;
}

/**
 * Begins a session. Throws a usage error for a part that no name can have. A spool beyond its limit takes nothing before an upload
 * succeeds: until then it waits, and throws if it is stopped.
 */
export async function openSpool(
  options: SpoolOptions,
  effects: SpoolEffects,
  stopped: Promise<unknown> = NEVER,
): Promise<Spool> {
  if (!PART_PATTERN.test(options.part)) throw badPart(options.part);
  const spool = new Spool(options, effects);
  await spool.start(stopped);
  return spool;
}

const NEVER = new Promise<never>(() => undefined);
const POLL_MS = 100;

export class Spool {
  /** Their indexes are what `row` takes. */
  readonly slots: readonly Slot[];
  /** Rejects when the spool cannot go on: the session has to stop. Never resolves. */
  readonly failed: Promise<never>;

  private readonly options: SpoolOptions;
  private readonly effects: SpoolEffects;
  private readonly writer: SegmentWriter;
  private readonly uploader: Uploader;
  private readonly finishes: FinishQueue;
  private readonly openNotes = new Map<number, OpenedNote>();
  private readonly failing = Promise.withResolvers<never>();
  private minuteMs = 0;
  private segmentBytes = 0;
  private rows = 0;
  private isPressed = false;
  /** A session that begins beyond the limit, after a long failure, goes on while uploads succeed. */
  private isDraining = false;
  private hasFailed = false;
  private isStopping = false;
  private recovering: Promise<RecoveredSpool> | undefined;
  /** Segments of dead sessions. */
  private leftBytes = 0;
  private spoolBytesMost = 0;

  constructor(options: SpoolOptions, effects: SpoolEffects) {
    this.options = options;
    this.effects = effects;
    this.slots = slotsOf(options.lines, options.trades);
    this.failed = this.failing.promise;
    // Whoever races it hears of it; it is no unhandled rejection for the others.
    this.failed.catch(() => undefined);
    this.uploader = new Uploader(effects, {
      market: options.market,
      span: options.span,
      onRefused: (error) => this.fail(error),
    });
    this.finishes = new FinishQueue(effects, this.uploader, (error) => this.fail(error));
    this.writer = new SegmentWriter(effects.folder, effects.clock, {
      onWritten: (bytes) => this.written(bytes),
      onClosed: (segment) => this.finishes.add(segment),
      onFailed: (error) => this.fail(error),
    });
  }

  /** Begins the uploads and the first segment. */
  async start(stopped: Promise<unknown>): Promise<void> {
    await this.uploader.start();
    const left = await this.effects.folder.list(SEGMENTS);
    this.leftBytes = left.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
    if (this.isBeyond()) await this.waitForRoom(stopped);
    this.isDraining = this.isBeyond();
    this.begin(this.options.startUs);
  }

  /**
   * Finishes what dead sessions left, beside this one; call it once reception runs. It never fails: what does is tried again until
   * the session stops.
   */
  async recover(): Promise<RecoveredSpool> {
    this.recovering ??= recoverSpool(
      {
        uploader: this.uploader,
        part: this.options.part,
        isOver: () => this.isStopping,
        onFreed: (sizeBytes) => (this.leftBytes -= sizeBytes),
      },
      this.effects,
    );
    return await this.recovering;
  }

  /** A row text (chunk-text.ts) that arrived. Times never decrease; one that does counts for the present minute. */
  row(slot: number, text: string, receiveUs: number): void {
    assert(slot < this.slots.length, 'a row has one of the slots');
    this.reach(receiveUs);
    this.rows += 1;
    this.add(rowLine(slot, text));
  }

  /** A session that cannot go on was not told to stop, even if the feed then is: its evidence says so. */
  note(note: FeedNote): void {
    if (note.is === 'ended' && this.hasFailed) return;
    this.reach(note.atUs);
    if (note.is === 'opened') this.openNotes.set(note.connection, note);
    if (note.is === 'closed') this.openNotes.delete(note.connection);
    this.add(noteLine(note));
  }

  /** Begins the next minute where no row does, by the clock that the rows have. Call it about once a second. */
  tick(nowUs: number): void {
    this.reach(nowUs);
    this.writer.tick();
  }

  /** Closes the session: finishes all at once, and goes on to upload for so long. */
  async stop(uploadMs = 20_000): Promise<SpoolLeft> {
    const { folder, log } = this.effects;
    this.isStopping = true;
    this.finishes.closeAfter(minuteName(this.minuteMs, this.options.part), false);
    if (this.hasFailed) await folder.remove(RESERVE).catch(() => undefined);
    await this.writer.stop();
    await this.finishes.done();
    await this.recovering;
    await this.uploader.stop(uploadMs);
    const { pendingFiles, pendingBytes } = this.uploader.figures();
    const lostBytes = this.writer.bufferedBytes;
    if (lostBytes > 0) log.event('ERROR', 'rows_lost', { bytes: lostBytes, where: folder.root });
    return { pendingFiles, pendingBytes, lostBytes };
  }

  figures(): SpoolFigures {
    const { rows, isPressed } = this;
    const { bufferedBytes } = this.writer;
    const spoolBytes = this.spoolBytes();
    return { ...this.uploader.figures(), spoolBytes, bufferedBytes, isPressed, rows };
  }

  private add(line: string): void {
    this.writer.add(line);
    const max = this.options.bufferBytesMax ?? BUFFER_BYTES_MAX;
    if (this.writer.bufferedBytes > max) this.isPressed = true;
  }

  private reach(atUs: number): void {
    if (atUs < (this.minuteMs + MINUTE_MS) * 1_000) return;
    const before = { startMs: this.minuteMs, part: this.options.part };
    const nextMs = this.minuteMs + MINUTE_MS;
    // A minute that was slept through has no segment: the recorder was not there.
    const hasSlept = atUs >= (nextMs + MINUTE_MS) * 1_000;
    const isOtherHour = hourOf(before) !== hourOf({ ...before, startMs: minuteOf(atUs) });
    if (isOtherHour) this.finishes.closeAfter(minuteName(before.startMs, before.part), true);
    this.begin(hasSlept ? atUs : nextMs * 1_000);
  }

  private begin(fromUs: number): void {
    const { part, market, endpoint, span, isGzip, trades, lines } = this.options;
    this.minuteMs = minuteOf(fromUs);
    const session = { part, market, endpoint, span, isGzip, trades, lines };
    const head = {
      version: SEGMENT_VERSION,
      ...session,
      minuteMs: this.minuteMs,
      fromUs,
      open: [...this.openNotes.values()],
      root: this.effects.raw.root,
      spoolBytes: Math.max(this.spoolBytesMost, this.spoolBytes()),
    };
    this.spoolBytesMost = 0;
    this.writer.begin(minuteName(this.minuteMs, part), headLine(head));
  }

  private written(bytes: number): void {
    this.segmentBytes += bytes;
    const max = this.options.bufferBytesMax ?? BUFFER_BYTES_MAX;
    if (this.writer.bufferedBytes < max / 2) this.isPressed = false;
    const spoolBytes = this.spoolBytes();
    this.spoolBytesMost = Math.max(this.spoolBytesMost, spoolBytes);
    if (spoolBytes <= this.options.spoolBytesMax) this.isDraining = false;
    else if (!this.isDraining || this.uploader.isStuck) this.fail(this.tooLarge(spoolBytes));
  }

  private spoolBytes(): number {
    const { freedBytes, keptBytes } = this.finishes;
    const ownBytes = this.segmentBytes - freedBytes + keptBytes;
    return ownBytes + this.leftBytes + this.uploader.figures().pendingBytes;
  }

  private isBeyond(): boolean {
    return this.spoolBytes() > this.options.spoolBytesMax;
  }

  /** Otherwise each of many restarts would write some more to a disk that nothing leaves. */
  private async waitForRoom(stopped: Promise<unknown>): Promise<void> {
    const { clock, log } = this.effects;
    const error = this.tooLarge(this.spoolBytes());
    log.event('ERROR', 'spool_beyond_limit', { ...error.parts });
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    void stopped.then(over, over);
    while (this.isBeyond() && this.uploader.figures().uploadedFiles === 0) {
      if (!isOver && !this.hasFailed) await clock.waitMs(POLL_MS);
      else {
        await this.uploader.stop(0);
        throw this.hasFailed ? await this.failed.catch((failure: unknown) => failure) : error;
      }
    }
  }

  private fail(error: unknown): void {
    this.hasFailed = true;
    this.failing.reject(error);
  }

  private tooLarge(spoolBytes: number): FlowbarsError {
    const { folder, raw } = this.effects;
    return new FlowbarsError('blocked', {
      what: 'spool',
      found: `${spoolBytes} bytes that wait for the end of their chunk, or for their upload to ${raw.root}`,
      expected: `at most ${this.options.spoolBytesMax} bytes (mend the upload, or allow more; nothing in the folder is lost)`,
      where: folder.root,
    });
  }
}

function minuteOf(atUs: number): number {
  return Math.floor(atUs / (MINUTE_MS * 1_000)) * MINUTE_MS;
}

function badPart(part: string): FlowbarsError {
  return new FlowbarsError('usage', {
    what: 'part',
    found: `'${part}'`,
    expected: "1 to 40 letters, digits and '-'",
    where: 'recorder',
  });
}
