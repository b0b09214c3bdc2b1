/** Every fold of the single pass, one line each. To add a feature, write a Fold and add a line here. */
import { BarFold } from '../bar/bar-fold.js';
import type { BarGrid } from '../bar/bar-grid.js';
import { BookFold } from '../book/book-fold.js';
import type { BookGrid } from '../book/book-grid.js';
import type { Fold } from '../fold/fold.js';
import { QuoteRuleFold } from '../joint/quote-rule.js';
import type { QuoteRule } from '../stored/quality-report.js';
import type { TimeRange } from '../unit/utc-date.js';

export interface DayFeatures {
  readonly bars: BarGrid;
  readonly book: BookGrid;
  readonly quoteRule: QuoteRule;
}

export interface DayFolds {
  readonly bars: BarFold;
  readonly book: BookFold;
  readonly quoteRule: QuoteRuleFold;
}

export function dayFolds(range: TimeRange, barMs: number): DayFolds {
  return {
    bars: new BarFold(range, barMs),
    book: new BookFold(range, barMs),
    quoteRule: new QuoteRuleFold(),
  };
}

export function everyFold({ bars, book, quoteRule }: DayFolds): Fold<unknown>[] {
  return [bars, book, quoteRule];
}

/** Merges every fold of the stretch right after into its like. */
export function mergeFolds(folds: DayFolds, next: DayFolds): void {
  folds.bars.merge(next.bars);
  folds.book.merge(next.book);
  folds.quoteRule.merge(next.quoteRule);
}

export function finished(folds: DayFolds): DayFeatures {
  return {
    bars: folds.bars.finish(),
    book: folds.book.finish(),
    quoteRule: folds.quoteRule.finish(),
  };
}
