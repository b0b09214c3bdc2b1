/** Which rows of a day are known, the reference price there, and how far it has moved some rows later. */
import { divideHalfUp, powerOfTen } from '../unit/decimal.js';
import type { DayCells } from './day-cells.js';
import { type Series, sumOf } from '../series/series.js';

/** A row without quotes has the price of one so many rows before it at most. */
const PRICE_ROWS_BACK = 5;
const BPS = 10_000n;
export const OUTCOME_DECIMALS = 4;

/** The move of the reference price from a row to a later one. */
export interface Move {
  readonly sign: -1 | 0 | 1;
  /** In basis points, half up to OUTCOME_DECIMALS decimals, as an integer of the last one. */
  readonly rounded: bigint;
}

export class KnownRows {
  /** Twice the mid; with trades alone twice the last price. */
  readonly price: Series;
  /** 1: the row is known. */
  readonly marks: Uint8Array;
  /** Known rows in succession, up to and including the row. */
  private readonly run: Int32Array;

  constructor(cells: DayCells) {
    this.price = referencePrice(cells);
    this.marks = knownMarks(cells, this.price);
    this.run = new Int32Array(this.marks.length);
    let run = 0;
    for (let row = 0; row < this.run.length; row++) {
      run = this.marks[row] === 1 ? run + 1 : 0;
      this.run[row] = run;
    }
  }

  isKnown(row: number): boolean {
    return this.marks[row] === 1;
  }

  /** 1: the rows of the window that ends at the row, and the row before it, are known. */
  windowMarks(rows: number): Uint8Array {
    const marks = new Uint8Array(this.run.length);
    for (let row = 0; row < marks.length; row++) marks[row] = (this.run[row] ?? 0) > rows ? 1 : 0;
    return marks;
  }

  /** True if the `rows` rows that end at this one are known. */
  areKnown(row: number, rows: number): boolean {
    return (this.run[row] ?? 0) >= rows;
  }

  /** NaN: a row on the way is not known or lies beyond the day. */
  moveSign(row: number, seconds: number): number {
    if (!this.areKnown(row + seconds, seconds)) return Number.NaN;
    return this.price.compare(row + seconds, row);
  }

  /** The move in the direction; undefined where `moveSign` is NaN. */
  move(row: number, seconds: number, direction: 'up' | 'down'): Move | undefined {
    const [from, to] = [this.price.at(row), this.price.at(row + seconds)];
    if (from === undefined || to === undefined || !this.areKnown(row + seconds, seconds)) {
      return undefined;
    }
    const moved = direction === 'up' ? to - from : from - to;
    return {
      sign: moved === 0n ? 0 : moved < 0n ? -1 : 1,
      rounded: divideHalfUp(moved * BPS * powerOfTen(OUTCOME_DECIMALS), from),
    };
  }
}

function referencePrice({ streams, bar, signal }: DayCells): Series {
  const close = bar('close');
  const now =
    streams === 'trades'
      ? sumOf([
          { of: close, sign: 1 },
          { of: close, sign: 1 },
        ])
      : sumOf([
          { of: signal('bid_close'), sign: 1 },
          { of: signal('ask_close'), sign: 1 },
        ]);
  return now.carried(PRICE_ROWS_BACK);
}

function knownMarks({ streams, signal }: DayCells, price: Series): Uint8Array {
  const [trades, depth] = [signal('trades_missing_ms'), signal('depth_missing_ms')];
  const marks = new Uint8Array(price.length);
  for (let row = 0; row < marks.length; row++) {
    const hasDepth = depth.sign(row) === 0 || (streams === 'trades' && !depth.has(row));
    if (trades.sign(row) === 0 && hasDepth && price.has(row)) marks[row] = 1;
  }
  return marks;
}
