/**
 * A fold of both streams for the tests of the seam: the quantity traded at the best quotes from one
 * snapshot to the next (a step). It is not a feature: it proves what later ones can
 * rely on.
 */
import { LEVELS_MAX, type DepthRows } from '../../../src/core/event/depth-rows.js';
import type { Mantissas } from '../../../src/core/event/mantissas.js';
import { TAKER_BUY, type TradeRows } from '../../../src/core/event/trade-rows.js';
import type { DepthRun, TradeRun, TwoStreamFold } from '../../../src/core/fold/fold.js';
import { powerOfTen } from '../../../src/core/unit/decimal.js';
import type { TimeRange } from '../../../src/core/unit/utc-date.js';

/** Longest step. */
export const STEP_MS_MAX = 1_000;

export interface Traded {
  readonly buys: boolean;
  readonly priceE18: bigint;
  readonly quantityE18: bigint;
}

export interface BestQuotes {
  readonly timeMs: number;
  readonly bidE18: bigint;
  readonly askE18: bigint;
}

/** What a step adds: Σ quantity at the bid and at the ask, and the price of its last trade in Order. */
export type StepSums = readonly [atBidE18: bigint, atAskE18: bigint, lastPriceE18: bigint];

export function sumsOfStep(before: BestQuotes, trades: readonly Traded[]): StepSums {
  const at = (buys: boolean, priceE18: bigint): bigint =>
    trades
      .filter((trade) => trade.buys === buys && trade.priceE18 === priceE18)
      .reduce((sum, { quantityE18 }) => sum + quantityE18, 0n);
  return [at(false, before.bidE18), at(true, before.askE18), trades.at(-1)?.priceE18 ?? 0n];
}

export interface TradedSums {
  /** By index of the bar; bars without a step are absent. */
  readonly steps: ReadonlyMap<number, StepSums>;
  /** Σ quantity of all trades, late ones included: it does not depend on order. */
  readonly quantityE18: bigint;
  readonly lateTrades: number;
  readonly lateSnapshots: number;
}

/** A step belongs to the bar of its later snapshot. Trades before a stretch's first snapshot wait for the merge with the stretch before. */
export class TradedAtBest implements TwoStreamFold<TradedSums> {
  readonly streams = 'both' as const;
  private readonly range: TimeRange;
  private readonly barMs: number;
  private readonly steps = new Map<number, StepSums>();
  /** The first snapshot of the stretch, and the trades before it. */
  private first: { readonly quotes: BestQuotes; readonly before: readonly Traded[] } | undefined =
    undefined;
  private last: BestQuotes | undefined = undefined;
  /** Trades after the last snapshot. */
  private since: Traded[] = [];
  private quantityE18 = 0n;
  private lateTrades = 0;
  private lateSnapshots = 0;

  constructor(range: TimeRange, barMs: number) {
    this.range = range;
    this.barMs = barMs;
  }

  takeTrades({ rows, from, to, late }: TradeRun): void {
    if (late) this.lateTrades += to - from;
    for (let row = from; row < to; row++) {
      const trade = tradedOf(rows, row);
      this.quantityE18 += trade.quantityE18;
      if (!late) this.since.push(trade);
    }
  }

  takeDepth({ rows, from, to, late }: DepthRun): void {
    if (late) {
      this.lateSnapshots += to - from;
      return;
    }
    for (let row = from; row < to; row++) {
      this.follow(quotesOf(rows, row), this.since);
      this.since = [];
    }
  }

  merge(next: this): void {
    if (next.first === undefined) {
      this.since.push(...next.since);
    } else {
      this.follow(next.first.quotes, [...this.since, ...next.first.before]);
      this.last = next.last;
      this.since = next.since;
    }
    for (const [bar, sums] of next.steps) this.add(bar, sums);
    this.quantityE18 += next.quantityE18;
    this.lateTrades += next.lateTrades;
    this.lateSnapshots += next.lateSnapshots;
  }

  finish(): TradedSums {
    const { steps, quantityE18, lateTrades, lateSnapshots } = this;
    return { steps, quantityE18, lateTrades, lateSnapshots };
  }

  private follow(now: BestQuotes, between: readonly Traded[]): void {
    if (this.last !== undefined && now.timeMs - this.last.timeMs <= STEP_MS_MAX) {
      const bar = Math.floor((now.timeMs - this.range.fromMs) / this.barMs);
      this.add(bar, sumsOfStep(this.last, between));
    }
    this.first ??= { quotes: now, before: between };
    this.last = now;
  }

  private add(bar: number, [atBid, atAsk, lastPrice]: StepSums): void {
    const [bid, ask, price] = this.steps.get(bar) ?? [0n, 0n, 0n];
    this.steps.set(bar, [bid + atBid, ask + atAsk, price + lastPrice]);
  }
}

function tradedOf(rows: TradeRows, row: number): Traded {
  return {
    buys: rows.takerSide[row] === TAKER_BUY,
    priceE18: e18(rows.price, row),
    quantityE18: e18(rows.quantity, row),
  };
}

function quotesOf(rows: DepthRows, row: number): BestQuotes {
  const best = row * LEVELS_MAX;
  return {
    timeMs: rows.timeMs[row] ?? 0,
    bidE18: e18(rows.bidPrice, best),
    askE18: e18(rows.askPrice, best),
  };
}

function e18(column: Mantissas, index: number): bigint {
  return column.at(index) * powerOfTen(18 - column.decimals);
}
