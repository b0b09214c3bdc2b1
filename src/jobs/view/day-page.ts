/** The page of a symbol-day, or of several days of a symbol, from published files alone (docs/VIEW.md). */
import type { PublishedEntry } from '../../core/stored/manifest.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import {
  distinctResolutions,
  readResolution,
  type Resolution,
} from '../../core/unit/resolution.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import { DAY_MS, type UtcDate } from '../../core/unit/utc-date.js';
import { choosePanes } from '../../core/view/panes.js';
import { PATTERN_WORDS } from '../../core/view/pattern-words.js';
import type { ViewData } from '../../core/view/view-data.js';
import { type PageSite, viewPage } from '../../core/view/view-page.js';
import { type PublishedDay, publishedDays } from '../pattern/published-days.js';
import { publishedInstead } from '../pattern/published-instead.js';
import type { Effects, PageKit } from '../ports.js';
import { packDay, type PackedDay } from './pack-day.js';
import { readDay } from './read-day.js';

/** Days of one page. */
export const VIEW_DAYS_MAX = 14;
/** Days of one page with rows of less than a minute. */
export const VIEW_FINE_DAYS_MAX = 3;

const FINE_BELOW_SECONDS = 60;
/** What a page holds by default, where it is published. */
const USUAL = new Set(['1s', '1m']);

export interface DayPageRequest {
  readonly symbol: SymbolName;
  /** At least one, in order. */
  readonly dates: readonly UtcDate[];
  /** By default 1s and 1m, or all there are where neither is published. */
  readonly resolutions?: readonly Resolution[] | undefined;
  readonly site?: PageSite | undefined;
}

export interface DayPageEffects extends Pick<Effects, 'out' | 'codec' | 'tables'> {
  readonly kit: PageKit;
}

export interface MadePage {
  readonly bytes: Uint8Array;
  /** Those on the page. */
  readonly dates: readonly UtcDate[];
  readonly unpublished: readonly UtcDate[];
  readonly resolutions: readonly string[];
  readonly rows: number;
  readonly events: number;
}

/** The page alone. Throws what makeDayPage throws. */
export async function dayPage(
  request: DayPageRequest,
  effects: DayPageEffects,
): Promise<Uint8Array> {
  return (await makeDayPage(request, effects)).bytes;
}

/**
 * Throws usage errors for too many days, for days of which nothing is published, and for a resolution that none of
 * them has; a FlowbarsError of kind `data` for a file that is not the listed one, and for a broken manifest.
 */
export async function makeDayPage(
  { symbol, dates, resolutions: asked, site }: DayPageRequest,
  effects: DayPageEffects,
): Promise<MadePage> {
  if (dates.length > VIEW_DAYS_MAX) throw tooMany(dates.length, VIEW_DAYS_MAX, '--from and --to');
  const found = await published(symbol, dates, effects);
  const resolutions = chosenResolutions(found, asked);
  if (found.length > VIEW_FINE_DAYS_MAX && isFine(resolutions)) {
    throw tooMany(found.length, VIEW_FINE_DAYS_MAX, '--resolutions 1m');
  }
  const days: PackedDay[] = [];
  for (const { date, kept } of found) {
    const day = await readDay({ symbol, date }, kept, resolutions, effects);
    days.push(await packDay(day, effects));
  }
  const shown = new Set(found.map(({ date }) => date));
  const unpublished = dates.filter((date) => !shown.has(date));
  const filled = new Set(days.flatMap((day) => day.filled));
  const panes = choosePanes(filled);
  const hasBook = days.some(({ told }) => told.report.options.streams === 'both');
  const text = viewPage({
    symbol,
    days: days.map(({ told }) => told),
    unpublished,
    data: { ...dataOf(symbol, days, resolutions), panes: panes.panes },
    panes,
    // Of trades alone all of the book is empty by rule.
    columns: hasBook ? new Set(days.flatMap(({ columns }) => columns)) : filled,
    packed: new Map(days.flatMap(({ packed }) => [...packed])),
    modules: await effects.kit.modules(),
    site,
  });
  return {
    bytes: effects.codec.encode(text),
    dates: [...shown],
    unpublished,
    resolutions: resolutions.map(({ name }) => name),
    rows: days.reduce((sum, { rowCount }) => sum + rowCount, 0),
    events: days.reduce((sum, { marks }) => sum + marks.length, 0),
  };
}

async function published(
  symbol: SymbolName,
  dates: readonly UtcDate[],
  effects: DayPageEffects,
): Promise<readonly PublishedDay<PublishedEntry>[]> {
  const search = { dates, symbols: [symbol], where: '--symbol' };
  const { days, error } = await publishedDays(search, wholeEntry, effects);
  // A manifest that cannot be read is damaged data: the page could not say whether something is published of its day.
  if (error !== undefined) throw error;
  if (days.length > 0) return days;
  throw new FlowbarsError('usage', {
    where: effects.out.root,
    what: `${symbol} ${[...new Set([dates.at(0), dates.at(-1)])].join(' to ')}`,
    found: 'no published day',
    expected: await publishedInstead(symbol, effects.out, (first, last) =>
      first === last
        ? `--from ${first}, the published day`
        : `published days from ${first} to ${last}, such as --from ${last}`,
    ),
  });
}

function wholeEntry(entry: PublishedEntry): PublishedEntry {
  return entry;
}

/** Finest first. */
function chosenResolutions(
  days: readonly PublishedDay<PublishedEntry>[],
  asked: readonly Resolution[] | undefined,
): readonly Resolution[] {
  const files = days.flatMap(({ kept }) => kept.files);
  const there = distinctResolutions(
    files.flatMap(({ resolution }) => readResolution(resolution ?? '') ?? []),
  );
  const lacking = asked?.find(({ name }) => there.every((one) => one.name !== name));
  if (lacking !== undefined && there.length > 0) {
    throw new FlowbarsError('usage', {
      where: '--resolutions',
      what: 'resolution',
      found: `'${lacking.name}'`,
      expected: `one that is published: ${there.map(({ name }) => name).join(', ')}`,
    });
  }
  if (asked !== undefined) return distinctResolutions(asked);
  const usual = there.filter(({ name }) => USUAL.has(name));
  return usual.length > 0 ? usual : there;
}

function isFine(resolutions: readonly Resolution[]): boolean {
  return resolutions.some(({ seconds }) => seconds < FINE_BELOW_SECONDS);
}

function tooMany(days: number, max: number, narrow: string): FlowbarsError {
  return new FlowbarsError('usage', {
    where: '--to',
    what: 'days of one page',
    found: String(days),
    expected: `at most ${max} (narrow ${narrow})`,
  });
}

function dataOf(
  symbol: SymbolName,
  days: readonly PackedDay[],
  resolutions: readonly Resolution[],
): Omit<ViewData, 'panes'> {
  const drawn = days.flatMap(({ rows }) => rows ?? []);
  const levels = resolutions.filter(({ name }) => drawn.some(({ rowsIds }) => name in rowsIds));
  const shades = days.flatMap(({ told }) => told.shades);
  const [first, last] = [drawn.at(0)?.startMs ?? 0, drawn.at(-1)?.startMs ?? 0];
  const quiet = shades.filter(({ kind }) => kind === 'not_expected');
  return {
    symbol,
    levels: levels.map(({ name, seconds }) => ({ name, seconds })),
    days: drawn,
    shades,
    marks: days.flatMap(({ marks }) => marks),
    patterns: PATTERN_WORDS,
    beginMs: quiet.find(({ fromMs }) => fromMs === first)?.toMs ?? first,
    endMs: quiet.find(({ toMs }) => toMs === last + DAY_MS)?.fromMs ?? last + DAY_MS,
  };
}
