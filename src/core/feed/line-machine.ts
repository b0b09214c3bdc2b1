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
import { QuietBound } from './quiet-bound.js';
import { RouteSearch } from './route-search.js';
import { subscribedName } from './stream-kind.js';
import { SymbolWatch } from './symbol-watch.js';

/** Symbols are looked at so often. */
const LOOK_EVERY_US = 1_000_000;

/** A connection that has to be opened. */
interface Want {
  readonly why: OpenedNote['why'];
  readonly atUs: number;
}

export class LineMachine {
  private readonly options: LineOptions;
  private readonly names: readonly string[];
  private readonly watch: SymbolWatch;
  private readonly search: RouteSearch;
  private readonly quiet: QuietBound;
  private readonly actions: LineActions;
  private readonly connections = new LineConnections();
  private want: Want | undefined;
  private lastRowUs = 0;
  private resumedUs = 0;
  private renewUs = 0;
  private frozenUs = 0;
  private lookUs = 0;
  private isStopped = false;

  constructor(options: LineOptions, nowUs: number) {
    const { plan, routes, times } = options;
    assert(routes.length > 0 && plan.symbols.length > 0, 'a line has routes and symbols');
    this.options = options;
    this.names = plan.symbols.map((symbol) => subscribedName(plan.kind, symbol));
    this.watch = new SymbolWatch(plan.kind, plan.symbols.length, times);
    this.quiet = new QuietBound(times);
    this.search = new RouteSearch(routes, times, options.random);
    this.actions = new LineActions(plan.index);
    this.want = { why: 'first', atUs: nowUs };
  }

  /** What to do since the last call, in order. */
  takeActions(): readonly LineAction[] {
    return this.actions.take();
  }

  /** Delivers, or did so a moment ago. */
  isDelivering(nowUs: number): boolean {
    return this.connections.carrier !== undefined && nowUs - this.lastRowUs < this.quiet.us();
  }

  /** Names that the exchange does not know. */
  refusedNames(): readonly string[] {
    return [...(this.connections.carrier?.subscription.refused ?? [])];
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
    if (connection === this.connections.carrier) {
      if (connection.firstRowUs !== undefined) this.quiet.rowAfter(nowUs - this.lastRowUs);
      this.watch.row(symbol, frame, nowUs);
    }
    this.lastRowUs = nowUs;
    this.search.rowCame();
    if (connection.firstRowUs !== undefined) return;
    connection.firstRowUs = nowUs;
    if (connection.acknowledgedUs !== undefined) this.actions.note(nowUs, id, { is: 'delivering' });
  }

  replied(id: number, reply: ReplyFrame, nowUs: number): void {
    const connection = this.connections.find(id);
    const refusal = connection?.subscription.answered(reply.id, reply.error);
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
        this.lose(connection, trouble, connection.isRefused(), nowUs);
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
    this.resumedUs = nowUs;
    this.watch.begin(nowUs);
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
    this.watch.begin(nowUs);
  }

  /** The candidate has delivered beside the carrier for a while. */
  private promote(nowUs: number): void {
    const { carrier, candidate } = this.connections;
    const readyUs = candidate?.readyUs();
    if (candidate === undefined || readyUs === undefined) return;
    if (carrier !== undefined && nowUs - readyUs < this.options.times.overlapMs * 1_000) return;
    if (carrier !== undefined) this.close(carrier, candidate.why, nowUs);
    this.carry(candidate, nowUs);
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
    const start = { id, route, why: want.why, names: this.names, nowUs };
    this.connections.candidate = new LineConnection(start, times);
    this.want = undefined;
    this.actions.add({ do: 'open', connection: id, route });
  }

  private findSilence(nowUs: number): void {
    const silentUs = this.quiet.us();
    const { carrier, candidate } = this.connections;
    if (carrier?.acknowledgedUs === undefined) return;
    const sinceUs = Math.max(this.lastRowUs, this.resumedUs, carrier.acknowledgedUs);
    const isLineSilent = nowUs - sinceUs >= silentUs;
    if (isLineSilent && this.isUndisturbed()) this.leaveRoute('silent', sinceUs, nowUs);
    const { acknowledgedUs, firstRowUs } = candidate ?? {};
    if (candidate === undefined || acknowledgedUs === undefined || firstRowUs !== undefined) return;
    if (nowUs - Math.max(acknowledgedUs, this.resumedUs) < silentUs) return;
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
    if (carrier === undefined || nowUs < this.lookUs) return;
    this.lookUs = nowUs + LOOK_EVERY_US;
    const { plan, times } = this.options;
    const { refused } = carrier.subscription;
    const { doubts, resubscribe, hasFrozen } = this.watch.look(nowUs, this.lastRowUs, (symbol) =>
      refused.has(this.names[symbol] ?? ''),
    );
    for (const { doubt, symbol, sinceUs } of doubts) {
      this.actions.doubt(nowUs, { doubt, symbol: plan.symbols[symbol] ?? '', sinceUs });
    }
    for (const symbol of resubscribe) carrier.subscription.again(this.names[symbol] ?? '');
    const isDue = this.frozenUs === 0 || nowUs - this.frozenUs >= times.frozenEveryMs * 1_000;
    if (!hasFrozen || !isDue || !this.isUndisturbed()) return;
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
