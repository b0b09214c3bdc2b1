/**
 * Signals tables from the trades and snapshots of a bar table, each resolution computed on its own: input for the
 * checks of signals files. Trades of one second and one aggressor are one taker order if no other lies between.
 */
import {
  FILL_REASONS,
  type FillReason,
  type SignalColumn,
  SIGNALS,
} from '../../../src/core/column/signal-table.js';
import { divideHalfUp, formatDecimal, formatSafe } from '../../../src/core/unit/decimal.js';
import type { Resolution } from '../../../src/core/unit/resolution.js';
import { DAY_SECONDS, dayStartMs, isoStamp } from '../../../src/core/unit/utc-date.js';
import type { TestDay, TestTrade } from '../day/bar-table.js';
import { snapshotsOf, type TestSnapshot } from './test-snapshots.js';

const HOUR_SECONDS = 3_600;
const QUANTITY = 3;
const CENTS = 2;
const QUOTE = CENTS + QUANTITY;
/** The default of --large-order at the scale of quote volumes. */
const LARGE_ORDER = 100_000 * 10 ** QUOTE;

type Cells = Partial<Record<SignalColumn, string>>;

/** The header and one row for every bar of the day. */
export function signalTable(day: TestDay, { seconds }: Resolution): string[][] {
  const byBar = Map.groupBy(day.trades, ({ second }) => Math.floor(second / seconds));
  const table: string[][] = [[...SIGNALS.header]];
  let cvd = 0;
  for (let bar = 0; bar < DAY_SECONDS / seconds; bar += 1) {
    const trades = byBar.get(bar) ?? [];
    const [from, to] = [bar * seconds, (bar + 1) * seconds];
    cvd += sum(trades, signedQuantity);
    const gap = gapCells(from, to, day.isTradesOnly === true);
    const cells: Cells = {
      ...gap,
      timestamp: isoStamp(dayStartMs(day.date) + from * 1_000),
      fill_reason: trades.length > 0 ? 'traded' : (gap.fill_reason ?? ''),
      cvd: formatSafe(cvd, QUANTITY),
      ...flowCells(trades),
      ...(day.isTradesOnly === true ? {} : bookCells(snapshotsOf(day, from, to))),
    };
    table.push(SIGNALS.header.map((column) => cells[column] ?? ''));
  }
  return table;
}

function signedQuantity({ thousandths, isBuy }: TestTrade): number {
  return isBuy ? thousandths : -thousandths;
}

function quote({ cents, thousandths }: TestTrade): number {
  return cents * thousandths;
}

/** Of each seven hours one is an outage of both streams, one unproven and one not expected. */
const HOURS: readonly FillReason[] = [
  'quiet',
  'feed_down',
  'unproven',
  'quiet',
  'not_expected',
  'trades_missing',
  'quiet',
];

function gapCells(from: number, to: number, isTradesOnly: boolean): Cells {
  const span = Math.min(to - from, HOUR_SECONDS);
  let [trades, depth] = [0, 0];
  let first = FILL_REASONS.length - 1;
  for (let second = from; second < to; second += span) {
    const reason = HOURS[Math.floor(second / HOUR_SECONDS) % HOURS.length] ?? 'quiet';
    first = Math.min(first, FILL_REASONS.indexOf(reason));
    if (reason === 'quiet' || reason === 'unproven') continue;
    trades += span * 1_000;
    if (reason !== 'trades_missing') depth += span * 1_000;
  }
  return {
    fill_reason: FILL_REASONS[first] ?? '',
    trades_missing_ms: String(trades),
    ...(isTradesOnly ? {} : { depth_missing_ms: String(depth) }),
  };
}

interface Order {
  readonly second: number;
  readonly isBuy: boolean;
  quantity: number;
  quote: number;
}

function flowCells(trades: readonly TestTrade[]): Cells {
  const orders: Order[] = [];
  let [delta, least, most] = [0, 0, 0];
  for (const trade of trades) {
    delta += signedQuantity(trade);
    least = Math.min(least, delta);
    most = Math.max(most, delta);
    const { second, isBuy, thousandths } = trade;
    const last = orders.at(-1);
    if (last?.second === second && last.isBuy === isBuy) {
      last.quantity += thousandths;
      last.quote += quote(trade);
    } else {
      orders.push({ second, isBuy, quantity: thousandths, quote: quote(trade) });
    }
  }
  const large = (isBuy: boolean): string =>
    quantityText(
      orders.filter((order) => order.isBuy === isBuy && order.quote >= LARGE_ORDER),
      ({ quantity }) => quantity,
    );
  const buys = trades.filter(({ isBuy }) => isBuy);
  return {
    quote_total: formatSafe(sum(trades, quote), QUOTE),
    quote_buy: formatSafe(sum(buys, quote), QUOTE),
    delta_min: formatSafe(least, QUANTITY),
    delta_max: formatSafe(most, QUANTITY),
    taker_orders: String(orders.length),
    taker_order_max: formatSafe(Math.max(0, ...orders.map((order) => order.quote)), QUOTE),
    large_buy: large(true),
    large_sell: large(false),
  };
}

function bookCells(snapshots: readonly TestSnapshot[]): Cells {
  const full = snapshots.filter(({ levels }) => levels === 20);
  const last = snapshots.at(-1);
  const steps = snapshots.filter(({ endsStep }) => endsStep);
  const counts = { book_count: String(snapshots.length), book_full_count: String(full.length) };
  if (last === undefined) return counts;
  const hasFive = snapshots.some(({ levels }) => levels >= 5);
  return {
    ...counts,
    bid_close: formatSafe(last.bidCents, CENTS),
    ask_close: formatSafe(last.askCents, CENTS),
    bid_qty_close: formatSafe(last.bidBest, QUANTITY),
    ask_qty_close: formatSafe(last.askBest, QUANTITY),
    spread_max: '0.1',
    imbalance_l1: '0.5',
    ...(hasFive ? { imbalance_l5: '0.49876543' } : {}),
    ...(full.length === 0 ? {} : fullCells(full)),
    ...stepCells(steps),
  };
}

function fullCells(full: readonly TestSnapshot[]): Cells {
  return {
    bid_qty_l20: meanText(full, ({ bids }) => bids),
    ask_qty_l20: meanText(full, ({ asks }) => asks),
    bid_qty_l20_min: formatSafe(Math.min(...full.map(({ bids }) => bids)), QUANTITY),
    ask_qty_l20_min: formatSafe(Math.min(...full.map(({ asks }) => asks)), QUANTITY),
    bid_span_l20: '1.9',
    ask_span_l20: '2.33333333',
  };
}

/** Whatever is consistent: the checks of a file do not know what a step did. */
function stepCells(steps: readonly TestSnapshot[]): Cells {
  if (steps.length === 0) return {};
  const five = steps.filter(({ levels }) => levels >= 5);
  const full = steps.filter(({ levels }) => levels === 20);
  const walls = {
    bid_wall_pulled: quantityText(full, ({ askBest }) => (askBest > 400 ? askBest : 0)),
    ask_wall_pulled: quantityText(full, ({ bidBest }) => (bidBest > 400 ? bidBest : 0)),
  };
  return {
    ofi_l1: quantityText(steps, ({ bidBest, askBest }) => bidBest - askBest),
    ...(five.length === 0 ? {} : { ofi_l5: quantityText(five, ({ bids, asks }) => bids - asks) }),
    bid_added: quantityText(steps, ({ bidBest }) => bidBest),
    bid_pulled: quantityText(steps, ({ askBest }) => askBest),
    ask_added: quantityText(steps, ({ askBest }) => askBest % 100),
    ask_pulled: quantityText(steps, ({ bidBest }) => bidBest + 5),
    ...(full.length === 0 ? {} : walls),
  };
}

function sum<One>(of: readonly One[], value: (one: One) => number): number {
  return of.reduce((total, one) => total + value(one), 0);
}

function quantityText<One>(of: readonly One[], value: (one: One) => number): string {
  return formatSafe(sum(of, value), QUANTITY);
}

/** Half up to 8 decimals. */
function meanText(of: readonly TestSnapshot[], value: (one: TestSnapshot) => number): string {
  const raised = BigInt(sum(of, value)) * 10n ** BigInt(8 - QUANTITY);
  return formatDecimal(divideHalfUp(raised, BigInt(of.length)), 8);
}
