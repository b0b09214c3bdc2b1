/** How much of its time a label has for itself: average uniqueness (López de Prado, Advances in Financial Machine Learning, chapter 4). */
import { DAY_MINUTES, DAY_MS, SECOND_MS } from '../unit/utc-date.js';
import type { DayLabels } from './day-labels.js';
import { LABEL_REACH_MS_MAX } from './label-options.js';
import { REASON_OK } from './reasons.js';

/** The days beside a day: no label is open for longer than into the next one. Undefined where there are no samples. */
export interface Neighbours {
  readonly before: DayLabels | undefined;
  readonly after: DayLabels | undefined;
}

/**
 * By minute: the mean over the label's seconds, in their order, of 1 ÷ (labels of `ok` rows of this symbol that are open
 * then); NaN for other rows.
 */
export function dayWeights(day: DayLabels, { before, after }: Neighbours): Float64Array {
  const open = openLabels(day.dayStartMs, [before, day, after]);
  const weights = new Float64Array(DAY_MINUTES).fill(Number.NaN);
  for (let minute = 0; minute < DAY_MINUTES; minute++) {
    if (day.reason[minute] !== REASON_OK) continue;
    const from = secondOf(day.startMs[minute], day.dayStartMs);
    const to = secondOf(day.endMs[minute], day.dayStartMs);
    let sum = 0;
    for (let at = from; at < to; at++) sum += 1 / (open[at] ?? Number.NaN);
    weights[minute] = sum / (to - from);
  }
  return weights;
}

/** By second from the day's begin: how many labels are open. */
function openLabels(dayStartMs: number, days: readonly (DayLabels | undefined)[]): Int32Array {
  const seconds = (DAY_MS + LABEL_REACH_MS_MAX) / SECOND_MS;
  const open = new Int32Array(seconds + 1);
  for (const labels of days) {
    if (labels === undefined) continue;
    for (let minute = 0; minute < DAY_MINUTES; minute++) {
      if (labels.reason[minute] !== REASON_OK) continue;
      const from = Math.max(0, secondOf(labels.startMs[minute], dayStartMs));
      const to = Math.min(seconds, secondOf(labels.endMs[minute], dayStartMs));
      if (from >= to) continue;
      open[from] = (open[from] ?? 0) + 1;
      open[to] = (open[to] ?? 0) - 1;
    }
  }
  for (let at = 1; at < open.length; at++) open[at] = (open[at] ?? 0) + (open[at - 1] ?? 0);
  return open;
}

function secondOf(timeMs: number | undefined, startMs: number): number {
  return ((timeMs ?? Number.NaN) - startMs) / SECOND_MS;
}
