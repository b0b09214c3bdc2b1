/**
 * Receives the streams of an exchange: opens and replaces connections as their lines say, and hands on each row once, with its
 * arrival, and what happens to the connections. It owns no timer: the caller ticks.
 */
import type { BrokenNote, FeedNote } from '../../core/feed/feed-note.js';
import type { LineAction } from '../../core/feed/line-action.js';
import { noteOfLines, planLines } from '../../core/feed/line-plan.js';
import { LINE_TIMES, type LineTimes } from '../../core/feed/line-times.js';
import { RowDuplicates } from '../../core/feed/row-duplicates.js';
import {
  checkKinds,
  checkSymbolCase,
  type FeedMarket,
  type StreamKind,
  streamAddress,
} from '../../core/feed/stream-kind.js';
import { decodeFrame, type RowFrame } from '../../core/frame/frame.js';
import type { StreamName } from '../../core/rule/symbol-day.js';
import type { ArrivalClock, Socket, SocketListener, Sockets } from '../recorder-ports.js';
import { BrokenFrames } from './limit-notes.js';
import { type FeedFigures, type Slot, slotFigures } from './count-rows.js';
import { type Line, makeLines } from './make-lines.js';

export interface FeedOptions {
  /** Without route, such as `wss://fstream.binance.com`. */
  readonly endpoint: string;
  readonly market: FeedMarket;
  readonly kinds: readonly StreamKind[];
  /** As the exchange writes them: `BTCUSDT`. No symbol twice. */
  readonly symbols: readonly string[];
  /** Other durations than usual. */
  readonly times?: Partial<LineTimes>;
}

export interface FeedRow {
  readonly frame: RowFrame;
  readonly stream: StreamName;
  readonly symbol: string;
  readonly line: number;
  readonly receiveUs: number;
}

export interface FeedEffects {
  readonly sockets: Sockets;
  readonly clock: ArrivalClock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly onRow: (row: FeedRow) => void;
  readonly onNote: (note: FeedNote) => void;
}

export interface Feed {
  /** To be called about ten times a second, until `stop` settles. */
  tick(): void;
  /** Stops reading. Rows that were read already still come. */
  pause(): void;
  resume(): void;
  /** Closes every connection; settles when none is left. */
  stop(): Promise<void>;
  figures(): FeedFigures;
}

/** Between two ticks; a longer stretch was a stall of this process, or a step of its clock, and no silence of the exchange. */
const STALL_US = 2_000_000;
/** A server tells its connections so before it goes. */
const SHUTDOWN_EVENT = 'serverShutdown';
/** Duplicates and garbage are noted so often. */
const COUNTS_EVERY_US = 10_000_000;

/** Throws a FlowbarsError of kind `usage` for streams that the market does not have, and for symbols in small letters. */
export function openFeed(options: FeedOptions, effects: FeedEffects): Feed {
  checkKinds(options.market, options.kinds);
  checkSymbolCase(options.symbols);
  return new OpenFeed(options, effects);
}

class OpenFeed implements Feed {
  private readonly endpoint: string;
  private readonly effects: FeedEffects;
  private readonly lines: readonly Line[];
  private readonly slots: readonly Slot[];
  private readonly duplicates: RowDuplicates;
  /** Those that are not gone. */
  private readonly live = new Map<number, Socket>();
  private readonly broken = new BrokenFrames();
  private readonly stopped = Promise.withResolvers<void>();
  private connections = 0;
  private other = 0;
  private countsUs: number;
  private tickedUs: number;
  private pausedUs = 0;
  private isPaused = false;
  private state: 'open' | 'stopping' | 'stopped' = 'open';

  constructor({ endpoint, market, kinds, symbols, times }: FeedOptions, effects: FeedEffects) {
    const nowUs = effects.clock.nowUs();
    const plans = planLines(symbols, kinds);
    this.endpoint = endpoint;
    this.effects = effects;
    const shared = {
      times: { ...LINE_TIMES, ...times },
      random: effects.random,
      nextConnection: () => (this.connections += 1),
    };
    this.lines = makeLines(plans, market, shared, nowUs);
    this.slots = this.lines.flatMap((line) => [...line.slots.values()]);
    this.duplicates = new RowDuplicates(this.slots.length, nowUs);
    this.countsUs = nowUs;
    this.tickedUs = nowUs;
    const lines = noteOfLines(plans);
    effects.onNote({ is: 'begun', atUs: nowUs, endpoint, market, lines });
  }

  tick(): void {
    if (this.state === 'stopped') return;
    const nowUs = this.seeStall();
    this.tickedUs = nowUs;
    if (this.isPaused) return;
    this.duplicates.forget(nowUs);
    for (const line of this.lines) {
      line.machine.tick(nowUs);
      this.act(line);
    }
    if (nowUs - this.countsUs >= COUNTS_EVERY_US) this.noteCounts(nowUs);
    this.finish(nowUs);
  }

  pause(): void {
    if (!this.isPaused) this.pausedUs = this.effects.clock.nowUs();
    this.setPaused(true);
  }

  resume(): void {
    if (!this.isPaused) return;
    this.forgive(this.pausedUs, this.effects.clock.nowUs());
    this.setPaused(false);
  }

  stop(): Promise<void> {
    if (this.state !== 'open') return this.stopped.promise;
    this.resume();
    this.state = 'stopping';
    const nowUs = this.effects.clock.nowUs();
    for (const line of this.lines) {
      line.machine.stop(nowUs);
      this.act(line);
    }
    this.finish(nowUs);
    return this.stopped.promise;
  }

  figures(): FeedFigures {
    const nowUs = this.effects.clock.nowUs();
    return {
      lines: this.lines.map(({ plan, machine }) => ({
        line: plan.index,
        kind: plan.kind,
        symbols: plan.symbols.length,
        isDelivering: machine.isDelivering(nowUs),
        refused: machine.refusedNames(),
      })),
      streams: this.slots.map((slot) => slotFigures(slot)),
      connections: this.live.size,
      connectionsTried: this.connections,
      brokenFrames: this.broken.count,
      otherFrames: this.other,
    };
  }

  /** What came in a stall may be told of before the next tick is. The time now. */
  private seeStall(): number {
    const nowUs = this.effects.clock.nowUs();
    if (nowUs - this.tickedUs > STALL_US) this.forgive(this.tickedUs, nowUs);
    return nowUs;
  }

  /** What lies unread was not silence. */
  private forgive(sinceUs: number, nowUs: number): void {
    this.tickedUs = nowUs;
    if (nowUs - sinceUs > STALL_US) this.effects.onNote({ is: 'stalled', atUs: nowUs, sinceUs });
    for (const { machine } of this.lines) machine.resumed(nowUs);
  }

  private setPaused(isPaused: boolean): void {
    this.isPaused = isPaused;
    for (const socket of this.live.values()) socket.setPaused(isPaused);
  }

  private act(line: Line): void {
    for (const action of line.machine.takeActions()) this.perform(line, action);
  }

  private perform(line: Line, action: LineAction): void {
    if (action.do === 'note') {
      this.effects.onNote(action.note);
      return;
    }
    const { connection } = action;
    if (action.do === 'open') {
      const address = streamAddress(this.endpoint, action.route);
      const socket = this.effects.sockets.open(address, this.listener(line, connection));
      this.live.set(connection, socket);
      return;
    }
    const socket = this.live.get(connection);
    if (action.do === 'drop') this.forget(connection);
    if (action.do === 'send') socket?.send(action.text);
    else if (action.do === 'ping') socket?.ping();
    else socket?.end(action.do === 'close' ? 'closed' : 'dropped');
  }

  /** What is told of a connection that was dropped is nobody's any more. */
  private listener(line: Line, connection: number): SocketListener {
    const { machine } = line;
    const told = (tell: (nowUs: number) => void): void => {
      if (!this.live.has(connection)) return;
      tell(this.seeStall());
      this.act(line);
    };
    return {
      opened: () => {
        if (this.isPaused) this.live.get(connection)?.setPaused(true);
        told((nowUs) => machine.opened(connection, nowUs));
      },
      text: (text) => told((nowUs) => this.take(line, connection, text, nowUs)),
      alive: (isPong) => told((nowUs) => machine.alive(connection, isPong, nowUs)),
      ended: ({ why, status }) => {
        told((nowUs) => machine.ended(connection, { why, isNoRoute: status === 404 }, nowUs));
        this.forget(connection);
        if (this.state === 'stopping') this.finish(this.effects.clock.nowUs());
      },
    };
  }

  private take(line: Line, connection: number, text: string, nowUs: number): void {
    const frame = decodeFrame(text);
    line.machine.heard(connection, nowUs);
    if (frame.is === 'trade' || frame.is === 'depth') this.takeRow(line, connection, frame, nowUs);
    else if (frame.is === 'reply') line.machine.replied(connection, frame, nowUs);
    else if (frame.is === 'other') this.takeOther(line, connection, frame.event, nowUs);
    else this.takeBroken(line, connection, frame, nowUs);
  }

  private takeRow(line: Line, connection: number, frame: RowFrame, nowUs: number): void {
    const slot = line.slots.get(frame.symbol);
    if (slot === undefined || !slot.takes(frame)) {
      const what = frame.is === 'trade' && frame.isAggregate ? 'aggregate' : frame.is;
      const found = `'${what} of ${frame.symbol.slice(0, 40)}'`;
      this.takeBroken(line, connection, { found, expected: 'a subscribed stream' }, nowUs);
      return;
    }
    slot.count(frame, nowUs);
    line.machine.row(connection, slot.symbolIndex, frame, nowUs);
    if (this.duplicates.isDuplicate(slot.index, frame, connection)) {
      slot.duplicates += 1;
      return;
    }
    const { stream, symbol, line: index } = slot;
    this.effects.onRow({ frame, stream, symbol, line: index, receiveUs: nowUs });
  }

  private takeOther({ machine }: Line, connection: number, event: string, nowUs: number): void {
    this.other += 1;
    if (event === SHUTDOWN_EVENT) machine.shutdown(connection, nowUs);
  }

  private takeBroken(
    { plan }: Line,
    connection: number,
    { found, expected }: Pick<BrokenNote, 'found' | 'expected'>,
    nowUs: number,
  ): void {
    this.note(this.broken.note({ atUs: nowUs, line: plan.index, connection, found, expected }));
  }

  private forget(connection: number): void {
    this.live.delete(connection);
    this.broken.forget(connection);
  }

  private note(note: FeedNote | undefined): void {
    if (note !== undefined) this.effects.onNote(note);
  }

  private noteCounts(nowUs: number): void {
    this.countsUs = nowUs;
    for (const slot of this.slots) this.note(slot.duplicatesNote(nowUs));
    this.note(this.broken.garbageNote(nowUs));
  }

  /** Once nothing is left of a feed that was stopped. */
  private finish(nowUs: number): void {
    if (this.state !== 'stopping' || this.lines.some(({ machine }) => !machine.isEmpty())) return;
    this.state = 'stopped';
    this.noteCounts(nowUs);
    this.effects.onNote({ is: 'ended', atUs: nowUs });
    this.stopped.resolve();
  }
}
