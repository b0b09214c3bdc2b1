/** Frames that are none: all are counted, and a few of each connection are noted, so that garbage does not fill the spool. */
import type { BrokenNote, GarbageNote } from '../../core/feed/feed-note.js';

/** Notes of broken frames of a connection in a minute; more are counted only. */
export const BROKEN_NOTES_MAX = 10;
const PERIOD_US = 60_000_000;

export class BrokenFrames {
  count = 0;
  private uncounted = 0;
  private readonly limits = new Map<number, NoteLimit>();

  /** Undefined once there are enough. */
  note(broken: Omit<BrokenNote, 'is'>): BrokenNote | undefined {
    this.count += 1;
    const { connection, atUs } = broken;
    const limit = this.limits.get(connection) ?? new NoteLimit();
    this.limits.set(connection, limit);
    if (limit.allows(atUs)) return { is: 'broken', ...broken };
    this.uncounted += 1;
    return undefined;
  }

  /** Of those without a note; undefined if there are none. */
  garbageNote(atUs: number): GarbageNote | undefined {
    const frames = this.uncounted;
    this.uncounted = 0;
    return frames === 0 ? undefined : { is: 'garbage', atUs, frames };
  }

  /** Nothing more comes of this connection. */
  forget(connection: number): void {
    this.limits.delete(connection);
  }
}

class NoteLimit {
  private sinceUs = 0;
  private notes = 0;

  /** True if there may be one more. */
  allows(nowUs: number): boolean {
    if (nowUs - this.sinceUs >= PERIOD_US) {
      this.sinceUs = nowUs;
      this.notes = 0;
    }
    this.notes += 1;
    return this.notes <= BROKEN_NOTES_MAX;
  }
}
