/** What a line wants done, as data, and the list of it that a line fills. */
import type { DoubtNote, FeedNote, OpenedNote } from './feed-note.js';

export type LineAction =
  | { readonly do: 'open'; readonly connection: number; readonly route: string }
  | { readonly do: 'send'; readonly connection: number; readonly text: string }
  | { readonly do: 'ping'; readonly connection: number }
  /** With a close frame; its end follows. */
  | { readonly do: 'close'; readonly connection: number }
  /** At once. Nothing follows. */
  | { readonly do: 'drop'; readonly connection: number }
  | { readonly do: 'note'; readonly note: FeedNote };

/** A note of a connection without its time and place. */
type ConnectionEvent =
  | Pick<OpenedNote, 'is' | 'route' | 'why'>
  | { readonly is: 'delivering' }
  | { readonly is: 'refused'; readonly why: string }
  | { readonly is: 'closed'; readonly why: string; readonly frames: number }
  | { readonly is: 'pong'; readonly roundTripUs: number };

export class LineActions {
  private readonly line: number;
  private actions: LineAction[] = [];

  constructor(line: number) {
    this.line = line;
  }

  add(...actions: readonly LineAction[]): void {
    this.actions.push(...actions);
  }

  note(atUs: number, connection: number, event: ConnectionEvent): void {
    this.add({ do: 'note', note: { atUs, line: this.line, connection, ...event } });
  }

  doubt(atUs: number, doubt: Omit<DoubtNote, 'is' | 'atUs' | 'line'>): void {
    this.add({ do: 'note', note: { is: 'doubt', atUs, line: this.line, ...doubt } });
  }

  /** All since the last call, in order. */
  take(): readonly LineAction[] {
    const { actions } = this;
    if (actions.length > 0) this.actions = [];
    return actions;
  }
}
