/**
 * The minutes of a day as features read them: sums, first and last values, extremes and counts over 60 seconds each, in
 * doubles. A value follows from the texts of its own minute's cells, whatever else the day holds; only events look back.
 */
import { type Direction, DIRECTIONS, type PatternName, PATTERNS } from '../column/pattern-table.js';
import { MINUTE_ROWS } from '../pattern/minute-cells.js';
import { assert } from '../unit/errors.js';
import { DAY_MINUTES, type UtcDate } from '../unit/utc-date.js';
import { counts, extremes, firsts, lasts, squaredReturns, sums } from './minute-folds.js';
import { unitsE8 } from './price-scale.js';
import type { SecondDay } from './second-day.js';
import { balancesOf, doublesOf } from './second-doubles.js';

/** Of seconds with trades; prices in units of 10^-8. */
type TradeColumn =
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  /** The close of the first second with trades. */
  | 'first_close'
  /** Σ of the squared returns between the closes of seconds with trades. */
  | 'squares'
  | 'volume'
  | 'delta'
  | 'quote'
  | 'orders'
  /** Volume of large taker orders. */
  | 'large';

/** Absent without a snapshot that gives them. */
type BookColumn =
  /** Best prices of the last snapshot, in units of 10^-8. */
  | 'bid'
  | 'ask'
  /** Σ over snapshots of best ask − best bid, and how many those are. */
  | 'spread'
  | 'snapshots'
  | Flow
  /** Σ over seconds of the mean quantity of a side's 20 levels, and how many seconds that are. */
  | 'bid_depth'
  | 'ask_depth'
  | 'depth_seconds'
  | BalanceColumn;

const FLOWS = [
  'ofi_l1',
  'ofi_l5',
  'bid_added',
  'bid_pulled',
  'ask_added',
  'ask_pulled',
  'bid_wall_pulled',
  'ask_wall_pulled',
] as const;
/** Σ over seconds. */
export type Flow = (typeof FLOWS)[number];

export const LEVELS = ['l1', 'l5', 'l20'] as const;
export type Level = (typeof LEVELS)[number];
/** Of 2·imbalance − 1: Σ over seconds, how many those are, and the last one. */
type BalanceColumn = `balance_${Level}` | `balance_seconds_${Level}` | `balance_last_${Level}`;

/** Events that are confirmed in the minute; absent where the day is too young for the pattern to have any. */
export type EventColumn = `${PatternName}_${Direction}`;

export type MinuteColumn = TradeColumn | BookColumn | EventColumn;

export interface DayMinutes {
  readonly date: UtcDate;
  /** One value a minute; NaN: absent. */
  readonly column: (name: MinuteColumn) => Float64Array;
}

export function minutesOf(day: SecondDay): DayMinutes {
  const columns = new Map<MinuteColumn, Float64Array>([
    ...tradeMinutes(day),
    ...bookMinutes(day),
    ...LEVELS.flatMap((level) => balanceMinutes(day, level)),
    ...eventMinutes(day),
  ]);
  return {
    date: day.date,
    column: (name) => {
      const found = columns.get(name);
      assert(found !== undefined, 'every column of minutes is made');
      return found;
    },
  };
}

type Named = readonly [MinuteColumn, Float64Array];

function tradeMinutes({ bar, signal }: SecondDay): Named[] {
  const trades = doublesOf(bar('trade_count'));
  const traded = (name: 'open' | 'high' | 'low' | 'close'): Float64Array =>
    unitsE8(bar(name)).map((priceE8, row) => ((trades[row] ?? 0) > 0 ? priceE8 : Number.NaN));
  const closes = traded('close');
  const [bought, sold] = [doublesOf(signal('large_buy')), doublesOf(signal('large_sell'))];
  return [
    ['open', firsts(traded('open'))],
    ['high', extremes(traded('high'), 1)],
    ['low', extremes(traded('low'), -1)],
    ['close', lasts(closes)],
    ['first_close', firsts(closes)],
    ['squares', squaredReturns(closes)],
    ['volume', sums(doublesOf(bar('vol_total')))],
    ['delta', sums(doublesOf(bar('vol_delta')))],
    ['quote', sums(doublesOf(signal('quote_total')))],
    ['orders', sums(doublesOf(signal('taker_orders')))],
    ['large', sums(bought.map((quantity, row) => quantity + (sold[row] ?? Number.NaN)))],
  ];
}

function bookMinutes({ bar, signal }: SecondDay): Named[] {
  const spreads = doublesOf(bar('avg_spread'));
  const seen = doublesOf(signal('book_count')).map((count, row) =>
    Number.isNaN(spreads[row]) ? Number.NaN : count,
  );
  const bids = doublesOf(signal('bid_qty_l20'));
  return [
    ['bid', lasts(unitsE8(signal('bid_close')))],
    ['ask', lasts(unitsE8(signal('ask_close')))],
    ['spread', sums(spreads.map((spread, row) => spread * (seen[row] ?? Number.NaN)))],
    ['snapshots', sums(seen)],
    ['bid_depth', sums(bids)],
    ['ask_depth', sums(doublesOf(signal('ask_qty_l20')))],
    ['depth_seconds', counts(bids)],
    ...FLOWS.map((name): Named => [name, sums(doublesOf(signal(name)))]),
  ];
}

function balanceMinutes({ bar, signal }: SecondDay, level: Level): Named[] {
  const shares = level === 'l20' ? bar('imbalance_l20') : signal(`imbalance_${level}`);
  const balances = balancesOf(shares);
  return [
    [`balance_${level}`, sums(balances)],
    [`balance_seconds_${level}`, counts(balances)],
    [`balance_last_${level}`, lasts(balances)],
  ];
}

function eventMinutes({ events, judged }: SecondDay): Named[] {
  const columns = new Map<EventColumn, Float64Array>();
  for (const pattern of PATTERNS) {
    for (const direction of DIRECTIONS) {
      const marks = judged.get(pattern);
      const found = Float64Array.from({ length: DAY_MINUTES }, (_, minute) =>
        marks?.[minute] === 1 ? 0 : Number.NaN,
      );
      columns.set(`${pattern}_${direction}`, found);
    }
  }
  for (const { pattern, direction, confirmedSecond } of events) {
    const found = columns.get(`${pattern}_${direction}`);
    // An event is confirmed at the end of its last second.
    const minute = Math.floor((confirmedSecond - 1) / MINUTE_ROWS);
    if (found !== undefined) found[minute] = (found[minute] ?? 0) + 1;
  }
  return [...columns];
}
