/**
 * Which rows a model is trained on and which judge it: walk-forward over whole UTC days, a sealed block at the end. Rows are
 * never chosen by their number, and never by chance.
 */
import { assert } from '../unit/errors.js';
import { addDays, datesBetween, dayStartMs, MINUTE_MS, type UtcDate } from '../unit/utc-date.js';
import { counted } from '../unit/words.js';
import { checkSplitOptions, type SplitOptions } from './split-options.js';

/** Fewer calendar days make no folds. */
export const SPLIT_DAYS_MIN = 5;
export const SEALED_FOLD: number = -1;
const PERCENT = 100;
/** The share of a training part that tunes the rest of it. */
const TUNE_PARTS = 5;

/** Early stopping inside a training part: fit on rows whose label ends by `fitUntilMs`, judge on those that decide from `fromMs` on. */
export interface TuneTimes {
  readonly fromMs: number;
  readonly fitUntilMs: number;
}

/** Times are decision times, except the two ends of training: a row is trained on where its `label_end` is at most that. */
export interface Fold {
  /** 1 to N, or SEALED_FOLD. */
  readonly fold: number;
  /** The test block, both included. */
  readonly firstDate: UtcDate;
  readonly lastDate: UtcDate;
  readonly trainFromMs: number;
  readonly trainUntilMs: number;
  /** Undefined where the training part has fewer than two days. */
  readonly tune: TuneTimes | undefined;
  /** Half-open. */
  readonly testFromMs: number;
  readonly testToMs: number;
}

export interface Split {
  readonly firstDate: UtcDate;
  readonly lastDate: UtcDate;
  readonly made: boolean;
  /** Why there are no folds, else empty. */
  readonly detail: string;
  readonly folds: readonly Fold[];
  readonly sealed: Fold | undefined;
}

/** Days of the calendar from the first to the last of `dates` count, whether or not they have rows. */
export function splitOf(dates: readonly UtcDate[], options: SplitOptions): Split {
  checkSplitOptions(options);
  const [first, last] = [dates.toSorted().at(0), dates.toSorted().at(-1)];
  assert(first !== undefined && last !== undefined, 'a split has days');
  const days = datesBetween(first, last);
  const range = { firstDate: first, lastDate: last };
  if (days.length < SPLIT_DAYS_MIN) {
    const detail = `${counted(days.length, 'day')} from ${first} to ${last}: folds need ${SPLIT_DAYS_MIN}`;
    return { ...range, made: false, detail, folds: [], sealed: undefined };
  }
  const sealedDays = Math.ceil((days.length * options.sealedPercent) / PERCENT);
  const openDays = days.length - sealedDays;
  const blocks = blocksOf(openDays, options.folds);
  const folds = blocks.map((block, index) => foldAt(days, block, index + 1, options));
  const sealedBlock = { from: openDays, to: days.length };
  const sealed = sealedDays === 0 ? undefined : foldAt(days, sealedBlock, SEALED_FOLD, options);
  return { ...range, made: true, detail: '', folds, sealed };
}

/** 0: only ever trained on; 1 to N: the fold that it tests; SEALED_FOLD. */
export function foldOf({ firstDate, lastDate, folds, sealed }: Split, date: UtcDate): number {
  assert(firstDate <= date && date <= lastDate, 'a day is one of the split');
  const all = sealed === undefined ? folds : [...folds, sealed];
  return all.find((fold) => fold.firstDate <= date && date <= fold.lastDate)?.fold ?? 0;
}

/** Indices of days, end exclusive. */
interface Block {
  readonly from: number;
  readonly to: number;
}

/** The test blocks: all open days but the first part, as equal as possible, earlier ones longer by a day. */
function blocksOf(openDays: number, foldsWanted: number): Block[] {
  const trainOnly = Math.ceil(openDays / (foldsWanted + 1));
  const testDays = openDays - trainOnly;
  const folds = Math.min(foldsWanted, testDays);
  const [least, longer] = [Math.floor(testDays / folds), testDays % folds];
  const begin = (index: number): number => trainOnly + index * least + Math.min(index, longer);
  return Array.from({ length: folds }, (_, index) => ({
    from: begin(index),
    to: begin(index + 1),
  }));
}

function foldAt(
  days: readonly UtcDate[],
  { from, to }: Block,
  fold: number,
  { rollingDays, embargoMs }: SplitOptions,
): Fold {
  const [firstDate, lastDate] = [days[from], days[to - 1]];
  assert(firstDate !== undefined && lastDate !== undefined, 'a block has days');
  const trainDays = rollingDays === undefined ? from : Math.min(from, rollingDays);
  const tuneDays = Math.max(1, Math.floor(trainDays / TUNE_PARTS));
  const tuneFromMs = firstDecisionMs(addDays(firstDate, -tuneDays));
  const testFromMs = firstDecisionMs(firstDate);
  return {
    fold,
    firstDate,
    lastDate,
    trainFromMs: firstDecisionMs(addDays(firstDate, -trainDays)),
    trainUntilMs: testFromMs - embargoMs,
    tune: trainDays < 2 ? undefined : { fromMs: tuneFromMs, fitUntilMs: tuneFromMs - embargoMs },
    testFromMs,
    testToMs: firstDecisionMs(addDays(lastDate, 1)),
  };
}

/** A day's rows decide at the ends of its minutes: from 00:01 to 24:00. */
function firstDecisionMs(date: UtcDate): number {
  return dayStartMs(date) + MINUTE_MS;
}
