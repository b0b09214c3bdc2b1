/** The final step of several days in one process, a bounded number at once. Days are independent of each other. */
import type { DaySlice } from '../../core/plan/run-plan.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects } from '../ports.js';
import { type FinalizedDay, type FinalizeOptions, finalizeSlice } from './finalize-slice.js';

/** Slices in flight, each with its symbols in flight. */
export const SLICES_AT_ONCE = 4;

export interface FinalizedSlices {
  /** Why slices were not finalized; empty if all were. */
  readonly failures: readonly FlowbarsError[];
  /** In the order of the slices. */
  readonly records: readonly RunRecord[];
  readonly manifestDates: readonly UtcDate[];
}

/** What fails for a day does not keep the others from their manifests. Throws what would fail again for all of them. */
export async function finalizeSlices(
  slices: readonly DaySlice[],
  options: FinalizeOptions,
  effects: Effects,
): Promise<FinalizedSlices> {
  const failures: FlowbarsError[] = [];
  const attempts = await mapBounded(slices, SLICES_AT_ONCE, async (slice) => {
    try {
      return await finalizeSlice(slice, options, effects);
    } catch (error) {
      if (!(error instanceof FlowbarsError) || error.kind === 'blocked') throw error;
      failures.push(error);
      const { date } = slice;
      effects.log.event('ERROR', 'error', { date, kind: error.kind, ...error.parts });
      return undefined;
    }
  });
  const days = attempts.filter((day): day is FinalizedDay => day !== undefined);
  return {
    failures,
    records: days.flatMap(({ records }) => records),
    manifestDates: days.flatMap(({ manifest, date }) => (manifest === 'awaited' ? [] : [date])),
  };
}
