/** Connections against a server that sends exactly the bytes it is told, over TCP and over TLS. */
import { once } from 'node:events';
import { createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import type { BodyTaker } from '../../../src/edge/gcs/http-body.js';
import { HttpConnection } from '../../../src/edge/gcs/http-connection.js';
import { HttpPool } from '../../../src/edge/gcs/http-pool.js';
import { TransientFault } from '../../../src/edge/process/retry.js';
import { CERTIFICATE, KEY } from '../../support/gcs/localhost-certificate.js';

const LIMITS = { connectMs: 2_000, idleMs: 2_000 };

/** What the server does with a request, by its path. */
type Play = (socket: Socket, path: string) => void;

interface Played {
  readonly origin: URL;
  /** Connections so far. */
  readonly connections: () => number;
}

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(play: Play, isSecure = false): Promise<Played> {
  let connections = 0;
  const accept = (socket: Socket): void => {
    connections += 1;
    closing.push(() => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      for (const [, path = ''] of bytes.toString().matchAll(/^GET (\S+) HTTP\/1\.1\r$/gmu)) {
        play(socket, path);
      }
    });
  };
  const server: Server = isSecure
    ? createTlsServer({ key: KEY, cert: CERTIFICATE }, accept)
    : createPlainServer(accept);
  server.listen(0);
  closing.push(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = new URL(`${isSecure ? 'https' : 'http'}://localhost:${address.port}`);
  return { origin, connections: () => connections };
}

async function textOf(client: Pick<HttpConnection, 'get'>, path = '/'): Promise<string> {
  const pieces: Buffer[] = [];
  await client.get({
    path,
    headers: { accept: 'x' },
    deadlineMs: 2_000,
    onHead: () => ({
      take: (bytes, from, to) => pieces.push(Buffer.from(bytes.subarray(from, to))),
    }),
  });
  return Buffer.concat(pieces).toString();
}

function answer(body: string, headers = ''): string {
  return `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`;
}

function bodyOf(path: string): string {
  return `${path}${'x'.repeat(300_000)}${path}`;
}

describe('a connection', () => {
  test('gets one answer after the other', async () => {
    const { origin, connections } = await serve((socket, path) => socket.write(answer(path)));
    const pool = new HttpPool(origin.href, LIMITS);
    expect([await textOf(pool, '/a'), await textOf(pool, '/b')]).toEqual(['/a', '/b']);
    expect(connections()).toBe(1);
  });

  test('speaks TLS with a server whose certificate it trusts, and only then', async () => {
    const body = 'x'.repeat(300_000);
    const { origin, connections } = await serve((socket) => socket.write(answer(body)), true);
    const pool = new HttpPool(origin.href, LIMITS, { ca: CERTIFICATE });
    expect([await textOf(pool), await textOf(pool)]).toEqual([body, body]);
    expect(connections()).toBe(1);
    await expect(textOf(new HttpPool(origin.href, LIMITS))).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });

  test('takes an answer that comes byte by byte, after one that it should expect', async () => {
    const sent = `HTTP/1.1 100 Continue\r\n\r\n${answer('abc')}`;
    const { origin } = await serve((socket) => {
      socket.setNoDelay(true);
      const rest = [...sent];
      const next = (): void => {
        const byte = rest.shift();
        if (byte !== undefined) socket.write(byte, () => setImmediate(next));
      };
      next();
    });
    expect(await textOf(new HttpConnection(origin, LIMITS))).toBe('abc');
  });

  test.each<[string, (body: string) => string]>([
    ['a length', (body) => answer(body)],
    [
      'chunks',
      (body) => {
        const chunks = body.match(/.{1,70000}/gu) ?? [];
        const coded = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
        return `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${coded.join('')}0\r\n\r\n`;
      },
    ],
  ])('puts a body with %s into its memory, and no later answer', async (_, sentOf) => {
    const { origin, connections } = await serve((socket, path) =>
      socket.write(sentOf(bodyOf(path))),
    );
    const pool = new HttpPool(origin.href, LIMITS);
    const getInto = async (path: string, memory: Buffer): Promise<number> => {
      let sizeBytes = 0;
      let taken = 0;
      const onHead = (): BodyTaker => ({
        take: (bytes, from, to) => {
          memory.set(bytes.subarray(from, to), sizeBytes);
          sizeBytes += to - from;
          taken += to - from;
        },
        room: (bytesMax) => memory.subarray(sizeBytes, sizeBytes + Math.min(bytesMax, 100_000)),
        filled: (bytes) => {
          sizeBytes += bytes;
        },
      });
      await pool.get({ path, headers: {}, deadlineMs: 2_000, onHead });
      expect(taken).toBeLessThan(sizeBytes);
      return sizeBytes;
    };
    const [one, other] = [Buffer.alloc(400_000), Buffer.alloc(400_000)];
    const oneBytes = await getInto('/a', one);
    await getInto('/b', other);
    expect(await textOf(pool, '/c')).toBe(bodyOf('/c'));
    expect(one.toString('latin1', 0, oneBytes)).toBe(bodyOf('/a'));
    expect(one.subarray(oneBytes).every((byte) => byte === 0)).toBe(true);
    expect(other.toString('latin1', 0, oneBytes)).toBe(bodyOf('/b'));
    expect(connections()).toBe(1);
  });

  test('takes a body until the connection ends, if the head says nothing else', async () => {
    const { origin } = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nabc'));
    const connection = new HttpConnection(origin, LIMITS);
    expect(await textOf(connection)).toBe('abc');
    expect(connection.isOpen).toBe(false);
  });

  test.each([
    ['says that it closes', answer('a', 'Connection: close\r\n')],
    ['is longer than it says', `${answer('a')}HTTP/1.1 200 OK\r\n`],
  ])('is not used again after an answer that %s', async (_, sent) => {
    const { origin, connections } = await serve((socket) => socket.write(sent));
    const pool = new HttpPool(origin.href, LIMITS);
    expect([await textOf(pool), await textOf(pool)]).toEqual(['a', 'a']);
    expect(connections()).toBe(2);
  });

  test('is not used again once the server has closed it', async () => {
    const { origin, connections } = await serve((socket, path) => {
      socket.write(answer(path));
      if (path === '/last') socket.end();
    });
    const connection = new HttpConnection(origin, LIMITS);
    await textOf(connection, '/last');
    await expect.poll(() => connection.isOpen).toBe(false);
    expect(connections()).toBe(1);
  });

  test.each<[string, Play, string]>([
    ['ends before the head', (socket) => socket.end(), 'ended before the answer'],
    ['ends within the head', (socket) => socket.end('HTTP/1.1 200'), 'ended before the answer'],
    [
      'ends within a body',
      (socket) => socket.end(answer('abc').slice(0, -1)),
      'ended before the answer',
    ],
    ['sends no HTTP', (socket) => socket.write('SSH-2.0-x\r\n\r\n'), 'not HTTP'],
    ['sends a head without end', (socket) => socket.write('a'.repeat(200_000)), 'not HTTP'],
  ])('fails with a fault to retry if the server %s', async (_, play, message) => {
    const { origin } = await serve(play);
    const connection = new HttpConnection(origin, LIMITS);
    const fault: unknown = await textOf(connection).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(TransientFault);
    expect(String(fault)).toContain(message);
    expect(connection.isOpen).toBe(false);
  });

  test('ends with what the taker of its bytes throws', async () => {
    const { origin } = await serve((socket) => socket.write(answer('abc')));
    const connection = new HttpConnection(origin, LIMITS);
    const get = connection.get({
      path: '/',
      headers: {},
      deadlineMs: 2_000,
      onHead: () => ({
        take: () => {
          throw new Error('too much');
        },
      }),
    });
    await expect(get).rejects.toThrow('too much');
    expect(connection.isOpen).toBe(false);
  });
});
