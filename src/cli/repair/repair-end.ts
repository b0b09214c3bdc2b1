/** How a repair ends, as an exit code. */
import type { FoundStale } from '../../jobs/look/find-stale.js';
import type { Repair, RerunEnd } from '../../jobs/repair/repair.js';
import { EXIT_BUG, EXIT_GOOD, EXIT_NOT_GOOD, EXIT_WORLD } from '../command/exit-code.js';

/** Exit code of a dry run. */
export function exitCodeOfFound(found: FoundStale): number {
  return found.stale.length === 0 && !hasBeyondRepair(found) ? EXIT_GOOD : EXIT_NOT_GOOD;
}

/** True for what no run can mend: an unreadable manifest, or damaged files whose chunks are gone. */
function hasBeyondRepair({ left, unreadable }: FoundStale): boolean {
  return unreadable.length > 0 || left.some(({ isDamaged }) => isDamaged);
}

export function exitCodeOfRepair(found: FoundStale, { runs, days }: Repair): number {
  const ended = (end: RerunEnd['end']): boolean => runs.some((run) => run.end?.end === end);
  const came = (...outcomes: readonly string[]): boolean =>
    days.some(({ outcome }) => outcomes.includes(outcome));
  if (ended('broken')) return EXIT_BUG;
  if (ended('world_failed') || came('undone', 'not_started')) return EXIT_WORLD;
  return came('failed') || hasBeyondRepair(found) ? EXIT_NOT_GOOD : EXIT_GOOD;
}
