/** Rows as a model reads them, and which of them a fold uses: the rule of docs/DATASET.md, word for word. */
import type { Fold } from '../../../src/core/split/split.js';

export interface Row {
  readonly decisionMs: number;
  readonly labelEndMs: number;
}

export function isTrained({ trainFromMs, trainUntilMs }: Fold, row: Row): boolean {
  return row.decisionMs >= trainFromMs && row.labelEndMs <= trainUntilMs;
}

export function isTested({ testFromMs, testToMs }: Fold, { decisionMs }: Row): boolean {
  return decisionMs >= testFromMs && decisionMs < testToMs;
}

/** Trained on while early stopping is judged by others. */
export function isFitted(fold: Fold, row: Row): boolean {
  return isTrained(fold, row) && fold.tune !== undefined && row.labelEndMs <= fold.tune.fitUntilMs;
}

export function isJudging(fold: Fold, row: Row): boolean {
  return isTrained(fold, row) && fold.tune !== undefined && row.decisionMs >= fold.tune.fromMs;
}
