/** A split as the card of a dataset states it. */
import { isoStamp } from '../unit/utc-date.js';
import type { Fold, Split } from './split.js';

/** Times are ISO texts; what they limit is said at Fold. */
export interface FoldLimits {
  readonly train_from: string;
  readonly train_until: string;
  readonly tune_from: string | null;
  readonly tune_train_until: string | null;
  readonly test_from: string;
  readonly test_to: string;
}

export interface SplitCard {
  readonly made: boolean;
  readonly detail: string;
  readonly list: readonly (FoldLimits & { readonly fold: number })[];
  readonly sealed: FoldLimits | null;
}

export function splitCard({ made, detail, folds, sealed }: Split): SplitCard {
  const list = folds.map((fold) => ({ fold: fold.fold, ...limitsOf(fold) }));
  return { made, detail, list, sealed: sealed === undefined ? null : limitsOf(sealed) };
}

function limitsOf({ trainFromMs, trainUntilMs, tune, testFromMs, testToMs }: Fold): FoldLimits {
  return {
    train_from: isoStamp(trainFromMs),
    train_until: isoStamp(trainUntilMs),
    tune_from: tune === undefined ? null : isoStamp(tune.fromMs),
    tune_train_until: tune === undefined ? null : isoStamp(tune.fitUntilMs),
    test_from: isoStamp(testFromMs),
    test_to: isoStamp(testToMs),
  };
}
