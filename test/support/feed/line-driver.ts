/** Drives the machine of one line through time, against an exchange that behaves on each route as a test says. */
import type { FeedNote } from '../../../src/core/feed/feed-note.js';
import type { LineAction } from '../../../src/core/feed/line-action.js';
import { LineMachine } from '../../../src/core/feed/line-machine.js';
import { LINE_TIMES, type LineTimes } from '../../../src/core/feed/line-times.js';
import { routesOf, type StreamKind } from '../../../src/core/feed/stream-kind.js';
import { decodeFrame } from '../../../src/core/frame/frame.js';

/** How the exchange behaves on a route. */
export interface Peer {
  /** False: no answer to the handshake; a number: this HTTP status. */
  opens?: boolean | number;
  /** Requests are answered; `others`: those for several names; `never, but sends`: none, and rows come all the same. */
  answers?: boolean | 'others' | 'never, but sends';
  /** Symbols that rows come of. */
  sends?: readonly string[];
  /** Books change. */
  moves?: boolean;
  pongs?: boolean;
  /** Names that are refused. */
  refuses?: readonly string[];
  /** A close frame is answered. */
  closes?: boolean;
}

interface DriverOptions {
  readonly kind?: StreamKind;
  readonly symbols: readonly string[];
  readonly peers: Record<string, Peer>;
  readonly times?: Partial<LineTimes>;
  readonly random?: () => number;
}

interface LiveConnection {
  readonly id: number;
  readonly route: string;
  readonly subscribed: Set<string>;
  isOpen: boolean;
}

const STEP_MS = 100;
const START_US = 1_800_000_000_000_000;

export class LineDriver {
  readonly notes: FeedNote[] = [];
  /** Opened connections by number and second, `1 /public at 0`. */
  readonly opens: string[] = [];
  readonly openedMs: number[] = [];
  /** Requests in order. */
  readonly requests: {
    readonly method: string;
    readonly params: string[];
    readonly atMs: number;
  }[] = [];
  readonly live = new Map<number, LiveConnection>();
  /** Steps in which no connection sent a row. */
  silentSteps = 0;
  elapsedMs = 0;
  readonly machine: LineMachine;
  private readonly options: DriverOptions;
  private rows = 0;
  private connections = 0;

  constructor(options: DriverOptions) {
    this.options = options;
    const { kind = 'trade', symbols, times, random = () => 0.5 } = options;
    const plan = { index: 0, kind, symbols };
    const nextConnection = (): number => (this.connections += 1);
    const lineTimes = { ...LINE_TIMES, ...times };
    const routes = routesOf('usdm', kind);
    this.machine = new LineMachine(
      { plan, routes, times: lineTimes, random, nextConnection },
      START_US,
    );
  }

  get nowUs(): number {
    return START_US + this.elapsedMs * 1_000;
  }

  /** Lets so much time pass. */
  run(durationMs: number): void {
    for (let step = 0; step < durationMs / STEP_MS; step++) {
      this.machine.tick(this.nowUs);
      this.perform();
      const before = this.rows;
      for (const connection of this.live.values()) this.sendRows(connection);
      if (this.rows === before) this.silentSteps += 1;
      this.perform();
      this.elapsedMs += STEP_MS;
    }
  }

  /** The exchange ends a connection. */
  end(id: number, why: string): void {
    this.live.delete(id);
    this.machine.ended(id, { why, isNoRoute: false }, this.nowUs);
    this.perform();
  }

  /** Notes of these kinds as `kind detail at second`. */
  story(...kinds: readonly FeedNote['is'][]): string[] {
    return this.notes
      .filter((note) => kinds.includes(note.is))
      .map((note) => `${note.is} ${detailOf(note)} at ${(note.atUs - START_US) / 1_000_000}`);
  }

  perform(): void {
    for (;;) {
      const actions = this.machine.takeActions();
      if (actions.length === 0) return;
      for (const action of actions) this.act(action);
    }
  }

  private peer(route: string): Required<Peer> {
    const usual = {
      opens: true,
      answers: true,
      sends: this.options.symbols,
      moves: true,
      pongs: true,
      refuses: [],
      closes: true,
    };
    return { ...usual, ...this.options.peers[route] };
  }

  private act(action: LineAction): void {
    if (action.do === 'note') {
      this.notes.push(action.note);
      return;
    }
    const id = action.connection;
    if (action.do === 'open') {
      this.open(id, action.route);
      return;
    }
    const connection = this.live.get(id);
    if (connection === undefined) throw new Error(`${action.do} of ${id}, which is gone`);
    const peer = this.peer(connection.route);
    if (action.do === 'drop') this.live.delete(id);
    if (action.do === 'close' && peer.closes) this.end(id, '1000 normal closure');
    if (action.do === 'ping' && peer.pongs) this.machine.alive(id, true, this.nowUs + 20_000);
    if (action.do === 'send') this.answer(connection, action.text);
  }

  private open(id: number, route: string): void {
    const { opens } = this.peer(route);
    this.opens.push(`${id} ${route} at ${this.elapsedMs / 1_000}`);
    this.openedMs.push(this.elapsedMs);
    this.live.set(id, { id, route, subscribed: new Set(), isOpen: opens === true });
    if (opens === true) this.machine.opened(id, this.nowUs);
    if (typeof opens !== 'number') return;
    this.live.delete(id);
    this.machine.ended(id, { why: `HTTP ${opens}`, isNoRoute: opens === 404 }, this.nowUs);
  }

  private answer({ id, route, subscribed }: LiveConnection, text: string): void {
    const request = JSON.parse(text) as { method: string; params: string[]; id: number };
    this.requests.push({ ...request, atMs: this.elapsedMs });
    const { answers, refuses } = this.peer(route);
    const isMute = answers === false || (answers === 'others' && request.params.length === 1);
    if (isMute) return;
    const refused = request.params.find((name) => refuses.includes(name));
    const error = refused === undefined ? undefined : '{"code":2}';
    for (const name of error === undefined ? request.params : []) {
      if (request.method === 'SUBSCRIBE') subscribed.add(name);
      else subscribed.delete(name);
    }
    if (answers === 'never, but sends') return;
    this.machine.heard(id, this.nowUs);
    this.machine.replied(id, { is: 'reply', id: request.id, error }, this.nowUs);
  }

  private sendRows({ id, route, subscribed, isOpen }: LiveConnection): void {
    const { kind = 'trade', symbols } = this.options;
    const { sends, moves } = this.peer(route);
    for (const [index, symbol] of symbols.entries()) {
      const suffix = kind === 'depth' ? 'depth20@100ms' : kind;
      const name = `${symbol.toLowerCase()}@${suffix}`;
      if (!isOpen || !sends.includes(symbol) || !subscribed.has(name)) continue;
      this.rows += 1;
      const at = Math.floor(this.nowUs / 1_000);
      const text =
        kind === 'depth'
          ? `{"e":"depthUpdate","E":${at},"T":${at},"s":"${symbol}","u":${at},"b":[["1.0","${moves ? this.rows : 1}"]],"a":[["2.0","1"]]}`
          : `{"e":"trade","E":${at},"T":${at},"s":"${symbol}","t":${this.rows},"p":"1","q":"1","X":"MARKET","m":true}`;
      const frame = decodeFrame(text);
      if (frame.is !== 'trade' && frame.is !== 'depth') throw new Error(text);
      this.machine.heard(id, this.nowUs);
      this.machine.row(id, index, frame, this.nowUs);
    }
  }
}

function detailOf(note: FeedNote): string {
  switch (note.is) {
    case 'opened':
      return `${note.connection} ${note.route} ${note.why}`;
    case 'closed':
    case 'refused':
      return `${note.connection} ${note.why}`;
    case 'delivering':
    case 'pong':
    case 'broken':
      return String(note.connection);
    case 'doubt':
      return [note.doubt, note.symbol].filter((part) => part !== undefined).join(' ');
    default:
      return '';
  }
}
