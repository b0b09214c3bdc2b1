/**
 * A local exchange that speaks the protocol of Binance's combined streams on a free port of this machine: subscriptions, pings,
 * the cut after a connection's life, and every fault of `Fault`. It keeps a ledger of what it wrote to which connection.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { type RawData, WebSocketServer } from 'ws';
import { ExchangeConnection } from './exchange-connection.js';
import type { ExchangeOptions, Fault, LastingFault } from './exchange-options.js';
import { type ExchangeView, viewOf } from './exchange-view.js';
import { GARBAGE } from './garbage.js';
import { type LedgerEntry, StreamNames } from './ledger.js';
import { generatedMarket, type Market } from './market.js';
import { replayedMarket } from './replay.js';
import { answer, messageLimit, STREAMS_MAX } from './requests.js';

/** Between two looks at what happened in the market. */
const TICK_MS = 10;
const PING_MS = 180_000;
const PONG_MAX_MS = 600_000;

export class Exchange {
  /** `ws://127.0.0.1:PORT`, to be followed by a route and `/stream`. */
  endpoint = '';
  private readonly options: ExchangeOptions;
  private readonly http: Server;
  private readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  private readonly connections: ExchangeConnection[] = [];
  private readonly names = new StreamNames();
  private readonly asked = new Set<string>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly happened = new Map<string, [number, number, number]>();
  private readonly waiting: (() => void)[] = [];
  private faults: LastingFault[] = [];
  private market: Market | undefined;
  private marketStartMs = 0;
  private isEnded = false;
  private isCutOff = false;
  private events = 0;

  constructor(options: ExchangeOptions) {
    this.options = options;
    this.http = createServer((_, response) => response.writeHead(404).end());
    this.http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      const accept = (): void => this.upgrade(request, socket, head);
      if (this.isCutOff) this.waiting.push(accept);
      else accept();
    });
  }

  async start(): Promise<void> {
    this.http.listen(0, '127.0.0.1');
    await once(this.http, 'listening');
    const address = this.http.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.endpoint = `ws://127.0.0.1:${address.port}`;
    this.every(TICK_MS, () => this.tick());
    this.every(this.options.pingMs ?? PING_MS, () => this.pingAll());
    for (const { atMs, fault } of this.options.faults ?? []) {
      if (atMs === 0) this.make(fault);
      else this.later(atMs, () => this.make(fault));
    }
    if ((this.options.awaitStreams ?? 0) === 0) this.startMarket();
  }

  async stop(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    for (const connection of this.connections) connection.break();
    this.sockets.close();
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close');
  }

  make(fault: Fault): void {
    switch (fault.is) {
      case 'market-end':
        this.isEnded = true;
        return;
      case 'network-cut':
        this.cutNetwork(fault.forMs);
        return;
      case 'cut':
        for (const connection of this.open()) {
          if (!connection.isAt(fault.on)) continue;
          if (fault.code === undefined) connection.break();
          else connection.socket.close(fault.code, fault.reason ?? '');
        }
        return;
      case 'garbage':
        for (const connection of this.open()) {
          if (!connection.isAt(fault.on)) continue;
          for (let frame = 0; frame < fault.frames; frame++)
            connection.socket.send(GARBAGE[fault.kind]);
        }
        return;
      default:
        this.setFaults([...this.faults, fault]);
        if (fault.forMs !== undefined) {
          this.later(fault.forMs, () => this.setFaults(this.faults.filter((one) => one !== fault)));
        }
    }
  }

  /** Ends all lasting faults. */
  heal(): void {
    this.setFaults([]);
  }

  /** Sends every client a stream that it did not ask for. */
  addStream(stream: string): void {
    for (const connection of this.open()) connection.subscribe(stream, this.faults);
  }

  view(): ExchangeView {
    return {
      connections: this.connections.map((connection) => viewOf(connection)),
      isMarketOver: this.isEnded || this.market?.isOver() === true,
      events: this.events,
      streams: Object.fromEntries(this.happened),
    };
  }

  /** Connection by connection, in the order of writing. */
  *ledger(): Generator<LedgerEntry> {
    for (const { ledger } of this.connections) yield* ledger.entries();
  }

  private open(): ExchangeConnection[] {
    return this.connections.filter(({ closedMs }) => closedMs === undefined);
  }

  private setFaults(faults: LastingFault[]): void {
    this.faults = faults;
    for (const connection of this.open()) connection.apply(faults);
  }

  private cutNetwork(forMs: number): void {
    const cutOff = this.open();
    this.isCutOff = true;
    for (const connection of cutOff) connection.setCutOff(true);
    this.later(forMs, () => {
      this.isCutOff = false;
      for (const connection of cutOff) connection.setCutOff(false);
      for (const accept of this.waiting.splice(0)) accept();
    });
  }

  private upgrade(request: IncomingMessage, raw: Socket, head: Buffer): void {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const [, route] = /^(\/public|\/market|)\/stream$/.exec(pathname) ?? [];
    const status = route === undefined ? 404 : this.refusal(route);
    if (route === undefined || status !== undefined) {
      raw.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    this.sockets.handleUpgrade(request, raw, head, (socket) => {
      const id = this.connections.length + 1;
      const connection = new ExchangeConnection(id, route, socket, raw, this.names);
      this.connections.push(connection);
      connection.apply(this.faults);
      this.listen(connection);
      for (const stream of searchParams.get('streams')?.split('/') ?? []) {
        connection.subscribe(stream, this.faults);
      }
      this.countAsked(connection);
    });
  }

  private refusal(route: string): number | undefined {
    for (const fault of this.faults) {
      if (fault.is === 'refusal' && (fault.on?.route ?? route) === route) return fault.status;
    }
    return undefined;
  }

  private listen(connection: ExchangeConnection): void {
    const { socket } = connection;
    const isTooMany = messageLimit();
    const count = (): boolean => {
      const isOver = isTooMany();
      if (isOver) socket.close(1008, 'Too many requests');
      return isOver;
    };
    socket.on('message', (data: RawData) => {
      if (count()) return;
      connection.reply(answer(connection, textOf(data), this.faults));
      if (connection.subscribed.size > STREAMS_MAX) socket.close(1008, 'too many streams');
      this.countAsked(connection);
    });
    socket.on('ping', count);
    socket.on('pong', () => {
      connection.pongMs = Date.now();
      count();
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', (code: number) => {
      connection.closedMs = Date.now();
      connection.closeCode = code;
    });
    this.slowClosing(connection);
    const { lifetimeMs, lifetimeEnd } = this.options;
    if (lifetimeMs === undefined) return;
    this.later(lifetimeMs, () => {
      if (lifetimeEnd === 'abrupt') connection.break();
      else socket.close(1008, 'disconnected after its life');
    });
  }

  /** The answer to a client's close frame goes through `close` too. */
  private slowClosing({ socket }: ExchangeConnection): void {
    const close = socket.close.bind(socket);
    socket.close = (code, reason) => {
      const slow = this.faults.find(({ is }) => is === 'slow-close');
      if (slow?.is === 'slow-close') this.later(slow.byMs, () => close(code, reason));
      else close(code, reason);
    };
  }

  private countAsked({ subscribed }: ExchangeConnection): void {
    if (this.market !== undefined) return;
    for (const stream of subscribed.keys()) this.asked.add(stream);
    if (this.asked.size >= (this.options.awaitStreams ?? 0)) this.startMarket();
  }

  private startMarket(): void {
    const { market } = this.options;
    this.marketStartMs = performance.now();
    this.market =
      market.is === 'generated'
        ? generatedMarket(market, Date.now())
        : replayedMarket(market, Date.now());
  }

  private tick(): void {
    const listening = this.open();
    for (const connection of listening) connection.drain();
    if (this.isEnded) return;
    this.market?.advance(performance.now() - this.marketStartMs, (stream, id, text) => {
      this.events += 1;
      const known = this.happened.get(stream);
      if (known === undefined) this.happened.set(stream, [id, id, 1]);
      else [known[1], known[2]] = [id, known[2] + 1];
      for (const connection of listening) connection.deliver(stream, id, text);
    });
  }

  private pingAll(): void {
    const lateMs = Date.now() - (this.options.pongMaxMs ?? PONG_MAX_MS);
    for (const connection of this.open()) {
      if (connection.pongMs < lateMs) connection.break();
      else connection.socket.ping(String(Date.now()));
    }
  }

  private later(afterMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, afterMs);
    this.timers.add(timer);
  }

  private every(periodMs: number, act: () => void): void {
    this.timers.add(setInterval(act, periodMs));
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
