/**
 * The strict decoding path: one line of a chunk, read with a CSV library and JSON. Slow and plain; it
 * defines what a byte kernel must return for the lines that it accepts.
 */
import type { StrictSnapshot } from '../event/depth-rows.js';
import { TAKER_BUY, TAKER_SELL, type StrictTrade } from '../event/trade-rows.js';
import { requiredColumns } from '../rule/recorded-columns.js';
import { quoted, type ColumnPlan } from './chunk-columns.js';
import { sideOption } from './foreign-header.js';
import {
  Malformed,
  orEmpty,
  readBuyerMaker,
  readDecimal,
  readEpoch,
  readLevels,
  readSide,
} from './strict-cell.js';

/** Splits one line of Latin-1 text, without its line end; undefined if it is not one RFC 4180 record. */
export type SplitLine = (line: string) => string[] | undefined;

interface OfSymbol {
  /** Empty without a column symbol. */
  readonly symbol: string;
}

export type StrictRow = (StrictTrade | StrictSnapshot) & OfSymbol;

/** exec_type values that trade against the book (order-flow facts F6, F7). */
const ON_BOOK: ReadonlySet<string> = new Set(['', 'MARKET', 'RPI']);

export function readStrictRow(
  line: string,
  plan: ColumnPlan,
  splitLine: SplitLine,
): StrictRow | Malformed {
  const fields = splitLine(line);
  if (fields === undefined) return new Malformed('row', quoted(line), 'one rfc 4180 record');
  if (fields.length !== plan.fieldCount) {
    return new Malformed('row', `${fields.length} fields`, `${plan.fieldCount}`);
  }
  const cell = (column: string): string => fields[plan.indexOf.get(column) ?? -1] ?? '';
  const row = plan.stream === 'trades' ? readTrade(cell, plan.saysSide) : readSnapshot(cell);
  return row instanceof Malformed ? explained(row, plan) : row;
}

/** Says of two common mistakes, which make every row malformed, what to do. */
function explained(row: Malformed, plan: ColumnPlan): Malformed {
  const hint = hintOn(row, plan);
  if (hint === undefined) return row;
  return new Malformed(row.column, row.found, `${row.expected} (${hint})`);
}

function hintOn({ column, found }: Malformed, plan: ColumnPlan): string | undefined {
  const { stream, hasHeader, names, indexOf } = plan;
  if (column === 'timestamp' && !hasHeader) {
    const order = requiredColumns(stream).join(', ');
    return `the chunk has no header: put the line with its column names before it, or the columns in the order ${order}`;
  }
  if (column !== 'is_buyer_maker' || !/^'(?:buy|sell)'$/i.test(found)) return undefined;
  return hasHeader
    ? `a column of buy and sell is a side: ${sideOption(names[indexOf.get(column) ?? -1])}`
    : 'a column of buy and sell is a side: name it so in a header';
}

function readTrade(
  cell: (column: string) => string,
  saysSide: boolean,
): (StrictTrade & OfSymbol) | Malformed {
  const epoch = readEpoch(cell('timestamp'));
  if (epoch instanceof Malformed) return epoch;
  const price = readDecimal('price', cell('price'));
  if (price instanceof Malformed) return price;
  const quantity = readDecimal('quantity', cell('quantity'));
  if (quantity instanceof Malformed) return quantity;
  const readAggressor = saysSide ? readSide : readBuyerMaker;
  const buyerIsMaker = readAggressor(cell('is_buyer_maker'));
  if (buyerIsMaker instanceof Malformed) return buyerIsMaker;
  const execType = orEmpty(cell('exec_type'));
  const isOnBook = ON_BOOK.has(execType);
  return {
    kind: 'trade',
    timeMs: epoch.timeMs,
    epochDigits: epoch.digits,
    price,
    quantity,
    takerSide: buyerIsMaker ? TAKER_SELL : TAKER_BUY,
    id: orEmpty(cell('trade_id')),
    symbol: cell('symbol'),
    excluded: price.mantissa <= 0n || quantity.mantissa <= 0n || !isOnBook,
    excludedType: isOnBook ? undefined : execType,
  };
}

function readSnapshot(cell: (column: string) => string): (StrictSnapshot & OfSymbol) | Malformed {
  const epoch = readEpoch(cell('timestamp'));
  if (epoch instanceof Malformed) return epoch;
  const bids = readLevels('bids', cell('bids'));
  if (bids instanceof Malformed) return bids;
  const asks = readLevels('asks', cell('asks'));
  if (asks instanceof Malformed) return asks;
  return {
    kind: 'snapshot',
    timeMs: epoch.timeMs,
    epochDigits: epoch.digits,
    bids,
    asks,
    id: orEmpty(cell('update_id')),
    symbol: cell('symbol'),
    excluded: [...bids, ...asks].some(
      (level) => level.price.mantissa <= 0n || level.quantity.mantissa <= 0n,
    ),
  };
}
