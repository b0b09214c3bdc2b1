/** The sidecars of recorders that tell of the outages of a symbol-day, as they lie in the raw root. */
import {
  sidecarDates,
  wantedSidecars,
  type WantedSidecars,
  sidecarPrefix,
} from '../../core/sidecar/wanted-sidecars.js';
import { compareNames } from '../../core/unit/compare-names.js';
import type { TimeRange } from '../../core/unit/utc-date.js';
import type { Store, StoredObject } from '../ports.js';

/**
 * One listing for a symbol-day with outages, two where one is near midnight, none for others. Symbols do not share it: each
 * is a task, mostly of its own process, and most have no outage.
 */
export async function listSidecars(
  outages: readonly TimeRange[],
  raw: Store,
): Promise<WantedSidecars<StoredObject>> {
  const listed = await Promise.all(
    sidecarDates(outages).map(async (date) => await raw.list(sidecarPrefix(date))),
  );
  const inOrder = listed.flat().toSorted((a, b) => compareNames(a.name, b.name));
  return wantedSidecars(outages, inOrder);
}
