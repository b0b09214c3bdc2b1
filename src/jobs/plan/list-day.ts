/** Plans a symbol-day from the raw root, with as few listings as its layout allows. */
import { type DayPlan, planDay, planListings } from '../../core/plan/day-plan.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { mapBounded } from '../map-bounded.js';
import type { Store } from '../ports.js';
import { listForms } from '../recorded/list-forms.js';

/** Listings of one symbol-day in flight. */
const LISTINGS_AT_ONCE = 8;

/** Throws a FlowbarsError of kind `limit` for more objects than a symbol-day may have. */
export async function listDay(day: SymbolDay, rules: DayRules, raw: Store): Promise<DayPlan> {
  const listed = await mapBounded(planListings(day, rules), LISTINGS_AT_ONCE, async (listing) => ({
    listing,
    objects: await listForms(listing.prefix, raw),
  }));
  return planDay(rules, listed);
}
