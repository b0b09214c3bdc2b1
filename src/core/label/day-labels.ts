/** The labels of a day's 1,440 minutes, from a stretch of seconds around it. They depend on nothing outside that stretch. */
import type { SecondPrices } from '../minute/second-prices.js';
import { divideHalfUp } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import { DAY_MINUTES, dayStartMs, MINUTE_MS, SECOND_MS, type UtcDate } from '../unit/utc-date.js';
import { fixedLabel, usesSpread } from './fixed-label.js';
import { checkLabelOptions, type LabelOptions } from './label-options.js';
import { labelWindow, type LabelWindow } from './label-window.js';
import { neededRange } from './price-stretch.js';
import { LABEL_DOWN, LABEL_UP, REASON_OK, type Reason, REASONS } from './reasons.js';
import { barrierOutcome, type Outcome } from './triple-barrier.js';

/** By minute of the day: the row of minute m decides at its end. Rows that are not `ok` have NaN for numbers and label 0. */
export interface DayLabels {
  readonly dayStartMs: number;
  /** Places in REASONS. */
  readonly reason: Uint8Array;
  /** LABEL_UP, LABEL_FLAT or LABEL_DOWN. */
  readonly label: Int8Array;
  readonly entryE8: Float64Array;
  readonly exitE8: Float64Array;
  /** `label_start` and `label_end`, end exclusive. */
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** (exit − entry) · 10,000 ÷ entry in units of 10^-4, half up. */
  readonly retBpsE4: Float64Array;
}

/** What becomes of a move in units of 10^-4 bps. */
const RET_FACTOR = 100_000_000n;

/**
 * `prices` covers neededRange(date). `spreadE8` is the `avg_spread` of each minute, NaN where it is empty; only a dead zone
 * of `spread` or `cost` reads it. Throws a usage error for options that are refused.
 */
export function dayLabels(
  prices: SecondPrices,
  date: UtcDate,
  spreadE8: Float64Array,
  options: LabelOptions,
): DayLabels {
  checkLabelOptions(options);
  const needed = neededRange(date, options);
  const untilMs = prices.startMs + prices.gap.length * SECOND_MS;
  const isCovered = prices.startMs <= needed.fromMs && untilMs >= needed.toMs;
  assert(isCovered, 'the seconds that a day needs for its labels are there');
  const labels = noLabels(dayStartMs(date));
  for (let minute = 0; minute < DAY_MINUTES; minute++) {
    const decisionMs = labels.dayStartMs + (minute + 1) * MINUTE_MS;
    const decisionAt = (decisionMs - prices.startMs) / SECOND_MS;
    const window = windowOf(prices, decisionAt, spreadE8[minute] ?? Number.NaN, options);
    if (typeof window === 'string') {
      labels.reason[minute] = REASONS.indexOf(window);
      continue;
    }
    const outcome = outcomeOf(prices, window, spreadE8[minute] ?? Number.NaN, options);
    if (outcome === undefined) labels.reason[minute] = REASONS.indexOf('ambiguous');
    else setRow(labels, minute, prices, window, outcome);
  }
  return labels;
}

/** How many rows have each reason, and how many of the `ok` ones each label. */
export type ReasonCounts = Record<Reason | 'up' | 'down' | 'flat', number>;

export function noReasons(): ReasonCounts {
  const counts = { ok: 0, warming_up: 0, gap_before: 0, gap_after: 0, no_price: 0, ambiguous: 0 };
  return { ...counts, end_of_data: 0, up: 0, down: 0, flat: 0 };
}

/** Those of a day add up to 1,440; they are added to `all`. */
export function countReasons(labels: DayLabels, all: ReasonCounts = noReasons()): ReasonCounts {
  for (const [minute, code] of labels.reason.entries()) {
    all[REASONS[code] ?? 'ok'] += 1;
    if (code !== REASON_OK) continue;
    const label = labels.label[minute];
    all[label === LABEL_UP ? 'up' : label === LABEL_DOWN ? 'down' : 'flat'] += 1;
  }
  return all;
}

/** Without a spread the dead zone is not known: the book of the minute is missing, whatever else is known of it. */
function windowOf(
  prices: SecondPrices,
  decisionAt: number,
  spreadE8: number,
  options: LabelOptions,
): LabelWindow | Reason {
  const window = labelWindow(prices, decisionAt, options);
  const { rule } = options;
  const lacksZone = rule.kind === 'fixed' && usesSpread(rule.deadZone) && Number.isNaN(spreadE8);
  return lacksZone && window !== 'warming_up' ? 'gap_before' : window;
}

function outcomeOf(
  prices: SecondPrices,
  window: LabelWindow,
  spreadE8: number,
  { rule }: LabelOptions,
): Outcome | undefined {
  if (rule.kind === 'triple_barrier') return barrierOutcome(prices, window, rule.barrierK);
  const entryE8 = prices.openE8[window.entryAt] ?? Number.NaN;
  const exitE8 = prices.openE8[window.exitAt] ?? Number.NaN;
  const label = fixedLabel({ entryE8, exitE8, spreadE8 }, rule.deadZone);
  return { label, exitE8, endAt: window.exitAt + 1 };
}

function setRow(
  labels: DayLabels,
  minute: number,
  { startMs, openE8 }: SecondPrices,
  { entryAt }: LabelWindow,
  { label, exitE8, endAt }: Outcome,
): void {
  const entryE8 = openE8[entryAt] ?? Number.NaN;
  assert(entryE8 > 0 && exitE8 > 0, 'a second with trades has prices above 0');
  labels.reason[minute] = REASON_OK;
  labels.label[minute] = label;
  labels.entryE8[minute] = entryE8;
  labels.exitE8[minute] = exitE8;
  labels.startMs[minute] = startMs + entryAt * SECOND_MS;
  labels.endMs[minute] = startMs + endAt * SECOND_MS;
  labels.retBpsE4[minute] = Number(
    divideHalfUp(BigInt(exitE8 - entryE8) * RET_FACTOR, BigInt(entryE8)),
  );
}

function noLabels(startMs: number): DayLabels {
  return {
    dayStartMs: startMs,
    reason: new Uint8Array(DAY_MINUTES),
    label: new Int8Array(DAY_MINUTES),
    entryE8: unknownNumbers(),
    exitE8: unknownNumbers(),
    startMs: unknownNumbers(),
    endMs: unknownNumbers(),
    retBpsE4: unknownNumbers(),
  };
}

function unknownNumbers(): Float64Array {
  return new Float64Array(DAY_MINUTES).fill(Number.NaN);
}
