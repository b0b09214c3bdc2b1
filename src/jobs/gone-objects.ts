/** Tells a raw root that forgets from one that was corrected: objects taken away, and none added or changed. */
import { listedDifference, plannedInputs } from '../core/report/input-difference.js';
import { publishedRules } from '../core/report/published-rules.js';
import { listDay } from './list-day.js';
import type { DayLook } from './look-at-day.js';
import type { Store } from './ports.js';

/** How many objects are gone that the day was published from, where that is all that has changed; else 0. */
export async function goneObjects(
  { day, published, change }: Pick<DayLook, 'day' | 'published' | 'change'>,
  raw: Store,
): Promise<number> {
  if (change?.cause !== 'inputs' || published === undefined) return 0;
  const plan = await listDay(day, publishedRules(published), raw);
  const { added, changed, removed } = listedDifference(plannedInputs(plan), published.inputs);
  return added.length + changed.length > 0 ? 0 : removed.length;
}
