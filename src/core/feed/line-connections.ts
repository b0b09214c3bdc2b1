/** The connections that a line has at a time, by what they are for. */
import type { OpenedNote } from './feed-note.js';
import type { LineConnection } from './line-connection.js';

/** Why a connection is closed: why the one was opened that replaces it, or the end of the feed. */
export type Ending = OpenedNote['why'] | 'stopped' | 'incomplete';

const ENDINGS: Readonly<Record<Ending, string>> = {
  first: 'replaced',
  lost: 'replaced',
  renewal: 'renewed',
  silent: 'silent',
  frozen: 'frozen',
  unanswered: 'unanswered',
  stopped: 'stopped',
  incomplete: 'lacks names that were delivered',
};

export class LineConnections {
  /** Acknowledged; its rows are watched. */
  carrier: LineConnection | undefined;
  /** Comes up beside the carrier, or to be one. */
  candidate: LineConnection | undefined;
  private closing: LineConnection[] = [];

  all(): LineConnection[] {
    const current = [this.carrier, this.candidate].filter((one) => one !== undefined);
    return [...current, ...this.closing];
  }

  find(id: number): LineConnection | undefined {
    if (this.carrier?.id === id) return this.carrier;
    if (this.candidate?.id === id) return this.candidate;
    return this.closing.find((connection) => connection.id === id);
  }

  /** Its rows count until it has ended. */
  close(connection: LineConnection, ending: Ending, nowUs: number): void {
    this.remove(connection);
    connection.closing = { why: ENDINGS[ending], sinceUs: nowUs };
    this.closing.push(connection);
  }

  /** What it was. */
  remove(connection: LineConnection): 'carrier' | 'candidate' | 'closing' {
    if (connection === this.carrier) {
      this.carrier = undefined;
      return 'carrier';
    }
    if (connection === this.candidate) {
      this.candidate = undefined;
      return 'candidate';
    }
    this.closing = this.closing.filter((one) => one !== connection);
    return 'closing';
  }
}
