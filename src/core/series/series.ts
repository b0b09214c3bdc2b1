/**
 * A column of exact decimals of which some may be absent, and what rules compute from whole columns. It
 * holds doubles while every value and every sum on the way is a safe integer, else big integers.
 */
import { powerOfTen } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';

/** One cell for each row; NaN: absent. */
export type SafeCells = Float64Array;
/** One cell for each row; undefined: absent. */
export type WideCells = readonly (bigint | undefined)[];

/** The series of some columns of a file. */
export type SeriesByName<Name extends string> = (name: Name) => Series;

/** `sign` times the sum of the `count` cells that end `back` rows before the row. */
export interface Term {
  readonly of: Series;
  readonly sign: 1 | -1;
  /** 0 by default. */
  readonly back?: number;
  /** 1 by default. */
  readonly count?: number;
}

export class Series {
  readonly length: number;
  /** value = cell / 10^decimals. */
  readonly decimals: number;
  /** Undefined where the cells are wide. */
  readonly safe: SafeCells | undefined;
  private readonly wide: WideCells;

  constructor(cells: SafeCells | WideCells, decimals: number) {
    this.length = cells.length;
    this.decimals = decimals;
    this.safe = cells instanceof Float64Array ? cells : undefined;
    this.wide = cells instanceof Float64Array ? [] : cells;
  }

  /** Undefined: absent, or no such row. */
  at(row: number): bigint | undefined {
    if (this.safe === undefined) return this.wide[row];
    const cell = this.safe[row] ?? Number.NaN;
    return Number.isNaN(cell) ? undefined : BigInt(cell);
  }

  has(row: number): boolean {
    return this.safe === undefined
      ? this.wide[row] !== undefined
      : !Number.isNaN(this.safe[row] ?? Number.NaN);
  }

  /** NaN: absent. */
  sign(row: number): number {
    if (this.safe !== undefined) return Math.sign(this.safe[row] ?? Number.NaN);
    const cell = this.wide[row];
    if (cell === undefined) return Number.NaN;
    return cell === 0n ? 0 : cell < 0n ? -1 : 1;
  }

  /** The sign of the first value less the second; NaN where one is absent. */
  compare(row: number, other: number): number {
    if (this.safe !== undefined) {
      return Math.sign((this.safe[row] ?? Number.NaN) - (this.safe[other] ?? Number.NaN));
    }
    const [one, two] = [this.wide[row], this.wide[other]];
    if (one === undefined || two === undefined) return Number.NaN;
    return one === two ? 0 : one < two ? -1 : 1;
  }

  /** Where a cell is absent, the last one before it, at most so many rows back. */
  carried(rowsBack: number): Series {
    const { safe, wide, decimals } = this;
    const cells = safe === undefined ? [...wide] : new Float64Array(safe);
    let last = -rowsBack - 1;
    for (let row = 0; row < cells.length; row++) {
      if (this.has(row)) last = row;
      else if (last >= row - rowsBack) cells[row] = cells[last];
    }
    return new Series(cells, decimals);
  }

  /** The sizes of the values. */
  size(): Series {
    const { safe, wide, decimals } = this;
    if (safe !== undefined) return new Series(safe.map(Math.abs), decimals);
    const sizes = wide.map((cell) => (cell !== undefined && cell < 0n ? -cell : cell));
    return new Series(sizes, decimals);
  }

  /** The values of the rows that are marked; the other rows have none. */
  where(marks: Uint8Array): Series {
    const { safe, wide, decimals } = this;
    if (safe === undefined) {
      return new Series(
        wide.map((cell, row) => (marks[row] === 1 ? cell : undefined)),
        decimals,
      );
    }
    const kept = new Float64Array(safe);
    for (let row = 0; row < kept.length; row++) {
      if (marks[row] !== 1) kept[row] = Number.NaN;
    }
    return new Series(kept, decimals);
  }

  /** The cells of a column that are present, as big integers at another scale, at least as fine. */
  widenedTo(decimals: number): WideCells {
    const factor = powerOfTen(decimals - this.decimals);
    return Array.from({ length: this.length }, (_, row) => {
      const cell = this.at(row);
      return cell === undefined ? undefined : cell * factor;
    });
  }
}

/** One sum for each block of so many rows, absent where a cell of it is. */
export function blockSums(of: Series, blockRows: number): Series {
  const blocks = Math.floor(of.length / blockRows);
  const { safe, decimals } = of;
  if (safe === undefined || !(largest(safe) * blockRows <= Number.MAX_SAFE_INTEGER)) {
    const cells = of.widenedTo(decimals);
    const wide = Array.from({ length: blocks }, (_, block) => {
      let sum = 0n;
      for (const cell of cells.slice(block * blockRows, (block + 1) * blockRows)) {
        if (cell === undefined) return undefined;
        sum += cell;
      }
      return sum;
    });
    return new Series(wide, decimals);
  }
  const sums = new Float64Array(blocks);
  for (let row = 0; row < blocks * blockRows; row++) {
    const block = Math.floor(row / blockRows);
    sums[block] = (sums[block] ?? 0) + (safe[row] ?? Number.NaN);
  }
  return new Series(sums, decimals);
}

/** The sum of the terms, absent where a cell of it is absent or lies before the first row. */
export function sumOf(terms: readonly Term[]): Series {
  const decimals = Math.max(...terms.map(({ of }) => of.decimals));
  const length = Math.max(...terms.map(({ of }) => of.length));
  const safe = safeSum(terms, length, decimals);
  return new Series(safe ?? wideSum(terms, length, decimals), decimals);
}

/** Undefined unless every sum on the way is surely a safe integer. */
function safeSum(terms: readonly Term[], length: number, decimals: number): SafeCells | undefined {
  let most = 0;
  for (const { of, count = 1 } of terms) {
    if (of.safe === undefined) return undefined;
    most += count * 10 ** (decimals - of.decimals) * largest(of.safe);
  }
  if (!(most <= Number.MAX_SAFE_INTEGER)) return undefined;
  const sums = new Float64Array(length);
  for (const { of, sign, back = 0, count = 1 } of terms) {
    const factor = sign * 10 ** (decimals - of.decimals);
    const cells = of.safe;
    assert(cells !== undefined, 'terms of a safe sum are safe');
    sums.fill(Number.NaN, 0, back + count - 1);
    for (let row = back + count - 1; row < length; row++) {
      let sum = 0;
      for (let at = row - back - count + 1; at <= row - back; at++) sum += cells[at] ?? Number.NaN;
      sums[row] = (sums[row] ?? 0) + factor * sum;
    }
  }
  return sums;
}

function largest(cells: SafeCells): number {
  let most = 0;
  for (let row = 0; row < cells.length; row++) {
    const size = Math.abs(cells[row] ?? 0);
    if (size > most) most = size;
  }
  return most;
}

function wideSum(terms: readonly Term[], length: number, decimals: number): WideCells {
  const columns = terms.map((term) => ({ ...term, cells: term.of.widenedTo(decimals) }));
  return Array.from({ length }, (_, row) => {
    let sum = 0n;
    for (const { cells, sign, back = 0, count = 1 } of columns) {
      for (let at = row - back - count + 1; at <= row - back; at++) {
        const cell = cells[at];
        if (cell === undefined) return undefined;
        sum += sign === 1 ? cell : -cell;
      }
    }
    return sum;
  });
}
