/** What can be chosen of a split, and what is refused. */
import { refuse } from '../unit/typed-text.js';
import { SECOND_MS } from '../unit/utc-date.js';
import { durationText } from '../unit/duration.js';

export interface SplitOptions {
  /** Test blocks, where there are as many days. */
  readonly folds: number;
  /** Days that a training part has at most; undefined: all that were before. */
  readonly rollingDays: number | undefined;
  /** The last days that stay closed; 0: none. */
  readonly sealedPercent: number;
  readonly embargoMs: number;
  /** What the embargo covers. */
  readonly horizonMs: number;
  readonly lookBackMs: number;
}

export const FOLDS_DEFAULT = 5;
export const SEALED_PERCENT_DEFAULT = 20;

export const FOLDS_MAX = 50;
export const ROLLING_DAYS_MAX = 3_650;
export const SEALED_PERCENT_MAX = 50;
export const EMBARGO_MS_MAX = 86_400_000;

/** Throws a usage error that names the option. */
export function checkSplitOptions(options: SplitOptions): void {
  checkWhole('--folds', options.folds, 1, FOLDS_MAX);
  checkWhole('--sealed', options.sealedPercent, 0, SEALED_PERCENT_MAX);
  if (options.rollingDays !== undefined) {
    checkWhole('--rolling', options.rollingDays, 1, ROLLING_DAYS_MAX);
  }
  const leastMs = options.horizonMs + options.lookBackMs;
  const { embargoMs } = options;
  if (embargoMs % SECOND_MS === 0 && embargoMs >= leastMs && embargoMs <= EMBARGO_MS_MAX) return;
  const range = `${durationText(leastMs)}, horizon and look-back together, to ${durationText(EMBARGO_MS_MAX)}`;
  refuse('--embargo', 'duration', durationText(embargoMs), `whole seconds from ${range}`);
}

function checkWhole(where: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  refuse(where, 'number', String(value), `a whole number from ${min} to ${max}`);
}
