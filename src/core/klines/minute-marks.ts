/** What became of each minute of a comparison, as one letter, hour by hour: a picture of where minutes differ. */
import { isoStamp, MINUTE_MS } from '../unit/utc-date.js';

/** In the order of a legend. */
export const MARKS = [
  { mark: '=', words: 'equal' },
  { mark: '~', words: 'equal but for float noise' },
  { mark: 'x', words: 'different' },
  { mark: '-', words: 'not fully covered' },
  { mark: 'k', words: 'without a kline' },
  { mark: 'b', words: 'without a bar file' },
] as const;
export type Mark = (typeof MARKS)[number]['mark'];

/** One hour of a range. */
export interface MarkedHour {
  /** Where it begins. */
  readonly from: string;
  /** 60 letters, one a minute; a blank where nothing was to be compared. */
  readonly minutes: string;
}

const HOUR_MINUTES = 60;
const HOUR_MS = HOUR_MINUTES * MINUTE_MS;
const NOTHING = ' ';

/** Hours with a mark, in order. `marks`: by the time at which a minute begins. */
export function markedHours(marks: ReadonlyMap<number, Mark>): MarkedHour[] {
  const hours = new Map<number, string[]>();
  for (const [timeMs, mark] of marks) {
    const startMs = Math.floor(timeMs / HOUR_MS) * HOUR_MS;
    const minutes = hours.get(startMs) ?? Array.from({ length: HOUR_MINUTES }, () => NOTHING);
    minutes[(timeMs - startMs) / MINUTE_MS] = mark;
    hours.set(startMs, minutes);
  }
  return [...hours]
    .toSorted(([one], [other]) => one - other)
    .map(([startMs, minutes]) => ({ from: isoStamp(startMs), minutes: minutes.join('') }));
}

/** An hour to look at: something in it differs, lacks its kline or its bars, or is covered in part. */
export function isTelling({ minutes }: MarkedHour): boolean {
  return /[x~kb]/u.test(minutes) || (minutes.includes('-') && minutes.includes('='));
}
