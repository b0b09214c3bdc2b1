/**
 * The connections of one line over time: a carrier, beside it at times a candidate that will replace it, and those that are being
 * closed. It is told what happens and says what to do; it opens nothing itself. Invariant: rows go on while anything can deliver
 * them, so a carrier is closed only when its candidate has delivered for a while.
 */
import type { ReplyFrame, RowFrame } from '../frame/frame.js';
import { assert } from '../unit/errors.js';
import type { OpenedNote } from './feed-note.js';
import { type LineAction, LineActions } from './line-action.js';
import { type ConnectionEnd, LineConnection } from './line-connection.js';
import { type Ending, LineConnections } from './line-connections.js';
import type { LineOptions } from './line-options.js';
import { LineSymbols } from './line-symbols.js';
import { LineQuiet } from './line-quiet.js';
import { RouteSearch } from './route-search.js';

/** A connection that has to be opened. */
interface Want {
  readonly why: OpenedNote['why'];
  readonly atUs: number;
}

export class LineMachine {
  private readonly options: LineOptions;
  private readonly symbols: LineSymbols;
  private readonly search: RouteSearch;
  private readonly quiet: LineQuiet;
  private readonly actions: LineActions;
  private readonly connections = new LineConnections();
  private want: Want | undefined;
  private renewUs = 0;
  private frozenUs = 0;
  private isStopped = false;

  constructor(options: LineOptions, nowUs: number) {
    const { plan, routes, times } = options;
    assert(routes.length > 0 && plan.symbols.length > 0, 'a line has routes and symbols');
    this.options = options;
    this.quiet = new LineQuiet(plan.kind, times, nowUs);
    this.search = new RouteSearch(routes, times, options.random);
    this.actions = new LineActions(plan.index);
    this.symbols = new LineSymbols(plan, times, this.actions);
    this.want = { why: 'first', atUs: nowUs };
  }

  /** What to do since the last call, in order. */
  takeActions(): readonly LineAction[] {
    return this.actions.take();
  }

  /** Delivers, or did so a moment ago. */
  isDelivering(nowUs: number): boolean {
    return this.connections.carrier !== undefined && this.quiet.isHeard(nowUs);
  }

  /** Names that the exchange refuses now. */
  refusedNames(): readonly string[] {
    return this.connections.carrier?.subscription.refused.names() ?? [];
  }

  /** The connection is open and may send. */
  opened(id: number, nowUs: number): void {
    const connection = this.connections.find(id);
    connection?.opened(nowUs);
    this.send(connection, nowUs);
  }

  /** A text frame came, whatever it is. */
  heard(id: number, nowUs: number): void {
    const connection = this.connections.find(id);
    if (connection === undefined) return;
    connection.frames += 1;
    connection.heard(nowUs);
  }

  /** A row of the symbol with this index in the line. */
  row(id: number, symbol: number, frame: RowFrame, nowUs: number): void {
    const connection = this.connections.find(id);
    if (connection === undefined) return;
    const isCarrier = connection === this.connections.carrier;
    this.quiet.row(nowUs, isCarrier && connection.firstRowUs !== undefined);
    connection.lastRowUs = nowUs;
    this.symbols.row(connection, isCarrier, symbol, frame);
    this.search.rowCame();
    if (connection.firstRowUs !== undefined) return;
    connection.firstRowUs = nowUs;
    if (connection.acknowledgedUs !== undefined) this.actions.note(nowUs, id, { is: 'delivering' });
  }

  replied(id: number, reply: ReplyFrame, nowUs: number): void {
    const connection = this.connections.find(id);
    const refusal = connection?.subscription.answered(reply, nowUs);
    if (connection === undefined) return;
    if (refusal !== undefined) {
      const why = `${refusal.names.join(' ')}: ${refusal.why}`;
      this.actions.note(nowUs, id, { is: 'refused', why });
    }
    if (connection.acknowledge(nowUs)) this.acknowledged(connection, nowUs);
  }

  /** A ping or a pong came. */
  alive(id: number, isPong: boolean, nowUs: number): void {
    const connection = this.connections.find(id);
    connection?.heard(nowUs);
    const roundTripUs = isPong ? connection?.pong(nowUs) : undefined;
    if (roundTripUs === undefined) return;
    this.actions.note(nowUs, id, { is: 'pong', roundTripUs });
  }

  /** The connection is gone. `isNoRoute`: the exchange says that there is nothing at this address. */
  ended(id: number, { why, isNoRoute }: ConnectionEnd, nowUs: number): void {
    const connection = this.connections.find(id);
    if (connection !== undefined) this.lose(connection, why, isNoRoute, nowUs);
  }

  /** To be called several times a second. */
  tick(nowUs: number): void {
    for (const connection of this.connections.all()) {
      const trouble = connection.trouble(nowUs);
      if (trouble === undefined) {
        this.send(connection, nowUs);
      } else {
        this.actions.add({ do: 'drop', connection: connection.id });
        this.lose(connection, trouble, this.isElsewhere(connection), nowUs);
      }
    }
    if (this.isStopped) return;
    this.promote(nowUs);
    this.settle(nowUs);
    this.findSilence(nowUs);
    this.lookAtSymbols(nowUs);
    this.renew(nowUs);
    this.openWanted(nowUs);
  }

  /** Nothing was read until now, by intent: no watchdog counts that time. */
  resumed(nowUs: number): void {
    for (const connection of this.connections.all()) connection.resumed(nowUs);
    this.quiet.resumed(nowUs);
    this.symbols.resumed(nowUs);
  }

  /** Closes everything; nothing is opened any more. */
  stop(nowUs: number): void {
    this.isStopped = true;
    this.want = undefined;
    for (const connection of this.connections.all()) {
      if (connection.closing === undefined) this.close(connection, 'stopped', nowUs);
    }
  }

  /** No connection is left. */
  isEmpty(): boolean {
    return this.connections.all().length === 0;
  }

  /** Every name is refused where no other connection has them, so another route may take them. */
  private isElsewhere(connection: LineConnection): boolean {
    const { carrier } = this.connections;
    const isCarried = carrier?.route === connection.route && carrier.firstRowUs !== undefined;
    return connection.isRefused() && !isCarried;
  }

  private send(connection: LineConnection | undefined, nowUs: number): void {
    if (connection !== undefined) this.actions.add(...connection.due(nowUs));
  }

  private acknowledged(connection: LineConnection, nowUs: number): void {
    const { id, route, why, firstRowUs } = connection;
    this.actions.note(nowUs, id, { is: 'opened', route, why });
    if (firstRowUs !== undefined) this.actions.note(nowUs, id, { is: 'delivering' });
    const { carrier, candidate } = this.connections;
    if (carrier === undefined && connection === candidate) this.carry(connection, nowUs);
  }

  /** Makes the candidate the carrier. */
  private carry(connection: LineConnection, nowUs: number): void {
    const { renewAfterMs, renewJitterMs } = this.options.times;
    this.connections.candidate = undefined;
    this.connections.carrier = connection;
    this.renewUs = nowUs + (renewAfterMs - this.options.random() * renewJitterMs) * 1_000;
    this.symbols.begin(nowUs);
  }

  /** The candidate has delivered beside the carrier for a while, and lacks nothing that the carrier delivers. */
  private promote(nowUs: number): void {
    const { carrier, candidate } = this.connections;
    const readyUs = candidate?.readyUs();
    if (candidate === undefined || readyUs === undefined) return;
    const { overlapMs, incompleteMs } = this.options.times;
    if (carrier !== undefined && nowUs - readyUs < overlapMs * 1_000) return;
    if (carrier !== undefined && this.isIncomplete(candidate, carrier, nowUs)) {
      if (nowUs - readyUs < incompleteMs * 1_000) return;
      this.close(candidate, 'incomplete', nowUs);
      this.wish(candidate.why, nowUs, this.search.waitAfterLackMs());
      return;
    }
    if (carrier !== undefined) this.close(carrier, candidate.why, nowUs);
    this.search.lacksNothing();
    this.carry(candidate, nowUs);
  }

  /** A silent carrier delivers nothing that could be lacked. */
  private isIncomplete(candidate: LineConnection, carrier: LineConnection, nowUs: number): boolean {
    const isSilent = this.quiet.isSilent(carrier.lastRowUs, nowUs);
    return !isSilent && this.symbols.isLackedBy(candidate, nowUs);
  }

  private settle(nowUs: number): void {
    const readyUs = this.connections.carrier?.readyUs();
    const steadyUs = this.options.times.steadyAfterMs * 1_000;
    // While a further connection fails, its attempts are counted, however steady the carrier is.
    if (!this.isUndisturbed()) return;
    if (readyUs !== undefined && nowUs - readyUs >= steadyUs) this.search.isSteady();
  }

  private close(connection: LineConnection, ending: Ending, nowUs: number): void {
    this.connections.close(connection, ending, nowUs);
    this.actions.add({ do: 'close', connection: connection.id });
  }

  private lose(connection: LineConnection, why: string, isNoRoute: boolean, nowUs: number): void {
    const was = this.connections.remove(connection);
    const { acknowledgedUs, closing, frames, id } = connection;
    const because = closing?.why ?? why;
    if (acknowledgedUs === undefined) this.actions.note(nowUs, id, { is: 'refused', why: because });
    else this.actions.note(nowUs, id, { is: 'closed', why: because, frames });
    if (this.isStopped) return;
    if (isNoRoute) this.search.next();
    if (was === 'candidate') this.wish(connection.why, nowUs, this.search.waitAfterFailureMs());
    if (was === 'carrier') this.replaceLost(connection, nowUs);
  }

  /** A candidate that was acknowledged takes over as it is. A route that delivered is the one to go back to. */
  private replaceLost({ route, firstRowUs }: LineConnection, nowUs: number): void {
    const { candidate } = this.connections;
    if (candidate?.acknowledgedUs !== undefined) this.carry(candidate, nowUs);
    if (candidate !== undefined) return;
    if (firstRowUs !== undefined) this.search.backTo(route);
    this.wish('lost', nowUs, this.search.waitAfterLossMs());
  }

  private wish(why: OpenedNote['why'], nowUs: number, waitMs: number): void {
    this.want = { why, atUs: nowUs + waitMs * 1_000 };
  }

  private openWanted(nowUs: number): void {
    const { want } = this;
    if (want === undefined || this.connections.candidate !== undefined || nowUs < want.atUs) return;
    const { times, nextConnection } = this.options;
    const id = nextConnection();
    const route = this.search.current();
    const start = { id, route, why: want.why, names: this.symbols.names, nowUs };
    this.connections.candidate = new LineConnection(start, times);
    this.want = undefined;
    this.actions.add({ do: 'open', connection: id, route });
  }

  private findSilence(nowUs: number): void {
    const { carrier, candidate } = this.connections;
    if (carrier?.acknowledgedUs === undefined) return;
    const sinceUs = this.quiet.sinceUs(Math.max(this.quiet.lastRowUs, carrier.acknowledgedUs));
    const isLineSilent = this.quiet.isSilent(sinceUs, nowUs);
    if (isLineSilent && this.isUndisturbed()) this.leaveRoute('silent', sinceUs, nowUs);
    const { acknowledgedUs, firstRowUs } = candidate ?? {};
    if (candidate === undefined || acknowledgedUs === undefined || firstRowUs !== undefined) return;
    if (!this.quiet.isSilent(acknowledgedUs, nowUs)) return;
    this.close(candidate, 'silent', nowUs);
    if (isLineSilent) this.leaveRoute('silent', sinceUs, nowUs);
    else if (candidate.why === 'silent') this.search.backTo(carrier.route);
    else this.leaveRoute(candidate.why, acknowledgedUs, nowUs);
  }

  /** Tries the next route for what this one did not deliver. */
  private leaveRoute(why: OpenedNote['why'], sinceUs: number, nowUs: number): void {
    this.actions.doubt(nowUs, { doubt: 'silent', sinceUs });
    this.search.next();
    this.wish(why, nowUs, this.search.waitAfterSilenceMs());
  }

  private lookAtSymbols(nowUs: number): void {
    const { carrier } = this.connections;
    if (carrier === undefined || !this.symbols.look(carrier, this.quiet.lastRowUs, nowUs)) return;
    const { frozenEveryMs } = this.options.times;
    const isDue = this.frozenUs === 0 || nowUs - this.frozenUs >= frozenEveryMs * 1_000;
    if (!isDue || !this.isUndisturbed()) return;
    this.frozenUs = nowUs;
    this.wish('frozen', nowUs, 0);
  }

  private renew(nowUs: number): void {
    if (this.connections.carrier === undefined || nowUs < this.renewUs) return;
    if (this.isUndisturbed()) this.wish('renewal', nowUs, 0);
  }

  /** No further connection is coming up or wanted. */
  private isUndisturbed(): boolean {
    return this.want === undefined && this.connections.candidate === undefined;
  }
}
