/** Finishes the closed segments of a session one after another, and its hours after their last segments. */
import { hourOf, parseSpoolName } from '../../core/spool/spool-name.js';
import { assert, FlowbarsError } from '../../core/unit/errors.js';
import { closeHour } from './close-hour.js';
import { type FinishEffects, finishSegment } from './finish-segment.js';
import type { ClosedSegment } from './segment-writer.js';
import { SEGMENTS } from './spool-places.js';
import type { Uploader } from './upload-pending.js';

export class FinishQueue {
  /** Of segments that were deleted. */
  freedBytes = 0;
  /** Kept until their hours are over. */
  keptBytes = 0;

  private readonly effects: FinishEffects;
  private readonly uploader: Uploader;
  private readonly onFailed: (error: unknown) => void;
  /** Whether the session goes on after the last segment of an hour, by its name. */
  private readonly lasts = new Map<string, boolean>();
  private work: Promise<void> = Promise.resolve();
  private isFailed = false;

  constructor(effects: FinishEffects, uploader: Uploader, onFailed: (error: unknown) => void) {
    this.effects = effects;
    this.uploader = uploader;
    this.onFailed = onFailed;
  }

  /** The hour of this segment, which is not yet closed, ends with it. */
  closeAfter(name: string, goesOn: boolean): void {
    this.lasts.set(name, goesOn);
  }

  add(segment: ClosedSegment): void {
    this.work = this.work.then(async () => {
      if (this.isFailed) return;
      try {
        await this.finish(segment);
      } catch (error) {
        // The segment stays for the next start.
        this.isFailed = true;
        this.onFailed(await this.named(segment, error));
      }
    });
  }

  async done(): Promise<void> {
    await this.work;
  }

  /** A segment that is gone means that somebody deleted the folder: the file that misses it does not say so. */
  private async named({ name }: ClosedSegment, error: unknown): Promise<unknown> {
    const { folder } = this.effects;
    const isThere = await folder.list(SEGMENTS).then(
      (entries) => entries.some((entry) => entry.name === name),
      () => true,
    );
    if (isThere) return error;
    const parts = {
      what: 'spool',
      found: `no segment '${name}', which was written a moment ago: somebody deleted it, or the folder`,
      expected: 'a folder that nobody touches while it records',
      where: folder.root,
    };
    return new FlowbarsError('world', parts, error);
  }

  private async finish({ name, sizeBytes }: ClosedSegment): Promise<void> {
    const { batch, keptBytes, setAside } = await finishSegment(name, sizeBytes, this.effects);
    this.freedBytes += sizeBytes;
    this.keptBytes += keptBytes;
    this.uploader.putAside(setAside);
    if (batch !== undefined) this.uploader.add([batch]);
    const goesOn = this.lasts.get(name);
    if (goesOn === undefined) return;
    this.lasts.delete(name);
    const parsed = parseSpoolName(name);
    assert(parsed !== undefined, 'a segment has a name');
    const hour = hourOf(parsed);
    const closed = await closeHour(hour, goesOn, this.effects);
    this.keptBytes -= closed.freedBytes;
    this.uploader.putAside(closed.setAside);
    if (closed.batch !== undefined) this.uploader.add([closed.batch]);
  }
}
