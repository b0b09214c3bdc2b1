/** By which rules some symbol-days were published, so that they can be published once more with further files. */
import type { DayRules } from '../../core/rule/rule-table.js';
import { publishedRules } from '../../core/stale/published-rules.js';
import { symbolName } from '../../core/unit/symbol.js';
import { utcDate } from '../../core/unit/utc-date.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects } from '../ports.js';
import { readPublishedReport } from '../stored/read-report.js';

/** Reports that are read. */
export const RULED_DAYS_MAX = 20;
const REPORTS_AT_ONCE = 8;

export interface NamedDay {
  readonly symbol: string;
  readonly date: string;
}

export interface RuledDay extends NamedDay {
  /** Undefined where the report is gone or unreadable. */
  readonly rules: DayRules | undefined;
}

/** Of the first RULED_DAYS_MAX days. Throws what the store throws. */
export async function ruledDays(
  days: readonly NamedDay[],
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<RuledDay[]> {
  const first = days.slice(0, RULED_DAYS_MAX);
  return await mapBounded(first, REPORTS_AT_ONCE, async ({ symbol, date }) => {
    const day = { symbol: symbolName(symbol, '--symbols'), date: utcDate(date, '--from') };
    const { report } = await readPublishedReport(day, effects);
    return { symbol, date, rules: report === undefined ? undefined : publishedRules(report) };
  });
}
