/**
 * Reads the manifests of some days into a calendar. With a raw root it also compares every symbol-day
 * with it; without one it confirms the findings of differing prices at midnight.
 */
import { buildCalendar } from '../../core/calendar/calendar.js';
import type { Calendar, UnreadableManifest } from '../../core/calendar/calendar-shape.js';
import { type StatedDay, stateOfUnknown } from '../../core/calendar/calendar-state.js';
import { compareNames } from '../../core/unit/compare-names.js';
import { manifestName } from '../../core/stored/output-names.js';
import type { GoodRule } from '../../core/run/good.js';
import type { ManifestEntry } from '../../core/stored/manifest.js';
import { type SymbolDay, symbolDayKey } from '../../core/rule/symbol-day.js';
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
  /** At least one, in order. */
  readonly dates: readonly UtcDate[];
  /** Unless named: all symbols in the manifests of these days, in the deployment's list and, with a raw root, among its folders. */
  readonly symbols: ListedChoice;
  /** Its `allowEmpty` applies to named or listed symbols; symbols that were found may all be empty. */
  readonly goodRule: GoodRule;
  /** Only these symbol-days are expected to be published; undefined: all. */
  readonly recorded: readonly SymbolDay[] | undefined;
  /** Undefined: only the manifests are read. */
  readonly live: LiveRoot | undefined;
  /** Called after each comparison of a symbol-day with the raw root. */
  readonly onCompared: (done: number, total: number) => void;
}

export type CalendarEffects = Omit<Effects, 'raw'>;

/** Expected symbols: named by the caller, or listed by the deployment. */
interface Chosen {
  readonly named: readonly SymbolName[] | undefined;
  /** Undefined: any that is found. */
  readonly expected: readonly SymbolName[] | undefined;
}

/** Throws FlowbarsErrors of kind `world`, and usage errors for more symbol-days than SYMBOL_DAYS_MAX and for a malformed list. */
export async function readCalendar(
  request: CalendarRequest,
  effects: CalendarEffects,
): Promise<Calendar> {
  const { dates, goodRule } = request;
  const chosen = await chosenSymbols(request, effects);
  const manifests = await readManifests(request, chosen, effects);
  const recorded = (request.recorded ?? []).map(({ symbol }) => symbol);
  const known = new Set([...manifests.known, ...(chosen.expected ?? []), ...recorded]);
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
  const bySymbol = Map.groupBy(expectedOnly(stated, request.recorded), ({ symbol }) => symbol);
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
  // A root that does not exist is an error, not a calendar of missing days.
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

/** A day of which nothing is recorded is not missing. */
function expectedOnly(
  cells: readonly CalendarCell[],
  recorded: CalendarRequest['recorded'],
): readonly CalendarCell[] {
  if (recorded === undefined) return cells;
  const keys = new Set(recorded.map(symbolDayKey));
  return cells.map((cell) => {
    if (cell.stated.state !== 'missing' || keys.has(symbolDayKey(cell))) return cell;
    const { beyond_runs: _, ...stated } = cell.stated;
    return { ...cell, stated: { ...stated, state: 'none', detail: 'nothing is recorded' } };
  });
}

function unreadableOf({ days }: ReadEntries<ManifestEntry>): UnreadableManifest[] {
  return days.flatMap(({ date, day }): UnreadableManifest[] =>
    day.found === 'unreadable'
      ? [{ date, name: manifestName(date), detail: unreadableDetail(day.error) }]
      : [],
  );
}

/** The days of one symbol. It is unknown if no manifest lists it and the raw root has neither chunk nor folder of it. */
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
