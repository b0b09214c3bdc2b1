/**
 * Reads the manifests of some days and keeps only what the caller needs of each entry: the manifest
 * of 500 symbols takes over a megabyte, and the entries of a year are in memory at once.
 */
import type { ManifestEntry } from '../../core/stored/manifest.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { readManifest } from './day-manifest.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects } from '../ports.js';

const MANIFESTS_AT_ONCE = 8;

export type DayEntries<Kept> =
  | { readonly found: 'no_manifest' }
  | { readonly found: 'unreadable'; readonly error: FlowbarsError }
  | { readonly found: 'manifest'; readonly entries: ReadonlyMap<SymbolName, Kept> };

export interface EntryReading<Kept> {
  /** Undefined: all. */
  readonly symbols: readonly SymbolName[] | undefined;
  readonly keep: (entry: ManifestEntry) => Kept;
  /** Called after each manifest, so that it can refuse too many entries before all are read. */
  readonly onRead: (soFar: { readonly known: number; readonly kept: number }) => void;
}

export interface ReadEntries<Kept> {
  /** Every symbol in any of the manifests. */
  readonly known: ReadonlySet<SymbolName>;
  /** The latest published symbol-day of any symbol: its report names the layout of the raw root. */
  readonly latest: SymbolDay | undefined;
  /** In the order of the dates. */
  readonly days: readonly { readonly date: UtcDate; readonly day: DayEntries<Kept> }[];
}

/** Throws what `onRead` throws, and FlowbarsErrors of kind `world`. A malformed manifest gives an `unreadable` day. */
export async function readEntries<Kept>(
  dates: readonly UtcDate[],
  { symbols, keep, onRead }: EntryReading<Kept>,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<ReadEntries<Kept>> {
  const wanted = symbols && new Set(symbols);
  const known = new Set<SymbolName>();
  let kept = 0;
  let latest: SymbolDay | undefined;
  const keepOf = (date: UtcDate, all: readonly ManifestEntry[]): ReadonlyMap<SymbolName, Kept> => {
    const entries = new Map<SymbolName, Kept>();
    for (const entry of all) {
      const symbol = parseSymbol(entry.symbol);
      if (symbol === undefined) continue;
      known.add(symbol);
      const isLater = latest === undefined || latest.date < date;
      if (isLater && entry.published !== null) latest = { symbol, date };
      if (wanted?.has(symbol) !== false) entries.set(symbol, keep(entry));
    }
    kept += entries.size;
    return entries;
  };
  const days = await mapBounded(dates, MANIFESTS_AT_ONCE, async (date) => {
    const day = await readDay(date, (all) => keepOf(date, all), effects);
    onRead({ known: known.size, kept });
    return { date, day };
  });
  return { known, latest, days };
}

async function readDay<Kept>(
  date: UtcDate,
  keepOf: (entries: readonly ManifestEntry[]) => ReadonlyMap<SymbolName, Kept>,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<DayEntries<Kept>> {
  try {
    const stored = await readManifest(date, effects);
    if (stored === undefined) return { found: 'no_manifest' };
    return { found: 'manifest', entries: keepOf(stored.manifest.symbols) };
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
    return { found: 'unreadable', error };
  }
}
