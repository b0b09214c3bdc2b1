/**
 * Where a minute's label begins and ends, and whether the time around it is whole. It looks at trades and gaps only, never
 * at a price, so that no row is in or out because of how it came out.
 */
import {
  GAP_BEYOND,
  GAP_OUTAGE,
  GAP_UNPROVEN,
  type SecondPrices,
} from '../minute/second-prices.js';
import { MINUTE_MS, SECOND_MS } from '../unit/utc-date.js';
import type { LabelOptions } from './label-options.js';
import type { Reason } from './reasons.js';

/** Places of seconds in the stretch. */
export interface LabelWindow {
  readonly lookBackAt: number;
  readonly decisionAt: number;
  /** The bars whose `open` is the entry and the exit. */
  readonly entryAt: number;
  readonly exitAt: number;
  /** The second that begins one horizon after the first moment at which one can have traded. */
  readonly horizonAt: number;
  readonly horizonSeconds: number;
}

/** The window of the decision at this second of the stretch, or the first reason why there is none. */
export function labelWindow(
  prices: SecondPrices,
  decisionAt: number,
  options: LabelOptions,
): LabelWindow | Reason {
  const waitSeconds = options.waitMaxMs / SECOND_MS;
  const lookBackAt = lookBackOf(decisionAt, options);
  const unseen = lookBackReason(prices, decisionAt, options);
  if (unseen !== undefined) return unseen;

  const earliestAt = decisionAt + options.latencyMs / SECOND_MS;
  const horizonSeconds = options.horizonMs / SECOND_MS;
  const horizonAt = earliestAt + horizonSeconds;
  const entryAt = firstTrade(prices, earliestAt, waitSeconds);
  const wantedAt = typeof entryAt === 'number' ? horizonAt : earliestAt;
  const exitAt = typeof entryAt === 'number' ? firstTrade(prices, horizonAt, waitSeconds) : entryAt;
  const checkedUntil = typeof exitAt === 'number' ? exitAt + 1 : wantedAt + waitSeconds;
  if (hasGap(prices, decisionAt, checkedUntil, options)) return 'gap_after';
  if (typeof entryAt !== 'number') return entryAt;
  if (typeof exitAt !== 'number') return exitAt;
  return { lookBackAt, decisionAt, entryAt, exitAt, horizonAt, horizonSeconds };
}

/** Why the features of the decision at this second cannot be computed, whatever comes after it. */
export function lookBackReason(
  prices: SecondPrices,
  decisionAt: number,
  options: Pick<LabelOptions, 'lookBackMinutes' | 'keepUnproven'>,
): 'warming_up' | 'gap_before' | undefined {
  const lookBackAt = lookBackOf(decisionAt, options);
  if (prices.gap.subarray(lookBackAt, decisionAt).includes(GAP_BEYOND)) return 'warming_up';
  return hasGap(prices, lookBackAt, decisionAt, options) ? 'gap_before' : undefined;
}

function lookBackOf(
  decisionAt: number,
  { lookBackMinutes }: Pick<LabelOptions, 'lookBackMinutes'>,
): number {
  return decisionAt - (lookBackMinutes * MINUTE_MS) / SECOND_MS;
}

/** The first second with trades of those that begin within the wait; else why there is none. */
function firstTrade(
  { traded, gap }: SecondPrices,
  from: number,
  waitSeconds: number,
): number | 'no_price' | 'end_of_data' {
  for (let at = from; at < from + waitSeconds; at++) {
    if (gap[at] === GAP_BEYOND) return 'end_of_data';
    if (traded[at] === 1) return at;
  }
  return 'no_price';
}

/** Whether something is missing, or may be, in [from, until). The end of the data is no gap. */
function hasGap(
  { gap }: SecondPrices,
  from: number,
  until: number,
  { keepUnproven }: Pick<LabelOptions, 'keepUnproven'>,
): boolean {
  const part = gap.subarray(from, until);
  return part.includes(GAP_OUTAGE) || (!keepUnproven && part.includes(GAP_UNPROVEN));
}
