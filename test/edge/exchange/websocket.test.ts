import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { webSockets } from '../../../src/edge/exchange/websocket.js';

/** Opens a socket to a server that does this with its client; settles with what was told, once it has ended. */
async function told(greet: (client: WebSocket) => void): Promise<readonly string[]> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  await once(server, 'listening');
  server.on('connection', greet);
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const events: string[] = [];
  const ended = Promise.withResolvers<void>();
  webSockets.open(`ws://127.0.0.1:${port}/stream`, {
    opened: () => events.push('opened'),
    text: (text) => events.push(`text ${text}`),
    alive: (isPong) => events.push(isPong ? 'pong' : 'ping'),
    ended: ({ why }) => {
      events.push(`ended ${why}`);
      ended.resolve();
    },
  });
  await ended.promise;
  return events;
}

test('tells frames, pings and the end with its reason', async () => {
  const events = await told((client) => {
    client.send('{}');
    client.send(Buffer.from('binary'));
    client.ping();
    client.close(1008, 'enough');
  });
  expect(events).toEqual(['opened', 'text {}', 'text binary', 'ping', 'ended 1008 enough']);
});

test('ends at a frame of more than a megabyte', async () => {
  const events = await told((client) => {
    client.send('x'.repeat(1_048_576));
    client.send('x'.repeat(1_048_577));
  });
  expect(events).toHaveLength(3);
  expect(events.at(-1)).toBe('ended Max payload size exceeded');
});

test('ends without a reason where the other side gives none', async () => {
  expect(await told((client) => client.terminate())).toEqual([
    'opened',
    'ended 1006 abnormal closure',
  ]);
  expect(await told((client) => client.close())).toEqual(['opened', 'ended 1005 no code']);
});
