/**
 * The cells of a bar file as exact integers, read back by rules of its own (never by the code that
 * wrote them). It says of a cell whether it is a number in plain notation, not whether it is right.
 */
import { DECIMALS_MAX } from '../unit/decimal.js';

/** Every value is an integer of this many decimals: the most that any cell may have. */
export const CELL_DECIMALS: number = DECIMALS_MAX;
export const CELL_ONE: bigint = 10n ** BigInt(CELL_DECIMALS);

/** No exponent, no leading or trailing zeros, no trailing point, no minus before zero. */
const PLAIN_PATTERN = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;

/** One row of a bar file in units of 10^-CELL_DECIMALS. Undefined: the cell is empty or no plain number. */
export interface Bar {
  readonly open: bigint | undefined;
  readonly high: bigint | undefined;
  readonly low: bigint | undefined;
  readonly close: bigint | undefined;
  readonly vwap: bigint | undefined;
  readonly volTotal: bigint | undefined;
  readonly volBuy: bigint | undefined;
  readonly volSell: bigint | undefined;
  readonly volDelta: bigint | undefined;
  readonly tradeCount: bigint | undefined;
  readonly avgSpread: bigint | undefined;
  readonly imbalance: bigint | undefined;
}

/** The texts of a row that has the right number of cells, by the names that the checks use. */
export interface BarCells {
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly vwap: string;
  readonly volTotal: string;
  readonly volBuy: string;
  readonly volSell: string;
  readonly volDelta: string;
  readonly tradeCount: string;
  readonly avgSpread: string;
  readonly imbalance: string;
}

/** Cells in the order of BAR_COLUMNS. */
export function barCells(row: readonly string[]): BarCells {
  return {
    open: row[1] ?? '',
    high: row[2] ?? '',
    low: row[3] ?? '',
    close: row[4] ?? '',
    vwap: row[5] ?? '',
    volTotal: row[6] ?? '',
    volBuy: row[7] ?? '',
    volSell: row[8] ?? '',
    volDelta: row[9] ?? '',
    tradeCount: row[10] ?? '',
    avgSpread: row[11] ?? '',
    imbalance: row[12] ?? '',
  };
}

export function barOf(cells: BarCells): Bar {
  return {
    open: plainValue(cells.open),
    high: plainValue(cells.high),
    low: plainValue(cells.low),
    close: plainValue(cells.close),
    vwap: plainValue(cells.vwap),
    volTotal: plainValue(cells.volTotal),
    volBuy: plainValue(cells.volBuy),
    volSell: plainValue(cells.volSell),
    volDelta: plainValue(cells.volDelta),
    tradeCount: plainValue(cells.tradeCount),
    avgSpread: plainValue(cells.avgSpread),
    imbalance: plainValue(cells.imbalance),
  };
}

/** The value of a number in plain notation; undefined for any other text. */
export function plainValue(text: string): bigint | undefined {
  if (text === '0') return 0n;
  if (!PLAIN_PATTERN.test(text)) return undefined;
  const point = text.indexOf('.');
  if (point < 0) return BigInt(text) * CELL_ONE;
  const decimals = text.length - point - 1;
  if (decimals > CELL_DECIMALS) return undefined;
  return BigInt(`${text.slice(0, point)}${text.slice(point + 1).padEnd(CELL_DECIMALS, '0')}`);
}

/** Digits after the point. */
export function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}
