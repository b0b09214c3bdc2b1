/** Consecutive bars of one length over a stretch of time: the bar of a time, and coarser bars from finer ones. */
import { assert } from '../unit/errors.js';

/** What every grid of exact cells can do, whatever its cells hold. */
export interface RollsUp<Self> {
  readonly barMs: number;
  /** An empty grid of `barMs` over the same stretch. */
  emptyOf(barMs: number): Self;
  /** Adds all cells of `source`, each to the bar of this grid that holds its start. */
  absorb(source: Self): void;
}

/** A grid of `barMs` over the same stretch; the grid itself if it has that length. */
export function rolledUp<Cells extends RollsUp<Cells>>(grid: Cells, barMs: number): Cells {
  if (grid.barMs === barMs) return grid;
  const coarse = grid.emptyOf(barMs);
  coarse.absorb(grid);
  return coarse;
}

/** Adds the cell `from` of plain counts to the cell `bar`. */
export function addCount(
  counts: Float64Array,
  bar: number,
  source: Float64Array,
  from: number,
): void {
  counts[bar] = (counts[bar] ?? 0) + (source[from] ?? 0);
}

export class Grid {
  readonly startMs: number;
  readonly barMs: number;
  readonly length: number;

  constructor(startMs: number, barMs: number, length: number) {
    this.startMs = startMs;
    this.barMs = barMs;
    this.length = length;
  }

  barOf(timeMs: number): number {
    return Math.floor((timeMs - this.startMs) / this.barMs);
  }

  /** Asserts that a time lies in the grid: writes outside of a typed array are lost silently. */
  assertHolds(timeMs: number): void {
    const endMs = this.startMs + this.length * this.barMs;
    assert(timeMs >= this.startMs && timeMs < endMs, 'rows of a fold lie in its range');
  }

  /** Asserts that the bars of `source` lie in this grid, each whole in one bar. */
  protected assertTakes(source: Grid): void {
    assert(this.barMs % source.barMs === 0, 'bars are rolled up from a length that divides theirs');
    this.assertHolds(source.startMs);
    this.assertHolds(source.startMs + source.length * source.barMs - 1);
  }

  /** The bar of this grid that holds a bar of `source`. */
  protected barOfBar(source: Grid, from: number): number {
    return this.barOf(source.startMs + from * source.barMs);
  }

  /** Number of bars of `barMs` in the stretch of this grid. */
  protected lengthOf(barMs: number): number {
    return (this.length * this.barMs) / barMs;
  }
}
