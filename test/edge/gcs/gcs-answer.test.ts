/** Contents from a server that sends exactly the bytes it is told, however it cuts and ends them. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import * as fc from 'fast-check';
import type { Dispatcher } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import { type AnswerHead, type BodyTaker, getAnswer } from '../../../src/edge/gcs/gcs-answer.js';
import type { GcsLimits } from '../../../src/edge/gcs/gcs-limits.js';
import { openGcsStore } from '../../../src/edge/gcs/gcs-store.js';
import type { Store, StoredObject } from '../../../src/jobs/ports.js';
import { TransientFault } from '../../../src/edge/process/retry.js';
import { manualClock } from '../../support/manual-clock.js';
import { errorOf } from '../../support/gcs/faulty-network.js';

const BODY = Buffer.from('0123456789abcdef'.repeat(10_000));
const LISTED: StoredObject = {
  name: 'a',
  sizeBytes: BODY.length,
  crc32c: crc32cHex(BODY),
  generation: '1',
};

/** What the server does with a request; the number counts requests from one. */
type Play = (socket: Socket, number: number) => void;

interface Played {
  readonly open: (limits?: Partial<GcsLimits>) => Store;
  readonly connections: () => number;
  readonly requests: () => number;
}

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(play: Play): Promise<Played> {
  let connections = 0;
  let requests = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    closing.push(() => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      for (const _ of bytes.toString().matchAll(/^GET \S+ HTTP\/1\.1\r$/gmu)) {
        requests += 1;
        play(socket, requests);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const endpoint = `http://127.0.0.1:${address.port}`;
  return {
    open: (limits = {}) =>
      openGcsStore({
        bucket: 'some-bucket',
        prefix: '',
        endpoint,
        clock: manualClock(),
        random: () => 0,
        limits: { idleMs: 5_000, attemptMs: 5_000, attemptsMax: 2, ...limits },
      }),
    connections: () => connections,
    requests: () => requests,
  };
}

function withLength(body: Buffer, headers = ''): Buffer {
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n${headers}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function inChunks(body: Buffer, chunkBytes: number): Buffer {
  const parts: Buffer[] = [Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')];
  for (let from = 0; from < body.length; from += chunkBytes) {
    const chunk = body.subarray(from, from + chunkBytes);
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

/** Sends the bytes in pieces that end at the cuts, each with a write of its own. */
function sendCut(socket: Socket, bytes: Buffer, cuts: readonly number[]): void {
  const ends = [...new Set(cuts)].map((cut) => cut % bytes.length).sort((a, b) => a - b);
  let from = 0;
  const next = (): void => {
    const to = ends.shift() ?? bytes.length;
    const piece = bytes.subarray(from, to);
    from = to;
    socket.write(piece, () => {
      if (from < bytes.length) setImmediate(next);
    });
  };
  next();
}

describe('a content', () => {
  test('is whole wherever its answer is cut, with a length and in chunks', async () => {
    let answer: Buffer = Buffer.alloc(0);
    let cuts: readonly number[] = [];
    const { open, connections } = await serve((socket) => sendCut(socket, answer, cuts));
    const store = open();
    const form = fc.option(fc.integer({ min: 1, max: 3 }).map((power) => 70 ** power));
    // Some within the head, some anywhere.
    const cutting = fc.array(fc.oneof(fc.nat(200), fc.nat()), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(form, cutting, fc.boolean(), async (chunkBytes, at, isListed) => {
        cuts = at;
        const hash = Buffer.from(LISTED.crc32c ?? '', 'hex').toString('base64');
        const sized = withLength(BODY, `x-goog-hash: crc32c=${hash}\r\n`);
        answer = chunkBytes === null ? sized : inChunks(BODY, chunkBytes);
        const listed = isListed || chunkBytes !== null ? LISTED : undefined;
        const content = await store.read('a', listed);
        expect(Buffer.compare(content?.bytes ?? new Uint8Array(), BODY)).toBe(0);
      }),
      { numRuns: 40 },
    );
    expect(connections()).toBe(1);
  });

  test('comes over the same connections as those before it', async () => {
    const { open, connections } = await serve((socket) => socket.write(withLength(BODY)));
    const store = open({ readsAtOnce: 4 });
    await Promise.all(Array.from({ length: 40 }, () => store.read('a', LISTED)));
    expect(connections()).toBeLessThanOrEqual(4);
  });

  test('of one of two readers comes over half as many connections', async () => {
    const { open, connections } = await serve((socket) => socket.write(withLength(BODY)));
    const store = open({ readsAtOnce: 8 }).asOneOf?.(2) ?? open();
    await Promise.all(Array.from({ length: 40 }, () => store.read('a', LISTED)));
    expect(connections()).toBeLessThanOrEqual(4);
  });

  test('comes over another connection where the server closes the first', async () => {
    const { open, connections } = await serve((socket) => {
      socket.end(withLength(BODY, 'Connection: close\r\n'));
    });
    const store = open();
    for (let read = 0; read < 3; read += 1) await store.read('a', LISTED);
    expect(connections()).toBe(3);
  });

  test('lasts until the connection ends, if the head says nothing else', async () => {
    const head = 'HTTP/1.1 200 OK\r\n\r\n';
    const { open } = await serve((socket) => socket.end(Buffer.concat([Buffer.from(head), BODY])));
    expect((await open().read('a', LISTED))?.bytes).toHaveLength(BODY.length);
  });

  const cut = withLength(BODY).subarray(0, -1);
  const spoilt: readonly [string, Play][] = [
    ['ends before the head', (socket) => socket.end()],
    ['ends within the head', (socket) => socket.end('HTTP/1.1 200')],
    ['ends within the body', (socket) => socket.end(cut)],
    ['ends within the chunks', (socket) => socket.end(inChunks(BODY, 70_000).subarray(0, -5))],
    [
      'ends a body that says nothing of its length',
      (socket) => socket.end('HTTP/1.1 200\r\n\r\na'),
    ],
    [
      'sends chunks that are none',
      (socket) => socket.write('HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc'),
    ],
    ['sends two lengths', (socket) => socket.write(withLength(BODY, 'Content-Length: 5\r\n'))],
    [
      'sends more than is listed',
      (socket) => socket.write(inChunks(Buffer.alloc(BODY.length + 1), 99_999)),
    ],
    ['sends no HTTP', (socket) => socket.write('SSH-2.0-x\r\n\r\n')],
    [
      'sends a head without end',
      (socket) => socket.write(`HTTP/1.1 200\r\na: ${'a'.repeat(99_999)}`),
    ],
  ];

  test.each(spoilt)('is read again if the server %s', async (_, spoil) => {
    const { open, requests } = await serve((socket, number) => {
      if (number === 1) spoil(socket, number);
      else socket.write(withLength(BODY));
    });
    expect((await open().read('a', LISTED))?.crc32c).toBe(LISTED.crc32c);
    expect(requests()).toBe(2);
  });

  test('is refused if it is announced as too large', async () => {
    const { open, requests } = await serve((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${2 ** 40}\r\n\r\n`);
    });
    expect((await errorOf(open().read('a'))).kind).toBe('limit');
    expect(requests()).toBe(1);
  });

  test('that comes after the deadline is not written into the lent memory', async () => {
    const answered = Promise.withResolvers<Socket>();
    const { open } = await serve((socket) => {
      socket.write(withLength(BODY).subarray(0, 50_000));
      answered.resolve(socket);
    });
    const memory = new Uint8Array(BODY.length);
    const store = open({ attemptMs: 300, attemptsMax: 1 });
    const { parts } = await errorOf(store.read('a', LISTED, () => memory));
    expect(parts.found).toMatch(/^no whole answer within \d+ ms$/u);
    memory.fill(7);
    const socket = await answered.promise;
    const closed = socket.destroyed ? undefined : once(socket, 'close');
    socket.write(withLength(BODY).subarray(50_000));
    await closed;
    expect(memory.every((byte) => byte === 7)).toBe(true);
  });
});

interface Asked {
  readonly settled: Promise<void>;
  readonly handler: Dispatcher.DispatchHandler;
  /** What the taker heard. */
  readonly taken: string[];
  /** Why undici was told to give up. */
  readonly reasons: string[];
  readonly controller: Dispatcher.DispatchController;
}

/** A request whose answer the test plays, event by event. */
function ask(deadlineMs: number): Asked {
  const handlers: Dispatcher.DispatchHandler[] = [];
  const taken: string[] = [];
  const reasons: string[] = [];
  const dispatch = (_: unknown, handler: Dispatcher.DispatchHandler): boolean => {
    handlers.push(handler);
    return true;
  };
  const onHead = ({ status }: AnswerHead): BodyTaker => {
    taken.push(String(status));
    return { take: (piece) => taken.push(Buffer.from(piece).toString()) };
  };
  const request = { path: '/', headers: {}, deadlineMs, onHead };
  const settled = getAnswer({ dispatch }, request);
  const controller: Dispatcher.DispatchController = {
    aborted: false,
    paused: false,
    reason: null,
    abort: (reason) => reasons.push(reason.message),
    pause: () => undefined,
    resume: () => undefined,
  };
  return { settled, handler: handlers[0] ?? {}, taken, reasons, controller };
}

describe('an answer', () => {
  test('is heard after interim ones, and no more once it has ended', async () => {
    const { settled, handler, taken, controller } = ask(5_000);
    handler.onRequestStart?.(controller, {});
    handler.onResponseStart?.(controller, 103, {});
    handler.onResponseStart?.(controller, 200, {});
    handler.onResponseData?.(controller, Buffer.from('a'));
    handler.onResponseEnd?.(controller, {});
    handler.onResponseData?.(controller, Buffer.from('late'));
    handler.onResponseError?.(controller, new Error('late'));
    await settled;
    expect(taken).toEqual(['200', 'a']);
  });

  test('is heard no more after an error', async () => {
    const { settled, handler, taken, controller } = ask(5_000);
    handler.onRequestStart?.(controller, {});
    handler.onResponseStart?.(controller, 200, {});
    handler.onResponseError?.(controller, new Error('cut'));
    handler.onResponseData?.(controller, Buffer.from('late'));
    handler.onResponseEnd?.(controller, {});
    await expect(settled).rejects.toThrow('cut');
    expect(taken).toEqual(['200']);
  });

  test('is given up at the deadline, whatever comes later', async () => {
    const { settled, handler, taken, reasons, controller } = ask(1);
    handler.onRequestStart?.(controller, {});
    handler.onResponseStart?.(controller, 200, {});
    await expect(settled).rejects.toThrow(TransientFault);
    handler.onResponseData?.(controller, Buffer.from('late'));
    handler.onResponseEnd?.(controller, {});
    expect(taken).toEqual(['200']);
    expect(reasons).toEqual(['no whole answer within 1 ms']);
  });

  test('is given up before its request begins, and when it does', async () => {
    const { settled, handler, taken, reasons, controller } = ask(1);
    await expect(settled).rejects.toThrow(TransientFault);
    expect(reasons).toEqual([]);
    handler.onRequestStart?.(controller, {});
    handler.onResponseStart?.(controller, 200, {});
    expect(reasons).toEqual(['no whole answer within 1 ms']);
    expect(taken).toEqual([]);
  });
});
