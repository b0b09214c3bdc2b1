/** Writes sites into a store in memory, with day pages that only say what they were asked for. */
import type { Calendar } from '../../../src/core/calendar/calendar-shape.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import {
  type SiteRequest,
  writeSite,
  type WrittenSite,
} from '../../../src/jobs/site/write-site.js';
import type { MakeDayPage } from '../../../src/jobs/site/write-symbol.js';
import type { SmallWorld } from '../day/aggregating.js';
import { type MemoryStore, openMemoryStore } from '../memory-store.js';
import { read } from '../operate/reading-calendars.js';

export interface SiteWorld extends SmallWorld {
  readonly site: MemoryStore;
  /** `BTCUSDT 2025-12-11` for each page that was made, in order. */
  readonly made: string[];
  /** Days that cannot be drawn. */
  readonly undrawable: Set<string>;
}

export function siteWorld(world: SmallWorld, site = openMemoryStore({ root: 'site' })): SiteWorld {
  return { ...world, site, made: [], undrawable: new Set() };
}

export interface Writing extends Partial<SiteRequest> {
  readonly makeDayPage?: MakeDayPage;
}

export async function write(
  { effects, site, made, undrawable, ...world }: SiteWorld,
  { makeDayPage, ...given }: Writing = {},
): Promise<{ readonly written: WrittenSite; readonly calendar: Calendar }> {
  const calendar = given.calendar ?? (await read({ ...world, effects }));
  const draw: MakeDayPage = async ({ symbol, dates: [date], site: links }) => {
    await Promise.resolve();
    const day = `${symbol} ${date}`;
    if (undrawable.has(day)) {
      const parts = { where: `${date}_1s.csv`, what: 'sha256', found: 'a', expected: 'b' };
      throw new FlowbarsError('data', parts);
    }
    made.push(day);
    const places = [links.home, links.previous.href, links.next.href];
    const anchors = places.map((href) => `<a href="${href}">${day}</a>`);
    return new TextEncoder().encode(anchors.join(''));
  };
  const written = await writeSite(
    {
      calendar,
      wanted: undefined,
      filesAt: '../out',
      program: '1',
      onDone: () => undefined,
      ...given,
    },
    { ...effects, site, makeDayPage: makeDayPage ?? draw },
  );
  return { written, calendar };
}
