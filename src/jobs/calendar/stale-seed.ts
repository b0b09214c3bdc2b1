/**
 * Checks `seed_mismatch` findings of a manifest again. The named day may have been computed since, and
 * the finding may be in the entry of another day.
 */
import { qualityName } from '../../core/stored/output-names.js';
import type { Finding } from '../../core/finding/finding.js';
import type { PublishedEntry } from '../../core/stored/manifest.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { addDays } from '../../core/unit/utc-date.js';
import { compareNeighbours, type NeighbourEffects } from '../finalize/compare-neighbours.js';
import { readPublishedReport } from '../stored/read-report.js';

/** `BTCUSDT 2025-12-11` for each day that the entry's findings call stale: its own day or the next. */
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

/** The finding by the files stored now; undefined if the prices agree. */
export async function staleSeed(
  day: SymbolDay,
  effects: NeighbourEffects,
): Promise<Finding | undefined> {
  const { report } = await readPublishedReport(day, effects);
  const prices = { seedPrice: report?.seed?.price, lastPrice: undefined };
  const [finding] = await compareNeighbours(day, prices, effects);
  return finding;
}
