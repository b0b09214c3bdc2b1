/**
 * HOT: one HTTP/1.1 connection that gets answers one after the other. All connections of a thread read heads into the
 * same buffer and bodies straight into their memory, so an answer costs no allocation and hardly a copy.
 */
import { isIP, type OnReadOpts, type Socket, connect as connectPlain } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { TransientFault } from '../process/retry.js';
import { BodyReader, type BodyTaker } from './http-body.js';
import { type AnswerHead, parseHead } from './http-head.js';

/** A socket's read fills it at most; a larger one leaves the processor's cache before it is copied. */
const READ_BYTES = 65_536;
const HEAD_BYTES_MAX = 65_536;
const HEAD_END = Buffer.from('\r\n\r\n');

/** Where the bytes of every socket arrive: each is used up before the next read. */
const arrival: Buffer = Buffer.allocUnsafeSlow(READ_BYTES);

export interface ConnectionLimits {
  /** Time to set up the connection. */
  readonly connectMs: number;
  /** Time without a byte while an answer is awaited. */
  readonly idleMs: number;
}

export interface HttpRequest {
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** From the call to the last byte of the answer. */
  readonly deadlineMs: number;
  /** Hears the head and says who takes the body. What it or the taker throws ends the request and the connection. */
  readonly onHead: (head: AnswerHead) => BodyTaker;
}

/** A request whose answer has not ended. */
interface Exchange {
  readonly request: HttpRequest;
  readonly finished: PromiseWithResolvers<void>;
  readonly deadline: NodeJS.Timeout;
  headBytes: Buffer | undefined;
  body: BodyReader | undefined;
  taker: BodyTaker | undefined;
  keepsAlive: boolean;
}

export class HttpConnection {
  /** Can take another request. */
  isOpen = true;
  private readonly socket: Socket;
  private readonly host: string;
  private readonly idleMs: number;
  private readonly connected = Promise.withResolvers<void>();
  private exchange: Exchange | undefined;
  /** The next read goes straight into the memory of the body. */
  private isDirect = false;

  /** `tls` adds to the usual options of an https connection. */
  constructor(origin: URL, limits: ConnectionLimits, tls: ConnectionOptions = {}) {
    this.host = origin.host;
    this.idleMs = limits.idleMs;
    this.socket = openSocket(origin, tls, {
      buffer: () => this.nextRoom(),
      callback: (bytes) => {
        this.receive(bytes);
        return true;
      },
    });
    this.socket.setNoDelay(true);
    const timer = setTimeout(() => {
      this.end(new TransientFault(`no connection within ${limits.connectMs} ms`));
    }, limits.connectMs);
    const isConnected = origin.protocol === 'https:' ? 'secureConnect' : 'connect';
    this.socket.once(isConnected, () => {
      clearTimeout(timer);
      this.connected.resolve();
    });
    this.socket.on('error', (error) => this.end(error));
    this.socket.on('timeout', () =>
      this.end(new TransientFault(`no byte within ${this.idleMs} ms`)),
    );
    this.socket.on('end', () => this.hearEnd());
    this.socket.on('close', () => {
      clearTimeout(timer);
      this.hearEnd();
    });
  }

  /** Settles with the end of the answer. Only one at a time. Throws TransientFaults and the socket's errors. */
  async get(request: HttpRequest): Promise<void> {
    if (this.exchange !== undefined) throw new Error('invariant broken: one answer at a time');
    const finished = Promise.withResolvers<void>();
    const deadline = setTimeout(() => {
      this.end(new TransientFault(`no whole answer within ${request.deadlineMs} ms`));
    }, request.deadlineMs);
    this.exchange = {
      request,
      finished,
      deadline,
      headBytes: undefined,
      body: undefined,
      taker: undefined,
      keepsAlive: false,
    };
    // An idle connection must not keep the process alive.
    this.socket.ref();
    void this.connected.promise.then(() => this.send(request, this.host));
    await finished.promise;
  }

  /** Ends the connection and the request under way. */
  end(error: unknown): void {
    this.isOpen = false;
    this.socket.destroy();
    const { exchange } = this;
    this.exchange = undefined;
    if (exchange === undefined) return;
    clearTimeout(exchange.deadline);
    exchange.finished.reject(error);
  }

  private send(request: HttpRequest, host: string): void {
    if (this.exchange?.request !== request) return;
    this.socket.setTimeout(this.idleMs);
    const lines = Object.entries(request.headers).map(([name, value]) => {
      if (/[\r\n]/u.test(value)) throw new Error(`invariant broken: header ${name} is one line`);
      return `${name}: ${value}\r\n`;
    });
    this.socket.write(
      `GET ${request.path} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}\r\n`,
      'latin1',
    );
  }

  private receive(byteCount: number): void {
    const { exchange } = this;
    try {
      if (exchange === undefined) {
        this.end(undefined);
        return;
      }
      if (this.isDirect) {
        this.receiveDirectly(exchange, byteCount);
        return;
      }
      const from = exchange.body === undefined ? this.receiveHead(exchange, byteCount) : 0;
      const { body, taker } = exchange;
      if (body === undefined || taker === undefined) return;
      const end = from < byteCount ? body.push(arrival, from, byteCount, taker) : byteCount;
      if (body.isDone) this.finish(exchange, end === byteCount);
    } catch (error) {
      this.end(error);
    }
  }

  /** The bytes are already where they belong. */
  private receiveDirectly({ body, taker }: Exchange, byteCount: number): void {
    taker?.filled?.(byteCount);
    body?.skip(byteCount);
    if (body?.isDone === true && this.exchange !== undefined) this.finish(this.exchange, true);
  }

  /** Where the socket puts the bytes of its next read. */
  private nextRoom(): Uint8Array {
    const { body, taker } = this.exchange ?? {};
    const certain = body?.certainBytes ?? 0;
    const room = certain === 0 ? undefined : taker?.room?.(certain);
    this.isDirect = room !== undefined;
    return room ?? arrival;
  }

  /** Returns where the body begins in the bytes that arrived; their number if the head goes on. */
  private receiveHead(exchange: Exchange, byteCount: number): number {
    const before = exchange.headBytes?.length ?? 0;
    const arrived = arrival.subarray(0, byteCount);
    const bytes =
      exchange.headBytes === undefined ? arrived : Buffer.concat([exchange.headBytes, arrived]);
    let headFrom = 0;
    for (;;) {
      const headTo = bytes.indexOf(HEAD_END, headFrom);
      if (headTo < 0) break;
      const head = parseHead(bytes.toString('latin1', headFrom, headTo));
      if (head === undefined) throw new TransientFault('an answer that is not HTTP');
      headFrom = headTo + HEAD_END.length;
      // An interim answer (1xx) precedes the real one.
      if (head.status < 200) continue;
      exchange.taker = exchange.request.onHead(head);
      exchange.body = new BodyReader(head.bodyEnd);
      exchange.keepsAlive = head.keepsAlive && head.bodyEnd.by !== 'close';
      return headFrom - before;
    }
    if (bytes.length - headFrom > HEAD_BYTES_MAX)
      throw new TransientFault('an answer that is not HTTP');
    exchange.headBytes = Buffer.from(bytes.subarray(headFrom));
    return byteCount;
  }

  /** The server sends no more: how some bodies end, and a fault within all others. */
  private hearEnd(): void {
    const { exchange } = this;
    if (exchange?.body?.finish() === true) this.finish(exchange, false);
    else this.end(new TransientFault('a connection that ended before the answer'));
  }

  private finish(exchange: Exchange, isClean: boolean): void {
    this.exchange = undefined;
    clearTimeout(exchange.deadline);
    if (isClean && exchange.keepsAlive) {
      this.socket.setTimeout(0);
      this.socket.unref();
    } else {
      this.end(undefined);
    }
    exchange.finished.resolve();
  }
}

function openSocket(origin: URL, tls: ConnectionOptions, onread: OnReadOpts): Socket {
  const host = origin.hostname.replace(/^\[(.*)\]$/u, '$1');
  const isSecure = origin.protocol === 'https:';
  const port = origin.port === '' ? (isSecure ? 443 : 80) : Number(origin.port);
  if (!isSecure) return connectPlain({ host, port, onread });
  const servername = isIP(host) === 0 ? host : '';
  const options = { host, port, servername, ALPNProtocols: ['http/1.1'], ...tls, onread };
  return connectTls(options);
}
