/** Counts the batches that wait for an uploader, and tells of those that belong to another raw root or recording. */
import { type Destination, isSameDestination } from '../../core/spool/batch-list.js';
import { parseSpoolName } from '../../core/spool/spool-name.js';
import { assert } from '../../core/unit/errors.js';
import type { Clock, Log } from '../ports.js';
import type { SpoolFolder } from '../recorder-ports.js';
import type { PendingBatch } from './stage-batch.js';

/** Named in one event. */
const ELSEWHERE_NAMED_MAX = 10;

interface WaitingEffects {
  readonly folder: SpoolFolder;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Batch extends PendingBatch {
  /** When its minute or hour ends. */
  readonly endMs: number;
  files: number;
  bytes: number;
  hasConflicts: boolean;
}

export interface WaitingFigures {
  readonly pendingFiles: number;
  readonly pendingBytes: number;
  /** Of another raw root or recording: they stay where they are. */
  readonly elsewhereFiles: number;
  readonly elsewhereBytes: number;
  /** Since the end of the oldest minute that waits; 0 if none does. */
  readonly oldestPendingMs: number;
}

export class WaitingBatches {
  private readonly target: Destination;
  private readonly effects: WaitingEffects;
  private readonly batches = new Set<Batch>();
  private untaken: Batch[] = [];
  private files = 0;
  private bytes = 0;
  private elsewhereFiles = 0;
  private elsewhereBytes = 0;

  constructor(target: Destination, effects: WaitingEffects) {
    this.target = target;
    this.effects = effects;
  }

  get hasUntaken(): boolean {
    return this.untaken.length > 0;
  }

  get isEmpty(): boolean {
    return this.batches.size === 0;
  }

  add(found: readonly PendingBatch[]): void {
    const elsewhere: PendingBatch[] = [];
    for (const { name, list } of found) {
      const { bytes, objects } = list;
      const files = objects.length;
      if (!isSameDestination(list, this.target)) {
        elsewhere.push({ name, list });
        this.elsewhereFiles += files;
        this.elsewhereBytes += bytes;
        continue;
      }
      const endMs = parseSpoolName(name)?.endMs ?? this.effects.clock.nowMs();
      const batch = { name, list, endMs, files, bytes, hasConflicts: false };
      this.batches.add(batch);
      this.untaken.push(batch);
      this.files += files;
      this.bytes += bytes;
    }
    if (elsewhere.length > 0) this.tell(elsewhere);
  }

  takeOldest(): Batch | undefined {
    const [first] = this.untaken;
    if (first === undefined) return undefined;
    const oldest = this.untaken.reduce(
      (one, other) => (other.name < one.name ? other : one),
      first,
    );
    this.untaken = this.untaken.filter((batch) => batch !== oldest);
    return oldest;
  }

  /** Files that do not wait any more. */
  count(batch: Batch, files: number, bytes: number): void {
    batch.files -= files;
    batch.bytes -= bytes;
    this.files -= files;
    this.bytes -= bytes;
    assert(batch.files >= 0, 'a file is stored once');
  }

  end(batch: Batch): void {
    this.batches.delete(batch);
  }

  figures(): WaitingFigures {
    let endMs = Infinity;
    for (const batch of this.batches) endMs = Math.min(endMs, batch.endMs);
    return {
      pendingFiles: this.files,
      pendingBytes: this.bytes,
      elsewhereFiles: this.elsewhereFiles,
      elsewhereBytes: this.elsewhereBytes,
      oldestPendingMs: Math.max(0, this.effects.clock.nowMs() - endMs),
    };
  }

  private tell(batches: readonly PendingBatch[]): void {
    const { folder, log } = this.effects;
    const named = batches.slice(0, ELSEWHERE_NAMED_MAX).map(({ name, list }) => {
      const { root, market, span } = list;
      return { batch: name, raw: root, market, span };
    });
    const { root: raw, market, span } = this.target;
    const session = { raw, market, span };
    log.event('WARNING', 'pending_elsewhere', {
      batches: batches.length,
      named,
      session,
      where: folder.root,
    });
  }
}
