/**
 * What the price did after many events, with exact mean and median. A move takes four bytes, so those of ten
 * thousand symbol-days fit into memory.
 */
import { divideHalfUp } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';

/** Moves of one piece: a list grows without being copied, and little of it is empty. */
const PIECE_MOVES = 8_192;

const MOVES_AT_ONCE_MAX = 2 ** 21;

/** In units of 10^-OUTCOME_DECIMALS bps; a safe integer or, exactly, anything else. */
export type MoveUnits = number | bigint;

export class MoveList {
  private readonly pieces: Int32Array[] = [];
  private narrow = 0;
  /** Those that need more than 32 bits: beyond 21 times the price. */
  private readonly wide: bigint[] = [];
  private sum = 0n;

  /** How many. */
  get length(): number {
    return this.narrow + this.wide.length;
  }

  /** At most those of a symbol-day. */
  add(moves: readonly MoveUnits[]): void {
    let narrowSum = 0;
    for (const move of moves) {
      const narrow = Number(move);
      if ((narrow | 0) === narrow) {
        this.addNarrow(narrow);
        narrowSum += narrow;
      } else {
        this.wide.push(BigInt(move));
        this.sum += BigInt(move);
      }
    }
    // Of at most 2^21 moves it is a safe integer.
    assert(moves.length <= MOVES_AT_ONCE_MAX, 'the moves of a symbol-day are few');
    this.sum += BigInt(narrowSum);
  }

  /** Half up; undefined without moves. */
  mean(): bigint | undefined {
    return this.length === 0 ? undefined : divideHalfUp(this.sum, BigInt(this.length));
  }

  /** Of two in the middle the mean, half up; undefined without moves. */
  median(): bigint | undefined {
    if (this.length === 0) return undefined;
    const narrow = this.sorted();
    const wide = this.wide.toSorted((one, other) => (one === other ? 0 : one < other ? -1 : 1));
    const below = wide.filter((move) => move < 0n).length;
    const at = (place: number): bigint => {
      const inNarrow = place - below;
      if (inNarrow < 0) return wide[place] ?? 0n;
      return inNarrow < narrow.length
        ? BigInt(narrow[inNarrow] ?? 0)
        : (wide[place - narrow.length] ?? 0n);
    };
    const last = this.length - 1;
    return divideHalfUp(at(Math.floor(last / 2)) + at(Math.ceil(last / 2)), 2n);
  }

  private addNarrow(move: number): void {
    const place = this.narrow % PIECE_MOVES;
    if (place === 0) this.pieces.push(new Int32Array(PIECE_MOVES));
    const piece = this.pieces.at(-1);
    if (piece !== undefined) piece[place] = move;
    this.narrow += 1;
  }

  private sorted(): Int32Array {
    const all = new Int32Array(this.pieces.length * PIECE_MOVES);
    for (const [at, piece] of this.pieces.entries()) all.set(piece, at * PIECE_MOVES);
    return all.subarray(0, this.narrow).sort();
  }
}
