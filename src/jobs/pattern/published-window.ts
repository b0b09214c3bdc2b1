/** The days between the first and the last manifest below an output root, from one listing without reads. */
import { boundsOf, type Window } from '../../core/plan/windows.js';
import { dateOfManifest, MANIFESTS_PREFIX } from '../../core/stored/output-names.js';
import type { Store } from '../ports.js';

/** Undefined without a manifest. Throws what the store throws, such as for a root that does not exist. */
export async function publishedWindow(out: Store): Promise<Window | undefined> {
  const listed = await out.list(MANIFESTS_PREFIX);
  const dates = listed.flatMap(({ name }) => dateOfManifest(name) ?? []);
  return dates.length === 0 ? undefined : boundsOf(dates);
}
