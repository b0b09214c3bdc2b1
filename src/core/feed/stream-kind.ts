/**
 * The streams that a recorder can subscribe, and the routes of each market that carry them. Which route carries a stream changed in
 * 2026 and sources disagree, so a line tries them in this order until rows come.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams
 */
import type { StreamName } from '../rule/symbol-day.js';
import { FlowbarsError } from '../unit/errors.js';

export const STREAM_KINDS = ['trade', 'aggTrade', 'depth'] as const;
export type StreamKind = (typeof STREAM_KINDS)[number];

export const FEED_MARKETS = ['usdm', 'coinm', 'spot'] as const;
export type FeedMarket = (typeof FEED_MARKETS)[number];

/** Addresses without route. */
export const FEED_ENDPOINTS: Readonly<Record<FeedMarket, string>> = {
  usdm: 'wss://fstream.binance.com',
  coinm: 'wss://dstream.binance.com',
  spot: 'wss://stream.binance.com:9443',
};

/** The address before the split. */
const LEGACY = '';
const SPLIT_ROUTES: Readonly<Record<StreamKind, readonly string[]>> = {
  trade: ['/public', '/market', LEGACY],
  aggTrade: ['/market', '/public', LEGACY],
  depth: ['/public', '/market', LEGACY],
};

/** In the order to try; never empty. */
export function routesOf(market: FeedMarket, kind: StreamKind): readonly string[] {
  return market === 'usdm' ? SPLIT_ROUTES[kind] : [LEGACY];
}

/** Where combined streams of a route are subscribed. */
export function streamAddress(endpoint: string, route: string): string {
  return `${endpoint.replace(/\/+$/, '')}${route}/stream`;
}

/** What SUBSCRIBE calls it, and what stands in `stream` of its frames. */
export function subscribedName(kind: StreamKind, symbol: string): string {
  const suffix = kind === 'depth' ? 'depth20@100ms' : kind;
  return `${symbol.toLowerCase()}@${suffix}`;
}

export function streamOfKind(kind: StreamKind): StreamName {
  return kind === 'depth' ? 'depth' : 'trades';
}

/** Throws a FlowbarsError of kind `usage` for streams that one recording cannot hold. */
export function checkKinds(market: FeedMarket, kinds: readonly StreamKind[]): void {
  if (kinds.includes('trade') && kinds.includes('aggTrade')) {
    throw new FlowbarsError('usage', {
      what: 'streams',
      found: `'${kinds.join(',')}'`,
      expected: 'either trades or aggregates of them: one chunk holds one kind of trade ids',
      where: 'option --streams',
    });
  }
  if (market === 'spot' && kinds.includes('depth')) {
    throw new FlowbarsError('usage', {
      what: 'streams of market spot',
      found: "'depth'",
      expected: 'trades alone: partial depth of spot has no event time',
      where: 'option --streams',
    });
  }
}

/**
 * Throws a FlowbarsError of kind `usage` for symbols that the exchange writes otherwise: it takes them in any case, and its frames, and
 * so the folders of chunks, have capitals.
 */
export function checkSymbolCase(symbols: readonly string[]): void {
  const odd = symbols.find((symbol) => /[a-z]/u.test(symbol));
  if (odd === undefined) return;
  const asWritten = odd.replaceAll(/[a-z]/gu, (letter) => letter.toUpperCase());
  throw new FlowbarsError('usage', {
    what: 'symbol',
    found: `'${odd}'`,
    expected: `'${asWritten}', as the exchange writes it`,
    where: 'option --symbols',
  });
}
