/**
 * Reads the manifests of some days into a calendar. With a raw root every symbol-day is also
 * compared with what that holds now; without one, midnights whose prices differ are looked at again.
 */
import { buildCalendar } from '../../core/calendar/calendar.js';
import type { Calendar, UnreadableManifest } from '../../core/calendar/calendar-shape.js';
import { type StatedDay, stateOfUnknown } from '../../core/calendar/calendar-state.js';
import { compareNames } from '../../core/unit/compare-names.js';
import { manifestName } from '../../core/stored/output-names.js';
import type { GoodRule } from '../../core/run/good.js';
import type { ManifestEntry } from '../../core/stored/manifest.js';
import { closestName } from '../../core/unit/closest-name.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import {
  abridged,
  type CalendarCell,
  cellsOf,
  compareCells,
  unreadableDetail,
} from './calendar-cells.js';
import { confirmSeeds } from './confirm-seeds.js';
import { type ListedChoice, listedSymbols } from '../plan/listed-symbols.js';
import { type LiveRoot, openLiveRoot, type OpenLiveRoot } from '../look/look-at-raw.js';
import type { Effects } from '../ports.js';
import { type ReadEntries, readEntries } from '../stored/read-entries.js';
import { refuseTooMany, SYMBOL_DAYS_MAX } from '../plan/symbols.js';

export interface CalendarRequest {
  /** At least one, one after the other. */
  readonly dates: readonly UtcDate[];
  /** Where they are not named: all that a manifest of these days knows, that the deployment lists, and with a raw root those that it shows. */
  readonly symbols: ListedChoice;
  /** What may be empty is asked of it for symbols that were named or are listed; where they are found, any may. */
  readonly goodRule: GoodRule;
  /** Undefined: the manifests alone are believed. */
  readonly live: LiveRoot | undefined;
  /** Called after each symbol-day that was compared with the raw root. */
  readonly onCompared: (done: number, total: number) => void;
}

export type CalendarEffects = Omit<Effects, 'raw'>;

/** Symbols that somebody expects: those that were named, or those that the deployment lists. */
interface Chosen {
  readonly named: readonly SymbolName[] | undefined;
  /** Undefined: whatever is found. */
  readonly expected: readonly SymbolName[] | undefined;
}

/** Throws FlowbarsErrors of the world, and usage errors for more symbol-days than SYMBOL_DAYS_MAX and for a list that is none. */
export async function readCalendar(
  request: CalendarRequest,
  effects: CalendarEffects,
): Promise<Calendar> {
  const { dates, goodRule } = request;
  const chosen = await chosenSymbols(request, effects);
  const manifests = await readManifests(request, chosen, effects);
  const known = new Set([...manifests.known, ...(chosen.expected ?? [])]);
  const cells = cellsOf(chosen.named ?? [...known], manifests);
  const live = request.live && (await openLiveRoot(request.live, manifests.latest, effects));
  const newCells = (): CalendarCell[] => {
    const found = chosen.named === undefined ? (live?.symbols() ?? []) : [];
    refuseMore(new Set([...known, ...found]).size, dates);
    return cellsOf(
      found.filter((symbol) => !known.has(symbol)),
      manifests,
    );
  };
  const stated =
    live === undefined
      ? await confirmSeeds(cells, effects)
      : await compareCells(cells, newCells, live.look, request.onCompared);
  const bySymbol = Map.groupBy(stated, ({ symbol }) => symbol);
  const symbols = chosen.named ?? [...bySymbol.keys()].toSorted(compareNames);
  return buildCalendar({
    out: effects.out.root,
    dates,
    live: live !== undefined,
    symbolsNamed: Array.isArray(request.symbols),
    goodRule: {
      ...goodRule,
      allowEmpty: chosen.expected === undefined ? 'found' : goodRule.allowEmpty,
    },
    unreadableManifests: unreadableOf(manifests),
    rows: symbols.map((symbol) => {
      const own = bySymbol.get(symbol) ?? [];
      const inOrder = own.toSorted((a, b) => compareNames(a.date, b.date));
      return { symbol, days: statedDays(symbol, inOrder, manifests, live) };
    }),
  });
}

async function chosenSymbols(
  { symbols }: CalendarRequest,
  effects: CalendarEffects,
): Promise<Chosen> {
  if (symbols === 'listed') return { named: undefined, expected: await listedSymbols(effects) };
  const named = symbols === 'all' ? undefined : symbols;
  return { named, expected: named };
}

async function readManifests(
  { dates }: CalendarRequest,
  { named, expected }: Chosen,
  effects: CalendarEffects,
): Promise<ReadEntries<ManifestEntry>> {
  refuseMore(expected?.length ?? 0, dates);
  const onRead = ({ known }: { readonly known: number }): void => {
    if (named === undefined) refuseMore(known, dates);
  };
  const manifests = await readEntries(dates, { symbols: named, keep: abridged, onRead }, effects);
  // A root that is not there at all is a mistake, and no calendar of missing days.
  if (manifests.days.every(({ day }) => day.found === 'no_manifest')) await effects.out.folders();
  return manifests;
}

function refuseMore(symbols: number, { length: days }: readonly UtcDate[]): void {
  refuseTooMany(symbols * days, {
    where: '--symbols',
    found: `${symbols} symbols for ${days} days`,
    expected: `at most ${SYMBOL_DAYS_MAX} symbol-days`,
  });
}

function unreadableOf({ days }: ReadEntries<ManifestEntry>): UnreadableManifest[] {
  return days.flatMap(({ date, day }): UnreadableManifest[] =>
    day.found === 'unreadable'
      ? [{ date, name: manifestName(date), detail: unreadableDetail(day.error) }]
      : [],
  );
}

/** Of one symbol, which is unknown where no manifest has it, nothing is recorded of it and it has no folder. */
function statedDays(
  symbol: SymbolName,
  cells: readonly CalendarCell[],
  { known }: ReadEntries<ManifestEntry>,
  live: OpenLiveRoot | undefined,
): StatedDay[] {
  const isUnknown =
    !known.has(symbol) &&
    live?.hasFolder(symbol) !== true &&
    !cells.some(({ raw }) => hasTrace(raw));
  if (!isUnknown) return cells.map(({ stated }) => stated);
  const closest = closestName(symbol, [...known, ...(live?.symbols() ?? [])]);
  return cells.map(({ view, stated }) =>
    view.found === 'no_entry'
      ? stateOfUnknown(stated, { live: live !== undefined, closest })
      : stated,
  );
}

function hasTrace(raw: CalendarCell['raw']): boolean {
  return raw !== undefined && (raw.found !== 'unpublished' || raw.hasChunks);
}
