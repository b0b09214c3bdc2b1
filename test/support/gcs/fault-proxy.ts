/**
 * An HTTP proxy in front of a storage server that spoils chosen answers the way networks and servers
 * do. Faults are queued per operation and used up in order; without one an answer passes unchanged.
 */
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer, request } from 'node:http';
import type { Socket } from 'node:net';

export type Operation = 'get' | 'list' | 'look up' | 'insert' | 'other';

export type Fault =
  /** The proxy answers without the server. */
  | { readonly kind: 'status'; readonly status: number; readonly message?: string }
  /** RST before any header. */
  | { readonly kind: 'reset' }
  /** No header and no end. */
  | { readonly kind: 'stall' }
  /** RST, FIN or silence within the body. */
  | { readonly kind: 'reset body' | 'close body' | 'stall body'; readonly afterBytes: number }
  /** One bit flipped, headers unchanged. */
  | { readonly kind: 'corrupt' }
  /** A shorter body with a Content-Length to match. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** The server executes the request; an RST loses its answer. */
  | { readonly kind: 'lose answer' }
  /** A byte now and then, never silent for long. */
  | { readonly kind: 'drip body'; readonly everyMs: number }
  /** Sends headers and half of the body, says that it holds, and sends the rest when the promise resolves. */
  | { readonly kind: 'hold body'; readonly until: Promise<void>; readonly held: () => void };

export interface SeenRequest {
  readonly operation: Operation;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

export interface FaultProxy {
  readonly endpoint: string;
  readonly seen: readonly SeenRequest[];
  count(operation: Operation): number;
  /** For the next requests of that operation, in order; with `name`, only those whose URL contains it. */
  queue(operation: Operation, faults: readonly Fault[], name?: string): void;
  /** Forgets requests and faults. */
  reset(): void;
  stop(): Promise<void>;
}

interface QueuedFault {
  readonly operation: Operation;
  readonly name: string;
  readonly fault: Fault;
}

export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const seen: SeenRequest[] = [];
  let queued: QueuedFault[] = [];

  const takeFault = (operation: Operation, url: string): Fault | undefined => {
    const next = queued.find((entry) => entry.operation === operation && url.includes(entry.name));
    queued = queued.filter((entry) => entry !== next);
    return next?.fault;
  };
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '';
    const operation = operationOf(incoming.method ?? '', url);
    const fault = takeFault(operation, url);
    seen.push({ operation, url, headers: incoming.headers });
    outgoing.on('error', () => undefined);
    void answer(upstream, incoming, outgoing, fault).catch(() => outgoing.destroy());
  });
  server.on('connection', (socket) => socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    seen,
    count: (operation) => seen.filter((entry) => entry.operation === operation).length,
    queue: (operation, faults, name = '') => {
      queued.push(...faults.map((fault) => ({ operation, name, fault })));
    },
    reset: () => {
      seen.length = 0;
      queued = [];
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function operationOf(method: string, url: string): Operation {
  const path = url.split('?')[0] ?? '';
  if (method === 'POST' && path.startsWith('/upload/')) return 'insert';
  if (method !== 'GET') return 'other';
  if (path.endsWith('/o')) return 'list';
  return url.includes('alt=media') ? 'get' : 'look up';
}

async function answer(
  upstream: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fault: Fault | undefined,
): Promise<void> {
  const requestBody = await bodyOf(incoming);
  switch (fault?.kind) {
    case 'status':
      outgoing.writeHead(fault.status, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify({ error: { code: fault.status, message: fault.message ?? '' } }));
      return;
    case 'reset':
      incoming.socket.resetAndDestroy();
      return;
    case 'stall':
      return;
    default:
  }
  const { head, body } = await forwarded(upstream, incoming, requestBody);
  if (fault?.kind === 'lose answer') incoming.socket.resetAndDestroy();
  else await sendSpoilt(outgoing, incoming.socket, head, body, fault);
}

/** How an answer of the server is passed on; faults without an answer are dealt with before. */
async function sendSpoilt(
  outgoing: ServerResponse,
  socket: Socket,
  head: IncomingMessage,
  body: Buffer,
  fault: Fault | undefined,
): Promise<void> {
  const { 'transfer-encoding': _chunked, connection: _connection, ...headers } = head.headers;
  const sent = fault?.kind === 'truncate' ? body.subarray(0, fault.bytes) : body;
  outgoing.writeHead(head.statusCode ?? 500, { ...headers, 'content-length': sent.length });
  switch (fault?.kind) {
    case 'corrupt': {
      const spoilt = Buffer.from(sent);
      spoilt.writeUInt8(spoilt.readUInt8(spoilt.length >> 1) ^ 1, spoilt.length >> 1);
      outgoing.end(spoilt);
      return;
    }
    case 'reset body':
    case 'close body':
    case 'stall body': {
      const flushed = Promise.withResolvers<void>();
      outgoing.write(sent.subarray(0, fault.afterBytes), () => flushed.resolve());
      await flushed.promise;
      if (fault.kind === 'reset body') socket.resetAndDestroy();
      if (fault.kind === 'close body') socket.end();
      return;
    }
    case 'drip body': {
      let offset = 0;
      const timer = setInterval(() => {
        outgoing.write(sent.subarray(offset, (offset += 1)));
      }, fault.everyMs);
      await once(outgoing, 'close');
      clearInterval(timer);
      return;
    }
    case 'hold body':
      outgoing.write(sent.subarray(0, sent.length >> 1));
      fault.held();
      await fault.until;
      outgoing.end(sent.subarray(sent.length >> 1));
      return;
    default:
      outgoing.end(sent);
  }
}

async function forwarded(
  upstream: string,
  incoming: IncomingMessage,
  requestBody: Buffer,
): Promise<{ head: IncomingMessage; body: Buffer }> {
  const { 'transfer-encoding': _chunked, connection: _connection, ...headers } = incoming.headers;
  const outgoing = request(`${upstream}${incoming.url ?? ''}`, {
    method: incoming.method ?? 'GET',
    headers: { ...headers, 'content-length': requestBody.length },
    agent: false,
  });
  const answered = Promise.withResolvers<IncomingMessage>();
  outgoing.once('response', answered.resolve).once('error', answered.reject);
  outgoing.end(requestBody);
  const head = await answered.promise;
  return { head, body: await bodyOf(head) };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
