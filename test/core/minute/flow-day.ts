/** Random days whose cells fit together: trades that make the bars, a book around them, holes and quiet time. */
import { type BarColumn, BARS } from '../../../src/core/column/bar-table.js';
import { type SignalColumn, SIGNALS } from '../../../src/core/column/signal-table.js';
import { readSecondDay, type SecondFiles } from '../../../src/core/minute/read-second-day.js';
import type { SecondDay } from '../../../src/core/minute/second-day.js';
import { formatSafe } from '../../../src/core/unit/decimal.js';
import { Random } from '../../../src/core/unit/random.js';
import { type SymbolName, symbolName } from '../../../src/core/unit/symbol.js';
import {
  DAY_MINUTES,
  DAY_SECONDS,
  dayStartMs,
  MINUTE_MS,
  SECOND_MS,
  stampWriter,
  type UtcDate,
  utcDate,
} from '../../../src/core/unit/utc-date.js';

export const DATE: UtcDate = utcDate('2025-12-11', 'test');
export const SYMBOL: SymbolName = symbolName('BTCUSDT', 'test');

/** Lines without the header, one a second or one a minute. */
export interface FlowLines {
  readonly date: UtcDate;
  readonly streams: SecondDay['streams'];
  readonly bars: readonly string[];
  readonly signals: readonly string[];
  readonly minuteBars: readonly string[];
}

export interface FlowDay {
  readonly seed: string;
  readonly date?: UtcDate;
  readonly streams?: SecondDay['streams'];
  /** Factors of every price and every quantity; 1 by default. */
  readonly priceFactor?: number;
  readonly quantityFactor?: number;
  /** Decimals of every price and every quantity; 1 and 3 by default. */
  readonly priceDecimals?: number;
  readonly quantityDecimals?: number;
  /** No trades before this row. */
  readonly firstTrade?: number;
  /** Ticks at the first trade, and how far one trade may move them. */
  readonly firstTick?: number;
  readonly stepTicks?: number;
}

export function flowLines(flow: FlowDay): FlowLines {
  const { date = DATE, streams = 'both' } = flow;
  const rows = new FlowRows(flow);
  const stamp = stampWriter();
  const bars: string[] = [];
  const signals: string[] = [];
  for (let row = 0; row < DAY_SECONDS; row++) {
    const { bar, signal } = rows.next(row);
    const time = stamp(dayStartMs(date) + row * SECOND_MS);
    bars.push([time, ...BARS.header.slice(1).map((name) => bar[name] ?? '')].join(','));
    signals.push([time, ...SIGNALS.header.slice(1).map((name) => signal[name] ?? '')].join(','));
  }
  const minuteBars = Array.from({ length: DAY_MINUTES }, (_, minute) => {
    const time = stamp(dayStartMs(date) + minute * MINUTE_MS);
    const spread = minute % 7 === 3 ? '' : formatSafe(100 + (minute % 13), 3);
    return `${time},1,1,1,1,1,1,1,0,1,1,${spread},0.5`;
  });
  return { date, streams, bars, signals, minuteBars };
}

export function secondFiles({ date, streams, ...lines }: FlowLines): SecondFiles {
  const encoder = new TextEncoder();
  const file = (name: string, header: readonly string[], body: readonly string[]) => ({
    name,
    bytes: encoder.encode(`${header.join(',')}\n${body.join('\n')}\n`),
  });
  return {
    symbol: SYMBOL,
    date,
    streams,
    bars: file('1s.csv', BARS.header, lines.bars),
    signals: file('1s_signals.csv', SIGNALS.header, lines.signals),
    minuteBars: file('1m.csv', BARS.header, lines.minuteBars),
  };
}

export function flowDay(flow: FlowDay): SecondDay {
  return readSecondDay(secondFiles(flowLines(flow)));
}

interface Row {
  readonly bar: Partial<Record<BarColumn, string>>;
  readonly signal: Partial<Record<SignalColumn, string>>;
}

interface Trade {
  readonly ticks: number;
  readonly size: number;
  readonly isBuy: boolean;
}

const LARGE_SIZE = 5_000;

function sizes(of: readonly Trade[]): number {
  return of.reduce((sum, { size }) => sum + size, 0);
}

/** Makes one row after the other. */
class FlowRows {
  private readonly flow: FlowDay;
  private readonly random: Random;
  private tick: number;
  private close: number | undefined;
  private running = 0;
  private holeUntil = 0;
  private unprovenUntil = 0;

  constructor(flow: FlowDay) {
    this.flow = flow;
    this.random = new Random(flow.seed);
    this.tick = flow.firstTick ?? 20_000 + this.random.below(30_000);
  }

  next(row: number): Row {
    const { random } = this;
    const trades = this.trades(row);
    if (random.chance(0.0004)) this.holeUntil = row + random.between(1, 200);
    if (random.chance(0.0004)) this.unprovenUntil = row + random.between(1, 200);
    const before = this.close;
    this.close = trades.at(-1)?.ticks ?? before;
    const ticks = trades.length > 0 ? trades.map((trade) => trade.ticks) : [before ?? Number.NaN];
    const [buys, sells] = [trades.filter(({ isBuy }) => isBuy), trades.filter((one) => !one.isBuy)];
    this.running += sizes(buys) - sizes(sells);
    const book = (this.flow.streams ?? 'both') === 'both' ? this.book() : undefined;
    const large = (of: readonly Trade[]): string =>
      this.quantity(sizes(of.filter(({ size }) => size >= LARGE_SIZE)));
    return {
      bar: {
        open: this.price(ticks[0]),
        high: this.price(Math.max(...ticks)),
        low: this.price(Math.min(...ticks)),
        close: this.price(this.close),
        vwap: this.price(this.close),
        vol_total: this.quantity(sizes(trades)),
        vol_buy: this.quantity(sizes(buys)),
        vol_sell: this.quantity(sizes(sells)),
        vol_delta: this.quantity(sizes(buys) - sizes(sells)),
        trade_count: String(trades.length),
        ...book?.bar,
      },
      signal: {
        ...this.gapCells(row, trades.length > 0),
        quote_total: this.quote(trades),
        quote_buy: this.quote(buys),
        cvd: this.quantity(this.running),
        delta_min: '0',
        delta_max: '0',
        taker_orders: String(trades.length),
        taker_order_max: '0',
        large_buy: large(buys),
        large_sell: large(sells),
        ...book?.signal,
      },
    };
  }

  private trades(row: number): Trade[] {
    const { random, flow } = this;
    const { firstTrade = 0, stepTicks = 3 } = flow;
    const isFirst = row === firstTrade;
    // Some minutes are quiet as a whole.
    const isQuiet = row < firstTrade || Math.floor(row / 60) % 97 === 5;
    if (isQuiet || !(isFirst || random.chance(0.8))) return [];
    return Array.from({ length: random.between(1, 4) }, () => {
      this.tick = Math.max(10, this.tick + random.between(-stepTicks, stepTicks + 1));
      const size = 1 + random.below(random.chance(0.05) ? 20_000 : 900);
      return { ticks: this.tick, size, isBuy: random.chance(0.5) };
    });
  }

  private gapCells(row: number, isTraded: boolean): Partial<Record<SignalColumn, string>> {
    const isHole = row < this.holeUntil;
    const reason = isHole ? 'trades_missing' : row < this.unprovenUntil ? 'unproven' : 'quiet';
    const depth = this.random.chance(0.0002) ? '1000' : '0';
    return {
      fill_reason: isTraded ? 'traded' : reason,
      trades_missing_ms: isHole ? '250' : '0',
      depth_missing_ms: this.flow.streams === 'trades' ? '' : depth,
    };
  }

  private book(): Row {
    const { random } = this;
    if (random.chance(0.03)) return { bar: {}, signal: { book_count: '0', book_full_count: '0' } };
    const [bid, ask] = [this.tick - 1 - random.below(3), this.tick + 1 + random.below(3)];
    const size = (): number => 1 + random.below(random.chance(0.05) ? 60_000 : 900);
    const share = (): string => formatSafe(random.below(100_000_001), 8);
    const isFull = random.chance(0.95);
    const sides = (['bid', 'ask'] as const).map((side) => {
      const [least, pulled] = [size(), size()];
      return {
        [`${side}_qty_close`]: this.quantity(size()),
        ...(isFull
          ? {
              [`${side}_qty_l20`]: this.quantity(least + random.below(500)),
              [`${side}_qty_l20_min`]: this.quantity(least),
              [`${side}_span_l20`]: '1',
              [`${side}_wall_pulled`]: this.quantity(random.chance(0.1) ? pulled : 0),
            }
          : {}),
        [`${side}_added`]: this.quantity(size()),
        [`${side}_pulled`]: this.quantity(pulled),
      };
    });
    return {
      bar: {
        avg_spread: this.price(ask - bid),
        ...(isFull ? { imbalance_l20: share() } : {}),
      },
      signal: {
        book_count: String(1 + random.below(10)),
        book_full_count: isFull ? '1' : '0',
        bid_close: this.price(bid),
        ask_close: this.price(ask),
        spread_max: this.price(ask - bid),
        imbalance_l1: share(),
        imbalance_l5: share(),
        ofi_l1: this.quantity(size() - size()),
        ofi_l5: this.quantity(size() - size()),
        ...sides[0],
        ...sides[1],
      },
    };
  }

  private price(ticks: number | undefined): string {
    const { priceFactor = 1, priceDecimals = 1 } = this.flow;
    if (ticks === undefined || Number.isNaN(ticks)) return '';
    return formatSafe(ticks * priceFactor, priceDecimals);
  }

  private quantity(size: number): string {
    const { quantityFactor = 1, quantityDecimals = 3 } = this.flow;
    return formatSafe(size * quantityFactor, quantityDecimals);
  }

  private quote(trades: readonly Trade[]): string {
    const {
      priceFactor = 1,
      quantityFactor = 1,
      priceDecimals = 1,
      quantityDecimals = 3,
    } = this.flow;
    const sum = trades.reduce((total, { ticks, size }) => total + ticks * size, 0);
    return formatSafe(sum * priceFactor * quantityFactor, priceDecimals + quantityDecimals);
  }
}
