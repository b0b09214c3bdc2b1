/** Computes the patterns of published symbol-days once more, day by day. */
import type {
  Recomputed,
  RecomputedDay,
  RecomputedOutcome,
} from '../../core/score/pattern-documents.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import type { PublishedEntry } from '../../core/stored/manifest.js';
import { mapBounded } from '../map-bounded.js';
import { retryConflict } from '../retry-conflict.js';
import { publishedDays, type PublishedSearch } from './published-days.js';
import { recomputeDay, type RecomputeEffects, type RecomputeRule } from './recompute-day.js';

/** While one day is computed, the next one is read. */
const DAYS_AT_ONCE = 2;

const GOOD: readonly RecomputedOutcome[] = ['same', 'restored', 'made', 'empty'];

export interface Recomputation extends PublishedSearch, RecomputeRule {
  /** Called after each symbol-day. */
  readonly onDone: (done: number, total: number) => void;
}

/** It is good if there is a symbol-day and each one is. Throws what publishedDays and the store throw. */
export async function recompute(
  { isCheck, onDone, ...search }: Recomputation,
  effects: RecomputeEffects,
): Promise<Recomputed> {
  const found = await publishedDays(search, reportSha256, effects);
  let done = 0;
  const days = await mapBounded(found.days, DAYS_AT_ONCE, async ({ kept, ...day }) => {
    const reported = { ...day, reportSha256: kept };
    const attempt = () => recomputeDay(reported, { isCheck }, effects);
    const recomputed = await retryConflict(attempt, effects.clock);
    done += 1;
    onDone(done, found.days.length);
    return recomputed;
  });
  const isGood = days.length > 0 && days.every(({ outcome }) => GOOD.includes(outcome));
  return {
    schema_version: SCHEMA_VERSION,
    out: effects.out.root,
    from: search.dates.at(0) ?? '',
    to: search.dates.at(-1) ?? '',
    good: isGood && found.unreadable.length === 0,
    unreadable_manifests: found.unreadable,
    check: isCheck,
    symbol_days: days.length,
    counts: countsOf(days),
    days,
  };
}

function reportSha256({ files }: PublishedEntry): string {
  // A report that the manifest does not list is none that can be trusted.
  return files.find(({ kind }) => kind === 'quality')?.sha256 ?? '';
}

function countsOf(days: readonly RecomputedDay[]): Recomputed['counts'] {
  const counts = {
    same: 0,
    restored: 0,
    made: 0,
    missing: 0,
    differs: 0,
    no_seconds: 0,
    damaged: 0,
    empty: 0,
  };
  for (const { outcome } of days) counts[outcome] += 1;
  return counts;
}
