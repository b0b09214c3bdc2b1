/**
 * HOT. The relations between the cells of a row of signals in doubles; bench: encode; oracle: signal-row-checks.
 * False also stands for doubt.
 */
import { FILL_REASONS, type SignalColumn, SIGNALS } from '../column/signal-table.js';
import type { QuickRow } from './quick-row.js';
import {
  ABOVE_ZERO,
  BOOK_COLUMNS,
  BOOK_COUNTS,
  BOOK_ORDERS,
  CELL_GROUPS,
  SELLERS_ONLY,
  TRADE_ORDERS,
  WITH_MISSING,
  ZERO_RULES,
} from './signal-relations.js';

export interface QuickSignalRows {
  /** Length of a row. */
  readonly barMs: number;
  readonly hasBook: boolean;
}

export function surelySignals({ barMs, hasBook }: QuickSignalRows): (row: QuickRow) => boolean {
  return (row) =>
    isSurelyReason(row, barMs) &&
    isSurelyFlow(row) &&
    (hasBook ? areSurelyBookCells(row) && isSurelyBook(row) : areAllEmpty(row, BOOK_AT));
}

const placesOf = (columns: readonly SignalColumn[]): readonly number[] =>
  columns.map((column) => SIGNALS.at(column));

const REASON_AT = SIGNALS.at('fill_reason');
const TRADES_MISSING_AT = SIGNALS.at('trades_missing_ms');
const DEPTH_MISSING_AT = SIGNALS.at('depth_missing_ms');
const QUOTE_AT = SIGNALS.at('quote_total');
const QUOTE_BUY_AT = SIGNALS.at('quote_buy');
const ORDERS_AT = SIGNALS.at('taker_orders');
const DELTA_MIN_AT = SIGNALS.at('delta_min');
const DELTA_MAX_AT = SIGNALS.at('delta_max');
const BID_AT = SIGNALS.at('bid_close');
const ASK_AT = SIGNALS.at('ask_close');
const SPREAD_AT = SIGNALS.at('spread_max');
const SPREAD_PLACES: readonly number[] = [BID_AT, ASK_AT, SPREAD_AT];
const BOOK_AT = placesOf(BOOK_COLUMNS);
const BOOK_COUNTS_AT = placesOf(BOOK_COUNTS);
const ABOVE_ZERO_AT = placesOf(ABOVE_ZERO);
const SELLERS_ONLY_AT = placesOf(SELLERS_ONLY);

const TRADED = FILL_REASONS.indexOf('traded');
const QUIET = FILL_REASONS.indexOf('quiet');
const WITH_MISSING_AT = FILL_REASONS.map((reason) => placesOf(WITH_MISSING[reason] ?? []));
const ZERO_RULES_AT = ZERO_RULES.map(({ zero, others }) => ({
  zeroAt: SIGNALS.at(zero),
  othersAt: placesOf(others),
}));
const TRADE_ORDERS_AT = TRADE_ORDERS.map(placesOfOrder);
const BOOK_ORDERS_AT = BOOK_ORDERS.map(placesOfOrder);
const GROUPS_AT = CELL_GROUPS.map(({ columns, needs, follows }) => ({
  at: placesOf(columns),
  needsAt: placesOf(needs),
  followsAt: follows === undefined ? -1 : SIGNALS.at(follows),
}));

interface OrderPlaces {
  readonly leastAt: number;
  readonly mostAt: number;
}

function placesOfOrder({ least, most }: (typeof BOOK_ORDERS)[number]): OrderPlaces {
  return { leastAt: SIGNALS.at(least), mostAt: SIGNALS.at(most) };
}

/** Counts of milliseconds have no decimals: the limits of single cells see to that. */
function isSurelyReason(row: QuickRow, barMs: number): boolean {
  const { mantissa } = row;
  const reason = mantissa[REASON_AT] ?? Number.NaN;
  const missing = mantissa[TRADES_MISSING_AT] ?? Number.NaN;
  if (!(missing <= barMs) || (mantissa[DEPTH_MISSING_AT] ?? 0) > barMs) return false;
  if ((reason === TRADED) === row.isZero(QUOTE_AT)) return false;
  if (reason === TRADED) return true;
  if (reason === QUIET) return missing === 0;
  for (const at of WITH_MISSING_AT[reason] ?? []) if (row.isZero(at)) return false;
  return true;
}

function isSurelyFlow(row: QuickRow): boolean {
  for (const order of TRADE_ORDERS_AT) if (!row.isAtMost(order.leastAt, order.mostAt)) return false;
  for (const { zeroAt, othersAt } of ZERO_RULES_AT) {
    if (row.isZero(zeroAt) && !areAllZero(row, othersAt)) return false;
  }
  const isStill = row.isZero(DELTA_MIN_AT) && row.isZero(DELTA_MAX_AT);
  if (isStill && !row.isZero(ORDERS_AT)) return false;
  return !row.isSame(QUOTE_AT, row, QUOTE_BUY_AT) || areAllZero(row, SELLERS_ONLY_AT);
}

/** There is a value, of a count one above 0. */
function holds(row: QuickRow, at: number): boolean {
  return !row.isEmpty(at) && !(BOOK_COUNTS_AT.includes(at) && row.isZero(at));
}

function areSurelyBookCells(row: QuickRow): boolean {
  for (const at of BOOK_COUNTS_AT) if (row.isEmpty(at)) return false;
  for (const { at, needsAt, followsAt } of GROUPS_AT) {
    const isFirstEmpty = row.isEmpty(at[0] ?? 0);
    for (const one of at) if (row.isEmpty(one) !== isFirstEmpty) return false;
    if (isFirstEmpty) {
      if (followsAt >= 0 && holds(row, followsAt)) return false;
    } else {
      for (const need of needsAt) if (!holds(row, need)) return false;
    }
  }
  return true;
}

function isSurelyBook(row: QuickRow): boolean {
  for (const { leastAt, mostAt } of BOOK_ORDERS_AT) {
    if (!row.isEmpty(leastAt) && !row.isClearlyAtMost(leastAt, mostAt)) return false;
  }
  for (const at of ABOVE_ZERO_AT) if (row.isZero(at)) return false;
  if (row.isEmpty(BID_AT)) return true;
  const decimals = row.decimalsOf(SPREAD_PLACES);
  const bid = row.mantissaAt(BID_AT, decimals);
  const ask = row.mantissaAt(ASK_AT, decimals);
  return bid < ask && ask - bid <= row.mantissaAt(SPREAD_AT, decimals);
}

function areAllEmpty(row: QuickRow, columns: readonly number[]): boolean {
  for (const at of columns) if (!row.isEmpty(at)) return false;
  return true;
}

/** A cell that is not zero, or empty, is no zero. */
function areAllZero(row: QuickRow, columns: readonly number[]): boolean {
  for (const at of columns) if (!row.isZero(at)) return false;
  return true;
}
