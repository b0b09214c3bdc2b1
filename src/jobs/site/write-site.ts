/**
 * Writes a site: day pages where something has changed, a page for each symbol, and the calendar as its index, last.
 * Nothing is deleted: a page whose day is published no more stays, and nothing links to it.
 */
import type { Calendar } from '../../core/calendar/calendar-shape.js';
import { calendarPage, refuseLargeCalendar } from '../../core/site/calendar-page.js';
import { INDEX_NAME, indexLinks } from '../../core/site/links.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import { compareNames } from '../../core/unit/compare-names.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { mapBounded } from '../map-bounded.js';
import { refuseOtherFolder } from './refuse-other-folder.js';
import { readSiteDays } from './site-days.js';
import {
  type PageOutcome,
  type SiteEffects,
  writeSymbol,
  type WrittenSymbol,
} from './write-symbol.js';

/** Symbols whose day pages are made at once: each holds all seconds of a day in memory. */
const DRAWN_AT_ONCE = 2;
/** Symbols at once of which no day page is asked for. */
const TOLD_AT_ONCE = 8;

export interface SiteRequest {
  readonly calendar: Calendar;
  /** Days of each symbol that get pages; undefined: all of the calendar. */
  readonly wanted: ((symbol: SymbolName) => ReadonlySet<UtcDate>) | undefined;
  /** Pages of the other days that are made as well where they are not current. */
  readonly spareMax?: number;
  /** The output root as a relative link from the site's root; undefined where none leads there. */
  readonly filesAt: string | undefined;
  readonly program: string;
  readonly onDone: (done: number, total: number) => void;
}

export interface SitePage extends PageOutcome {
  readonly symbol: SymbolName;
}

/** The document of `flowbars view --site --json`. */
export interface WrittenSite {
  readonly schema_version: number;
  readonly site: string;
  readonly out: string;
  readonly index: string;
  readonly from: UtcDate;
  readonly to: UtcDate;
  /** Whether every page that is asked for could be made: none is of a day whose manifest cannot be read. */
  readonly good: boolean;
  /** Whether the calendar is. */
  readonly calendar_good: boolean;
  /** Days whose manifest cannot be read. */
  readonly unreadable_manifests: readonly string[];
  readonly symbols: number;
  readonly symbol_days: number;
  readonly written: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Objects written besides day pages. */
  readonly other_written: number;
  readonly pages: readonly SitePage[];
}

/** Throws a usage error for more than SITE_SYMBOL_DAYS_MAX symbol-days, and what stores throw. */
export async function writeSite(request: SiteRequest, effects: SiteEffects): Promise<WrittenSite> {
  const { calendar, filesAt, program } = request;
  refuseLargeCalendar(calendar);
  await refuseOtherFolder(effects);
  const spare = { left: request.spareMax ?? 0 };
  const siteDays = await readSiteDays(calendar, program, effects);
  const work = calendar.symbols.map((row) => {
    const all = row.days.map(({ date }) => date);
    const wanted = request.wanted?.(row.symbol) ?? new Set(all);
    const days = siteDays.get(row.symbol) ?? new Map();
    return { calendar, row, days, wanted, spare, filesAt };
  });
  const total = work.reduce((sum, { wanted }) => sum + wanted.size, 0);
  let done = 0;
  const onDone = (): void => {
    done += 1;
    request.onDone(done, total);
  };
  const write = async (one: (typeof work)[number]): Promise<WrittenSymbol> =>
    await writeSymbol({ ...one, onDone }, effects);
  const others = work.filter((one) => !asksForPages(one));
  // Of most others only a record is read and one page written.
  const othersAtOnce = spare.left > 0 ? DRAWN_AT_ONCE : TOLD_AT_ONCE;
  const symbols = [
    ...(await mapBounded(work.filter(asksForPages), DRAWN_AT_ONCE, write)),
    ...(await mapBounded(others, othersAtOnce, write)),
  ].toSorted((one, other) => compareNames(one.symbol, other.symbol));
  const links = indexLinks(new Set(symbols.flatMap(({ linked }) => linked)));
  const index = effects.codec.encode(calendarPage(calendar, links));
  const { outcome } = await effects.site.write(INDEX_NAME, index, 'anything');
  const pages = symbols.flatMap(({ symbol, pages: own }) =>
    own.map((page) => ({ symbol, ...page })),
  );
  const count = (wanted: PageOutcome['outcome']): number =>
    pages.filter((page) => page.outcome === wanted).length;
  const besides = symbols.reduce((sum, { written }) => sum + written, 0);
  return {
    schema_version: SCHEMA_VERSION,
    site: effects.site.root,
    out: effects.out.root,
    index: INDEX_NAME,
    from: calendar.from,
    to: calendar.to,
    good: count('failed') === 0 && calendar.unreadable_manifests.length === 0,
    calendar_good: calendar.good,
    unreadable_manifests: calendar.unreadable_manifests.map(({ date }) => date),
    symbols: calendar.symbols.length,
    symbol_days: calendar.symbol_days,
    written: count('written'),
    unchanged: count('unchanged'),
    failed: count('failed'),
    other_written: besides + Number(outcome === 'written'),
    pages,
  };
}

function asksForPages({ wanted }: { readonly wanted: ReadonlySet<UtcDate> }): boolean {
  return wanted.size > 0;
}
