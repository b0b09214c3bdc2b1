/** HOT. A column of a day whose minutes are kept or turned: exact, in doubles while all cells are safe integers. */
import { POWERS_OF_TEN } from '../event/mantissas.js';
import { MINUTE_ROWS } from '../pattern/minute-cells.js';
import { type SafeCells, Series } from '../series/series.js';

/** How the cells of a column come about, minute by minute. */
export interface Turning {
  readonly kept: Series;
  /** The column that takes its place in a turned minute: itself, or that of the other side. */
  readonly partner: Series;
  /** Of the partner's cells. */
  readonly sign: 1 | -1;
  /** By minute, 1: turned. */
  readonly turned: Uint8Array;
  /** What is added in a minute: a safe integer at the larger scale of both columns. */
  readonly addend: (minute: number) => number;
}

export function turnedSeries(turning: Turning): Series {
  const { kept, partner } = turning;
  const decimals = Math.max(kept.decimals, partner.decimals);
  return new Series(safeTurned(turning, decimals) ?? wideTurned(turning, decimals), decimals);
}

/** Undefined unless every cell on the way is a safe integer. */
function safeTurned(
  { kept, partner, sign, turned, addend }: Turning,
  decimals: number,
): SafeCells | undefined {
  if (kept.safe === undefined || partner.safe === undefined) return undefined;
  const keptFactor = POWERS_OF_TEN[decimals - kept.decimals] ?? Number.NaN;
  const partnerFactor = sign * (POWERS_OF_TEN[decimals - partner.decimals] ?? Number.NaN);
  const cells = new Float64Array(kept.length);
  for (let row = 0; row < cells.length; row++) {
    const minute = Math.floor(row / MINUTE_ROWS);
    const isTurned = turned[minute] === 1;
    const own = (isTurned ? partner.safe[row] : kept.safe[row]) ?? Number.NaN;
    const factored = own * (isTurned ? partnerFactor : keptFactor);
    // Adding 0 makes 0 of -0.
    const cell = factored + addend(minute) + 0;
    if (Number.isNaN(own)) cells[row] = Number.NaN;
    else if (isSafeCell(factored) && isSafeCell(cell)) cells[row] = cell;
    else return undefined;
  }
  return cells;
}

function isSafeCell(cell: number): boolean {
  return Math.abs(cell) <= Number.MAX_SAFE_INTEGER;
}

function wideTurned(
  { kept, partner, sign, turned, addend }: Turning,
  decimals: number,
): (bigint | undefined)[] {
  const [own, other] = [kept.widenedTo(decimals), partner.widenedTo(decimals)];
  return own.map((cell, row) => {
    const minute = Math.floor(row / MINUTE_ROWS);
    const isTurned = turned[minute] === 1;
    const source = isTurned ? other[row] : cell;
    if (source === undefined) return undefined;
    return (isTurned && sign < 0 ? -source : source) + BigInt(addend(minute));
  });
}

/** Cells as big integers, in doubles where all are safe. */
export function seriesOfCells(cells: readonly (bigint | undefined)[], decimals: number): Series {
  const numbers = Float64Array.from(cells, (cell) => Number(cell ?? Number.NaN));
  return new Series(
    numbers.every((cell) => Number.isNaN(cell) || isSafeCell(cell)) ? numbers : cells,
    decimals,
  );
}
