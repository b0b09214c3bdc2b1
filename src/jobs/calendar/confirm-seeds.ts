/**
 * Confirms the `seed_mismatch` findings of a calendar. A finding can be older than the day that it
 * names, so only days whose seed still differs from the last price of the day before are stale.
 */
import { staleBySeed } from '../../core/calendar/calendar-state.js';
import { addDays } from '../../core/unit/utc-date.js';
import {
  abridged,
  type CalendarCell,
  isComparable,
  LOOKS_AT_ONCE,
  publishedOf,
} from './calendar-cells.js';
import type { NeighbourEffects } from '../finalize/compare-neighbours.js';
import { mapBounded } from '../map-bounded.js';
import { readEntries } from '../stored/read-entries.js';
import { staleDaysNamed, staleSeed } from './stale-seed.js';

/** In the given order: by symbol, then by date. */
export async function confirmSeeds(
  cells: readonly CalendarCell[],
  effects: NeighbourEffects,
): Promise<CalendarCell[]> {
  const named = new Set([
    ...cells.flatMap((cell) => staleDaysNamed(cell, publishedOf(cell))),
    ...(await namedBefore(cells, effects)),
  ]);
  return await mapBounded(cells, LOOKS_AT_ONCE, async (cell) => {
    if (publishedOf(cell) === null || !isComparable(cell)) return cell;
    if (!named.has(`${cell.symbol} ${cell.date}`)) return cell;
    const finding = await staleSeed(cell, effects);
    return finding === undefined ? cell : { ...cell, stated: staleBySeed(cell.stated, finding) };
  });
}

/** A finding about the first day can be in the entry of the day before, which has no cell. */
async function namedBefore(
  cells: readonly CalendarCell[],
  effects: NeighbourEffects,
): Promise<string[]> {
  const [first] = cells;
  if (first === undefined) return [];
  const date = addDays(first.date, -1);
  const symbols = [...new Set(cells.map(({ symbol }) => symbol))];
  const reading = { symbols, keep: abridged, onRead: () => undefined };
  const { days } = await readEntries([date], reading, effects);
  return days.flatMap(({ day }) =>
    day.found === 'manifest'
      ? [...day.entries].flatMap(([symbol, { published }]) =>
          staleDaysNamed({ symbol, date }, published),
        )
      : [],
  );
}
