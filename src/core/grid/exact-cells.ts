/**
 * Columns of exact integers, one cell per bar: safe integers in a Float64Array, and bigints for the
 * cells that exceed them. Nothing here rounds.
 */
import { isSafe, POWERS_OF_TEN } from '../event/mantissas.js';
import { powerOfTen } from '../unit/decimal.js';

export class ExactCells {
  /** Safe integers. */
  readonly safe: Float64Array;
  /** Parts beyond the safe integers, by cell: a cell's value is the sum of both parts. */
  readonly wide: Map<number, bigint> = new Map();

  constructor(length: number) {
    this.safe = new Float64Array(length);
  }

  at(index: number): bigint {
    const wide = this.wide.get(index);
    const safe = BigInt(this.safe[index] ?? 0);
    return wide === undefined ? safe : wide + safe;
  }

  set(index: number, value: bigint): void {
    if (isSafe(value)) {
      this.safe[index] = Number(value);
      if (this.wide.size > 0) this.wide.delete(index);
    } else {
      this.safe[index] = 0;
      this.wide.set(index, value);
    }
  }

  /** Multiplies every cell by 10^decimals. */
  raise(decimals: number): void {
    for (let index = 0; index < this.safe.length; index++) {
      if (this.safe[index] !== 0 || this.isWide(index)) {
        this.setRaised(index, this, index, decimals);
      }
    }
  }

  isWide(index: number): boolean {
    return this.wide.size > 0 && this.wide.has(index);
  }

  /** Sets a cell to the cell `from` of `source`, times 10^decimals. */
  setRaised(index: number, source: ExactCells, from: number, decimals: number): void {
    const safe = safeRaised(source, from, decimals);
    if (Number.isNaN(safe)) this.set(index, exactRaised(source, from, decimals));
    else this.setSafe(index, safe);
  }

  /** Negative, zero or positive, as a cell is less than, equal to or more than such a cell. */
  compareRaised(index: number, source: ExactCells, from: number, decimals: number): number {
    const safe = this.isWide(index) ? Number.NaN : safeRaised(source, from, decimals);
    if (!Number.isNaN(safe)) return (this.safe[index] ?? 0) - safe;
    const [one, other] = [this.at(index), exactRaised(source, from, decimals)];
    return one === other ? 0 : one < other ? -1 : 1;
  }

  private setSafe(index: number, value: number): void {
    this.safe[index] = value;
    if (this.wide.size > 0) this.wide.delete(index);
  }
}

/** NaN unless the value is a safe integer: a double that is one is the exact product of safe integers. */
function safeRaised(cells: ExactCells, index: number, decimals: number): number {
  if (cells.isWide(index)) return Number.NaN;
  const value = (cells.safe[index] ?? 0) * (POWERS_OF_TEN[decimals] ?? Number.NaN);
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : Number.NaN;
}

function exactRaised(cells: ExactCells, index: number, decimals: number): bigint {
  return cells.at(index) * powerOfTen(decimals);
}

export class ExactSums extends ExactCells {
  /** Adds a safe integer. */
  add(index: number, value: number): void {
    const sum = (this.safe[index] ?? 0) + value;
    if (sum <= Number.MAX_SAFE_INTEGER && sum >= -Number.MAX_SAFE_INTEGER) this.safe[index] = sum;
    else this.addWide(index, BigInt(value));
  }

  /** Adds the cell `from` of `source`, times 10^decimals. */
  addRaised(index: number, source: ExactCells, from: number, decimals: number): void {
    const safe = safeRaised(source, from, decimals);
    if (Number.isNaN(safe)) this.addWide(index, exactRaised(source, from, decimals));
    else this.add(index, safe);
  }

  addWide(index: number, value: bigint): void {
    this.set(index, this.at(index) + value);
  }
}
