/**
 * Days whose seed a manifest says is not the last price of the day before, looked at again: the day
 * that a finding names may have been computed since, and the finding stands in another day's entry.
 */
import { qualityName } from '../../core/stored/output-names.js';
import type { Finding } from '../../core/finding/finding.js';
import type { PublishedEntry } from '../../core/stored/manifest.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { addDays } from '../../core/unit/utc-date.js';
import { compareNeighbours, type NeighbourEffects } from '../finalize/compare-neighbours.js';
import { readPublishedReport } from '../stored/read-report.js';

/** `BTCUSDT 2025-12-11` of each day that the findings of an entry call stale: its own or the next. */
export function staleDaysNamed(
  { symbol, date }: SymbolDay,
  published: PublishedEntry | null,
): string[] {
  const mismatches = (published?.findings ?? []).filter((finding) => isSeedMismatch(finding));
  return [date, addDays(date, 1)].flatMap((named) => {
    const name = qualityName({ symbol, date: named });
    return mismatches.some(({ where }) => where === name) ? [`${symbol} ${named}`] : [];
  });
}

export function isSeedMismatch({ code }: Finding): boolean {
  return code === 'seed_mismatch';
}

/** The finding as the stored files have it now; undefined where the prices agree. */
export async function staleSeed(
  day: SymbolDay,
  effects: NeighbourEffects,
): Promise<Finding | undefined> {
  const { report } = await readPublishedReport(day, effects);
  const prices = { seedPrice: report?.seed?.price, lastPrice: undefined };
  const [finding] = await compareNeighbours(day, prices, effects);
  return finding;
}
