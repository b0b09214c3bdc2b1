/**
 * The connections of one line over time: a carrier, beside it at times a candidate that will replace it, and those that are being
 * closed. It is told what happens and says what to do; it opens nothing itself. Invariant: rows go on while anything can deliver
 * them, so a carrier is closed only when its candidate has delivered for a while.
 */
import type { ReplyFrame, RowFrame } from '../frame/frame.js';
import { assert } from '../unit/errors.js';
import type { OpenedNote } from './feed-note.js';
import { type LineAction, LineActions } from './line-action.js';
import type { ConnectionEnd, LineConnection } from './line-connection.js';
import { LineConnections } from './line-connections.js';
import type { LineOptions } from './line-plan.js';
import { LineSymbols } from './line-symbols.js';
import { LineQuiet } from './line-quiet.js';
import { NextConnection } from './next-connection.js';

export class LineMachine {
  private readonly options: LineOptions;
  private readonly symbols: LineSymbols;
  private readonly next: NextConnection;
  private readonly quiet: LineQuiet;
  private readonly actions: LineActions;
  private readonly connections: LineConnections;
  private renewUs = 0;
  private unansweredUs = 0;
  private isStopped = false;

  constructor(options: LineOptions, nowUs: number) {
    const { plan, routes, times } = options;
    assert(routes.length > 0 && plan.symbols.length > 0, 'a line has routes and symbols');
    this.options = options;
    this.quiet = new LineQuiet(plan.kind, times, nowUs);
    this.next = new NextConnection(options);
    this.actions = new LineActions(plan.index);
    this.symbols = new LineSymbols(plan, times, this.actions);
    this.connections = new LineConnections(this.actions);
    this.next.wish('first', nowUs, 0);
  }

  /** What to do since the last call, in order. */
  takeActions(): readonly LineAction[] {
    return this.actions.take();
  }

  /** Delivers, or did so a moment ago, acknowledged or not. */
  isDelivering(nowUs: number): boolean {
    const { carrier, candidate } = this.connections;
    const isOpen = carrier !== undefined || candidate?.firstRowUs !== undefined;
    return isOpen && this.quiet.isHeard(nowUs);
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
    this.connections.find(id)?.frame(nowUs);
  }

  /** A row of the symbol with this index in the line. */
  row(id: number, symbol: number, frame: RowFrame, nowUs: number): void {
    const connection = this.connections.find(id);
    if (connection === undefined) return;
    const isCarrier = connection === this.connections.carrier;
    this.quiet.row(nowUs, isCarrier && connection.firstRowUs !== undefined);
    connection.lastRowUs = nowUs;
    this.symbols.row(connection, isCarrier, symbol, frame);
    this.next.search.rowCame();
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

  /** The exchange says that this connection will end: what replaces it comes up beside it. */
  shutdown(id: number, nowUs: number): void {
    const { carrier, candidate } = this.connections;
    if (this.isStopped || candidate !== undefined || carrier?.id !== id) return;
    this.next.wish('shutdown', nowUs, this.next.search.waitAfterLossMs());
  }

  /** A ping or a pong came. */
  alive(id: number, isPong: boolean, nowUs: number): void {
    const connection = this.connections.find(id);
    connection?.heard(nowUs);
    const roundTripUs = isPong ? connection?.pong(nowUs) : undefined;
    if (roundTripUs !== undefined) this.actions.note(nowUs, id, { is: 'pong', roundTripUs });
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
        if (connection.isUnanswered(nowUs)) this.giveUp(connection, nowUs);
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
    this.next.cancel();
    for (const connection of this.connections.all()) {
      if (connection.closing === undefined) this.connections.close(connection, 'stopped', nowUs);
    }
  }

  /** No connection is left. */
  isEmpty(): boolean {
    return this.connections.all().length === 0;
  }

  /** What delivers is not dropped for an answer that does not come, but a carrier gets another connection beside it. */
  private giveUp(connection: LineConnection, nowUs: number): void {
    const { acknowledgeMs, resubscribeEveryMs } = this.options.times;
    const isCarrier = connection === this.connections.carrier;
    const names = connection.subscription.giveUp(nowUs);
    if (names.length > 0) {
      const why = `${names.length} names: no answer within ${acknowledgeMs} ms`;
      this.actions.note(nowUs, connection.id, { is: 'refused', why });
    }
    if (connection.acknowledge(nowUs)) this.acknowledged(connection, nowUs);
    if (names.length === 0 || !isCarrier || !this.isUndisturbed()) return;
    if (nowUs < this.unansweredUs) return;
    this.unansweredUs = nowUs + resubscribeEveryMs * 1_000;
    this.next.wish('unanswered', nowUs, 0);
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
    // A silent carrier delivers nothing that could be lacked.
    const isHeard = carrier !== undefined && !this.quiet.isSilent(carrier.lastRowUs, nowUs);
    if (isHeard && this.symbols.isLackedBy(candidate, nowUs)) {
      if (nowUs - readyUs < incompleteMs * 1_000) return;
      this.connections.close(candidate, 'incomplete', nowUs);
      this.next.wish(candidate.why, nowUs, this.next.search.waitAfterLackMs());
      return;
    }
    if (carrier !== undefined) this.connections.close(carrier, candidate.why, nowUs);
    this.next.search.lacksNothing();
    this.carry(candidate, nowUs);
  }

  private settle(nowUs: number): void {
    const readyUs = this.connections.carrier?.readyUs();
    const steadyUs = this.options.times.steadyAfterMs * 1_000;
    // While a further connection fails, its attempts are counted, however steady the carrier is.
    if (!this.isUndisturbed()) return;
    if (readyUs !== undefined && nowUs - readyUs >= steadyUs) this.next.search.isSteady();
  }

  private lose(connection: LineConnection, why: string, isNoRoute: boolean, nowUs: number): void {
    const was = this.connections.end(connection, why, nowUs);
    if (this.isStopped) return;
    if (isNoRoute) this.next.search.next();
    if (was === 'candidate')
      this.next.wish(connection.why, nowUs, this.next.search.waitAfterFailureMs());
    if (was === 'carrier') this.replaceLost(connection, nowUs);
  }

  /** A candidate that was acknowledged takes over as it is. A route that delivered is the one to go back to. */
  private replaceLost({ route, firstRowUs }: LineConnection, nowUs: number): void {
    const { candidate } = this.connections;
    if (candidate?.acknowledgedUs !== undefined) this.carry(candidate, nowUs);
    if (candidate !== undefined) return;
    if (firstRowUs !== undefined) this.next.search.backTo(route);
    this.next.wish('lost', nowUs, this.next.search.waitAfterLossMs());
  }

  private openWanted(nowUs: number): void {
    if (this.connections.candidate !== undefined) return;
    const connection = this.next.take(this.symbols.names, nowUs);
    if (connection === undefined) return;
    this.connections.candidate = connection;
    this.actions.add({ do: 'open', connection: connection.id, route: connection.route });
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
    this.connections.close(candidate, 'silent', nowUs);
    if (isLineSilent) this.leaveRoute('silent', sinceUs, nowUs);
    else if (candidate.why === 'silent') this.next.search.backTo(carrier.route);
    else this.leaveRoute(candidate.why, acknowledgedUs, nowUs);
  }

  /** Tries the next route for what this one did not deliver. */
  private leaveRoute(why: OpenedNote['why'], sinceUs: number, nowUs: number): void {
    this.actions.doubt(nowUs, { doubt: 'silent', sinceUs });
    this.next.search.next();
    this.next.wish(why, nowUs, this.next.search.waitAfterSilenceMs());
  }

  private lookAtSymbols(nowUs: number): void {
    const { carrier } = this.connections;
    if (carrier === undefined) return;
    const isReplaced = this.symbols.look(
      carrier,
      this.quiet.lastRowUs,
      this.isUndisturbed(),
      nowUs,
    );
    if (isReplaced) this.next.wish('frozen', nowUs, 0);
  }

  private renew(nowUs: number): void {
    if (this.connections.carrier === undefined || nowUs < this.renewUs) return;
    if (this.isUndisturbed()) this.next.wish('renewal', nowUs, 0);
  }

  /** No further connection is coming up or wanted. */
  private isUndisturbed(): boolean {
    return !this.next.isWanted() && this.connections.candidate === undefined;
  }
}
