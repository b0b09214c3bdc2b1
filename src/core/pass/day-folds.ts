/** Every fold of the single pass, one line each. To add a feature, write a Fold and add a line here. */
import { BarFold } from '../bar/bar-fold.js';
import type { BarGrid } from '../bar/bar-grid.js';
import { BookFold } from '../book/book-fold.js';
import type { BookGrid } from '../book/book-grid.js';
import { LevelFold } from '../book/level-fold.js';
import type { LevelGrid } from '../book/level-grid.js';
import { FlowFold } from '../flow/flow-fold.js';
import type { FlowGrid } from '../flow/flow-grid.js';
import type { Fold } from '../fold/fold.js';
import { QuoteRuleFold } from '../joint/quote-rule.js';
import { StepFold } from '../step/step-fold.js';
import type { StepGrid } from '../step/step-grid.js';
import type { QuoteRule } from '../stored/quality-report.js';
import type { TimeRange } from '../unit/utc-date.js';

/** What signals need beside bars. */
export interface SignalFeatures {
  readonly flow: FlowGrid;
  readonly levels: LevelGrid;
  readonly steps: StepGrid;
}

export interface DayFeatures {
  readonly bars: BarGrid;
  readonly book: BookGrid;
  readonly quoteRule: QuoteRule;
  /** Undefined: not asked for. */
  readonly signals: SignalFeatures | undefined;
}

interface SignalFolds {
  readonly flow: FlowFold;
  readonly levels: LevelFold;
  readonly steps: StepFold;
}

export interface DayFolds {
  readonly bars: BarFold;
  readonly book: BookFold;
  readonly quoteRule: QuoteRuleFold;
  /** Undefined: not asked for. */
  readonly signals: SignalFolds | undefined;
}

/** What a day is computed for. */
export interface FoldOptions {
  readonly signals: boolean;
  /** Least quote volume of a large taker order, in plain notation. */
  readonly largeOrder: string;
}

export function dayFolds(range: TimeRange, barMs: number, options: FoldOptions): DayFolds {
  return {
    bars: new BarFold(range, barMs),
    book: new BookFold(range, barMs),
    quoteRule: new QuoteRuleFold(),
    signals: options.signals ? signalFolds(range, barMs, options) : undefined,
  };
}

function signalFolds(range: TimeRange, barMs: number, { largeOrder }: FoldOptions): SignalFolds {
  return {
    flow: new FlowFold(range, barMs, largeOrder),
    levels: new LevelFold(range, barMs),
    steps: new StepFold(range, barMs),
  };
}

export function everyFold({ bars, book, quoteRule, signals }: DayFolds): Fold<unknown>[] {
  const ofSignals = signals === undefined ? [] : [signals.flow, signals.levels, signals.steps];
  return [bars, book, quoteRule, ...ofSignals];
}

/** Merges every fold of the stretch right after into its like. Both were asked for the same. */
export function mergeFolds(folds: DayFolds, next: DayFolds): void {
  folds.bars.merge(next.bars);
  folds.book.merge(next.book);
  folds.quoteRule.merge(next.quoteRule);
  if (folds.signals === undefined || next.signals === undefined) return;
  folds.signals.flow.merge(next.signals.flow);
  folds.signals.levels.merge(next.signals.levels);
  folds.signals.steps.merge(next.signals.steps);
}

export function finished(folds: DayFolds): DayFeatures {
  return {
    bars: folds.bars.finish(),
    book: folds.book.finish(),
    quoteRule: folds.quoteRule.finish(),
    signals: folds.signals === undefined ? undefined : finishedSignals(folds.signals),
  };
}

function finishedSignals({ flow, levels, steps }: SignalFolds): SignalFeatures {
  return { flow: flow.finish(), levels: levels.finish(), steps: steps.finish() };
}
