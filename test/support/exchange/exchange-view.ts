/** What a local exchange says of itself, as JSON-able data. */
import type { ExchangeConnection } from './exchange-connection.js';

export interface ConnectionView {
  readonly connection: number;
  readonly route: string;
  readonly streams: number;
  readonly openedMs: number;
  readonly closedMs: number | null;
  readonly closeCode: number | null;
  /** Events written to its socket, and those of them that the operating system took. */
  readonly written: number;
  readonly flushed: number;
}

export interface ExchangeView {
  readonly connections: readonly ConnectionView[];
  readonly isMarketOver: boolean;
  /** Events that happened in the market, listened to or not, and the first and last id of each stream. */
  readonly events: number;
  readonly streams: Readonly<Record<string, readonly [first: number, last: number, count: number]>>;
}

export function viewOf(connection: ExchangeConnection): ConnectionView {
  return {
    connection: connection.id,
    route: connection.route,
    streams: connection.subscribed.size,
    openedMs: connection.openedMs,
    closedMs: connection.closedMs ?? null,
    closeCode: connection.closeCode ?? null,
    written: connection.ledger.written,
    flushed: connection.ledger.flushed,
  };
}
