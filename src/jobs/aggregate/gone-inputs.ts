/** Finds the chunks that a published day was made from and that are no longer stored. */
import type { DayPlan } from '../../core/plan/day-plan.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { listedDifference, plannedInputs } from '../../core/stale/input-difference.js';
import { publishedRules } from '../../core/stale/published-rules.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { listDay } from '../plan/list-day.js';
import type { Store } from '../ports.js';

/**
 * Names of the chunks that are gone. A chunk that other options no longer read is not gone, nor is one
 * that was compressed or unpacked since.
 */
export async function goneInputs(
  day: SymbolDay,
  plan: DayPlan,
  published: PublishedReport,
  raw: Store,
): Promise<readonly string[]> {
  const { removed } = listedDifference(plannedInputs(plan), published.inputs);
  if (removed.length === 0) return [];
  // By the rules of its publication, and by the present ones: either listing may hold a chunk.
  const before = await listDay(day, publishedRules(published), raw);
  const stored = [...plannedInputs(before), ...plannedInputs(plan)].map(
    ({ object }) => object.name,
  );
  const known = new Set(published.inputs.map(({ name }) => name));
  const there = new Set(stored);
  const packedAnew = new Set(stored.filter((name) => !known.has(name)).map(unpackedName));
  return removed.filter((name) => !there.has(name) && !packedAnew.has(unpackedName(name)));
}

/** The name of a chunk, whichever form it is stored in. */
export function unpackedName(name: string): string {
  return name.replace(/\.gz$/u, '');
}
