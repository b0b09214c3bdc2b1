/** One client of the local exchange: what it subscribed, what is held back from it, and what was written to it. */
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { FaultPlace, LastingFault } from './exchange-options.js';
import { ConnectionLedger, type StreamNames } from './ledger.js';

/** What the faults of the moment do to one stream of one connection. */
interface Delivery {
  readonly index: number;
  isSilent: boolean;
  isFrozen: boolean;
  isTwice: boolean;
}

interface Held {
  readonly dueMs: number;
  readonly text: string;
  readonly stream: number;
  readonly id: number;
}

/** Frames that wait for a client that is held back; more, and it is cut, as the exchange cuts slow clients. */
const HELD_FRAMES_MAX = 1_000_000;

export class ExchangeConnection {
  readonly id: number;
  readonly route: string;
  readonly socket: WebSocket;
  readonly ledger: ConnectionLedger;
  readonly openedMs: number = Date.now();
  closedMs: number | undefined;
  closeCode: number | undefined;
  /** Streams by name. */
  readonly subscribed: Map<string, Delivery> = new Map();
  isMute = false;
  pongMs: number = Date.now();
  private readonly raw: Socket;
  private readonly names: StreamNames;
  private readonly held: Held[] = [];
  private delayMs = 0;
  private isHolding = false;
  private isCutOff = false;
  private readonly onFlushed: (error?: Error | null) => void;

  constructor(id: number, route: string, socket: WebSocket, raw: Socket, names: StreamNames) {
    this.id = id;
    this.route = route;
    this.socket = socket;
    this.raw = raw;
    this.names = names;
    this.ledger = new ConnectionLedger(id, names);
    this.onFlushed = (error) => {
      if (error === undefined || error === null) this.ledger.flushed += 1;
    };
  }

  subscribe(stream: string, faults: readonly LastingFault[]): void {
    const index = this.names.indexOf(stream);
    const delivery = { index, isSilent: false, isFrozen: false, isTwice: false };
    this.subscribed.set(stream, delivery);
    this.apply(faults);
  }

  /** Takes over the lasting faults of the moment. */
  apply(faults: readonly LastingFault[]): void {
    const has = (is: LastingFault['is'], stream?: string): boolean =>
      faults.some((fault) => fault.is === is && this.isAt(fault.on, stream));
    for (const [stream, delivery] of this.subscribed) {
      delivery.isSilent = has('silent', stream);
      delivery.isFrozen = has('frozen', stream);
      delivery.isTwice = has('twice', stream);
    }
    this.isMute = has('mute');
    this.isHolding = has('burst');
    this.delayMs = 0;
    for (const fault of faults) {
      if (fault.is === 'delay' && this.isAt(fault.on)) this.delayMs = fault.byMs;
    }
  }

  isAt(place: FaultPlace | undefined, stream?: string): boolean {
    return (
      (place?.connection ?? this.id) === this.id &&
      (place?.route ?? this.route) === this.route &&
      (place?.stream === undefined || (stream !== undefined && RegExp(place.stream).test(stream)))
    );
  }

  deliver(stream: string, id: number, text: (isFrozen: boolean) => string): void {
    const delivery = this.subscribed.get(stream);
    if (delivery === undefined || delivery.isSilent || this.closedMs !== undefined) return;
    const frame = `{"stream":"${stream}","data":${text(delivery.isFrozen)}}`;
    for (let copy = 0; copy < (delivery.isTwice ? 2 : 1); copy++) {
      const isLate = this.delayMs > 0 || this.isHolding || this.isCutOff || this.held.length > 0;
      if (isLate)
        this.hold({ dueMs: Date.now() + this.delayMs, text: frame, stream: delivery.index, id });
      else this.write(frame, delivery.index, id);
    }
  }

  /** Writes what was held back and is due. */
  drain(): void {
    if (this.isHolding || this.isCutOff) return;
    const nowMs = Date.now();
    let count = 0;
    for (const { dueMs, text, stream, id } of this.held) {
      if (dueMs > nowMs) break;
      this.write(text, stream, id);
      count += 1;
    }
    this.held.splice(0, count);
  }

  /** The network between here and the client. */
  setCutOff(isCutOff: boolean): void {
    this.isCutOff = isCutOff;
    if (isCutOff) this.raw.pause();
    else this.raw.resume();
  }

  /** Without a close frame. */
  break(): void {
    this.raw.destroy();
  }

  reply(message: unknown): void {
    if (!this.isMute && !this.isCutOff) this.socket.send(JSON.stringify(message));
  }

  private hold(held: Held): void {
    if (this.held.push(held) > HELD_FRAMES_MAX) this.break();
  }

  private write(text: string, stream: number, id: number): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.ledger.add(stream, id);
    this.socket.send(text, this.onFlushed);
  }
}
