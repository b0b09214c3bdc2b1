/**
 * The raw root for the calendar: its symbols, and for each symbol-day whether computing it again would
 * change something. Decides by compareWithRaw, like everything that repairs.
 */
import type { RawView } from '../../core/calendar/calendar-state.js';
import { hasSymbolFirst } from '../../core/rule/layout.js';
import { RAW_LAYOUT_DEFAULT } from '../../core/rule/rules.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { unpublishedRules } from '../../core/stale/published-rules.js';
import { fourPartMessage } from '../../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../../core/unit/symbol.js';
import { readDataset } from '../plan/dataset.js';
import { type RawComparison, isOfDay, type ListedDay, compareWithRaw } from './compare-with-raw.js';
import type { Effects, Store } from '../ports.js';
import { readPublishedReport } from '../stored/read-report.js';

export interface LiveRoot {
  readonly raw: Store;
  /** Undefined: the layouts of the published days. */
  readonly rawLayout: string | undefined;
}

export interface OpenLiveRoot {
  /** Its folders that are symbols; empty if the layout, as far as known, does not begin with {symbol}/. */
  readonly symbols: () => readonly SymbolName[];
  /** True if it has a folder of that name. */
  readonly hasFolder: (symbol: SymbolName) => boolean;
  /**
   * `listed`: what the day's manifest lists as published. Call it for published days first: unpublished
   * ones are looked for in their layouts.
   */
  readonly look: (day: SymbolDay, listed: ListedDay | null) => Promise<RawView>;
}

/** `published`: a symbol-day whose report names the layout. Throws a FlowbarsError of kind `world` for a root that does not exist. */
export async function openLiveRoot(
  { raw, rawLayout }: LiveRoot,
  published: SymbolDay | undefined,
  { out, codec }: Pick<Effects, 'out' | 'codec'>,
): Promise<OpenLiveRoot> {
  const folders = await raw.folders();
  const dataset = await readDataset({ raw, codec });
  const seen = new Set<string>(rawLayout === undefined ? [] : [rawLayout]);
  const stored = published && (await readPublishedReport(published, { out, codec }));
  if (stored?.report !== undefined) seen.add(stored.report.options.raw_layout);
  const layouts = (): string[] => (seen.size === 0 ? [RAW_LAYOUT_DEFAULT] : [...seen]);
  const lookOnce = async (day: SymbolDay, listed: ListedDay | null, layout: string) => {
    const rules = unpublishedRules({ rawLayout: layout });
    const look = await compareWithRaw(day, listed, { rules, dataset }, { raw, out, codec });
    if (look.published !== undefined) seen.add(look.published.options.raw_layout);
    return viewOf(look);
  };
  return {
    symbols: () =>
      (rawLayout === undefined ? layouts() : [rawLayout]).every((layout) => hasSymbolFirst(layout))
        ? folders.flatMap((folder) => parseSymbol(folder) ?? [])
        : [],
    hasFolder: (symbol) => folders.includes(symbol),
    look: async (day, listed) => {
      try {
        for (const layout of layouts()) {
          const view = await lookOnce(day, listed, layout);
          if (view.found !== 'unpublished' || view.hasChunks) return view;
        }
        return { found: 'unpublished', hasChunks: false };
      } catch (error) {
        if (!isOfDay(error)) throw error;
        return { found: 'refused', detail: fourPartMessage(error.parts) };
      }
    },
  };
}

function viewOf({ change, hasChunk }: RawComparison): RawView {
  if (change === undefined) return { found: 'same' };
  const { cause, detail, gone, damage } = change;
  if (cause === 'unpublished') return { found: 'unpublished', hasChunks: hasChunk };
  if (gone === 0) return { found: 'changed', detail };
  return damage === undefined
    ? { found: 'gone', objects: gone }
    : { found: 'gone', objects: gone, damage };
}
