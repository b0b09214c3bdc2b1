/**
 * How the cells of one row of signals relate to each other, in big integers; quick-signals is the same in doubles.
 * An unreadable cell breaks its notation alone: the checks here skip what needs its value.
 */
import {
  FILL_REASONS,
  type FillReason,
  type SignalColumn,
  SIGNALS,
} from '../column/signal-table.js';
import { quotientDecimals } from '../column/file-table.js';
import type { Resolution } from '../unit/resolution.js';
import { SECOND_MS } from '../unit/utc-date.js';
import type { CheckedRow } from './cell-checks.js';
import { CELL_ONE } from './cell-values.js';
import type { RowChecks } from './file-checks.js';
import { type CheckTally, quoted } from './file-tally.js';
import { surelySignals } from './quick-signals.js';
import {
  ABOVE_ZERO,
  BOOK_COLUMNS,
  BOOK_COUNTS,
  BOOK_ORDERS,
  CELL_GROUPS,
  type CellGroup,
  type CellOrder,
  MISSING_COLUMNS,
  SELLERS_ONLY,
  TRADE_ORDERS,
  WITH_MISSING,
  ZERO_RULES,
} from './signal-relations.js';

/** What the rows of a file are. */
export interface SignalRows {
  readonly resolution: Resolution;
  /** Depth is recorded; else every column of the book is empty. */
  readonly hasBook: boolean;
}

type Check = 'fill_reasons' | 'taker_flow' | 'book_cells' | 'book_order';
const CHECKS: readonly Check[] = ['fill_reasons', 'taker_flow', 'book_cells', 'book_order'];

export function signalRowChecks({ resolution, hasBook }: SignalRows): RowChecks {
  const barMs = resolution.seconds * SECOND_MS;
  return {
    table: SIGNALS,
    checks: CHECKS,
    check(row, tally) {
      const signals = new SignalRow(row, tally);
      checkReason(signals, barMs);
      checkTakerFlow(signals);
      if (hasBook) checkBookCells(signals);
      else checkNoBook(signals);
      checkBookOrder(signals);
    },
    surely: surelySignals({ barMs, hasBook }),
  };
}

/** One row by the names of its columns. */
class SignalRow {
  private readonly row: CheckedRow;
  private readonly tally: CheckTally<string>;

  constructor(row: CheckedRow, tally: CheckTally<string>) {
    this.row = row;
    this.tally = tally;
  }

  /** Undefined: empty or unreadable. */
  value(column: SignalColumn): bigint | undefined {
    return this.row.values[SIGNALS.at(column)];
  }

  isEmpty(column: SignalColumn): boolean {
    return this.row.cells[SIGNALS.at(column)] === '';
  }

  /** Has a value; a count has one above 0. */
  holds(column: SignalColumn): boolean {
    return !this.isEmpty(column) && this.value(column) !== (COUNTS.has(column) ? 0n : undefined);
  }

  /** `cvd '5'`. */
  text(column: SignalColumn): string {
    return `${column} ${quoted(this.row.cells[SIGNALS.at(column)])}`;
  }

  breach(check: Check, column: SignalColumn, expected: string): void {
    this.tally.breach(check, {
      where: `${this.row.place} ${column}`,
      found: quoted(this.row.cells[SIGNALS.at(column)]),
      expected,
    });
  }
}

const COUNTS: ReadonlySet<SignalColumn> = new Set<SignalColumn>(['book_count', 'book_full_count']);

function checkReason(row: SignalRow, barMs: number): void {
  for (const column of MISSING_COLUMNS) {
    const missing = row.value(column);
    if (missing !== undefined && missing > BigInt(barMs) * CELL_ONE) {
      row.breach('fill_reasons', column, `at most ${barMs}`);
    }
  }
  const reason = reasonOf(row.value('fill_reason'));
  const quote = row.value('quote_total');
  if (reason === undefined) return;
  if (quote !== undefined && (reason === 'traded') !== quote > 0n) {
    const expected = `'traded' with a quote_total above 0 alone, here ${row.text('quote_total')}`;
    row.breach('fill_reasons', 'fill_reason', expected);
  }
  const withReason = `with ${row.text('fill_reason')}`;
  for (const column of WITH_MISSING[reason] ?? []) {
    if (row.value(column) === 0n) row.breach('fill_reasons', column, `above 0 ${withReason}`);
  }
  if (reason === 'quiet' && (row.value('trades_missing_ms') ?? 0n) !== 0n) {
    row.breach('fill_reasons', 'trades_missing_ms', `0 ${withReason}`);
  }
}

function reasonOf(place: bigint | undefined): FillReason | undefined {
  return place === undefined ? undefined : FILL_REASONS[Number(place)];
}

function checkTakerFlow(row: SignalRow): void {
  for (const order of TRADE_ORDERS) checkOrder(row, 'taker_flow', order);
  for (const { zero, others } of ZERO_RULES) {
    if (row.value(zero) === 0n) checkZero(row, others, `0 with ${row.text(zero)}`);
  }
  if (
    row.value('taker_orders') !== 0n &&
    row.value('delta_min') === 0n &&
    row.value('delta_max') === 0n
  ) {
    row.breach('taker_flow', 'taker_orders', '0 without a running delta');
  }
  const quote = row.value('quote_total');
  if (quote !== undefined && row.value('quote_buy') === quote) {
    checkZero(row, SELLERS_ONLY, `0 with ${row.text('quote_buy')} of ${row.text('quote_total')}`);
  }
}

function checkZero(row: SignalRow, columns: readonly SignalColumn[], expected: string): void {
  for (const column of columns) {
    if ((row.value(column) ?? 0n) !== 0n) row.breach('taker_flow', column, expected);
  }
}

function checkNoBook(row: SignalRow): void {
  const expected = 'an empty cell, as no depth is recorded';
  for (const column of BOOK_COLUMNS) {
    if (!row.isEmpty(column)) row.breach('book_cells', column, expected);
  }
}

function checkBookCells(row: SignalRow): void {
  for (const column of BOOK_COUNTS) {
    if (row.isEmpty(column)) row.breach('book_cells', column, 'a number, as depth is recorded');
  }
  for (const group of CELL_GROUPS) checkGroup(row, group);
}

function checkGroup(row: SignalRow, { columns, needs, follows }: CellGroup): void {
  const [first] = columns;
  if (first === undefined) return;
  const lacking = needs.find((need) => !row.holds(need));
  if (lacking !== undefined) {
    for (const column of columns) {
      if (row.isEmpty(column)) continue;
      row.breach('book_cells', column, `an empty cell with ${row.text(lacking)}`);
    }
    return;
  }
  const isDue = follows !== undefined && row.holds(follows);
  if (!isDue && columns.every((column) => row.isEmpty(column))) return;
  const reason = isDue
    ? row.text(follows)
    : row.text(columns.find((column) => !row.isEmpty(column)) ?? first);
  for (const column of columns) {
    if (row.isEmpty(column)) row.breach('book_cells', column, `a number with ${reason}`);
  }
}

function checkBookOrder(row: SignalRow): void {
  for (const order of BOOK_ORDERS) checkOrder(row, 'book_order', order);
  for (const column of ABOVE_ZERO) {
    if (row.value(column) === 0n) row.breach('book_order', column, 'more than 0');
  }
  const bid = row.value('bid_close');
  const ask = row.value('ask_close');
  const spread = row.value('spread_max');
  if (bid === undefined || ask === undefined) return;
  if (ask <= bid) row.breach('book_order', 'ask_close', `more than ${row.text('bid_close')}`);
  if (spread === undefined || spread >= ask - bid) return;
  const expected = `at least ${row.text('ask_close')} − ${row.text('bid_close')}`;
  row.breach('book_order', 'spread_max', expected);
}

/** Half of the last decimal of a mean: rounding may move it this far below the least value. */
const HALF_LAST_DECIMAL: bigint =
  CELL_ONE / (2n * 10n ** BigInt(quotientDecimals(SIGNALS, 'bid_qty_l20')));

function checkOrder(row: SignalRow, check: Check, { least, most, half }: CellOrder): void {
  const [low, high] = [row.value(least), row.value(most)];
  if (low === undefined || high === undefined) return;
  if (low <= high + (half === true ? HALF_LAST_DECIMAL : 0n)) return;
  row.breach(check, least, `at most ${row.text(most)}`);
}
