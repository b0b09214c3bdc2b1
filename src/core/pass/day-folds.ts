/** Every fold of the single pass, one line each. To add a feature, write a Fold and add a line here. */
import { BarFold } from '../bar/bar-fold.js';
import type { BarGrid } from '../bar/bar-grid.js';
import { BookFold } from '../book/book-fold.js';
import type { BookGrid } from '../book/book-grid.js';
import { LevelFold } from '../book/level-fold.js';
import type { LevelGrid } from '../book/level-grid.js';
import type { Fold } from '../fold/fold.js';
import { QuoteRuleFold } from '../joint/quote-rule.js';
import { StepFold } from '../step/step-fold.js';
import type { StepGrid } from '../step/step-grid.js';
import type { QuoteRule } from '../stored/quality-report.js';
import type { TimeRange } from '../unit/utc-date.js';

export interface DayFeatures {
  readonly bars: BarGrid;
  readonly book: BookGrid;
  readonly quoteRule: QuoteRule;
  readonly levels: LevelGrid;
  readonly steps: StepGrid;
}

export interface DayFolds {
  readonly bars: BarFold;
  readonly book: BookFold;
  readonly quoteRule: QuoteRuleFold;
  readonly levels: LevelFold;
  readonly steps: StepFold;
}

export function dayFolds(range: TimeRange, barMs: number): DayFolds {
  return {
    bars: new BarFold(range, barMs),
    book: new BookFold(range, barMs),
    quoteRule: new QuoteRuleFold(),
    levels: new LevelFold(range, barMs),
    steps: new StepFold(range, barMs),
  };
}

export function everyFold(folds: DayFolds): Fold<unknown>[] {
  return [folds.bars, folds.book, folds.quoteRule, folds.levels, folds.steps];
}

/** Merges every fold of the stretch right after into its like. */
export function mergeFolds(folds: DayFolds, next: DayFolds): void {
  folds.bars.merge(next.bars);
  folds.book.merge(next.book);
  folds.quoteRule.merge(next.quoteRule);
  folds.levels.merge(next.levels);
  folds.steps.merge(next.steps);
}

export function finished(folds: DayFolds): DayFeatures {
  return {
    bars: folds.bars.finish(),
    book: folds.book.finish(),
    quoteRule: folds.quoteRule.finish(),
    levels: folds.levels.finish(),
    steps: folds.steps.finish(),
  };
}
