/** What the report of a day says of one of its bars: the rules to read it by, and the time around it. */
import { expectedRange } from '../../core/day/day-evidence.js';
import type { BarContext } from '../../core/explain/context.js';
import { DAY_RULES, type DayRules } from '../../core/rule/rule-table.js';
import { restoredRules } from '../../core/rule/rules.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { dayRange } from '../../core/unit/utc-date.js';
import type { PublishedBar } from './published-bar.js';

/** The rules of the day, for bars of this length alone, with their signals. */
export function rulesOfBar({ report, resolution }: PublishedBar): DayRules {
  return {
    ...restoredRules(report.options, DAY_RULES),
    resolutions: [resolution],
    outputs: ['bars', 'signals'],
    formats: ['csv'],
  };
}

export function contextOf(
  { date }: SymbolDay,
  { report, bar, index, previous }: PublishedBar,
  { streams, expect, largeOrder }: DayRules,
): BarContext {
  return {
    bar,
    streams,
    previous,
    isFirst: index === 0,
    seed: report.seed,
    outages: report.outages.map(({ kind, from, to, causes }) => ({
      kind,
      causes: causes.map(({ cause, seconds }) => ({ cause, ms: seconds * 1_000 })),
      fromMs: Date.parse(from),
      toMs: Date.parse(to),
    })),
    hasUnproven: report.unproven_seconds > 0,
    expected: expectedRange(expect, dayRange(date)),
    largeOrder,
  };
}
