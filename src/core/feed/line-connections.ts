/** The connections that a line has at a time, by what they are for. */
import type { OpenedNote } from './feed-note.js';
import type { LineActions } from './line-action.js';
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
  shutdown: 'shut down by the exchange',
  stopped: 'stopped',
  incomplete: 'lacks names that were delivered',
};

export class LineConnections {
  /** Acknowledged; its rows are watched. */
  carrier: LineConnection | undefined;
  /** Comes up beside the carrier, or to be one. */
  candidate: LineConnection | undefined;
  private readonly actions: LineActions;
  private closing: LineConnection[] = [];

  constructor(actions: LineActions) {
    this.actions = actions;
  }

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
    this.actions.add({ do: 'close', connection: connection.id });
  }

  /** It is gone. What it was. */
  end(connection: LineConnection, why: string, nowUs: number): 'carrier' | 'candidate' | 'closing' {
    const { acknowledgedUs, closing, frames, id } = connection;
    const because = closing?.why ?? why;
    if (acknowledgedUs === undefined) this.actions.note(nowUs, id, { is: 'refused', why: because });
    else this.actions.note(nowUs, id, { is: 'closed', why: because, frames });
    return this.remove(connection);
  }

  private remove(connection: LineConnection): 'carrier' | 'candidate' | 'closing' {
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
