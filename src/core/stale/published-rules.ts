/** The rules by which a symbol-day was published, as its quality report keeps them. */
import { readResolution } from '../unit/resolution.js';
import {
  type BarRules,
  type DayRules,
  EDGE_MINUTES_DEFAULT,
  HOLE_MIN_MS_DEFAULT,
  MALFORMED_MAX_DEFAULT,
  SEED_MINUTES_DEFAULT,
} from '../rule/day-rules.js';
import type { PublishedReport } from '../stored/stored-shapes.js';

/** What to ask for in order to get the same files from the same inputs. An empty day has no resolutions. */
export function publishedRules({ options, artifacts }: PublishedReport): DayRules {
  const { expect } = options;
  return {
    streams: options.streams,
    edgeMinutes: options.edge_minutes,
    seedMinutes: options.seed_minutes,
    rawLayout: options.raw_layout,
    sparseTrades: options.sparse_trades,
    holeMinMs: options.hole_min_ms,
    malformedMax: options.malformed_max,
    expect:
      expect === null
        ? undefined
        : { fromMs: Date.parse(expect.from), toMs: Date.parse(expect.to) },
    resolutions: artifacts.flatMap(({ resolution }) => readResolution(resolution) ?? []),
  };
}

/** For somebody who only looks at what is not published: which objects would be read, by the defaults. */
export function unpublishedRules({
  streams,
  rawLayout,
}: Pick<BarRules, 'streams' | 'rawLayout'>): DayRules {
  return {
    streams,
    rawLayout,
    resolutions: [],
    sparseTrades: false,
    edgeMinutes: EDGE_MINUTES_DEFAULT,
    seedMinutes: SEED_MINUTES_DEFAULT,
    holeMinMs: HOLE_MIN_MS_DEFAULT,
    malformedMax: MALFORMED_MAX_DEFAULT,
    expect: undefined,
  };
}
