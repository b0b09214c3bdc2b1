/**
 * The site after a run: pages of the run's symbol-days, and the index of the latest published days, whatever days the
 * run had. So a back-fill of an old month does not turn the index back.
 */
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
  const calendar = await readCalendar(
    {
      dates: datesBetween(from, to),
      recorded: undefined,
      symbols: 'listed',
      goodRule,
      live: undefined,
      onCompared: () => undefined,
    },
    effects,
  );
  const days = new Map<SymbolName, Set<UtcDate>>();
  for (const { symbol, date } of symbolDays) {
    if (date < from || date > to) continue;
    const dates = days.get(symbol) ?? new Set();
    days.set(symbol, dates.add(date));
  }
  const wanted = (symbol: SymbolName): ReadonlySet<UtcDate> => days.get(symbol) ?? new Set();
  return await writeSite({ ...request, calendar, wanted }, writing);
}
