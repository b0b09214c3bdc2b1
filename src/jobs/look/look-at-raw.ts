/**
 * The raw root for the calendar: its symbols, and for each symbol-day whether computing it again would
 * change something. Decides by compareWithRaw, like everything that repairs.
 */
import type { RawView } from '../../core/calendar/calendar-state.js';
import { hasSymbolFirst, type RawLayout } from '../../core/rule/layout.js';
import { defaultLayout } from '../../core/rule/rules.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { unpublishedRules } from '../../core/stale/published-rules.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { fourPartMessage } from '../../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../../core/unit/symbol.js';
import { readDataset } from '../plan/dataset.js';
import { type RawComparison, isOfDay, type ListedDay, compareWithRaw } from './compare-with-raw.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects, Store } from '../ports.js';
import { recordedSymbols } from '../recorded/recorded-symbols.js';
import { readPublishedReport } from '../stored/read-report.js';

export interface LiveRoot {
  readonly raw: Store;
  /** Undefined: the layouts of the published days. */
  readonly layout: RawLayout | undefined;
}

export interface OpenLiveRoot {
  /** Its folders that are symbols and hold what the layout puts there; empty if the layout, as far as known, does not begin with {symbol}/. */
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
  { raw, layout: given }: LiveRoot,
  published: SymbolDay | undefined,
  { out, codec }: Pick<Effects, 'out' | 'codec'>,
): Promise<OpenLiveRoot> {
  const folders = new Set((await raw.folders()).flatMap((folder) => parseSymbol(folder) ?? []));
  const dataset = await readDataset({ raw, codec });
  const seen = new Map<string, RawLayout>();
  const see = (layout: RawLayout): unknown => seen.set(JSON.stringify(layout), layout);
  if (given !== undefined) see(given);
  const stored = published && (await readPublishedReport(published, { out, codec }));
  if (stored?.report !== undefined) see(layoutOf(stored.report));
  const layouts = (): RawLayout[] => (seen.size === 0 ? [defaultLayout] : [...seen.values()]);
  const shown = given === undefined ? layouts() : [given];
  const isShown = shown.every(({ rawLayout }) => hasSymbolFirst(rawLayout));
  const found = isShown
    ? await mapBounded(shown, 1, async (layout) => await recordedSymbols(layout, raw))
    : [];
  const lookOnce = async (day: SymbolDay, listed: ListedDay | null, layout: RawLayout) => {
    const rules = unpublishedRules(layout);
    const look = await compareWithRaw(day, listed, { rules, dataset }, { raw, out, codec });
    if (look.published !== undefined) see(layoutOf(look.published));
    return viewOf(look);
  };
  return {
    symbols: () =>
      layouts().every(({ rawLayout }) => given !== undefined || hasSymbolFirst(rawLayout))
        ? [...new Set(found.flatMap(({ symbols }) => symbols))]
        : [],
    hasFolder: (symbol) => folders.has(symbol),
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

function layoutOf({ options }: PublishedReport): RawLayout {
  return { rawLayout: options.raw_layout, streamNames: options.stream_names };
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
