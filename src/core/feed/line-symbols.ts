/** The symbols of one line: what their watch finds on the carrier becomes doubts and requests, and what a candidate lacks is known. */
import type { RowFrame } from '../frame/frame.js';
import type { LineActions } from './line-action.js';
import type { LineConnection } from './line-connection.js';
import type { LinePlan } from './line-plan.js';
import type { LineTimes } from './line-times.js';
import { subscribedName } from './stream-kind.js';
import { SymbolWatch } from './symbol-watch.js';

export class LineSymbols {
  /** What SUBSCRIBE calls them, by index in the line. */
  readonly names: readonly string[];
  private readonly symbols: readonly string[];
  private readonly watch: SymbolWatch;
  private readonly actions: LineActions;
  private readonly times: LineTimes;
  /** From when on the carrier may be replaced for a book. */
  private frozenUs = 0;

  constructor({ kind, symbols }: LinePlan, times: LineTimes, actions: LineActions) {
    this.names = symbols.map((symbol) => subscribedName(kind, symbol));
    this.symbols = symbols;
    this.watch = new SymbolWatch(kind, symbols.length, times);
    this.actions = actions;
    this.times = times;
  }

  row(connection: LineConnection, isCarrier: boolean, symbol: number, frame: RowFrame): void {
    connection.subscription.delivered(this.names[symbol] ?? '');
    if (isCarrier) this.watch.row(symbol, frame, connection.lastRowUs);
  }

  /** Another connection carries. */
  begin(nowUs: number): void {
    this.watch.begin(nowUs);
  }

  resumed(nowUs: number): void {
    this.watch.resumed(nowUs);
  }

  /** Names that the carrier delivers are refused to this connection. */
  isLackedBy({ subscription: { refused } }: LineConnection, nowUs: number): boolean {
    if (refused.size === 0) return false;
    return this.names.some(
      (name, symbol) => refused.has(name) && this.watch.isDelivered(symbol, nowUs),
    );
  }

  /** `lineRowUs`: the last row of the line. True if the carrier is to be replaced for a book that stands still. */
  look(
    { subscription }: LineConnection,
    lineRowUs: number,
    mayReplace: boolean,
    nowUs: number,
  ): boolean {
    if (!this.watch.isDue(nowUs)) return false;
    const { doubts, resubscribe, hasFrozen } = this.watch.look(nowUs, lineRowUs, (symbol) =>
      subscription.refused.has(this.names[symbol] ?? ''),
    );
    for (const { doubt, symbol, sinceUs } of doubts) {
      this.actions.doubt(nowUs, { doubt, symbol: this.symbols[symbol] ?? '', sinceUs });
    }
    for (const symbol of resubscribe) subscription.again(this.names[symbol] ?? '');
    if (!hasFrozen || !mayReplace || nowUs < this.frozenUs) return false;
    this.frozenUs = nowUs + this.times.frozenEveryMs * 1_000;
    return true;
  }
}
