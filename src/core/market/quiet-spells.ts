/**
 * Spells without trades while the quotes keep moving: they show that silence is not loss. They are part
 * of the market, so a recording without faults has them too.
 */
import { MINUTE_MS, SECOND_MS, type TimeRange } from '../unit/utc-date.js';
import type { Random } from '../unit/random.js';

/** From 00:12 of every tenth minute, the first one included, for 6 to 12 s. */
const PERIOD_MINUTES = 10;
const AFTER_MS = 12 * SECOND_MS;
const LENGTH_MS_MIN = 6 * SECOND_MS;
const LENGTH_MS_MAX = 12 * SECOND_MS;
/** The market moves in steps of 100 ms. */
const GRID_MS = 100;

export function quietSpells(random: Random, startMs: number, minutes: number): TimeRange[] {
  const spells: TimeRange[] = [];
  for (let minute = 0; minute < minutes; minute += PERIOD_MINUTES) {
    const fromMs = startMs + minute * MINUTE_MS + AFTER_MS;
    const lengthMs = random.between(LENGTH_MS_MIN / GRID_MS, LENGTH_MS_MAX / GRID_MS) * GRID_MS;
    spells.push({ fromMs, toMs: fromMs + lengthMs });
  }
  return spells;
}
