/** The sidecars of recorders that tell of the outages of a symbol-day, as they lie in the raw root. */
import {
  wantedSidecars,
  type WantedSidecars,
  sidecarPrefix,
} from '../../core/sidecar/wanted-sidecars.js';
import { compareNames } from '../../core/unit/compare-names.js';
import type { TimeRange, UtcDate } from '../../core/unit/utc-date.js';
import type { Store, StoredObject } from '../ports.js';

const NOTHING = { wanted: [], passedOver: [] };

/**
 * One listing for a symbol-day with outages, none for others. Symbols do not share it: each is a task, mostly of its own
 * process, and most have no outage.
 */
export async function listSidecars(
  date: UtcDate,
  outages: readonly TimeRange[],
  raw: Store,
): Promise<WantedSidecars<StoredObject>> {
  if (outages.length === 0) return NOTHING;
  const listed = await raw.list(sidecarPrefix(date));
  const inOrder = listed.toSorted((a, b) => compareNames(a.name, b.name));
  return wantedSidecars(date, outages, inOrder);
}
