/**
 * The oracle's Order of docs/INPUT.md for usable trades: by millisecond; within one, by trade id if
 * every trade has a numeric one, else in read order. It also tells which rows are late.
 */
import type { TradeRow } from './chunk.js';
import { minuteMs } from './reading.js';
import type { Placed, WellFormedRow } from './reading.js';

/** Trades given in read order. */
export function tradesInOrder(trades: TradeRow[]): TradeRow[] {
  const byTime = Map.groupBy(trades, (trade) => trade.timeMs);
  return [...byTime]
    .sort(([a], [b]) => a - b)
    .flatMap(([, together]) => {
      const ids = together.map(orderingId);
      if (ids.includes(undefined)) return together;
      // Two texts may be one number, '7' and '007': the sort is stable.
      return together
        .map((trade, index) => ({ trade, id: ids[index] ?? 0n }))
        .sort((a, b) => Number(a.id - b.id))
        .map(({ trade }) => trade);
    });
}

/** docs/INPUT.md: earlier than the start of its chunk minute by more than max(1, edge minutes). */
export function isLate({ object, row }: Placed<WellFormedRow>, edgeMinutes: number): boolean {
  const earlierMs = object.chunkMinuteMs - row.timeMs;
  return earlierMs > Math.max(1, edgeMinutes) * minuteMs;
}

/** Digits, below 2^53. */
function orderingId(trade: TradeRow): bigint | undefined {
  if (trade.id === undefined || !/^[0-9]+$/.test(trade.id)) return undefined;
  const id = BigInt(trade.id);
  return id < 2n ** 53n ? id : undefined;
}
