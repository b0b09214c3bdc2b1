/**
 * Stores what waits in the spool, oldest first, and deletes it there. What fails is tried again for ever; a name that has
 * other content is put aside, loudly. Nothing here blocks reception.
 */
import { objectOfFile, parseSpoolName } from '../../core/spool/spool-name.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Clock, Log, Store } from '../ports.js';
import type { SpoolEntry, SpoolFolder } from '../recorder-ports.js';
import { ASIDE, PENDING } from './spool-places.js';
import { UploadStreak } from './upload-streak.js';

/** A bucket takes about ten files a second from each; a disk is busy with fewer. */
const UPLOADS_AT_ONCE_MAX = 32;
/** Of the reads that saturate a store: a folder's 24 become 8, a bucket's 96 become 32. */
const READS_PER_UPLOAD = 3;
const FIRST_WAIT_MS = 500;
export const WAIT_MS_MAX = 30_000;
/** Waits are cut into pieces, so that a stop need not wait for them. */
const PIECE_MS = 500;
const DRAIN_POLL_MS = 50;

export interface UploadEffects {
  readonly folder: SpoolFolder;
  readonly raw: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Files that wait together: of a minute, or of an hour. */
interface Batch {
  readonly name: string;
  files: number;
  bytes: number;
}

export interface UploadFigures {
  readonly pendingFiles: number;
  readonly pendingBytes: number;
  /** Since the end of the oldest minute that waits; 0 if none does. */
  readonly oldestPendingMs: number;
  readonly uploadedFiles: number;
  readonly uploadedBytes: number;
  /** When a chunk of the symbol was stored last, milliseconds since the epoch. */
  readonly lastUploadMs: ReadonlyMap<string, number>;
  readonly isFailing: boolean;
  /** Put aside because other content was stored under their names. */
  readonly conflicts: number;
}

export class Uploader {
  private readonly effects: UploadEffects;
  private readonly streak: UploadStreak;
  private readonly batches = new Map<string, Batch>();
  private readonly untaken: Batch[] = [];
  private readonly lastUploadMs = new Map<string, number>();
  private readonly atOnce: number;
  private inFlight = 0;
  private pendingFiles = 0;
  private pendingBytes = 0;
  private uploadedFiles = 0;
  private uploadedBytes = 0;
  private conflicts = 0;
  private isStopped = false;
  private change = Promise.withResolvers<undefined>();

  constructor(effects: UploadEffects) {
    this.effects = effects;
    this.streak = new UploadStreak(effects);
    const wanted = Math.ceil(effects.raw.readsAtOnce / READS_PER_UPLOAD);
    this.atOnce = Math.min(UPLOADS_AT_ONCE_MAX, wanted);
  }

  /** Begins with what waits already. */
  async start(): Promise<void> {
    const { folder } = this.effects;
    for (const { name } of await folder.list(PENDING)) {
      const entries = await folder.list(`${PENDING}/${name}`);
      const bytes = entries.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
      if (entries.length === 0) await folder.remove(`${PENDING}/${name}`);
      else this.add(name, entries.length, bytes);
    }
    void this.run();
  }

  /** A new batch, which is there. */
  add(name: string, files: number, bytes: number): void {
    if (files === 0) return;
    const batch = { name, files, bytes };
    this.batches.set(name, batch);
    this.untaken.push(batch);
    this.pendingFiles += files;
    this.pendingBytes += bytes;
    this.wake();
  }

  figures(): UploadFigures {
    const { pendingFiles, pendingBytes, uploadedFiles, uploadedBytes, conflicts } = this;
    const [oldest] = this.batches.keys();
    const endMs = oldest === undefined ? undefined : parseSpoolName(oldest)?.endMs;
    const nowMs = this.effects.clock.nowMs();
    return {
      pendingFiles,
      pendingBytes,
      oldestPendingMs: endMs === undefined ? 0 : Math.max(0, nowMs - endMs),
      uploadedFiles,
      uploadedBytes,
      lastUploadMs: this.lastUploadMs,
      isFailing: this.streak.isOpen,
      conflicts,
    };
  }

  /** Goes on for so long, or until all is stored; then it begins and repeats nothing more. */
  async stop(durationMs: number): Promise<void> {
    const { clock } = this.effects;
    const untilMs = clock.nowMs() + durationMs;
    while (this.batches.size > 0 && clock.nowMs() < untilMs) await clock.waitMs(DRAIN_POLL_MS);
    this.isStopped = true;
    this.wake();
  }

  private async run(): Promise<void> {
    const { folder } = this.effects;
    while (!this.isStopped) {
      const batch = this.untaken.shift();
      if (batch === undefined) {
        await this.change.promise;
        continue;
      }
      const entries = await this.repeated(() => folder.list(`${PENDING}/${batch.name}`));
      if (entries === undefined) return;
      this.count(batch, batch.files - entries.length, 0);
      if (batch.files === 0) await this.end(batch);
      for (const entry of entries) {
        while (this.inFlight >= this.atOnce && !this.isStopped) await this.change.promise;
        if (this.isStopped) return;
        this.inFlight += 1;
        void this.upload(batch, entry);
      }
    }
  }

  private async upload(batch: Batch, entry: SpoolEntry): Promise<void> {
    const isDone = await this.repeated(() => this.store(batch, entry));
    this.inFlight -= 1;
    if (isDone === true) this.count(batch, 1, entry.sizeBytes);
    if (batch.files === 0) await this.end(batch);
    this.wake();
  }

  private count(batch: Batch, files: number, bytes: number): void {
    batch.files -= files;
    batch.bytes -= bytes;
    this.pendingFiles -= files;
    this.pendingBytes -= bytes;
  }

  private async end(batch: Batch): Promise<void> {
    this.count(batch, 0, batch.bytes);
    await this.repeated(() => this.effects.folder.remove(`${PENDING}/${batch.name}`));
    this.batches.delete(batch.name);
  }

  private async store(batch: Batch, { name, sizeBytes }: SpoolEntry): Promise<true> {
    const { folder, raw, clock, log } = this.effects;
    const path = `${PENDING}/${batch.name}/${name}`;
    const object = objectOfFile(name);
    const bytes = await this.fileIfThere(batch, name, sizeBytes);
    if (bytes === undefined) {
      log.event('WARNING', 'upload_file_gone', { object });
      return true;
    }
    try {
      await raw.write(object, bytes, 'nothing');
    } catch (error) {
      if (!(error instanceof FlowbarsError) || error.kind !== 'conflict') throw error;
      log.event('ERROR', 'upload_conflict', { object, moved_to: ASIDE, ...error.parts });
      await folder.move(path, `${ASIDE}/${name}`);
      this.conflicts += 1;
      return true;
    }
    await folder.remove(path);
    this.uploadedFiles += 1;
    this.uploadedBytes += sizeBytes;
    const [symbol = ''] = object.split('/');
    if (!symbol.startsWith('_')) this.lastUploadMs.set(symbol, clock.nowMs());
    return true;
  }

  /** Undefined if somebody deleted it. */
  private async fileIfThere(
    batch: Batch,
    name: string,
    sizeBytes: number,
  ): Promise<Uint8Array | undefined> {
    const { folder } = this.effects;
    const place = `${PENDING}/${batch.name}`;
    try {
      return await wholeFile(folder, `${place}/${name}`, sizeBytes);
    } catch (error) {
      const entries = await folder.list(place);
      if (entries.some((entry) => entry.name === name)) throw error;
      return undefined;
    }
  }

  /** Undefined if the uploader was stopped before it succeeded. */
  private async repeated<T>(act: () => Promise<T>): Promise<T | undefined> {
    for (let failures = 0; !this.isStopped; failures += 1) {
      try {
        const result = await act();
        if (failures > 0) this.streak.recovered();
        return result;
      } catch (error) {
        this.streak.failed(error, failures === 0);
      }
      await this.rest(Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** failures));
    }
    return undefined;
  }

  private async rest(fullMs: number): Promise<void> {
    const { clock, random } = this.effects;
    let restMs = Math.round(fullMs * (1 - random() / 2));
    while (restMs > 0 && !this.isStopped) {
      await clock.waitMs(Math.min(restMs, PIECE_MS));
      restMs -= PIECE_MS;
    }
  }

  private wake(): void {
    const { resolve } = this.change;
    this.change = Promise.withResolvers<undefined>();
    resolve(undefined);
  }
}

async function wholeFile(
  folder: SpoolFolder,
  path: string,
  sizeBytes: number,
): Promise<Uint8Array> {
  const whole = new Uint8Array(sizeBytes);
  let filled = 0;
  for await (const bytes of folder.read(path)) {
    whole.set(bytes.subarray(0, sizeBytes - filled), filled);
    filled += bytes.length;
  }
  if (filled === sizeBytes) return whole;
  throw new FlowbarsError('world', {
    what: 'read',
    found: `${filled} bytes`,
    expected: `${sizeBytes} bytes, as listed`,
    where: `${folder.root}/${path}`,
  });
}
