/** The two steps of a repair with their display: finding stale symbol-days, and computing them again. */
import { isPatterns, type SymbolPatterns } from '../../core/plan/symbol-pattern.js';
import type { RepairGroup } from '../../core/repair/group-days.js';
import { openKeptFiles } from '../../edge/local/kept-files.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import { STOP_WAIT_MS } from '../../jobs/drive/run-locally.js';
import { findStale, type FoundStale, type StaleSearch } from '../../jobs/look/find-stale.js';
import { publishedMatches } from '../../jobs/look/published-matches.js';
import { readDataset } from '../../jobs/plan/dataset.js';
import { type Repair, repairStale } from '../../jobs/repair/repair.js';
import type { World } from '../command/command.js';
import { untilStopped } from '../command/until-stopped.js';
import { effectsOf } from '../compute/open-run.js';
import type { Roots } from '../compute/request.js';
import type { Given } from '../option/option.js';
import { openWatch } from '../screen/watch.js';
import { displayAt, openRerunner, type RepairPlace } from './repair-place.js';

/** Symbols as asked for; patterns are matched against the manifests. */
interface Asked {
  readonly symbols: StaleSearch['symbols'] | SymbolPatterns;
}

export async function findStaleDays(
  search: Omit<StaleSearch, 'dataset' | 'symbols'> & Asked,
  roots: Roots,
  given: Given,
  world: World,
): Promise<FoundStale | StopSignal> {
  const watch = openWatch(given, world, 0);
  const effects = effectsOf(roots, world, watch.log);
  const finding = async (): Promise<FoundStale> => {
    const dataset = await readDataset(effects);
    const { dates, symbols: asked } = search;
    const matching = { dates, raw: search.missing ? roots.raw : undefined, where: '--symbols' };
    const symbols = isPatterns(asked) ? await publishedMatches(asked, matching, effects) : asked;
    const found = await findStale({ ...search, symbols, dataset }, effects);
    // Without any manifest the root may be misspelt; folders() then throws.
    if (found.looked === 0 && !search.missing) await roots.out.folders();
    return found;
  };
  const found = await untilStopped(finding(), world).finally(watch.close);
  return found;
}

/** A signal ended the repair. */
export interface StoppedRepair {
  readonly stoppedBy: StopSignal;
  /** What still runs, and how to follow it. */
  readonly goesOn: string | undefined;
}

export async function repairGroups(
  found: FoundStale,
  groups: readonly RepairGroup[],
  place: RepairPlace,
  given: Given,
  world: World,
): Promise<Repair | StoppedRepair> {
  const watch = openWatch(given, world, displayAt(place, found.stale.length, world));
  const effects = effectsOf(place.roots, world, watch.log);
  const kept = openKeptFiles();
  let stoppedBy: StopSignal | undefined;
  // Tasks get time to end; after that the repair leaves without them.
  const stopping = world.stopped.then(async (signal) => {
    stoppedBy = signal;
    await world.clock.waitMs(2 * STOP_WAIT_MS);
    return signal;
  });
  try {
    if (groups.length === 0) return { runs: [], days: [] };
    const rerunner = await openRerunner(place, effects, given, world);
    const isStopped = (): boolean => stoppedBy !== undefined;
    const repairing = repairStale(found.stale, groups, {
      stores: effects,
      kept,
      rerunner,
      isStopped,
    });
    const done = await Promise.race([repairing, stopping]);
    if (typeof done !== 'string' && stoppedBy === undefined) return done;
    return { stoppedBy: stoppedBy ?? 'SIGTERM', goesOn: rerunner.goesOn?.() };
  } finally {
    await kept.clear();
    watch.close();
  }
}
