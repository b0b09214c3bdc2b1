/** The rows of a bar and its steps as its document lists them. */
import type { BarTrace, Placed, Quote } from '../trace/bar-trace.js';
import { plain } from '../trace/exact.js';
import type { LeftOut, LeftOutRow, OutcomeWord } from '../trace/left-out.js';
import type { RowPlaces } from '../trace/row-places.js';
import {
  type KeptRow,
  type KeptSnapshot,
  type KeptTrade,
  type Level,
  quantityOf,
} from '../trace/rows.js';
import type { Step, StepPrice } from '../trace/step-facts.js';
import { isoStampMs } from '../unit/utc-date.js';
import type {
  ExplainedSnapshot,
  ExplainedStep,
  ExplainedTrade,
  OutsideQuotes,
  QuoteBeside,
} from './explained-shape.js';
import { whyOf } from './why.js';

/** What a chunk says of a row beside its exchange time, as it stands there; null without the column. */
export interface RowClocks {
  readonly receive_time: string | null;
  readonly event_time: string | null;
}

/** By object, then by line. */
export type ClocksByPlace = ReadonlyMap<string, ReadonlyMap<number, RowClocks>>;

const NO_CLOCKS: RowClocks = { receive_time: null, event_time: null };

export interface RowSource {
  readonly trace: BarTrace;
  readonly leftOut: LeftOut;
  readonly clocks: ClocksByPlace;
}

interface Listed<Row> extends Placed<Row> {
  readonly outcome: OutcomeWord;
  readonly execType: string | undefined;
}

export function listedTrades(source: RowSource): ExplainedTrade[] {
  const { trace, leftOut } = source;
  const used = trace.trades.all().map((placed) => listed(placed, 'used'));
  const rows = [
    ...used,
    ...leftOut.rows.flatMap((one) => (isTrade(one.row) ? leftOutRow(one, one.row) : [])),
  ];
  return rows.toSorted(inOrder).map((one) => ({
    ...rowFields(one, source),
    price: plain(one.row.price),
    quantity: plain(one.row.quantity),
    aggressor: one.row.buys ? 'buy' : 'sell',
    outside: outsideOf(one.row, trace.quotes, leftOut.places),
  }));
}

export function listedSnapshots(source: RowSource): ExplainedSnapshot[] {
  const { trace, leftOut } = source;
  const used = trace.snapshots
    .all()
    .map((placed) => listed(placed, placed.row.short ? 'short' : 'used'));
  const rows = [
    ...used,
    ...leftOut.rows.flatMap((one) => (isTrade(one.row) ? [] : leftOutRow(one, one.row))),
  ];
  return rows.toSorted(inOrder).map((one) => {
    const { bids, asks } = one.row;
    const [bid, ask] = [bids[0], asks[0]];
    return {
      ...rowFields(one, source),
      bids: bids.length,
      asks: asks.length,
      bid: levelText(bid, 'price'),
      bid_quantity: levelText(bid, 'quantity'),
      ask: levelText(ask, 'price'),
      ask_quantity: levelText(ask, 'quantity'),
      bid_quantity_all: plain(quantityOf(bids)),
      ask_quantity_all: plain(quantityOf(asks)),
    };
  });
}

export function listedSteps(steps: readonly Step[], places: RowPlaces): ExplainedStep[] {
  const end = (row: KeptRow): ExplainedStep['before'] => ({
    ...places.placeOf(row),
    time: isoStampMs(row.timeMs),
  });
  return steps.map((step) => {
    const side = ({ added, pulled, wallPulled }: Step['bids']): ExplainedStep['bid'] => ({
      added: plain(added),
      pulled: plain(pulled),
      wall_pulled: step.full ? plain(wallPulled) : null,
    });
    return {
      before: end(step.before),
      after: end(step.after),
      ms: step.after.timeMs - step.before.timeMs,
      trades: step.trades,
      ofi_l1: plain(step.ofiL1),
      ofi_l5: step.ofiL5 === undefined ? null : plain(step.ofiL5),
      bid: side(step.bids),
      ask: side(step.asks),
      prices: [...step.bids.prices, ...step.asks.prices].map(listedPrice),
    };
  });
}

function levelText(level: Level | undefined, name: keyof Level): string | null {
  return level === undefined ? null : plain(level[name]);
}

function listedPrice({
  side,
  common,
  wall,
  ...numbers
}: StepPrice): ExplainedStep['prices'][number] {
  const { price, before, after, traded, net } = numbers;
  return {
    side,
    price: plain(price),
    before: plain(before),
    after: plain(after),
    traded: plain(traded),
    net: plain(net),
    counts: common,
    wall: wall ?? null,
  };
}

function isTrade(row: KeptTrade | KeptSnapshot): row is KeptTrade {
  return 'price' in row;
}

function listed<Row>(placed: Placed<Row>, outcome: OutcomeWord): Listed<Row> {
  return { ...placed, outcome, execType: undefined };
}

function leftOutRow<Row>({ outcome, execType }: LeftOutRow, row: Row): Listed<Row> {
  return { row, place: undefined, outcome, execType };
}

/** By time; in a millisecond by place, and behind those what has none. */
function inOrder(one: Listed<KeptRow>, two: Listed<KeptRow>): number {
  const place = ({ place: at }: Listed<KeptRow>): number => at ?? Number.MAX_SAFE_INTEGER;
  return (
    one.row.timeMs - two.row.timeMs ||
    place(one) - place(two) ||
    one.row.sequence - two.row.sequence
  );
}

type RowFields = Pick<
  ExplainedTrade,
  | 'object'
  | 'line'
  | 'outcome'
  | 'place'
  | 'time'
  | 'receive_time'
  | 'event_time'
  | 'id'
  | 'late'
  | 'why'
>;

function rowFields(
  { row, place, outcome, execType }: Listed<KeptTrade | KeptSnapshot>,
  { trace, leftOut, clocks }: RowSource,
): RowFields {
  const at = leftOut.places.placeOf(row);
  const first = outcome === 'duplicate' ? trace.repeated.get(row.id) : undefined;
  const firstPlace = first === undefined ? undefined : leftOut.places.placeOf(first);
  return {
    ...at,
    outcome,
    place: place ?? null,
    time: isoStampMs(row.timeMs),
    ...(clocks.get(at.object)?.get(at.line) ?? NO_CLOCKS),
    id: row.id === '' ? null : row.id,
    late: row.late,
    why: whyOf({ row, outcome, execType, firstPlace }),
  };
}

/** Null within the best quotes of the snapshots beside the trade, and without any. */
function outsideOf(
  { timeMs, price }: KeptTrade,
  quotes: readonly Quote[],
  places: RowPlaces,
): OutsideQuotes | null {
  // Trades come before snapshots of their millisecond.
  const at = firstFrom(quotes, timeMs);
  const [before, after] = [quotes[at - 1], quotes[at]];
  const beside = [before, after].filter((quote) => quote !== undefined);
  if (beside.length === 0) return null;
  const [highest, lowest] = [
    beside.map(({ ask }) => ask).reduce((one, two) => (one > two ? one : two)),
    beside.map(({ bid }) => bid).reduce((one, two) => (one < two ? one : two)),
  ];
  if (price <= highest && price >= lowest) return null;
  const isAbove = price > highest;
  return {
    side: isAbove ? 'above' : 'below',
    distance: plain(isAbove ? price - highest : lowest - price),
    before: quoteBeside(before, places),
    after: quoteBeside(after, places),
  };
}

function quoteBeside(quote: Quote | undefined, places: RowPlaces): QuoteBeside | null {
  if (quote === undefined) return null;
  const { timeMs, bid, ask } = quote;
  return {
    ...places.placeOf(quote),
    time: isoStampMs(timeMs),
    bid: plain(bid),
    ask: plain(ask),
  };
}

/** The first quote at this time or later. */
function firstFrom(quotes: readonly Quote[], timeMs: number): number {
  let [low, high] = [0, quotes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((quotes[middle]?.timeMs ?? 0) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
