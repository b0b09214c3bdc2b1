/**
 * The slots of a recorder's session: each is one stream of one symbol, named by its index in the spool. The lines, in
 * their order, give the slots, in theirs.
 */
import type { LineNote } from '../feed/feed-note.js';
import type { ChunkForm } from '../frame/chunk-text.js';
import type { StreamName } from '../rule/symbol-day.js';

/** What a session records of trades. */
export type TradesForm = Exclude<ChunkForm, 'depth'>;

export interface Slot {
  readonly index: number;
  readonly symbol: string;
  readonly stream: StreamName;
  readonly form: ChunkForm;
  /** Index of its line. */
  readonly line: number;
}

/** Line after line, the symbols of each in their order. A stream of a symbol is in one line only. */
export function slotsOf(lines: readonly LineNote[], trades: TradesForm): Slot[] {
  const slots: Slot[] = [];
  for (const [line, { stream, symbols }] of lines.entries()) {
    const form = stream === 'depth' ? 'depth' : trades;
    for (const symbol of symbols) slots.push({ index: slots.length, symbol, stream, form, line });
  }
  return slots;
}

/** Key of a slot among those of one session. */
export function slotKey({ symbol, stream }: Pick<Slot, 'symbol' | 'stream'>): string {
  return `${stream} ${symbol}`;
}
