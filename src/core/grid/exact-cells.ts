/**
 * Columns of exact integers, one cell per bar: safe integers in a Float64Array, and bigints for the
 * cells that exceed them. Nothing here rounds.
 */
import { isSafe } from '../event/mantissas.js';
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
    const factor = powerOfTen(decimals);
    for (let index = 0; index < this.safe.length; index++) {
      if (this.safe[index] !== 0 || this.wide.has(index)) this.set(index, this.at(index) * factor);
    }
  }
}

export class ExactSums extends ExactCells {
  /** Adds a safe integer. */
  add(index: number, value: number): void {
    const sum = (this.safe[index] ?? 0) + value;
    if (sum <= Number.MAX_SAFE_INTEGER && sum >= -Number.MAX_SAFE_INTEGER) this.safe[index] = sum;
    else this.addWide(index, BigInt(value));
  }

  addWide(index: number, value: bigint): void {
    this.set(index, this.at(index) + value);
  }
}
