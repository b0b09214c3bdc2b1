/** Joins the seconds of days into the stretch that the labels of a day need, and names what is not there. */
import { GAP_BEYOND, GAP_OUTAGE, type SecondPrices } from '../minute/second-prices.js';
import { assert } from '../unit/errors.js';
import { dayRange, MINUTE_MS, SECOND_MS, type TimeRange, type UtcDate } from '../unit/utc-date.js';
import type { LabelOptions } from './label-options.js';

/** All that the labels of a day depend on: its look-back before, and after it the longest that its last label can take. */
export function neededRange(date: UtcDate, options: LabelOptions): TimeRange {
  const { fromMs, toMs } = dayRange(date);
  const { latencyMs, waitMaxMs, horizonMs, lookBackMinutes } = options;
  return {
    fromMs: fromMs - lookBackMinutes * MINUTE_MS,
    toMs: toMs + latencyMs + horizonMs + waitMaxMs,
  };
}

/**
 * The seconds of `range`, out of parts that do not overlap. Seconds that no part holds are an outage within `data`, the whole
 * days that were asked for, and beyond it outside. Where every midnight is to be a gap, pass the part of one day alone.
 */
export function joinPrices(
  parts: readonly SecondPrices[],
  range: TimeRange,
  data: TimeRange,
): SecondPrices {
  const joined = emptyStretch(range);
  markOutage(joined, data);
  for (const part of parts) {
    const offset = (part.startMs - range.fromMs) / SECOND_MS;
    const from = Math.max(0, -offset);
    const to = Math.min(part.gap.length, joined.gap.length - offset);
    if (to <= from) continue;
    for (const name of ['openE8', 'highE8', 'lowE8', 'closeE8', 'traded', 'gap'] as const) {
      joined[name].set(part[name].subarray(from, to), offset + from);
    }
  }
  return joined;
}

function emptyStretch({ fromMs, toMs }: TimeRange): SecondPrices {
  const seconds = (toMs - fromMs) / SECOND_MS;
  assert(Number.isInteger(seconds) && seconds >= 0, 'a stretch has whole seconds');
  const column = (): Float64Array => new Float64Array(seconds).fill(Number.NaN);
  return {
    startMs: fromMs,
    openE8: column(),
    highE8: column(),
    lowE8: column(),
    closeE8: column(),
    traded: new Uint8Array(seconds),
    gap: new Uint8Array(seconds).fill(GAP_BEYOND),
  };
}

function markOutage({ startMs, gap }: SecondPrices, data: TimeRange): void {
  const from = Math.max(0, (data.fromMs - startMs) / SECOND_MS);
  const to = Math.max(from, (data.toMs - startMs) / SECOND_MS);
  gap.fill(GAP_OUTAGE, from, to);
}
