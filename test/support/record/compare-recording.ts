/**
 * What an exchange sent, compared with what a recorder stored. A connection delivers in order, so what is lost when it ends is a tail of
 * what was written to it; anything else that is missing was lost by the recorder.
 */
import type { LedgerEntry } from '../exchange/ledger.js';
import type { StoredIds } from './stored-rows.js';

/** Different events, but for `twice`. */
export interface Compared {
  /** Written to some connection. */
  readonly sent: number;
  readonly stored: number;
  /** Sent and not stored: in the tail of each connection that they were written to. */
  readonly neverDelivered: number;
  /** Sent and not stored, although the same connection delivered something later. */
  readonly lost: number;
  /** Rows beyond the first of an event. */
  readonly twice: number;
  /** Stored, and never sent. */
  readonly foreign: number;
}

/** Events as numbers: hundreds of streams with ids below 2^44. */
const IDS_OF_STREAM = 2 ** 44;

class Events {
  private readonly streams = new Map<string, number>();

  key(stream: string, id: number): number {
    const index = this.streams.get(stream) ?? this.streams.size;
    this.streams.set(stream, index);
    return index * IDS_OF_STREAM + id;
  }
}

export async function compareRecording(
  ledger: AsyncIterable<LedgerEntry> | Iterable<LedgerEntry>,
  storedIds: StoredIds,
): Promise<Compared> {
  const events = new Events();
  const stored = new Set<number>();
  let rows = 0;
  for (const [stream, ids] of storedIds) {
    for (const id of ids) stored.add(events.key(stream, id));
    rows += ids.length;
  }
  const connections = new Map<number, number[]>();
  const sent = new Set<number>();
  const shared = new Set<number>();
  for await (const { connection, stream, id } of ledger) {
    const key = events.key(stream, id);
    if (sent.has(key)) shared.add(key);
    sent.add(key);
    const written = connections.get(connection) ?? [];
    connections.set(connection, written);
    written.push(key);
  }
  const missing = new Set([...sent].filter((key) => !stored.has(key)));
  const lost = new Set<number>();
  for (const written of connections.values()) {
    // An event that another connection had as well does not prove that this one delivered it.
    const lastDelivered = written.findLastIndex((key) => stored.has(key) && !shared.has(key));
    for (const key of written.slice(0, lastDelivered + 1)) if (missing.has(key)) lost.add(key);
  }
  return {
    sent: sent.size,
    stored: stored.size,
    neverDelivered: missing.size - lost.size,
    lost: lost.size,
    twice: rows - stored.size,
    foreign: [...stored].filter((key) => !sent.has(key)).length,
  };
}
