/**
 * The raw root as the calendar sees it: the symbols that it shows, and of each symbol-day whether
 * computing it again would change something. Decides by lookAtDay, as everything that repairs does.
 */
import type { RawView } from '../core/calendar/calendar-state.js';
import type { PublishedEntry } from '../core/report/manifest.js';
import type { SymbolDay } from '../core/report/options.js';
import { unpublishedRules } from '../core/report/published-rules.js';
import { FlowbarsError, fourPartMessage } from '../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../core/unit/symbol.js';
import { readDataset } from './dataset.js';
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
  const rules = unpublishedRules({ rawLayout, streams: 'both' });
  const isSymbolFirst = rawLayout.startsWith(SYMBOL_FIRST);
  return {
    symbols: isSymbolFirst ? folders.flatMap((folder) => parseSymbol(folder) ?? []) : [],
    look: async (day, listed) => {
      try {
        const look = await lookAtDay(day, listed, { rules, dataset }, { raw, out, codec });
        return viewOf(look);
      } catch (error) {
        const isOfDay = error instanceof FlowbarsError && ['data', 'limit'].includes(error.kind);
        if (!isOfDay) throw error;
        return { found: 'refused', detail: fourPartMessage(error.parts) };
      }
    },
  };
}

function viewOf({ change, hasChunk }: DayLook): RawView {
  if (change === undefined) return { found: 'same' };
  if (change.cause === 'unpublished') return { found: 'unpublished', hasChunks: hasChunk };
  return change.gone > 0
    ? { found: 'gone', objects: change.gone }
    : { found: 'changed', detail: change.detail };
}
