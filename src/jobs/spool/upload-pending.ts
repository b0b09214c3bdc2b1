/**
 * Stores what waits in the spool, oldest first, and deletes it there. What fails is tried again for ever and holds up nothing else.
 * Nothing here blocks reception.
 */
import type { Destination } from '../../core/spool/batch-list.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Log, Store } from '../ports.js';
import type { SpoolFolder } from '../recorder-ports.js';
import type { SpoolClock } from './spool-clock.js';
import { readPending } from './pending-batches.js';
import { ASIDE, BATCH_FILE, PENDING } from './spool-places.js';
import type { PendingBatch } from './stage-batch.js';
import { uploadFile, type WaitingFile } from './upload-file.js';
import { type Task, UploadQueue } from './upload-queue.js';
import { UploadStreak } from './upload-streak.js';
import { type Batch, WaitingBatches, type WaitingFigures } from './waiting-batches.js';

/** A bucket takes about ten files a second from each; a disk is busy with fewer. */
const UPLOADS_AT_ONCE_MAX = 32;
/** Of the reads that saturate a store: a folder's 24 become 8, a bucket's 96 become 32. */
const READS_PER_UPLOAD = 3;
/** In memory at once, beyond the first file: chunks of an hour may have 50 MB each. */
const FLIGHT_BYTES_MAX: number = 64 * 2 ** 20;
const FIRST_WAIT_MS = 500;
export const WAIT_MS_MAX = 30_000;
/** Waits are cut into pieces, so that a stop need not wait for them. */
const PIECE_MS = 500;
const DRAIN_POLL_MS = 50;

export interface UploadEffects {
  readonly folder: SpoolFolder;
  readonly raw: Store;
  /** Makes the raw root ready, before the first upload. A usage error ends the session; others are tried again. */
  readonly prepare: () => Promise<void>;
  readonly clock: SpoolClock;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface UploadTarget extends Pick<Destination, 'market' | 'span'> {
  /** The raw root is that of another recording. */
  readonly onRefused: (error: unknown) => void;
}

export interface UploadFigures extends WaitingFigures {
  readonly uploadedFiles: number;
  readonly uploadedBytes: number;
  /** When a chunk of the symbol was stored last, milliseconds since the epoch. */
  readonly lastUploadMs: ReadonlyMap<string, number>;
  readonly isFailing: boolean;
  /** Put aside because other content was stored under their names. */
  readonly conflicts: number;
  /** Segments, evidence and batches that nobody can read or finish, put aside. */
  readonly setAside: number;
}

export class Uploader {
  private readonly effects: UploadEffects;
  private readonly target: UploadTarget;
  private readonly streak: UploadStreak;
  private readonly queue = new UploadQueue();
  private readonly waiting: WaitingBatches;
  private readonly lastUploadMs = new Map<string, number>();
  private readonly atOnce: number;
  /** Taken, and too large for the present. */
  private held: Task | undefined;
  private inFlight = 0;
  private inFlightBytes = 0;
  private failuresInRow = 0;
  /** Nothing begins before it, by the steady clock. */
  private pausedUntilMs = 0;
  private isReady = false;
  private isStopped = false;
  private isTimed = false;
  private change = Promise.withResolvers<undefined>();
  private readonly counts = {
    uploadedFiles: 0,
    uploadedBytes: 0,
    conflicts: 0,
    setAside: 0,
  };

  constructor(effects: UploadEffects, target: UploadTarget) {
    this.effects = effects;
    this.target = target;
    this.streak = new UploadStreak(effects);
    const { market, span } = target;
    this.waiting = new WaitingBatches({ root: effects.raw.root, market, span }, effects);
    const wanted = Math.ceil(effects.raw.readsAtOnce / READS_PER_UPLOAD);
    this.atOnce = Math.min(UPLOADS_AT_ONCE_MAX, wanted);
  }

  /** Every attempt fails at present. */
  get isStuck(): boolean {
    return this.failuresInRow >= this.atOnce;
  }

  /** Begins with what waits already. */
  async start(): Promise<void> {
    await this.adopt();
    this.queue.add([this.preparing()]);
    void this.run();
  }

  /** Batches that are there, of any session: all unless given. */
  async adopt(names?: readonly string[]): Promise<void> {
    const { batches, setAside } = await readPending(this.effects, names);
    this.putAside(setAside);
    this.add(batches);
  }

  /** New batches, which are there. */
  add(batches: readonly PendingBatch[]): void {
    this.waiting.add(batches);
    this.wake();
  }

  putAside(sources: number): void {
    this.counts.setAside += sources;
  }

  figures(): UploadFigures {
    return {
      ...this.waiting.figures(),
      ...this.counts,
      lastUploadMs: this.lastUploadMs,
      isFailing: this.streak.isOpen,
    };
  }

  /** Goes on for so long, or until all is stored; then it begins and repeats nothing more. */
  async stop(durationMs: number): Promise<void> {
    const { clock } = this.effects;
    const untilMs = clock.steadyMs() + durationMs;
    while (!this.waiting.isEmpty && !this.isStopped && clock.steadyMs() < untilMs) {
      await clock.waitMs(DRAIN_POLL_MS);
    }
    this.isStopped = true;
    this.wake();
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      const nowMs = this.effects.clock.steadyMs();
      const mayBegin = this.inFlight < this.atOnce && nowMs >= this.pausedUntilMs;
      if (mayBegin && this.isReady && !this.queue.hasFresh) this.openOldest();
      if (mayBegin) this.held ??= this.queue.take(nowMs);
      if (mayBegin && this.held !== undefined && this.fits(this.held)) {
        void this.attempt(this.held);
        this.held = undefined;
      } else {
        this.wakeLater(nowMs);
        await this.change.promise;
      }
    }
  }

  private fits({ sizeBytes }: Task): boolean {
    return this.inFlight === 0 || this.inFlightBytes + sizeBytes <= FLIGHT_BYTES_MAX;
  }

  private async attempt(task: Task): Promise<void> {
    this.inFlight += 1;
    this.inFlightBytes += task.sizeBytes;
    try {
      await task.act();
      this.failuresInRow = 0;
      this.pausedUntilMs = 0;
      if (task.failures > 0) this.streak.recovered();
    } catch (error) {
      this.failed(task, error);
    }
    this.inFlight -= 1;
    this.inFlightBytes -= task.sizeBytes;
    this.wake();
  }

  private failed(task: Task, error: unknown): void {
    this.streak.failed(error, task.failures === 0);
    task.failures += 1;
    this.failuresInRow += 1;
    const nowMs = this.effects.clock.steadyMs();
    this.queue.delay(task, nowMs + this.backoffMs(task.failures));
    // A store that takes nothing is not asked for each of many files.
    if (this.isStuck) {
      const rounds = Math.floor(this.failuresInRow / this.atOnce);
      this.pausedUntilMs = nowMs + this.backoffMs(rounds);
    }
  }

  private backoffMs(failures: number): number {
    const fullMs = Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** (failures - 1));
    return Math.round(fullMs * (1 - this.effects.random() / 2));
  }

  private preparing(): Task {
    const act = async (): Promise<void> => {
      try {
        await this.effects.prepare();
        this.isReady = true;
      } catch (error) {
        if (!(error instanceof FlowbarsError) || error.kind !== 'usage') throw error;
        this.isStopped = true;
        this.target.onRefused(error);
      }
    };
    return { sizeBytes: 0, failures: 0, act };
  }

  private openOldest(): void {
    const oldest = this.waiting.takeOldest();
    if (oldest === undefined) return;
    this.queue.add([{ sizeBytes: 0, failures: 0, act: () => this.open(oldest) }]);
  }

  private async open(batch: Batch): Promise<void> {
    const entries = await this.effects.folder.list(`${PENDING}/${batch.name}`);
    const tasks: Task[] = [];
    let bytes = 0;
    for (const { name, sizeBytes } of entries) {
      const object = batch.list.objects[Number(name)];
      if (object === undefined) continue;
      const file = { batch: batch.name, name, object, sizeBytes };
      bytes += sizeBytes;
      tasks.push({ sizeBytes, failures: 0, act: () => this.store(batch, file) });
    }
    this.waiting.count(batch, batch.files - tasks.length, batch.bytes - bytes);
    if (tasks.length === 0) tasks.push(this.ending(batch));
    this.queue.add(tasks);
  }

  private async store(batch: Batch, file: WaitingFile): Promise<void> {
    const end = await uploadFile(file, this.effects);
    if (end === 'conflict') {
      this.counts.conflicts += 1;
      batch.hasConflicts = true;
    }
    if (end === 'stored') {
      this.counts.uploadedFiles += 1;
      this.counts.uploadedBytes += file.sizeBytes;
      const [symbol = ''] = file.object.split('/');
      if (!symbol.startsWith('_')) this.lastUploadMs.set(symbol, this.effects.clock.nowMs());
    }
    this.waiting.count(batch, 1, file.sizeBytes);
    if (batch.files === 0) this.queue.add([this.ending(batch)]);
  }

  private ending(batch: Batch): Task {
    const { folder } = this.effects;
    const place = `${PENDING}/${batch.name}`;
    const act = async (): Promise<void> => {
      if (batch.hasConflicts) {
        await folder.move(`${place}/${BATCH_FILE}`, `${ASIDE}/${batch.name}/${BATCH_FILE}`);
      }
      await folder.remove(place);
      this.waiting.end(batch);
    };
    return { sizeBytes: 0, failures: 0, act };
  }

  /** One timer at a time. */
  private wakeLater(nowMs: number): void {
    if (this.isTimed || this.inFlight >= this.atOnce) return;
    const isNew = this.held !== undefined || this.queue.hasFresh || this.waiting.hasUntaken;
    const dueMs = Math.max(isNew ? 0 : this.queue.nextDueMs(), this.pausedUntilMs);
    if (dueMs <= nowMs || dueMs === Infinity) return;
    this.isTimed = true;
    const waitMs = Math.min(PIECE_MS, dueMs - nowMs);
    void this.effects.clock.waitMs(waitMs).then(() => {
      this.isTimed = false;
      this.wake();
    });
  }

  private wake(): void {
    const { resolve } = this.change;
    this.change = Promise.withResolvers<undefined>();
    resolve(undefined);
  }
}
