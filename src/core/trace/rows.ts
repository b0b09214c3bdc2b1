/** The rows of a bar as an explanation keeps them: copies that outlive the columns they were lent in. */
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import { SHORT } from '../event/row-columns.js';
import { TAKER_BUY, type TradeRows } from '../event/trade-rows.js';
import type { StreamName } from '../rule/symbol-day.js';
import { exactAt, sumOf } from './exact.js';

/** What tells where a row was read. */
export interface ReadRow {
  readonly stream: StreamName;
  /** Place in reading order of its stream. */
  readonly sequence: number;
}

/** What every row has. */
export interface KeptRow extends ReadRow {
  readonly timeMs: number;
  /** The id as it was written; empty without one. */
  readonly id: string;
  /** Its time lies more than the edge minutes before its chunk minute (docs/INPUT.md). */
  readonly late: boolean;
}

export interface KeptTrade extends KeptRow {
  readonly price: bigint;
  readonly quantity: bigint;
  readonly buys: boolean;
  /** Orders a millisecond where every trade of it has one; NaN: not numeric. */
  readonly idNumber: number;
}

export interface Level {
  readonly price: bigint;
  readonly quantity: bigint;
}

export interface KeptSnapshot extends KeptRow {
  /** Best first. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** Fewer than 20 levels on a side. */
  readonly short: boolean;
}

export function tradeAt(rows: TradeRows, row: number, late: boolean): KeptTrade {
  return {
    ...rowAt(rows, row, late),
    price: exactAt(rows.price, row),
    quantity: exactAt(rows.quantity, row),
    buys: rows.takerSide[row] === TAKER_BUY,
    idNumber: rows.idNumber(row),
  };
}

export function snapshotAt(rows: DepthRows, row: number, late: boolean): KeptSnapshot {
  const first = row * LEVELS_MAX;
  const side = (
    prices: DepthRows['bidPrice'],
    quantities: DepthRows['bidQuantity'],
    count: number,
  ): Level[] =>
    Array.from({ length: count }, (_, level) => ({
      price: exactAt(prices, first + level),
      quantity: exactAt(quantities, first + level),
    }));
  return {
    ...rowAt(rows, row, late),
    bids: side(rows.bidPrice, rows.bidQuantity, rows.bidLevels[row] ?? 0),
    asks: side(rows.askPrice, rows.askQuantity, rows.askLevels[row] ?? 0),
    short: rows.outcome[row] === SHORT,
  };
}

function rowAt(rows: TradeRows | DepthRows, row: number, late: boolean): KeptRow {
  const id = rows.id[row] ?? Number.NaN;
  return {
    stream: rows.stream,
    timeMs: rows.timeMs[row] ?? 0,
    sequence: rows.sequence[row] ?? 0,
    id: Number.isNaN(id) ? (rows.textId.get(row) ?? '') : String(id),
    late,
  };
}

export function quantityOf(levels: readonly Level[], count: number = levels.length): bigint {
  return sumOf(levels.slice(0, count).map(({ quantity }) => quantity));
}

export function bestOf({ bids, asks }: KeptSnapshot): {
  readonly bid: bigint;
  readonly ask: bigint;
} {
  return { bid: bids[0]?.price ?? 0n, ask: asks[0]?.price ?? 0n };
}
