/** Writes the pages of one symbol: day pages where something has changed, then their record, then the symbol's page. */
import type { Calendar, CalendarSymbol } from '../../core/calendar/calendar-shape.js';
import {
  dayPageName,
  INDEX_NAME,
  linkTo,
  pagesName,
  symbolPageName,
} from '../../core/site/links.js';
import { isMadePages, type MadePage, madePagesText } from '../../core/site/page-record.js';
import { type PageState, symbolPage } from '../../core/site/symbol-page.js';
import { readJson } from '../../core/unit/json.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import { addDays, type UtcDate } from '../../core/unit/utc-date.js';
import type { DayLink, PageSite } from '../../core/view/view-page.js';
import type { Clock, Codec, Store, StoredContent } from '../ports.js';
import { retryConflict } from '../retry-conflict.js';
import type { SiteDay } from './site-days.js';

/** The page of a symbol-day as bytes. Throws a FlowbarsError of kind `data` or `usage` if what is published cannot be drawn. */
export type MakeDayPage = (day: {
  readonly symbol: SymbolName;
  readonly dates: readonly [UtcDate];
  readonly site: PageSite;
}) => Promise<Uint8Array>;

export interface SiteEffects {
  readonly out: Store;
  readonly site: Store;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly makeDayPage: MakeDayPage;
}

export interface SymbolWork {
  readonly calendar: Calendar;
  readonly row: CalendarSymbol;
  readonly days: ReadonlyMap<UtcDate, SiteDay>;
  /** Days whose pages are asked for. */
  readonly wanted: ReadonlySet<UtcDate>;
  /** Pages of other days that are made as well where they are not current. */
  readonly spare: SparePages;
  readonly filesAt: string | undefined;
  /** Called after each day that is asked for. */
  readonly onDone: () => void;
}

/** Shared by all symbols of a site. */
export interface SparePages {
  left: number;
}

export interface PageOutcome {
  readonly date: UtcDate;
  /** none: nothing is published of the day that could be drawn. */
  readonly outcome: 'written' | 'unchanged' | 'failed' | 'none';
  /** Below the site's root; null if there is no page. */
  readonly name: string | null;
  readonly bytes: number | null;
  /** Why there is none; may be empty. */
  readonly detail: string;
}

export interface WrittenSymbol {
  readonly symbol: SymbolName;
  readonly pages: readonly PageOutcome[];
  /** Names of all day pages that hold what is published. */
  readonly linked: readonly string[];
  /** Objects written besides day pages. */
  readonly written: number;
}

export async function writeSymbol(work: SymbolWork, effects: SiteEffects): Promise<WrittenSymbol> {
  const { calendar, row, days, filesAt } = work;
  const { symbol } = row;
  const stored = await storedSizes(symbol, effects.site);
  const known = currentPages((await readMade(symbol, effects)).pages, days).filter(
    ({ date, bytes }) => stored.get(dayPageName({ symbol, date })) === bytes,
  );
  const made = new Map(known.map((page) => [page.date, page]));
  const pages: PageOutcome[] = [];
  for (const { date } of row.days) {
    const day = days.get(date);
    const isWanted = work.wanted.has(date);
    if (!isWanted && (made.has(date) || day?.hasBars !== true || work.spare.left <= 0)) continue;
    if (!isWanted) work.spare.left -= 1;
    pages.push(await writeDay(date, { ...work, made }, effects));
    if (isWanted) work.onDone();
  }
  const dates = row.days.map(({ date }) => date);
  const isRecorded = await recordMade(symbol, { made, dates }, effects);
  const why = new Map(pages.map(({ date, detail }) => [date, detail]));
  const page = (date: UtcDate): PageState =>
    made.has(date) ? { has: 'page' } : { has: 'none', why: why.get(date) ?? '' };
  const facts = (date: UtcDate): SiteDay | undefined => days.get(date);
  const text = symbolPage({ calendar, row, facts, page, filesAt });
  const { outcome } = await effects.site.write(
    symbolPageName(symbol),
    effects.codec.encode(text),
    'anything',
  );
  return {
    symbol,
    pages,
    linked: [...made.keys()].map((date) => dayPageName({ symbol, date })),
    written: Number(isRecorded) + Number(outcome === 'written'),
  };
}

/** Sizes by name. A folder that is not there yet holds nothing; that a bucket is missing shows with the first write. */
async function storedSizes(symbol: SymbolName, site: Store): Promise<Map<string, number>> {
  try {
    const listed = await site.list(`${symbol}/`);
    return new Map(listed.map(({ name, sizeBytes }) => [name, sizeBytes]));
  } catch (error) {
    if (error instanceof FlowbarsError && error.kind === 'absent') return new Map();
    throw error;
  }
}

interface DayWork extends SymbolWork {
  readonly made: Map<UtcDate, MadePage>;
}

/** Writes the page of a day unless it is there already, and says so in `made`. */
async function writeDay(
  date: UtcDate,
  work: DayWork,
  { site, makeDayPage }: SiteEffects,
): Promise<PageOutcome> {
  const { row, days, made } = work;
  const { symbol } = row;
  const day = days.get(date);
  const name = dayPageName({ symbol, date });
  const nothing = { date, name: null, bytes: null };
  if (day?.hasBars !== true) return { ...nothing, outcome: 'none', detail: '' };
  const before = made.get(date);
  if (before !== undefined) {
    return { date, outcome: 'unchanged', name, bytes: before.bytes, detail: '' };
  }
  try {
    const content = await makeDayPage({ symbol, dates: [date], site: linksOf(date, work) });
    const { outcome } = await site.write(name, content, 'anything');
    made.set(date, { date, bytes: content.length, source: day.source });
    return { date, outcome, name, bytes: content.length, detail: '' };
  } catch (error) {
    if (!isOfTheDay(error)) throw error;
    return { ...nothing, outcome: 'failed', detail: `no page: ${error.message}` };
  }
}

/** To the page of a day beside it if there is one or will be, else to the page of the symbol, which says when it comes. */
function linksOf(date: UtcDate, { row, days, wanted, filesAt, made }: DayWork): PageSite {
  const beside = (step: -1 | 1): DayLink => {
    const other = addDays(date, step);
    const hasPage = made.has(other) || (wanted.has(other) && days.get(other)?.hasBars === true);
    const isTold = row.days.some((day) => day.date === other);
    const told = isTold ? `${INDEX_NAME}#${other}` : INDEX_NAME;
    return { date: other, href: hasPage ? `${other}.html` : told };
  };
  const fileLink =
    filesAt === undefined ? undefined : (name: string) => `../${filesAt}/${linkTo(name)}`;
  return { home: INDEX_NAME, previous: beside(-1), next: beside(1), fileLink };
}

/** Another day may be drawn. */
function isOfTheDay(error: unknown): error is FlowbarsError {
  return error instanceof FlowbarsError && (error.kind === 'data' || error.kind === 'usage');
}

/** Pages of what is published now. Of days outside of those that were read nothing is known: their pages stay. */
function currentPages(
  pages: readonly MadePage[],
  days: ReadonlyMap<UtcDate, SiteDay>,
): readonly MadePage[] {
  return pages.filter(({ date, source }) => days.get(date)?.source === source);
}

interface Made {
  readonly pages: readonly MadePage[];
  readonly content: StoredContent | undefined;
}

/** A record that cannot be read counts as none: then the pages are made again. */
async function readMade(symbol: SymbolName, { site, codec }: SiteEffects): Promise<Made> {
  const content = await site.read(pagesName(symbol));
  const value = content === undefined ? undefined : readJson(codec.decode(content.bytes));
  return { content, pages: isMadePages(value) ? value.pages : [] };
}

/** Changes the record of the days that were read, and no others: another writer may be at work on those. */
async function recordMade(
  symbol: SymbolName,
  {
    made,
    dates,
  }: { readonly made: ReadonlyMap<UtcDate, MadePage>; readonly dates: readonly UtcDate[] },
  effects: SiteEffects,
): Promise<boolean> {
  const read = new Set(dates);
  const attempt = async (): Promise<boolean> => {
    const { pages, content } = await readMade(symbol, effects);
    const kept = pages.filter(({ date }) => !read.has(date));
    if (content === undefined && kept.length + made.size === 0) return false;
    const bytes = effects.codec.encode(madePagesText(symbol, [...kept, ...made.values()]));
    const replaces = content === undefined ? 'nothing' : ({ content } as const);
    const { outcome } = await effects.site.write(pagesName(symbol), bytes, replaces);
    return outcome === 'written';
  };
  return await retryConflict(attempt, effects.clock);
}
