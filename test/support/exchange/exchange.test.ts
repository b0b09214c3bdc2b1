/** The local exchange keeps to the protocol that the recorder is tested against. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { decodeFrame } from '../../../src/core/frame/frame.js';
import { projectRoot } from '../frame/source-tree.js';
import { Exchange } from './exchange.js';
import type { ExchangeOptions, GeneratedMarket, ReplayedMarket } from './exchange-options.js';
import { startExchangeProcess } from './exchange-process.js';

const MARKET: GeneratedMarket = {
  is: 'generated',
  symbols: ['BTCUSDT'],
  tradesPerSecond: 100,
  snapshotsPerSecond: 10,
};
const real = join(projectRoot, '../shared/real');

async function startExchange(options: Partial<ExchangeOptions> = {}): Promise<Exchange> {
  const exchange = new Exchange({ market: MARKET, ...options });
  await exchange.start();
  onTestFinished(() => exchange.stop());
  return exchange;
}

interface Client {
  readonly socket: WebSocket;
  readonly frames: string[];
  /** The first frame that has this text in it. */
  readonly frame: (part: string) => Promise<string>;
}

async function connect(endpoint: string, path: string): Promise<Client> {
  const socket = new WebSocket(`${endpoint}${path}`);
  const frames: string[] = [];
  socket.on('message', (data: Buffer) => frames.push(data.toString()));
  await once(socket, 'open');
  onTestFinished(() => socket.terminate());
  const frame = async (part: string): Promise<string> => {
    for (;;) {
      const found = frames.find((text) => text.includes(part));
      if (found !== undefined) return found;
      // oxlint-disable-next-line no-await-in-loop
      await once(socket, 'message');
    }
  };
  return { socket, frames, frame };
}

function subscribe(names: readonly string[], id = 1): string {
  return JSON.stringify({ method: 'SUBSCRIBE', params: names, id });
}

describe('requests', () => {
  test('are acknowledged, and events come as combined frames of the newest shape', async () => {
    const { endpoint } = await startExchange();
    const { socket, frame } = await connect(endpoint, '/public/stream');
    socket.send(subscribe(['btcusdt@trade', 'btcusdt@depth20@100ms', 'btcusdt@aggTrade']));
    expect(await frame('"id":1')).toBe('{"result":null,"id":1}');
    expect(decodeFrame(await frame('"trade"'))).toMatchObject({
      is: 'trade',
      isAggregate: false,
      execType: 'MARKET',
    });
    expect(decodeFrame(await frame('"aggTrade"'))).toMatchObject({
      is: 'trade',
      isAggregate: true,
    });
    const depth = decodeFrame(await frame('depthUpdate'));
    expect(depth).toMatchObject({ is: 'depth', streamName: 'btcusdt@depth20@100ms' });
    expect(depth.is === 'depth' ? [depth.bids.length, depth.asks.length] : []).toEqual([20, 20]);
    socket.send(JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id: 2 }));
    expect(await frame('"id":2')).toContain('btcusdt@aggTrade');
  });

  test('that are malformed get an error', async () => {
    const { endpoint } = await startExchange();
    const { socket, frame } = await connect(endpoint, '/market/stream');
    socket.send('{');
    expect(await frame('"code":3')).toContain('Invalid JSON');
    socket.send('{"method":"SUBSCRIBE","params":"x@trade","id":4}');
    expect(await frame('"id":4')).toContain('params');
    socket.send('{"method":"ASK","id":5}');
    expect(await frame('"id":5')).toContain('unknown variant');
  });

  test('are at most ten a second', async () => {
    const { endpoint } = await startExchange();
    const { socket } = await connect(endpoint, '/stream');
    for (let id = 1; id <= 11; id++) socket.send(subscribe(['btcusdt@trade'], id));
    expect(await once(socket, 'close')).toMatchObject([1008, Buffer.from('Too many requests')]);
  });

  test('are for at most 1,024 streams', async () => {
    const { endpoint } = await startExchange();
    const { socket } = await connect(endpoint, '/stream');
    socket.send(subscribe(Array.from({ length: 1_025 }, (_, index) => `s${index}@trade`)));
    expect(await once(socket, 'close')).toMatchObject([1008, Buffer.from('too many streams')]);
  });
});

test('streams in the address need no request, and no other path is served', async () => {
  const { endpoint } = await startExchange();
  const { frame } = await connect(endpoint, '/stream?streams=btcusdt@trade');
  expect(await frame('btcusdt@trade')).toContain('"s":"BTCUSDT"');
  await expect(connect(endpoint, '/private/stream')).rejects.toThrow('404');
});

test('a client that answers no ping is cut', async () => {
  const { endpoint } = await startExchange({ pingMs: 50, pongMaxMs: 200 });
  const socket = new WebSocket(`${endpoint}/stream`, { autoPong: false });
  expect(await once(socket, 'close')).toEqual([1006, Buffer.from('')]);
});

test('ids go on while nobody listens, and the ledger says what was written', async () => {
  const exchange = await startExchange();
  const first = await connect(exchange.endpoint, '/stream?streams=btcusdt@trade');
  await first.frame('trade');
  first.socket.close();
  await once(first.socket, 'close');
  const second = await connect(exchange.endpoint, '/stream?streams=btcusdt@trade');
  await second.frame('trade');
  exchange.make({ is: 'market-end' });
  const ids = [...exchange.ledger()].map(({ connection, id }) => `${connection} ${id}`);
  const [begin, end] = exchange.view().streams['btcusdt@trade'] ?? [];
  expect(ids.length).toBeGreaterThan(1);
  expect(begin).toBe(1_000_000);
  expect(ids.at(-1)).toBe(`2 ${end}`);
  expect(new Set(ids).size).toBe(ids.length);
});

test('in a process of its own it obeys and tells over its control port', async () => {
  const exchange = await startExchangeProcess({ market: MARKET });
  onTestFinished(() => exchange.stop());
  const { frame, frames, socket } = await connect(
    exchange.endpoint,
    '/stream?streams=btcusdt@trade',
  );
  await frame('trade');
  await exchange.make({ is: 'cut', code: 1008, reason: 'enough' });
  expect(await once(socket, 'close')).toMatchObject([1008, Buffer.from('enough')]);
  const entries = [];
  for await (const entry of exchange.ledger()) entries.push(entry);
  expect(entries).toHaveLength(frames.length);
  expect(entries[0]).toMatchObject({ connection: 1, stream: 'btcusdt@trade', isFlushed: true });
  const view = await exchange.view();
  expect(view.connections).toMatchObject([{ closeCode: 1008, written: frames.length }]);
});

describe('recorded frames', () => {
  const capture = join(real, 'captures/btcusdt-trade-depth-bookTicker-2024-07-18.gz');
  const chunk = join(real, 'raw/BTCUSDT/depth/2024-07-18/23-57.csv');

  async function replay(market: Partial<ReplayedMarket>): Promise<Exchange> {
    const whole = { is: 'replayed', paths: [capture, chunk], factor: 1_000, shiftMs: 0 } as const;
    return startExchange({ market: { ...whole, ...market }, awaitStreams: 2 });
  }

  test('come as they were, beside snapshots of chunks', async (context) => {
    if (!existsSync(capture)) context.skip('../shared/real is not there');
    const { endpoint } = await replay({});
    const { socket, frame } = await connect(endpoint, '/public/stream');
    socket.send(subscribe(['btcusdt@trade', 'btcusdt@depth20@100ms']));
    expect(decodeFrame(await frame('"trade"'))).toMatchObject({
      timestamp: '1721347022956',
      id: '5182005737',
    });
    expect(decodeFrame(await frame('depthUpdate'))).toMatchObject({ timestamp: '1721347022864' });
  });

  test('of older captures come as well', async (context) => {
    if (!existsSync(capture)) context.skip('../shared/real is not there');
    const paths = [join(real, 'captures/five-symbols-aggTrade-depth-2021-04-05.gz')];
    const { endpoint } = await replay({ paths });
    const { socket, frame } = await connect(endpoint, '/market/stream');
    socket.send(subscribe(['batusdt@aggTrade', 'neousdt@aggTrade']));
    expect(decodeFrame(await frame('batusdt@aggTrade'))).toMatchObject({
      is: 'trade',
      symbol: 'BATUSDT',
    });
  });

  test('are shifted to now', async (context) => {
    if (!existsSync(capture)) context.skip('../shared/real is not there');
    const beganMs = Date.now();
    const { endpoint } = await replay({ shiftMs: 'now', factor: 1 });
    const { socket, frame } = await connect(endpoint, '/public/stream');
    socket.send(subscribe(['btcusdt@trade', 'btcusdt@depth20@100ms']));
    const trade = decodeFrame(await frame('"trade"'));
    const shiftedMs = trade.is === 'trade' ? Number(trade.timestamp) : 0;
    expect(shiftedMs).toBeGreaterThanOrEqual(beganMs);
    expect(shiftedMs).toBeLessThan(beganMs + 20_000);
  });
});
