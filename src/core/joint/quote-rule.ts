/**
 * HOT. Compares recorded aggressors with the quote rule (docs/EVIDENCE.md): a trade above the mid of the
 * snapshot before it should be a buyer's, one below it a seller's. The snapshots after the trades show
 * whether the clocks of the two streams agree. It skips late runs. Bench: fold; oracle:
 * test/support/oracle.
 */
import { TAKER_SELL } from '../event/trade-rows.js';
import type { DepthRun, TradeRun, TwoStreamFold } from '../fold/fold.js';
import type { QuoteRule } from '../stored/quality-report.js';
import { doubleMidOf, factorFor, sideOfMid, sumFor, type DoubleMid } from './double-mid.js';
import { WaitingTrades, type TradeCells } from './waiting-trades.js';

/** A snapshot further away from a trade says nothing about it. */
export const QUOTE_AGE_MS_MAX = 1_000;

export class QuoteRuleFold implements TwoStreamFold<QuoteRule> {
  readonly streams = 'both' as const;
  /** Trades before the first snapshot, for the merge with the stretch before: later ones are out of its reach. */
  private readonly head = new WaitingTrades();
  /** The first snapshot, and the first one of a later millisecond. */
  private first: DoubleMid | undefined = undefined;
  private second: DoubleMid | undefined = undefined;
  /** The last snapshot: the one before the next trade. */
  private before: DoubleMid | undefined = undefined;
  /** Trades that lie beside the mid of the snapshot before them and wait for the one after them. */
  private readonly waiting = new WaitingTrades();
  private trades = 0;
  private above = 0;
  private aboveBuyers = 0;
  private below = 0;
  private belowSellers = 0;
  private clockTrades = 0;
  private clockAgree = 0;

  takeTrades({ rows, from, to, late }: TradeRun): void {
    if (late) return;
    if (this.before === undefined) this.takeHead(rows, from, to);
    else this.judge(this.before, rows, from, to);
  }

  takeDepth({ rows, from, to, late }: DepthRun): void {
    if (late) return;
    for (let row = from; row < to; row++) {
      const mid = doubleMidOf(rows, row);
      this.noteFirst(mid);
      if (this.waiting.count > 0) this.settle(mid);
      this.before = mid;
    }
  }

  merge(next: this): void {
    const { before } = this;
    const { head, waiting } = next;
    if (before === undefined) this.takeHead(head, 0, head.count);
    else this.judge(before, head, 0, head.count);
    for (const mid of [next.first, next.second]) {
      if (mid === undefined) continue;
      this.noteFirst(mid);
      this.settle(mid);
    }
    this.before = next.before ?? before;
    for (let index = 0; index < waiting.count; index++) {
      this.waiting.add(waiting, index, waiting.isAbove[index] ?? 0);
    }
    this.trades += next.trades;
    this.above += next.above;
    this.aboveBuyers += next.aboveBuyers;
    this.below += next.below;
    this.belowSellers += next.belowSellers;
    this.clockTrades += next.clockTrades;
    this.clockAgree += next.clockAgree;
  }

  finish(): QuoteRule {
    return {
      trades: this.trades,
      above: this.above,
      above_buyers: this.aboveBuyers,
      below: this.below,
      below_sellers: this.belowSellers,
      clock_trades: this.clockTrades,
      clock_agree: this.clockAgree,
    };
  }

  private takeHead(cells: TradeCells, from: number, to: number): void {
    const { head } = this;
    for (let row = from; row < to; row++) {
      const sinceFirstMs = (cells.timeMs[row] ?? 0) - (head.timeMs[0] ?? 0);
      if (head.count > 0 && sinceFirstMs > QUOTE_AGE_MS_MAX) return;
      head.add(cells, row, 0);
    }
  }

  /** Compares trades with the snapshot before them, up to the first one that is too far from it. */
  private judge(before: DoubleMid, cells: TradeCells, from: number, to: number): void {
    const { timeMs, price, takerSide } = cells;
    const { waiting } = this;
    const lastMs = before.timeMs + QUOTE_AGE_MS_MAX;
    const factor = factorFor(price, before);
    const sum = sumFor(price, before);
    const isPlain = waiting.makeRoom(price, to - from);
    const keptMs = waiting.timeMs;
    const keptSides = waiting.takerSide;
    const keptAbove = waiting.isAbove;
    const keptPrices = waiting.price.safe;
    let { count } = waiting;
    let above = 0;
    let aboveBuyers = 0;
    let below = 0;
    let belowSellers = 0;
    let row = from;
    // Counts are sums in place of branches: no processor foresees the side of the next trade.
    for (; row < to && (timeMs[row] ?? 0) <= lastMs; row++) {
      const doubled = (price.safe[row] ?? 0) * factor;
      const isFast = doubled <= Number.MAX_SAFE_INTEGER && !Number.isNaN(sum);
      const side = isFast ? doubled - sum : sideOfMid(price, row, before);
      const isAbove = side > 0 ? 1 : 0;
      const isBelow = side < 0 ? 1 : 0;
      const isSell = (takerSide[row] ?? 0) & TAKER_SELL;
      above += isAbove;
      aboveBuyers += isAbove & ~isSell;
      below += isBelow;
      belowSellers += isBelow & isSell;
      // A trade at the mid is overwritten by the next one.
      keptMs[count] = timeMs[row] ?? 0;
      keptSides[count] = isSell;
      keptAbove[count] = isAbove;
      if (isPlain) keptPrices[count] = price.safe[row] ?? 0;
      else waiting.price.set(count, { mantissa: price.at(row), decimals: price.decimals });
      count += isAbove + isBelow;
    }
    waiting.count = count;
    this.trades += row - from;
    this.above += above;
    this.aboveBuyers += aboveBuyers;
    this.below += below;
    this.belowSellers += belowSellers;
  }

  private noteFirst(mid: DoubleMid): void {
    if (this.first === undefined) this.first = mid;
    else if (this.second === undefined && mid.timeMs > this.first.timeMs) this.second = mid;
  }

  /** `after` is the first snapshot after the waiting trades of earlier milliseconds. */
  private settle(after: DoubleMid): void {
    const { waiting } = this;
    const { timeMs, takerSide, isAbove, price, count } = waiting;
    const factor = factorFor(price, after);
    const sum = sumFor(price, after);
    const firstMs = after.timeMs - QUOTE_AGE_MS_MAX;
    let clockTrades = 0;
    let clockAgree = 0;
    let index = 0;
    for (; index < count && (timeMs[index] ?? 0) < after.timeMs; index++) {
      const doubled = (price.safe[index] ?? 0) * factor;
      const isFast = doubled <= Number.MAX_SAFE_INTEGER && !Number.isNaN(sum);
      const side = isFast ? doubled - sum : sideOfMid(price, index, after);
      const wasAbove = isAbove[index] ?? 0;
      const isInReach = (timeMs[index] ?? 0) >= firstMs ? 1 : 0;
      const isOther = ((side < 0 ? 1 : 0) & wasAbove) | ((side > 0 ? 1 : 0) & ~wasAbove);
      clockTrades += isInReach & isOther;
      // Above, buyers agree with the snapshot before; below, sellers.
      clockAgree += isInReach & isOther & ((takerSide[index] ?? 0) ^ wasAbove);
    }
    waiting.dropFirst(index);
    this.clockTrades += clockTrades;
    this.clockAgree += clockAgree;
  }
}
