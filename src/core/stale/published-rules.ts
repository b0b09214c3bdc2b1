/** The rules by which a symbol-day was published, as its quality report keeps them. */
import { DAY_RULES, type DayRules, type RecordingRules } from '../rule/rule-table.js';
import { defaultRules, restoredRules } from '../rule/rules.js';
import type { PublishedReport } from '../stored/stored-shapes.js';
import { readResolution } from '../unit/resolution.js';

/** What to ask for in order to get the same files from the same inputs. An empty day has no resolutions. */
export function publishedRules({ options, artifacts }: PublishedReport): DayRules {
  return {
    ...restoredRules(options, DAY_RULES),
    resolutions: artifacts.flatMap(({ resolution }) => readResolution(resolution) ?? []),
  };
}

/** For somebody who only looks at what is not published: which objects would be read, by the defaults. */
export function unpublishedRules({
  streams,
  rawLayout,
}: Pick<RecordingRules, 'streams' | 'rawLayout'>): DayRules {
  return { ...defaultRules(DAY_RULES), streams, rawLayout, resolutions: [] };
}
