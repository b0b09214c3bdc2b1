/**
 * Reads the manifests of some days into a calendar. With a raw root every symbol-day is also
 * compared with what that holds now; without one, midnights whose prices differ are looked at again.
 */
import {
  buildCalendar,
  type Calendar,
  type UnreadableManifest,
} from '../core/calendar/calendar.js';
import {
  type ManifestView,
  staleBySeed,
  stateByManifest,
  stateByRaw,
  type StatedDay,
} from '../core/calendar/calendar-state.js';
import { compareNames } from '../core/plan/day-plan.js';
import { manifestName } from '../core/plan/output-names.js';
import type { GoodRule } from '../core/report/good.js';
import type { ManifestEntry, PublishedEntry } from '../core/report/manifest.js';
import type { SymbolDay } from '../core/report/options.js';
import { FlowbarsError } from '../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../core/unit/symbol.js';
import type { UtcDate } from '../core/unit/utc-date.js';
import { readManifest } from './day-manifest.js';
import { type LiveRoot, openLiveRoot, type OpenLiveRoot } from './look-at-raw.js';
import { mapBounded } from './map-bounded.js';
import type { Effects } from './ports.js';
import { staleDaysNamed, staleSeed } from './stale-seed.js';
import { SYMBOL_DAYS_MAX } from './symbols.js';

/** Manifests that are read at once: of 500 symbols each is over a megabyte. */
const MANIFESTS_AT_ONCE = 8;
/** Symbol-days that are looked at once, with eight listings each. */
const LOOKS_AT_ONCE = 4;

export interface CalendarRequest {
  /** At least one, one after the other. */
  readonly dates: readonly UtcDate[];
  /** Undefined: all that a manifest of these days knows, and with a raw root those that it shows. */
  readonly symbols: readonly SymbolName[] | undefined;
  readonly goodRule: GoodRule;
  /** Undefined: the manifests alone are believed. */
  readonly live: LiveRoot | undefined;
  /** Called after each symbol-day that was compared with the raw root. */
  readonly onCompared: (done: number, total: number) => void;
}

export type CalendarEffects = Omit<Effects, 'raw'>;

/** A day's manifest as far as the calendar needs it. */
type DayManifest =
  | Extract<ManifestView, { readonly found: 'no_manifest' | 'unreadable' }>
  | { readonly found: 'manifest'; readonly entries: ReadonlyMap<string, ManifestEntry> };

interface DatedManifest {
  readonly date: UtcDate;
  readonly manifest: DayManifest;
}

interface Cell extends SymbolDay {
  readonly view: ManifestView;
  readonly stated: StatedDay;
}

/** Throws FlowbarsErrors of the world, and a usage error for more symbol-days than SYMBOL_DAYS_MAX. */
export async function readCalendar(
  request: CalendarRequest,
  effects: CalendarEffects,
): Promise<Calendar> {
  const { dates, goodRule } = request;
  const manifests = await mapBounded(dates, MANIFESTS_AT_ONCE, async (date) => ({
    date,
    manifest: await readDay(date, effects),
  }));
  // A root that is not there at all is a mistake, and no calendar of missing days.
  if (manifests.every(({ manifest }) => manifest.found === 'no_manifest')) {
    await effects.out.folders();
  }
  const live = request.live && (await openLiveRoot(request.live, effects));
  const symbols = request.symbols ?? knownSymbols(manifests, live?.symbols ?? []);
  refuseTooMany(symbols, dates);
  const cells = cellsOf(symbols, manifests);
  const days =
    live === undefined
      ? await confirmSeeds(cells, effects)
      : await compareCells(cells, live.look, request.onCompared);
  return buildCalendar({
    out: effects.out.root,
    dates,
    live: live !== undefined,
    goodRule,
    unreadableManifests: manifests.flatMap(({ date, manifest }): UnreadableManifest[] =>
      manifest.found === 'unreadable'
        ? [{ date, name: manifestName(date), detail: manifest.detail }]
        : [],
    ),
    rows: symbols.map((symbol, row) => ({
      symbol,
      days: days.slice(row * dates.length, (row + 1) * dates.length),
    })),
  });
}

async function readDay(date: UtcDate, effects: CalendarEffects): Promise<DayManifest> {
  try {
    const stored = await readManifest(date, effects);
    if (stored === undefined) return { found: 'no_manifest' };
    const entries = stored.manifest.symbols.map(
      (entry) => [entry.symbol, abridged(entry)] as const,
    );
    return { found: 'manifest', entries: new Map(entries) };
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
    const { found, expected } = error.parts;
    return { found: 'unreadable', detail: `manifest: found ${found}, expected ${expected}` };
  }
}

/** Without what only its readers need: the entries of a year are held at once. */
function abridged(entry: ManifestEntry): ManifestEntry {
  const { published } = entry;
  if (published === null) return entry;
  const files = published.files.filter(({ kind }) => kind === 'quality');
  return { ...entry, published: { ...published, files, checks: [] } };
}

/** In order of their names. */
function knownSymbols(
  manifests: readonly DatedManifest[],
  recorded: readonly SymbolName[],
): readonly SymbolName[] {
  const published = manifests.flatMap(({ manifest }) =>
    manifest.found === 'manifest'
      ? [...manifest.entries.keys()].flatMap((name) => parseSymbol(name) ?? [])
      : [],
  );
  return [...new Set([...published, ...recorded])].toSorted(compareNames);
}

function refuseTooMany(
  { length: symbols }: readonly SymbolName[],
  { length: days }: readonly UtcDate[],
): void {
  if (symbols * days <= SYMBOL_DAYS_MAX) return;
  throw new FlowbarsError('usage', {
    where: '--symbols',
    what: 'symbol-days',
    found: `${symbols} symbols for ${days} days`,
    expected: `at most ${SYMBOL_DAYS_MAX} symbol-days`,
  });
}

function cellsOf(symbols: readonly SymbolName[], manifests: readonly DatedManifest[]): Cell[] {
  return symbols.flatMap((symbol) =>
    manifests.map(({ date, manifest }): Cell => {
      const view = viewOf(manifest, symbol);
      return { symbol, date, view, stated: stateByManifest(view) };
    }),
  );
}

function viewOf(manifest: DayManifest, symbol: SymbolName): ManifestView {
  if (manifest.found !== 'manifest') return manifest;
  const entry = manifest.entries.get(symbol);
  return entry === undefined ? { found: 'no_entry' } : { found: 'entry', entry };
}

function publishedOf({ view }: Cell): PublishedEntry | null {
  return view.found === 'entry' ? view.entry.published : null;
}

/** What failed stays failed, whatever has come since: it wants a person. */
async function compareCells(
  cells: readonly Cell[],
  look: OpenLiveRoot['look'],
  onCompared: CalendarRequest['onCompared'],
): Promise<StatedDay[]> {
  const total = cells.filter((cell) => isComparable(cell)).length;
  let done = 0;
  return await mapBounded(cells, LOOKS_AT_ONCE, async (cell) => {
    if (!isComparable(cell)) return cell.stated;
    const stated = stateByRaw(cell.stated, await look(cell, publishedOf(cell)));
    done += 1;
    onCompared(done, total);
    return stated;
  });
}

function isComparable({ stated: { state } }: Cell): boolean {
  return state !== 'failed' && state !== 'unreadable';
}

/** A finding can be older than the day that it names: only what still differs is stale. */
async function confirmSeeds(
  cells: readonly Cell[],
  effects: CalendarEffects,
): Promise<StatedDay[]> {
  const named = new Set(cells.flatMap((cell) => staleDaysNamed(cell, publishedOf(cell))));
  return await mapBounded(cells, LOOKS_AT_ONCE, async (cell) => {
    if (publishedOf(cell) === null || !isComparable(cell)) return cell.stated;
    if (!named.has(`${cell.symbol} ${cell.date}`)) return cell.stated;
    const finding = await staleSeed(cell, effects);
    return finding === undefined ? cell.stated : staleBySeed(cell.stated, finding);
  });
}
