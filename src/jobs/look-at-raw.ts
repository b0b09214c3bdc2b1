/**
 * The raw root as the calendar sees it: the symbols that it shows, and of each symbol-day whether
 * computing it again would change something. Decides by lookAtDay, as everything that repairs does.
 */
import type { RawView } from '../core/calendar/calendar-state.js';
import { planDay, planListings } from '../core/plan/day-plan.js';
import { listedDifference, plannedInputs } from '../core/report/input-difference.js';
import type { PublishedEntry } from '../core/report/manifest.js';
import {
  EDGE_MINUTES_DEFAULT,
  HOLE_MIN_MS_DEFAULT,
  MALFORMED_MAX_DEFAULT,
  SEED_MINUTES_DEFAULT,
  type DayOptions,
  type SymbolDay,
} from '../core/report/options.js';
import { publishedRules } from '../core/report/published-rules.js';
import { FlowbarsError, fourPartMessage } from '../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../core/unit/symbol.js';
import { readDataset } from './dataset.js';
import { listDay } from './list-day.js';
import { type DayLook, lookAtDay } from './look-at-day.js';
import type { Effects, Store } from './ports.js';

export interface LiveRoot {
  readonly raw: Store;
  readonly rawLayout: string;
}

export interface OpenLiveRoot {
  /** Its folders that are symbols; none where the layout does not begin with one. */
  readonly symbols: readonly SymbolName[];
  /** `listed`: what the day's manifest says is published. */
  readonly look: (day: SymbolDay, listed: PublishedEntry | null) => Promise<RawView>;
}

/** The layouts whose first folder is the symbol. */
const SYMBOL_FIRST = '{symbol}/';

/** Throws a FlowbarsError of kind `world` for a root that does not exist. */
export async function openLiveRoot(
  { raw, rawLayout }: LiveRoot,
  { out, codec }: Pick<Effects, 'out' | 'codec'>,
): Promise<OpenLiveRoot> {
  const folders = await raw.folders();
  const dataset = await readDataset({ raw, codec });
  const rules = rulesOf(rawLayout);
  const isSymbolFirst = rawLayout.startsWith(SYMBOL_FIRST);
  return {
    symbols: isSymbolFirst ? folders.flatMap((folder) => parseSymbol(folder) ?? []) : [],
    look: async (day, listed) => {
      try {
        const look = await lookAtDay(day, listed, { rules, dataset }, { raw, out, codec });
        return await viewOf(look, rules, raw);
      } catch (error) {
        const isOfDay = error instanceof FlowbarsError && ['data', 'limit'].includes(error.kind);
        if (!isOfDay) throw error;
        return { found: 'refused', detail: fourPartMessage(error.parts) };
      }
    },
  };
}

async function viewOf(look: DayLook, rules: DayOptions, raw: Store): Promise<RawView> {
  const { day, change, inputObjects } = look;
  if (change === undefined) return { found: 'same' };
  if (change.cause === 'unpublished') {
    const hasChunks = inputObjects > 0 && (await hasChunksOf(day, rules, raw));
    return { found: 'unpublished', hasChunks };
  }
  const gone = await goneObjects(look, raw);
  return gone > 0 ? { found: 'gone', objects: gone } : { found: 'changed', detail: change.detail };
}

/** Where objects were taken away and none added or changed, how many: a raw root that forgets makes no day stale. */
async function goneObjects({ day, change, published }: DayLook, raw: Store): Promise<number> {
  if (change?.cause !== 'inputs' || published === undefined) return 0;
  const plan = await listDay(day, publishedRules(published), raw);
  const { added, changed, removed } = listedDifference(plannedInputs(plan), published.inputs);
  return added.length + changed.length > 0 ? 0 : removed.length;
}

/** Whether the day itself has a chunk: its edges and its seed are its neighbours'. */
async function hasChunksOf(day: SymbolDay, rules: DayOptions, raw: Store): Promise<boolean> {
  for (const listing of planListings(day, rules)) {
    if (listing.folder.date !== day.date) continue;
    const listed = [{ listing, objects: await raw.list(listing.prefix) }];
    if (planDay(rules, listed).steps.some(({ role }) => role === 'chunk')) return true;
  }
  return false;
}

/** For days that nothing is published of only the layout counts: is something there to compute? */
function rulesOf(rawLayout: string): DayOptions {
  return {
    rawLayout,
    resolutions: [],
    streams: 'both',
    sparseTrades: false,
    edgeMinutes: EDGE_MINUTES_DEFAULT,
    seedMinutes: SEED_MINUTES_DEFAULT,
    holeMinMs: HOLE_MIN_MS_DEFAULT,
    malformedMax: MALFORMED_MAX_DEFAULT,
    expect: undefined,
  };
}
