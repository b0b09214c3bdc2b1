/** Keeps a connection that sends nothing but garbage from filling the spool with notes of it. */

/** Notes of broken frames in a minute; more are counted only. */
export const BROKEN_NOTES_MAX = 10;
const PERIOD_US = 60_000_000;

export class NoteLimit {
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
