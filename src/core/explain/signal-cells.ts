/** The cells of a row of signals, each from the rows and steps of its bar (docs/SIGNALS.md). */
import type { FillReason, SignalColumn } from '../column/signal-table.js';
import { isoStamp, isoStampMs } from '../unit/utc-date.js';
import { counted } from '../unit/words.js';
import type { BarTrace } from '../trace/bar-trace.js';
import type { BookSignalColumn } from '../encode/signal-file.js';
import { bookSignalCells } from './book-signal-cells.js';
import { type CellArithmetic, type CellsBy, cell } from './cell.js';
import { type BarContext, missingTime } from './context.js';
import { exactOf, plain, plainProduct } from '../trace/exact.js';
import type { TakerOrder } from '../trace/trade-facts.js';

export function signalCells(trace: BarTrace, context: BarContext): CellsBy<SignalColumn> {
  return {
    timestamp: cell(isoStamp(context.bar.fromMs), 'the begin of the bar'),
    ...gapCells(trace, context),
    ...flowCells(trace.facts.trades, context),
    ...bookSignalCells(trace),
  };
}

type GapColumn = 'fill_reason' | 'trades_missing_ms' | 'depth_missing_ms';
type FlowColumn = Exclude<SignalColumn, BookSignalColumn | GapColumn | 'timestamp'>;

function gapCells({ facts }: BarTrace, context: BarContext): CellsBy<GapColumn> {
  const { tradesMs, depthMs } = missingTime(context);
  const pieces = (kinds: readonly string[]): string | undefined => timesOf(context, kinds);
  const trades = pieces(['feed_down', 'trades_missing']);
  const depth = pieces(['feed_down', 'depth_missing']);
  return {
    fill_reason: fillReason(facts.trades.count, context),
    trades_missing_ms: cell(String(tradesMs), withinWords(trades)),
    depth_missing_ms: cell(String(depthMs), withinWords(depth)),
  };
}

function withinWords(what: string | undefined): string {
  return what === undefined
    ? 'no such outage of the report touches the bar, and it is expected'
    : `milliseconds of the bar in ${what}`;
}

/** The outages of the report that touch the bar, and what of it is not expected; undefined without either. */
function timesOf(context: BarContext, kinds: readonly string[]): string | undefined {
  const { outages, notExpected } = missingTime(context);
  const named = [
    ...outages.filter(({ kind }) => kinds.includes(kind)),
    ...notExpected.map((piece) => ({ ...piece, kind: 'not expected' })),
  ].map(({ kind, fromMs, toMs }) => `${kind} ${isoStampMs(fromMs)} to ${isoStampMs(toMs)}`);
  return named.length === 0 ? undefined : named.join(', ');
}

/** The first reason that holds for some millisecond of the bar wins. */
export function fillReason(trades: number, context: BarContext): CellArithmetic {
  if (trades > 0) return cell('traded', `${counted(trades, 'trade')} in the bar`);
  const { outages, notExpected } = missingTime(context);
  const kinds = ['feed_down', 'trades_missing'] as const;
  const outage = kinds.find((kind) => outages.some((one) => one.kind === kind));
  if (outage !== undefined) {
    return cell(
      outage,
      `no trade in the bar, which lies in ${timesOf(context, [outage]) ?? ''} of the report`,
    );
  }
  if (context.streams === 'trades' && context.hasUnproven) {
    return cell(
      undefined,
      'no trade in the bar, and no book beside it: unproven or quiet, by holes of trades that reach beyond these chunks',
    );
  }
  if (notExpected.length > 0) {
    return cell('not_expected', 'no trade in the bar, which lies outside --expect');
  }
  return cell(QUIET, 'no trade in the bar, and no outage of the report touches it');
}

const QUIET: FillReason = 'quiet';

function flowCells(trades: BarTrace['facts']['trades'], context: BarContext): CellsBy<FlowColumn> {
  const { count, late, turnover, buyTurnover, deltaMin, deltaMax, orders, orderMax, large } =
    trades;
  const ofOrder =
    late === 0 ? '' : `; ${counted(late, 'late trade')} left out, as no Order holds them`;
  const reached = ({ value, after }: typeof deltaMin, what: string): CellArithmetic =>
    cell(
      plain(value),
      `${what} value of Σ ±quantity, which begins at 0${ofOrder}`,
      {},
      after === undefined ? [] : [{ what: 'reached after', row: after }],
    );
  const largeCell = (sum: bigint, buys: boolean): CellArithmetic => {
    const all = large.orders.filter(({ first }) => first.buys === buys);
    const who = buys ? 'buyers' : 'sellers';
    const ofSide = buys ? large.buyers : large.sellers;
    const how = `Σ quantity of taker orders of ${who} whose quote volume is at least ${context.largeOrder}: ${count === 0 ? 'no trade' : counted(ofSide, 'order')}${ofOrder}`;
    const rows = all.map((order) => ({ what: orderWords(order), row: order.first }));
    return cell(plain(sum), how, {}, rows);
  };
  return {
    quote_total: cell(plainProduct(turnover), `Σ price·quantity of ${counted(count, 'trade')}`),
    quote_buy: cell(plainProduct(buyTurnover), 'Σ price·quantity of trades whose aggressor bought'),
    cvd: runningDelta(trades, context),
    delta_min: reached(deltaMin, 'lowest'),
    delta_max: reached(deltaMax, 'highest'),
    taker_orders: cell(
      String(orders),
      `runs of ${counted(count - late, 'trade')} with one millisecond and one aggressor${ofOrder}`,
    ),
    taker_order_max: cell(
      plainProduct(orderMax?.quote ?? 0n),
      orderMax === undefined
        ? `no taker order in the bar${ofOrder}`
        : `largest Σ price·quantity of a taker order${ofOrder}`,
      {},
      orderMax === undefined ? [] : [{ what: orderWords(orderMax), row: orderMax.first }],
    ),
    large_buy: largeCell(large.buy, true),
    large_sell: largeCell(large.sell, false),
  };
}

function orderWords({ rows, quote, quantity }: TakerOrder): string {
  return `${counted(rows, 'row')} from here: quantity ${plain(quantity)}, quote ${plainProduct(quote)}`;
}

function runningDelta(
  { buyQuantity, sellQuantity }: BarTrace['facts']['trades'],
  { previous, isFirst }: BarContext,
): CellArithmetic {
  const delta = buyQuantity - sellQuantity;
  if (isFirst) return cell(plain(delta), `vol_delta ${plain(delta)} of the day's first bar`);
  const before = exactOf(previous.signals?.cells['cvd'] ?? '');
  if (before === undefined || previous.signals === undefined) {
    return cell(undefined, 'the cvd before it is not published');
  }
  const { file, line } = previous.signals;
  return cell(
    plain(before + delta),
    `cvd ${plain(before)} of line ${line} of ${file} + vol_delta ${plain(delta)}`,
    { previous_cvd: plain(before), vol_delta: plain(delta) },
  );
}
