/** Sorts a chunk's rows by exchange time, keeping file order within a millisecond. Nearly always there is nothing to do. */
import { LEVELS_MAX, DepthRows } from '../event/depth-rows.js';
import type { Mantissas } from '../event/mantissas.js';
import { TradeRows } from '../event/trade-rows.js';

/** The rows themselves when they are in order already, else a sorted copy. */
export function inTimeOrder<Rows extends TradeRows | DepthRows>(rows: Rows): Rows;
export function inTimeOrder(rows: TradeRows | DepthRows): TradeRows | DepthRows {
  if (isInOrder(rows)) return rows;
  const order = Array.from({ length: rows.count }, (_, row) => row);
  order.sort((a, b) => (rows.timeMs[a] ?? 0) - (rows.timeMs[b] ?? 0) || a - b);
  return rows.stream === 'trades' ? sortedTrades(rows, order) : sortedDepth(rows, order);
}

function isInOrder({ timeMs, count }: TradeRows | DepthRows): boolean {
  for (let row = 1; row < count; row++) {
    if ((timeMs[row] ?? 0) < (timeMs[row - 1] ?? 0)) return false;
  }
  return true;
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
