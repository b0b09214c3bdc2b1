/**
 * The slow, independent oracle of the signals: one symbol-day from objects in memory to the text of each
 * resolution's file, in BigInt and strings. Each resolution is computed from the rows, so that seconds
 * add up to minutes as a result.
 */
import { resolutionOf } from '../oracle/bars.js';
import type { DepthRow, TradeRow } from '../oracle/chunk.js';
import { oneE18, parseDecimalE18, plainText } from '../oracle/decimal.js';
import type { Stretch } from '../oracle/evidence.js';
import { recordedDay } from '../oracle/oracle-day.js';
import type { OracleOptions, RecordedDay } from '../oracle/oracle-day.js';
import { isLate, tradesInOrder } from '../oracle/order.js';
import { having } from '../oracle/outcomes.js';
import { inOrder, isDepth, isTrade } from '../oracle/reading.js';
import type { OracleObject } from '../oracle/reading.js';
import { bookCells } from './book-signals.js';
import { depthMissingMs, outside, reasonOf, tradesMissingMs } from './missing-time.js';
import type { DayTime } from './missing-time.js';
import { stepsOf } from './steps.js';
import type { Step } from './steps.js';
import { deltaCells, deltaE18Of, quoteCells, takerCells } from './trade-signals.js';

export const signalHeader =
  'timestamp,fill_reason,trades_missing_ms,depth_missing_ms,quote_total,quote_buy,cvd,' +
  'delta_min,delta_max,taker_orders,taker_order_max,large_buy,large_sell,' +
  'book_count,book_full_count,bid_close,ask_close,bid_qty_close,ask_qty_close,spread_max,' +
  'imbalance_l1,imbalance_l5,bid_qty_l20,ask_qty_l20,bid_qty_l20_min,ask_qty_l20_min,' +
  'bid_span_l20,ask_span_l20,ofi_l1,ofi_l5,bid_added,bid_pulled,ask_added,ask_pulled,' +
  'bid_wall_pulled,ask_wall_pulled';

/** depth_missing_ms and everything from book_count on. */
const bookColumns = 24;

export interface SignalInput {
  objects: OracleObject[];
  options: OracleOptions & {
    /** The quote volume from which on a taker order is large; default 100000. */
    largeOrder?: string;
  };
}

/** The rows that count. */
export interface SignalRows {
  /** Used trades in Order, and those of them that are not late. */
  trades: TradeRow[];
  tradesInTime: TradeRow[];
  /** Used and short snapshots in Order, and those of them that are not late. */
  snapshots: DepthRow[];
  snapshotsInTime: DepthRow[];
}

/** From the objects of a recording to the signals file of each resolution, as text. */
export function oracleSignals({ objects, options }: SignalInput): Record<string, string> {
  const recorded = recordedDay(objects, options);
  const rows = signalRows(recorded);
  const steps = stepsOf(rows.snapshotsInTime, rows.tradesInTime);
  const largeOrderE18 = parseDecimalE18(options.largeOrder ?? '100000');
  if (largeOrderE18 === undefined) throw new RangeError(`no quantity: ${options.largeOrder}`);
  const input = {
    day: recorded.day,
    time: { evidence: recorded.evidence, notExpected: outside(recorded.day, recorded.window) },
    rows,
    steps,
    hasDepth: options.streams !== 'trades',
    largeOrderE36: largeOrderE18 * oneE18,
  };
  return Object.fromEntries(
    options.resolutions
      .map(resolutionOf)
      .map(({ name, resolutionMs }) => [name, signalsCsv(input, resolutionMs)]),
  );
}

export function signalRows({ trades, depth, lateMinutes }: RecordedDay): SignalRows {
  const used = having(trades, ['used']).filter(isTrade);
  const usable = inOrder(having(depth, ['used', 'short']).filter(isDepth));
  const late = new Set(
    [...used, ...usable].filter((placed) => isLate(placed, lateMinutes)).map(({ row }) => row),
  );
  const tradesOfDay = tradesInOrder(used.map(({ row }) => row));
  const snapshots = usable.map(({ row }) => row);
  return {
    trades: tradesOfDay,
    tradesInTime: tradesOfDay.filter((row) => !late.has(row)),
    snapshots,
    snapshotsInTime: snapshots.filter((row) => !late.has(row)),
  };
}

interface FileInput {
  day: Stretch;
  time: DayTime;
  rows: SignalRows;
  steps: Step[];
  hasDepth: boolean;
  largeOrderE36: bigint;
}

function signalsCsv(input: FileInput, resolutionMs: number): string {
  const { day, time, rows, hasDepth } = input;
  const barOf = (row: { timeMs: number }): number =>
    Math.floor((row.timeMs - day.fromMs) / resolutionMs);
  const trades = Map.groupBy(rows.trades, barOf);
  const tradesInTime = Map.groupBy(rows.tradesInTime, barOf);
  const snapshots = Map.groupBy(rows.snapshots, barOf);
  const snapshotsInTime = Map.groupBy(rows.snapshotsInTime, barOf);
  const steps = Map.groupBy(input.steps, ({ to }) => barOf(to));

  const lines = [signalHeader];
  let cvdE18 = 0n;
  for (let bar = 0; bar < (day.toMs - day.fromMs) / resolutionMs; bar += 1) {
    const fromMs = day.fromMs + bar * resolutionMs;
    const stretch = { fromMs, toMs: fromMs + resolutionMs };
    const barTrades = { all: trades.get(bar) ?? [], inTime: tradesInTime.get(bar) ?? [] };
    cvdE18 += deltaE18Of(barTrades.all);
    const book = hasDepth
      ? [
          depthMissingMs(stretch, time).toString(),
          ...bookCells({
            all: snapshots.get(bar) ?? [],
            inTime: snapshotsInTime.get(bar) ?? [],
            steps: steps.get(bar) ?? [],
          }),
        ]
      : Array.from({ length: bookColumns }, () => '');
    lines.push(
      [
        `${new Date(fromMs).toISOString().slice(0, 19)}Z`,
        barTrades.all.length > 0 ? 'traded' : reasonOf(stretch, time),
        tradesMissingMs(stretch, time),
        book[0],
        ...quoteCells(barTrades),
        plainText(cvdE18, 18),
        ...deltaCells(barTrades),
        ...takerCells(barTrades, input.largeOrderE36),
        ...book.slice(1),
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
