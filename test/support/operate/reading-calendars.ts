/** Reads calendars from stores in memory, for the tests with and without a raw root. */
import type { Calendar } from '../../../src/core/calendar/calendar-shape.js';
import { defaultLayout } from '../../../src/core/rule/rules.js';
import { type CalendarRequest, readCalendar } from '../../../src/jobs/calendar/read-calendar.js';
import { FILES, smallWorld, type SmallWorld } from '../day/aggregating.js';
import { DATES, publishDays } from './repairing.js';
import { expectSchema } from '../schema/schemas.js';

export interface ReadRequest extends Partial<CalendarRequest> {
  /** Compared with the raw root of the world. */
  readonly isLive?: boolean;
}

/** All of DATES, unless the request says otherwise. */
export async function read(
  { effects }: SmallWorld,
  { isLive = false, ...given }: ReadRequest = {},
): Promise<Calendar> {
  const calendar = await readCalendar(
    {
      dates: DATES,
      symbols: 'listed',
      goodRule: { coverageMin: 0.99, allowEmpty: 'found' },
      recorded: undefined,
      live: isLive ? { raw: effects.raw, layout: defaultLayout } : undefined,
      onCompared: () => undefined,
      ...given,
    },
    effects,
  );
  expectSchema('calendar', JSON.stringify(calendar));
  return calendar;
}

/** `BTCUSDT complete partial missing`. */
export function states({ symbols }: Calendar): string[] {
  return symbols.map(({ symbol, days }) => [symbol, ...days.map(({ state }) => state)].join(' '));
}

export function details({ symbols }: Calendar): string[] {
  return symbols.flatMap(({ days }) => days.map(({ detail }) => detail));
}

export async function published(): Promise<SmallWorld> {
  const world = smallWorld(FILES);
  await publishDays(world);
  return world;
}

/** Adds an attempt that failed to the manifest of a day. */
export function fail({ out }: SmallWorld, date: string): void {
  const name = `_manifest/${date}.json`;
  const attempt = '"last_attempt": {"run_id":"r9","outcome":"failed","first_finding":null},';
  out.put(name, out.text(name).replace('"published"', `${attempt} "published"`));
}
