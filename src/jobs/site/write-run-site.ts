/**
 * The site after a run: pages of the run's symbol-days, and the index of the latest published days, whatever days the
 * run had. So a back-fill of an old month does not turn the index back.
 */
import type { Calendar } from '../../core/calendar/calendar-shape.js';
import { SITE_SYMBOL_DAYS_MAX } from '../../core/site/calendar-page.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { GoodRule } from '../../core/run/good.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import { addDays, datesBetween, type UtcDate } from '../../core/unit/utc-date.js';
import { type CalendarEffects, readCalendar } from '../calendar/read-calendar.js';
import { publishedWindow } from '../pattern/published-window.js';
import type { SiteEffects } from './write-symbol.js';
import { type SiteRequest, writeSite, type WrittenSite } from './write-site.js';

/** Days of the index that a run writes, up to the last published one. */
export const RUN_SITE_DAYS = 60;
/** Pages of other days that one run makes where they are missing or old, such as after a step that failed. */
export const RUN_SITE_SPARE_MAX = 200;

export interface RunSite extends Omit<SiteRequest, 'calendar' | 'wanted'> {
  readonly symbolDays: readonly SymbolDay[];
  readonly goodRule: GoodRule;
}

/** Undefined if nothing is published. Of days before those of the index no page is made. */
export async function writeRunSite(
  { symbolDays, goodRule, ...request }: RunSite,
  effects: CalendarEffects,
  writing: SiteEffects,
): Promise<WrittenSite | undefined> {
  const published = await publishedWindow(effects.out);
  if (published === undefined) return undefined;
  const { to } = published;
  const earliest = addDays(to, 1 - RUN_SITE_DAYS);
  const from = published.from > earliest ? published.from : earliest;
  const dates = datesBetween(from, to);
  const whole = await calendarOf(dates, goodRule, effects);
  const most = Math.floor(SITE_SYMBOL_DAYS_MAX / Math.max(1, whole.symbols.length));
  // With very many symbols the index shows fewer days, rather than none.
  const fitting = dates.slice(-Math.max(1, most));
  const calendar =
    fitting.length === dates.length ? whole : await calendarOf(fitting, goodRule, effects);
  const days = new Map<SymbolName, Set<UtcDate>>();
  for (const { symbol, date } of symbolDays) {
    if (date < calendar.from || date > calendar.to) continue;
    const own = days.get(symbol) ?? new Set();
    days.set(symbol, own.add(date));
  }
  const wanted = (symbol: SymbolName): ReadonlySet<UtcDate> => days.get(symbol) ?? new Set();
  return await writeSite({ ...request, calendar, wanted, spareMax: RUN_SITE_SPARE_MAX }, writing);
}

async function calendarOf(
  dates: readonly UtcDate[],
  goodRule: GoodRule,
  effects: CalendarEffects,
): Promise<Calendar> {
  const nobody = { recorded: undefined, live: undefined, onCompared: () => undefined };
  return await readCalendar({ dates, symbols: 'listed', goodRule, ...nobody }, effects);
}
