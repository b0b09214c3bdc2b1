/**
 * A grid of exact bars as the fields of a bar file: gaps filled, ratios formed and rounded here and
 * nowhere else (SPEC section 3). Turning fields into bytes is the table writer's business.
 */
import type { BarGrid } from '../bar/bar-grid.js';
import { IMBALANCE_DECIMALS, type BookGrid } from '../book/book-grid.js';
import type { ExactCells } from '../grid/exact-cells.js';
import {
  QUOTIENT_DECIMALS,
  divideHalfUp,
  formatDecimal,
  formatSafe,
  powerOfTen,
} from '../unit/decimal.js';
import { isoStamp } from '../unit/utc-date.js';

/** Both grids are of the same bars. */
export interface BarCells {
  readonly bars: BarGrid;
  readonly book: BookGrid;
}

/** Yields one array of fields per bar, in time order. `seedPrice` is the last price before the first bar. */
export function* barRows(
  { bars: grid, book: bookGrid }: BarCells,
  seedPrice: string | undefined,
): Generator<string[]> {
  let carried = seedPrice ?? '';
  for (let bar = 0; bar < grid.length; bar++) {
    const stamp = isoStamp(grid.startMs + bar * grid.barMs);
    const book = [meanSpread(bookGrid, bar), meanImbalance(bookGrid, bar)];
    if (grid.tradeCount[bar] === 0) {
      const price = carried;
      yield [stamp, price, price, price, price, price, '0', '0', '0', '0', '0', ...book];
      continue;
    }
    const close = formatCell(grid.close.cellsOf(bar), bar, grid.priceDecimals);
    const buy = grid.buyQuantity.at(bar);
    const sell = grid.sellQuantity.at(bar);
    yield [
      stamp,
      formatCell(grid.open.cellsOf(bar), bar, grid.priceDecimals),
      formatCell(grid.high, bar, grid.priceDecimals),
      formatCell(grid.low, bar, grid.priceDecimals),
      close,
      vwap(grid, bar, buy + sell),
      formatDecimal(buy + sell, grid.quantityDecimals),
      formatDecimal(buy, grid.quantityDecimals),
      formatDecimal(sell, grid.quantityDecimals),
      formatDecimal(buy - sell, grid.quantityDecimals),
      String(grid.tradeCount[bar]),
      ...book,
    ];
    carried = close;
  }
}

function formatCell(cells: ExactCells, bar: number, decimals: number): string {
  return cells.wide.has(bar)
    ? formatDecimal(cells.at(bar), decimals)
    : formatSafe(cells.safe[bar] ?? 0, decimals);
}

/** Σ price·quantity / Σ quantity. The quantity scale cancels out. */
function vwap(grid: BarGrid, bar: number, quantity: bigint): string {
  return formatQuotient(grid.turnover.at(bar), quantity, grid.priceDecimals);
}

function meanSpread(grid: BookGrid, bar: number): string {
  const count = grid.spreadCount[bar] ?? 0;
  return count === 0 ? '' : formatQuotient(grid.spread.at(bar), BigInt(count), grid.priceDecimals);
}

function meanImbalance(grid: BookGrid, bar: number): string {
  const count = grid.imbalanceCount[bar] ?? 0;
  if (count === 0) return '';
  return formatQuotient(grid.imbalance.at(bar), BigInt(count), IMBALANCE_DECIMALS);
}

/** numerator / 10^decimals / denominator, rounded half up to QUOTIENT_DECIMALS. */
function formatQuotient(numerator: bigint, denominator: bigint, decimals: number): string {
  const shift = QUOTIENT_DECIMALS - decimals;
  const rounded =
    shift >= 0
      ? divideHalfUp(numerator * powerOfTen(shift), denominator)
      : divideHalfUp(numerator, denominator * powerOfTen(-shift));
  return formatDecimal(rounded, QUOTIENT_DECIMALS);
}
