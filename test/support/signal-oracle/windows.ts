/** The oracle's windows of rows: known ones, their sums, and the move of the reference price over them. */
import type { Cell, DayCells } from './day-cells.js';

/** Whether the window of so many rows that ends at each row is known, the row before it included. */
export function knownWindows({ isKnown }: DayCells, width: number): boolean[] {
  let knownInARow = 0;
  return isKnown.map((known) => {
    knownInARow = known ? knownInARow + 1 : 0;
    return knownInARow > width;
  });
}

/** The sum over each known window; undefined for others, and where a cell of it is empty. */
export function windowSums(cells: Cell[], isKnown: boolean[], width: number): Cell[] {
  return cells.map((_, row) => {
    if (isKnown[row] !== true) return undefined;
    let sum = 0n;
    for (const cell of cells.slice(row - width + 1, row + 1)) {
      if (cell === undefined) return undefined;
      sum += cell;
    }
    return sum;
  });
}

/** r(i) − r(i−w), for known windows. */
export function windowMoves(reference: Cell[], isKnown: boolean[], width: number): Cell[] {
  return reference.map((price, row) =>
    isKnown[row] === true ? difference(price, reference[row - width]) : undefined,
  );
}

/** Undefined where either is. */
export function difference(a: Cell, b: Cell): Cell {
  return a === undefined || b === undefined ? undefined : a - b;
}

export function magnitude(cell: Cell): Cell {
  return cell !== undefined && cell < 0n ? -cell : cell;
}
