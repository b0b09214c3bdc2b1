/** Symbol-days on their way into the calendar, compared with the raw root. */
import {
  type ManifestView,
  type RawView,
  stateByManifest,
  stateByRaw,
  type StatedDay,
} from '../../core/calendar/calendar-state.js';
import { firstFinding } from '../../core/run/manifest-update.js';
import type { ManifestEntry, PublishedEntry } from '../../core/stored/manifest.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { FlowbarsError } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { OpenLiveRoot } from '../look/look-at-raw.js';
import { mapBounded } from '../map-bounded.js';
import type { DayEntries, ReadEntries } from '../stored/read-entries.js';
import { isSeedMismatch } from './stale-seed.js';

/** Symbol-days compared at once, with eight listings each. */
export const LOOKS_AT_ONCE = 4;

export interface CalendarCell extends SymbolDay {
  readonly view: ManifestView;
  /** Undefined if it was not compared. */
  readonly raw: RawView | undefined;
  /** By both. */
  readonly stated: StatedDay;
}

/** The entry without its lists, since the entries of a year are in memory at once. */
export function abridged(entry: ManifestEntry): ManifestEntry {
  const { published } = entry;
  if (published === null) return entry;
  const files = published.files.filter(({ kind }) => kind === 'quality');
  const first = firstFinding(published.findings);
  const error = published.findings.find(({ severity }) => severity === 'error');
  const findings = published.findings.filter(
    (one) => one === first || one === error || isSeedMismatch(one),
  );
  return { ...entry, published: { ...published, files, findings, checks: [] } };
}

/** By the manifests alone; by symbol, then by date. */
export function cellsOf(
  symbols: readonly SymbolName[],
  { days }: ReadEntries<ManifestEntry>,
): CalendarCell[] {
  return symbols.flatMap((symbol) =>
    days.map(({ date, day }): CalendarCell => {
      const view = viewOf(day, symbol);
      return { symbol, date, view, raw: undefined, stated: stateByManifest(view) };
    }),
  );
}

export function publishedOf({ view }: CalendarCell): PublishedEntry | null {
  return view.found === 'entry' ? view.entry.published : null;
}

/** A failed day stays failed whatever the raw root holds now: an operator has to look at it. */
export function isComparable({ stated: { state } }: CalendarCell): boolean {
  return state !== 'failed' && state !== 'unreadable';
}

/**
 * What is published comes first: by then the root is known well enough to look for the rest, and for
 * the cells that it has more (`more`). `onCompared`: called after each that was compared.
 */
export async function compareCells(
  cells: readonly CalendarCell[],
  more: () => readonly CalendarCell[],
  look: OpenLiveRoot['look'],
  onCompared: (done: number, total: number) => void,
): Promise<CalendarCell[]> {
  let [done, total] = [0, 0];
  const compare = async (some: readonly CalendarCell[]): Promise<CalendarCell[]> => {
    total += some.filter((cell) => isComparable(cell)).length;
    return await mapBounded(some, LOOKS_AT_ONCE, async (cell) => {
      if (!isComparable(cell)) return cell;
      const raw = await look(cell, publishedOf(cell));
      done += 1;
      onCompared(done, total);
      return { ...cell, raw, stated: stateByRaw(cell.view, raw) };
    });
  };
  const published = await compare(cells.filter((cell) => publishedOf(cell) !== null));
  const others = cells.filter((cell) => publishedOf(cell) === null);
  return [...published, ...(await compare([...others, ...more()]))];
}

export function unreadableDetail({ parts: { found, expected } }: FlowbarsError): string {
  return `manifest: found ${found}, expected ${expected}`;
}

function viewOf(day: DayEntries<ManifestEntry>, symbol: SymbolName): ManifestView {
  if (day.found === 'no_manifest') return day;
  if (day.found === 'unreadable') {
    return { found: 'unreadable', detail: unreadableDetail(day.error) };
  }
  const entry = day.entries.get(symbol);
  return entry === undefined ? { found: 'no_entry' } : { found: 'entry', entry };
}
