import { describe, expect, test } from 'vitest';
import type { FeedNote } from '../../../src/core/feed/feed-note.js';
import {
  type Feed,
  type FeedOptions,
  type FeedRow,
  openFeed,
} from '../../../src/jobs/feed/open-feed.js';
import { BROKEN_NOTES_MAX } from '../../../src/jobs/feed/limit-notes.js';
import type { SocketListener } from '../../../src/jobs/recorder-ports.js';

const START_US = 1_800_000_000_000_000;

/** A socket that a test speaks for. */
interface FakeSocket {
  readonly address: string;
  readonly listener: SocketListener;
  readonly sent: string[];
  isPaused: boolean;
  ended: string | undefined;
}

interface Fake {
  readonly feed: Feed;
  readonly sockets: FakeSocket[];
  readonly rows: FeedRow[];
  readonly notes: FeedNote[];
  readonly clock: { nowUs: number };
  /** Ticks ten times a second for so long. */
  readonly run: (durationMs: number) => void;
}

function fakeFeed(options: Partial<FeedOptions> = {}): Fake {
  const clock = { nowUs: START_US };
  const sockets: FakeSocket[] = [];
  const rows: FeedRow[] = [];
  const notes: FeedNote[] = [];
  const feed = openFeed(
    { endpoint: 'wss://x.y', market: 'usdm', kinds: ['trade'], symbols: ['BTCUSDT'], ...options },
    {
      sockets: {
        open: (address, listener) => {
          const socket: FakeSocket = {
            address,
            listener,
            sent: [],
            isPaused: false,
            ended: undefined,
          };
          sockets.push(socket);
          return {
            send: (text) => socket.sent.push(text),
            ping: () => socket.listener.alive(true),
            end: (how) => {
              socket.ended = how;
            },
            setPaused: (isPaused) => {
              socket.isPaused = isPaused;
            },
          };
        },
      },
      clock: { nowUs: () => clock.nowUs, aheadUs: () => 0 },
      random: () => 0.5,
      onRow: (row) => rows.push(row),
      onNote: (note) => notes.push(note),
    },
  );
  const run = (durationMs: number): void => {
    for (let passedMs = 0; passedMs < durationMs; passedMs += 100) {
      clock.nowUs += 100_000;
      feed.tick();
    }
  };
  return { feed, sockets, rows, notes, clock, run };
}

/** A feed of BTCUSDT trades whose first connection is acknowledged. */
function subscribed(options: Partial<FeedOptions> = {}): Fake & { readonly socket: FakeSocket } {
  const fake = fakeFeed(options);
  fake.run(100);
  const [socket] = fake.sockets;
  if (socket === undefined) throw new Error('nothing was opened');
  socket.listener.opened();
  socket.listener.text('{"result":null,"id":1}');
  return { ...fake, socket };
}

function trade(id: number, eventTimeMs = START_US / 1_000): string {
  return `{"stream":"btcusdt@trade","data":{"e":"trade","E":${eventTimeMs},"T":${eventTimeMs},"s":"BTCUSDT","t":${id},"p":"1","q":"2","X":"MARKET","m":true}}`;
}

describe('a feed', () => {
  test('subscribes at the address of its route and hands on rows with their arrival', () => {
    const { feed, socket, rows, notes } = subscribed();
    expect(socket.address).toBe('wss://x.y/public/stream');
    expect(socket.sent).toEqual(['{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":1}']);
    socket.listener.text(trade(7));
    const about = { stream: 'trades', symbol: 'BTCUSDT', line: 0 };
    expect(rows).toMatchObject([{ ...about, receiveUs: START_US + 100_000, frame: { id: '7' } }]);
    expect(notes.map(({ is }) => is)).toEqual(['begun', 'pong', 'opened', 'delivering']);
    expect(feed.figures()).toMatchObject({
      lines: [{ line: 0, isDelivering: true, refused: [] }],
      streams: [{ frames: 1, rows: 1, duplicates: 0, lagUs: 100_000 }],
      connections: 1,
    });
  });

  test('refuses streams that the market does not have', () => {
    expect(() => fakeFeed({ market: 'spot', kinds: ['depth'] })).toThrow('no event time');
  });

  test('refuses symbols that the exchange writes otherwise, alone or beside the right ones', () => {
    for (const symbols of [['btcusdt'], ['BTCUSDT', 'btcusdt'], ['BTCusd_PERP']]) {
      expect(() => fakeFeed({ symbols })).toThrow(
        /^option --symbols symbol: found .*as the exchange writes it/,
      );
    }
    expect(() => fakeFeed({ symbols: ['btcUSDT'] })).toThrow("expected 'BTCUSDT'");
    expect(() =>
      fakeFeed({ symbols: ['1000SHIBUSDT', 'BTCUSD_PERP', '币安人生USDT'] }),
    ).not.toThrow();
  });

  test('says what the exchange refused', () => {
    const { feed, sockets, run, notes } = fakeFeed({ symbols: ['BTCUSDT', 'GONEUSDT'] });
    run(100);
    const [socket] = sockets;
    socket?.listener.opened();
    socket?.listener.text('{"error":{"code":2},"id":1}');
    run(1_000);
    socket?.listener.text('{"result":null,"id":2}');
    socket?.listener.text('{"error":{"code":2},"id":3}');
    expect(feed.figures().lines[0]?.refused).toEqual(['goneusdt@trade']);
    expect(notes.at(-2)).toMatchObject({ is: 'refused', why: 'goneusdt@trade: {"code":2}' });
  });

  test('notes garbage of a connection up to a limit a minute, and counts the rest every 10 s', () => {
    const { feed, socket, notes, run } = subscribed();
    const broken = (): number => notes.filter(({ is }) => is === 'broken').length;
    for (let frame = 0; frame < 100; frame++) socket.listener.text('{');
    expect(broken()).toBe(BROKEN_NOTES_MAX);
    run(25_000);
    socket.listener.text(trade(1));
    run(35_000);
    socket.listener.text('{');
    expect(broken()).toBe(BROKEN_NOTES_MAX + 1);
    expect(feed.figures().brokenFrames).toBe(101);
    run(10_000);
    const counted = notes.flatMap((note) => (note.is === 'garbage' ? [note.frames] : []));
    expect(counted).toEqual([90]);
  });

  test('notes duplicates every 10 s', () => {
    const times = { renewAfterMs: 1_000, renewJitterMs: 0, overlapMs: 30_000 };
    const { sockets, socket, rows, notes, run } = subscribed({ times });
    socket.listener.text(trade(7));
    run(1_200);
    sockets[1]?.listener.opened();
    sockets[1]?.listener.text('{"result":null,"id":1}');
    for (const id of [7, 8]) sockets[1]?.listener.text(trade(id));
    socket.listener.text(trade(8));
    run(10_000);
    expect(rows.map(({ frame }) => frame.id)).toEqual(['7', '8']);
    const noted = notes.filter(({ is }) => is === 'duplicates');
    expect(noted).toMatchObject([{ symbol: 'BTCUSDT', stream: 'trades', rows: 2 }]);
  });

  test('takes a stall of its own process for no silence of the exchange', () => {
    const { socket, clock, run, rows } = subscribed();
    run(5_000);
    clock.nowUs += 120_000_000;
    run(100);
    expect(socket.ended).toBeUndefined();
    socket.listener.text(trade(7));
    expect(rows).toHaveLength(1);
    run(40_000);
    expect(socket.ended).toBeUndefined();
  });

  test('learns nothing of the market from a stall, whether a row or a tick is first after it', () => {
    const times = { pingEveryMs: 1_000 };
    const { feed, sockets, socket, clock, run } = subscribed({ times });
    for (let id = 1; id <= 6; id++) {
      socket.listener.text(trade(id));
      run(1_000);
      clock.nowUs += 70_000_000;
      if (id % 2 === 0) run(100);
    }
    socket.listener.text(trade(7));
    run(31_000);
    expect(sockets).toHaveLength(2);
    expect(feed.figures().lines[0]?.isDelivering).toBe(false);
  });

  test('replaces a connection at once whose server says that it shuts down, with overlap', () => {
    const { sockets, socket, run, notes, rows } = subscribed();
    socket.listener.text(trade(1));
    run(1_000);
    socket.listener.text('{"e":"serverShutdown","E":1800000000000}');
    run(100);
    const [, next] = sockets;
    next?.listener.opened();
    next?.listener.text('{"result":null,"id":1}');
    for (const id of [2, 3]) {
      socket.listener.text(trade(id));
      next?.listener.text(trade(id));
    }
    expect(socket.ended).toBeUndefined();
    run(6_000);
    expect(socket.ended).toBe('closed');
    expect(notes.filter(({ is }) => is === 'opened').at(-1)).toMatchObject({ why: 'shutdown' });
    expect(rows.map(({ frame }) => frame.id)).toEqual(['1', '2', '3']);
    expect(sockets).toHaveLength(2);
  });

  test('notes a stall, before what came in it, and a pause by intent', () => {
    const { feed, socket, clock, run, notes } = subscribed();
    run(1_000);
    const beganUs = clock.nowUs;
    clock.nowUs += 160_000_000;
    socket.listener.text(trade(7));
    expect(notes.slice(-2)).toEqual([
      { is: 'stalled', atUs: beganUs + 160_000_000, sinceUs: beganUs },
      expect.objectContaining({ is: 'delivering' }),
    ]);
    const pausedUs = clock.nowUs;
    feed.pause();
    run(5_000);
    feed.resume();
    run(5_000);
    const stalls = notes.filter(({ is }) => is === 'stalled');
    expect(stalls[1]).toEqual({ is: 'stalled', atUs: pausedUs + 5_000_000, sinceUs: pausedUs });
    expect(stalls).toHaveLength(2);
  });

  test('reads nothing from what opens while it is paused', () => {
    const { feed, sockets, run } = fakeFeed();
    run(100);
    feed.pause();
    sockets[0]?.listener.opened();
    expect(sockets[0]?.isPaused).toBe(true);
    feed.resume();
    expect(sockets[0]?.isPaused).toBe(false);
  });

  test('hears nothing more of a connection that it dropped', () => {
    const { sockets, socket, rows, notes, run } = subscribed({ times: { pingEveryMs: 3_600_000 } });
    run(30_100);
    expect(socket.ended).toBe('dropped');
    const before = notes.length;
    socket.listener.text(trade(7));
    socket.listener.ended({ why: '1006', status: undefined });
    expect([rows.length, notes.length]).toEqual([0, before]);
    expect(sockets).toHaveLength(2);
  });

  test('has ended once every connection has', async () => {
    const { feed, socket, notes, run } = subscribed();
    const stopped = feed.stop();
    expect(socket.ended).toBe('closed');
    socket.listener.text(trade(7));
    socket.listener.ended({ why: '1000 normal closure', status: undefined });
    await stopped;
    expect(notes.slice(-2).map(({ is }) => is)).toEqual(['closed', 'ended']);
    run(1_000);
    expect(notes.at(-1)?.is).toBe('ended');
  });
});
