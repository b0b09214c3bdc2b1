/** The rules by which a symbol-day was or would be published. */
import { DAY_RULES, type DayRules, type RecordingRules } from '../rule/rule-table.js';
import { defaultRules, restoredRules } from '../rule/rules.js';
import type { PublishedReport } from '../stored/stored-shapes.js';
import { productsOf } from '../stored/artifacts.js';

/** The rules that give the same files from the same inputs. An empty day has no products. */
export function publishedRules({ options, artifacts }: PublishedReport): DayRules {
  return { ...restoredRules(options, DAY_RULES), ...productsOf(artifacts) };
}

/** The rules for looking at days without a report: those that are `known`, and the defaults. */
export function unpublishedRules(known: Partial<RecordingRules> = {}): DayRules {
  return { ...defaultRules(DAY_RULES), ...known, resolutions: [], outputs: [], formats: [] };
}
