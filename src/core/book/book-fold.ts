/**
 * HOT. Folds runs of snapshots into a BookGrid; bench: fold; oracle: test/support/oracle. Late runs are
 * no special case: sums do not depend on order.
 */
import { LEVELS_MAX, type DepthRows } from '../event/depth-rows.js';
import { POWERS_OF_TEN } from '../event/mantissas.js';
import { USED } from '../event/row-columns.js';
import type { DepthFold, DepthRun } from '../fold/fold.js';
import { powerOfTen } from '../unit/decimal.js';
import type { TimeRange } from '../unit/utc-date.js';
import { BookGrid } from './book-grid.js';
import { imbalanceE9 } from './imbalance.js';

export class BookFold implements DepthFold<BookGrid> {
  readonly streams = 'depth' as const;
  private readonly grid: BookGrid;

  constructor(range: TimeRange, barMs: number) {
    this.grid = new BookGrid(range.fromMs, barMs, (range.toMs - range.fromMs) / barMs);
  }

  takeDepth({ rows, from, to }: DepthRun): void {
    const { grid } = this;
    const { timeMs, outcome, bidPrice, askPrice } = rows;
    // Rows of a run are in time order, so checking both ends checks them all.
    grid.assertHolds(timeMs[from] ?? Number.NaN);
    grid.assertHolds(timeMs[to - 1] ?? Number.NaN);
    grid.raisePrice(bidPrice.decimals);
    const isWide = bidPrice.wide !== undefined || askPrice.wide !== undefined;
    const factor = POWERS_OF_TEN[grid.priceDecimals - bidPrice.decimals] ?? Number.NaN;
    const { startMs, barMs, spreadCount, imbalanceCount } = grid;
    for (let row = from; row < to; row++) {
      const bar = Math.floor(((timeMs[row] ?? 0) - startMs) / barMs);
      const best = row * LEVELS_MAX;
      const spread = ((askPrice.safe[best] ?? 0) - (bidPrice.safe[best] ?? 0)) * factor;
      if (isWide || !(spread <= Number.MAX_SAFE_INTEGER)) this.addWideSpread(rows, best, bar);
      else grid.spread.add(bar, spread);
      spreadCount[bar] = (spreadCount[bar] ?? 0) + 1;
      if (outcome[row] === USED) {
        grid.imbalance.add(bar, imbalanceE9(rows, row));
        imbalanceCount[bar] = (imbalanceCount[bar] ?? 0) + 1;
      }
    }
  }

  merge(next: this): void {
    this.grid.absorb(next.grid);
  }

  finish(): BookGrid {
    return this.grid;
  }

  private addWideSpread(rows: DepthRows, best: number, bar: number): void {
    const { grid } = this;
    const spread = rows.askPrice.at(best) - rows.bidPrice.at(best);
    grid.spread.addWide(bar, spread * powerOfTen(grid.priceDecimals - rows.bidPrice.decimals));
  }
}
