/** Coarser bars from the exact cells of finer ones. */
import { BarGrid } from './bar-grid.js';

/** A grid of `barMs` over the same stretch; the grid itself when that is its length already. */
export function rolledUp(grid: BarGrid, barMs: number): BarGrid {
  if (grid.barMs === barMs) return grid;
  const coarse = new BarGrid(grid.startMs, barMs, (grid.length * grid.barMs) / barMs);
  coarse.absorb(grid);
  return coarse;
}
