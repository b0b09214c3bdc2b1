/**
 * Puts the rows of one batch in Order, as far as one batch can: by exchange time; within a millisecond
 * trades by id if every usable one has a numeric id, else as in the file. Most batches are already in
 * Order.
 */
import { LEVELS_MAX, DepthRows } from '../event/depth-rows.js';
import type { Mantissas } from '../event/mantissas.js';
import { LAST_USABLE } from '../event/row-columns.js';
import { TradeRows } from '../event/trade-rows.js';

/** The rows themselves if they are in Order, else a sorted copy. `idlessMs`: milliseconds with a late trade without an id. */
export function inOrder<Rows extends TradeRows | DepthRows>(
  rows: Rows,
  idlessMs?: ReadonlySet<number>,
): Rows;
export function inOrder(
  rows: TradeRows | DepthRows,
  idlessMs: ReadonlySet<number> = new Set(),
): TradeRows | DepthRows {
  if (rows.stream === 'depth') return isInTime(rows) ? rows : sortedDepth(rows, byTime(rows));
  if (isInTime(rows) && isById(rows)) return rows;
  return sortedTrades(rows, byId(rows, byTime(rows), idlessMs));
}

function isInTime({ timeMs, count }: TradeRows | DepthRows): boolean {
  for (let row = 1; row < count; row++) {
    if ((timeMs[row] ?? 0) < (timeMs[row - 1] ?? 0)) return false;
  }
  return true;
}

/** True if within each millisecond ids never decrease from one usable row to the next. */
function isById(rows: TradeRows): boolean {
  const { timeMs, outcome, count } = rows;
  let beforeMs = Number.NaN;
  let idBefore = Number.NaN;
  for (let row = 0; row < count; row++) {
    if ((outcome[row] ?? 0) > LAST_USABLE) continue;
    const id = rows.idNumber(row);
    if (id < idBefore && timeMs[row] === beforeMs) return false;
    beforeMs = timeMs[row] ?? 0;
    idBefore = id;
  }
  return true;
}

function byTime({ timeMs, count }: TradeRows | DepthRows): number[] {
  const order = Array.from({ length: count }, (_, row) => row);
  return order.toSorted((a, b) => (timeMs[a] ?? 0) - (timeMs[b] ?? 0) || a - b);
}

/** `order` is by time. Unusable rows have no place in Order and follow the others of their millisecond. */
function byId(rows: TradeRows, order: readonly number[], idlessMs: ReadonlySet<number>): number[] {
  const { timeMs, outcome } = rows;
  const sorted: number[] = [];
  for (let from = 0, to = 0; from < order.length; from = to) {
    const groupMs = timeMs[order[from] ?? 0];
    while (to < order.length && timeMs[order[to] ?? 0] === groupMs) to += 1;
    const group = order.slice(from, to);
    const isUsable = (row: number): boolean => (outcome[row] ?? 0) <= LAST_USABLE;
    const usable = group.filter(isUsable);
    const haveIds = !usable.some((row) => Number.isNaN(rows.idNumber(row)));
    if (haveIds && !idlessMs.has(groupMs ?? Number.NaN)) {
      usable.sort((a, b) => rows.idNumber(a) - rows.idNumber(b) || a - b);
    }
    sorted.push(...usable, ...group.filter((row) => !isUsable(row)));
  }
  return sorted;
}

function sortedTrades(rows: TradeRows, order: readonly number[]): TradeRows {
  const sorted = new TradeRows(rows.count, {
    priceDecimals: rows.price.decimals,
    quantityDecimals: rows.quantity.decimals,
  });
  copyShared(rows, sorted, order);
  copyCells(rows.price, sorted.price, order, 1);
  copyCells(rows.quantity, sorted.quantity, order, 1);
  for (const [to, from] of order.entries()) sorted.takerSide[to] = rows.takerSide[from] ?? 0;
  return sorted;
}

function sortedDepth(rows: DepthRows, order: readonly number[]): DepthRows {
  const sorted = new DepthRows(rows.count, {
    priceDecimals: rows.bidPrice.decimals,
    quantityDecimals: rows.bidQuantity.decimals,
  });
  copyShared(rows, sorted, order);
  copyCells(rows.bidPrice, sorted.bidPrice, order, LEVELS_MAX);
  copyCells(rows.bidQuantity, sorted.bidQuantity, order, LEVELS_MAX);
  copyCells(rows.askPrice, sorted.askPrice, order, LEVELS_MAX);
  copyCells(rows.askQuantity, sorted.askQuantity, order, LEVELS_MAX);
  for (const [to, from] of order.entries()) {
    sorted.bidLevels[to] = rows.bidLevels[from] ?? 0;
    sorted.askLevels[to] = rows.askLevels[from] ?? 0;
  }
  return sorted;
}

function copyShared(
  rows: TradeRows | DepthRows,
  sorted: TradeRows | DepthRows,
  order: readonly number[],
): void {
  sorted.count = rows.count;
  sorted.epochDigits = rows.epochDigits;
  for (const [to, from] of order.entries()) {
    sorted.timeMs[to] = rows.timeMs[from] ?? 0;
    sorted.sequence[to] = rows.sequence[from] ?? 0;
    sorted.id[to] = rows.id[from] ?? Number.NaN;
    sorted.excluded[to] = rows.excluded[from] ?? 0;
    sorted.outcome[to] = rows.outcome[from] ?? 0;
    const textId = rows.textId.get(from);
    if (textId !== undefined) sorted.textId.set(to, textId);
  }
}

function copyCells(from: Mantissas, to: Mantissas, order: readonly number[], stride: number): void {
  if (from.wide !== undefined) to.wide = [];
  for (const [row, source] of order.entries()) {
    for (let offset = 0; offset < stride; offset++) {
      const index = row * stride + offset;
      if (to.wide === undefined) to.safe[index] = from.safe[source * stride + offset] ?? 0;
      else to.wide[index] = from.at(source * stride + offset);
    }
  }
}
