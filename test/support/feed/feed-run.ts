/** A feed over real sockets to a local exchange, with what it handed on. */
import { onTestFinished } from 'vitest';
import type { FeedNote } from '../../../src/core/feed/feed-note.js';
import type { LineTimes } from '../../../src/core/feed/line-times.js';
import { webSockets } from '../../../src/edge/exchange/websocket.js';
import { openArrivalClock } from '../../../src/edge/process/arrival-clock.js';
import {
  type Feed,
  type FeedOptions,
  type FeedRow,
  openFeed,
} from '../../../src/jobs/feed/open-feed.js';
import { Exchange } from '../exchange/exchange.js';
import type { ExchangeOptions, GeneratedMarket } from '../exchange/exchange-options.js';

const TICK_MS = 20;
const WAIT_MAX_MS = 15_000;

/** Short enough for a test, long enough for a busy machine. */
const TIMES: Partial<LineTimes> = {
  backoffBaseMs: 20,
  backoffMaxMs: 100,
  requestEveryMs: 110,
  renewJitterMs: 0,
  overlapMs: 300,
  closeMs: 500,
};

export interface FeedRun {
  readonly exchange: Exchange;
  readonly feed: Feed;
  readonly rows: readonly FeedRow[];
  readonly notes: readonly FeedNote[];
  /** Waits until this is so. */
  until(isSo: () => boolean, what: string): Promise<void>;
  /** Ends the market, waits for its last rows and stops the feed. */
  finish(): Promise<void>;
  /** Notes as `kind detail`. */
  story(...kinds: readonly FeedNote['is'][]): string[];
}

export async function runFeed(
  symbols: readonly string[],
  feedOptions: Partial<FeedOptions> = {},
  exchangeOptions: Partial<ExchangeOptions> = {},
): Promise<FeedRun> {
  const exchange = new Exchange({ market: marketOf(symbols), ...exchangeOptions });
  await exchange.start();
  onTestFinished(() => exchange.stop());
  const rows: FeedRow[] = [];
  const notes: FeedNote[] = [];
  const feed = openFeed(
    {
      endpoint: exchange.endpoint,
      market: 'usdm',
      kinds: ['trade', 'depth'],
      symbols,
      ...feedOptions,
      times: { ...TIMES, ...feedOptions.times },
    },
    {
      sockets: webSockets,
      clock: openArrivalClock(),
      random: Math.random,
      onRow: (row) => rows.push(row),
      onNote: (note) => notes.push(note),
    },
  );
  const timer = setInterval(() => feed.tick(), TICK_MS);
  onTestFinished(() => clearInterval(timer));
  const until = (isSo: () => boolean, what: string): Promise<void> =>
    waitUntil(isSo, () => `${what}: ${JSON.stringify(notes.slice(-5))}`);
  return {
    exchange,
    feed,
    rows,
    notes,
    until,
    finish: async () => {
      exchange.make({ is: 'market-end' });
      await until(() => lastIdsCame(exchange, rows), 'the last rows');
      await feed.stop();
    },
    story: (...kinds) => notes.filter(({ is }) => kinds.includes(is)).map((note) => told(note)),
  };
}

export function marketOf(symbols: readonly string[]): GeneratedMarket {
  return { is: 'generated', symbols, tradesPerSecond: 100, snapshotsPerSecond: 10 };
}

async function waitUntil(isSo: () => boolean, what: () => string): Promise<void> {
  const endMs = performance.now() + WAIT_MAX_MS;
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(`waited in vain for ${what()}`);
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => {
      setTimeout(resolve, TICK_MS);
    });
  }
}

/** Ids of rows by stream as the exchange names it, in order of arrival. */
export function idsOf(rows: readonly FeedRow[]): Map<string, number[]> {
  const ids = new Map<string, number[]>();
  for (const { symbol, stream, frame } of rows) {
    const name = `${symbol.toLowerCase()}@${stream === 'depth' ? 'depth20@100ms' : 'trade'}`;
    const known = ids.get(name) ?? [];
    ids.set(name, known);
    known.push(Number(frame.id));
  }
  return ids;
}

function lastIdsCame(exchange: Exchange, rows: readonly FeedRow[]): boolean {
  const { streams } = exchange.view();
  return [...idsOf(rows)].every(([name, ids]) => ids.includes(streams[name]?.[1] ?? -1));
}

function told(note: FeedNote): string {
  switch (note.is) {
    case 'opened':
      return `opened ${note.route} ${note.why}`;
    case 'closed':
    case 'refused':
      return `${note.is} ${note.why}`;
    case 'doubt':
      return `doubt ${note.doubt}`;
    case 'broken':
      return `broken ${note.found}`;
    default:
      return note.is;
  }
}
