/** Every fold of the single pass, one line each. A new feature is a new Fold and a line here. */
import { BarFold } from '../bar/bar-fold.js';
import type { BarGrid } from '../bar/bar-grid.js';
import type { DepthRun, Fold, TradeRun } from '../fold/fold.js';
import type { TimeRange } from '../unit/utc-date.js';

export interface DayFeatures {
  readonly bars: BarGrid;
}

type DayFoldsOf<Features> = { readonly [Name in keyof Features]: Fold<Features[Name]> };

export class DayFolds {
  private readonly folds: DayFoldsOf<DayFeatures>;
  private readonly all: readonly Fold<unknown>[];

  /** `further`: folds of a caller's own that take part in the pass; it finishes them itself. */
  constructor(range: TimeRange, barMs: number, further: readonly Fold<unknown>[] = []) {
    this.folds = {
      bars: new BarFold(range, barMs),
    };
    this.all = [...Object.values(this.folds), ...further];
  }

  takeTrades(run: TradeRun): void {
    for (const fold of this.all) fold.takeTrades(run);
  }

  takeDepth(run: DepthRun): void {
    for (const fold of this.all) fold.takeDepth(run);
  }

  finish(): DayFeatures {
    return { bars: this.folds.bars.finish() };
  }
}
