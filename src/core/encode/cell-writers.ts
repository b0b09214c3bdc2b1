/** Writers of exact cells: safe integers as digits, wide ones through their text. */
import type { ExactCells } from '../grid/exact-cells.js';
import { isoStamp, MINUTE_MS, SECOND_MS } from '../unit/utc-date.js';
import type { CellWriter } from './file-bytes.js';
import type { RowBytes } from './row-bytes.js';

/** Bytes of `2025-12-11T00:00:`, which the rows of a minute share. */
const MINUTE_BYTES = 17;
const LETTER_Z = 90;

/** The start of each row of a grid, in increasing order. */
export function stampCells(startMs: number, stepMs: number): CellWriter {
  let minuteMs = Number.NaN;
  let minuteFrom = 0;
  return (row, out) => {
    const timeMs = startMs + row * stepMs;
    const sinceMs = timeMs - minuteMs;
    if (!(sinceMs < MINUTE_MS)) {
      minuteMs = Math.floor(timeMs / MINUTE_MS) * MINUTE_MS;
      minuteFrom = out.end;
      out.text(isoStamp(timeMs));
      return;
    }
    out.repeat(minuteFrom, minuteFrom + MINUTE_BYTES);
    out.pair(sinceMs / SECOND_MS);
    out.byte(LETTER_Z);
  };
}

export function writeCell(cells: ExactCells, row: number, decimals: number, out: RowBytes): void {
  if (cells.isWide(row)) out.exact(cells.at(row), decimals);
  else out.safe(cells.safe[row] ?? 0, decimals);
}

/** NaN: the cell is wide. */
export function safeCell(cells: ExactCells, row: number): number {
  return cells.isWide(row) ? Number.NaN : (cells.safe[row] ?? 0);
}

/** A cell plus or minus another of the same scale. */
export interface CellSum {
  readonly one: ExactCells;
  readonly sign: 1 | -1;
  readonly other: ExactCells;
}

export function writeSum(sum: CellSum, row: number, decimals: number, out: RowBytes): void {
  const safe = safeSum(sum, row);
  if (Number.isNaN(safe)) out.exact(exactSum(sum, row), decimals);
  else out.safe(safe, decimals);
}

/** NaN unless a double holds the sum exactly. */
export function safeSum({ one, sign, other }: CellSum, row: number): number {
  const sum = safeCell(one, row) + sign * safeCell(other, row);
  return Math.abs(sum) <= Number.MAX_SAFE_INTEGER ? sum : Number.NaN;
}

export function exactSum({ one, sign, other }: CellSum, row: number): bigint {
  return one.at(row) + BigInt(sign) * other.at(row);
}
