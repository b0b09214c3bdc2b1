/** What stays of a day in memory while its neighbours are worked on: minutes and prices, of the market and of its mirror. */
import { mirroredDay } from '../../core/minute/mirrored-day.js';
import { type DayMinutes, minutesOf } from '../../core/minute/day-minutes.js';
import { pricesOf } from '../../core/minute/prices-of.js';
import type { SecondDay } from '../../core/minute/second-day.js';
import type { SecondPrices } from '../../core/minute/second-prices.js';
import type { UtcDate } from '../../core/unit/utc-date.js';

const PRICE_ONE = 1e8;

export interface DaySide {
  readonly minutes: DayMinutes;
  readonly prices: SecondPrices;
  /** By minute in units of 10^-8; NaN without a snapshot. */
  readonly spreadE8: Float64Array;
}

export interface DayParts {
  readonly date: UtcDate;
  readonly market: DaySide;
  readonly mirror: DaySide;
}

export function dayParts(day: SecondDay, seed: number): DayParts {
  return { date: day.date, market: sideOf(day), mirror: sideOf(mirroredDay(day, seed)) };
}

function sideOf(day: SecondDay): DaySide {
  return {
    minutes: minutesOf(day),
    prices: pricesOf(day),
    spreadE8: day.avgSpread.map((spread) => Math.round(spread * PRICE_ONE)),
  };
}
