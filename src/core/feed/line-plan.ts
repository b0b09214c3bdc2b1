/** How symbols and streams are split over connections: a line is one kind of stream for some symbols. */
import type { LineNote } from './feed-note.js';
import type { LineTimes } from './line-times.js';
import { type StreamKind, streamOfKind } from './stream-kind.js';

/** Streams of one connection. The exchange documents 200 in places, and 1,024 in others. */
export const LINE_SYMBOLS_MAX = 200;

export interface LinePlan {
  /** From 0. */
  readonly index: number;
  readonly kind: StreamKind;
  readonly symbols: readonly string[];
}

/** What a line is given. */
export interface LineOptions {
  readonly plan: LinePlan;
  /** In the order to try. */
  readonly routes: readonly string[];
  readonly times: LineTimes;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Counts up over all lines. */
  readonly nextConnection: () => number;
}

/** Kinds are never mixed: they may be on different routes, and one may fall silent alone. */
export function planLines(symbols: readonly string[], kinds: readonly StreamKind[]): LinePlan[] {
  const lines: LinePlan[] = [];
  for (const kind of kinds) {
    for (let start = 0; start < symbols.length; start += LINE_SYMBOLS_MAX) {
      const part = symbols.slice(start, start + LINE_SYMBOLS_MAX);
      lines.push({ index: lines.length, kind, symbols: part });
    }
  }
  return lines;
}

/** What the note of the beginning says of them. */
export function noteOfLines(lines: readonly LinePlan[]): LineNote[] {
  return lines.map(({ kind, symbols }) => ({ stream: streamOfKind(kind), symbols }));
}
