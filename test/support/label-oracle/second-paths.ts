/** Made-up seconds of prices: busy, slow and silent stretches, gaps of each kind, jumps. */
import {
  GAP_NONE,
  GAP_OUTAGE,
  GAP_UNPROVEN,
  type SecondPrices,
} from '../../../src/core/minute/second-prices.js';
import { Random } from '../../../src/core/unit/random.js';
import {
  dayRange,
  HOUR_MS,
  SECOND_MS,
  type TimeRange,
  type UtcDate,
  utcDate,
} from '../../../src/core/unit/utc-date.js';

export const FIRST_DATE: UtcDate = utcDate('2025-12-01', 'test');

/** Every second trades, at one price. */
export function steadySeconds({ fromMs, toMs }: TimeRange, priceE8 = 1_000_000): SecondPrices {
  const seconds = (toMs - fromMs) / SECOND_MS;
  const column = (): Float64Array => new Float64Array(seconds).fill(priceE8);
  return {
    startMs: fromMs,
    openE8: column(),
    highE8: column(),
    lowE8: column(),
    closeE8: column(),
    traded: new Uint8Array(seconds).fill(1),
    gap: new Uint8Array(seconds).fill(GAP_NONE),
  };
}

export interface Bar {
  readonly openE8: number;
  readonly highE8: number;
  readonly lowE8: number;
  readonly closeE8: number;
}

export function setBar(prices: SecondPrices, timeMs: number, bar: Bar): void {
  const at = placeOf(prices, timeMs);
  prices.openE8[at] = bar.openE8;
  prices.highE8[at] = bar.highE8;
  prices.lowE8[at] = bar.lowE8;
  prices.closeE8[at] = bar.closeE8;
}

/** Opens, highs, lows and closes at one price, in [fromMs, toMs). */
export function setPrice(
  prices: SecondPrices,
  priceE8: number,
  fromMs: number,
  toMs: number,
): void {
  const bar = { openE8: priceE8, highE8: priceE8, lowE8: priceE8, closeE8: priceE8 };
  for (let timeMs = fromMs; timeMs < toMs; timeMs += SECOND_MS) setBar(prices, timeMs, bar);
}

export function setGap(prices: SecondPrices, gap: number, fromMs: number, toMs: number): void {
  prices.gap.fill(gap, placeOf(prices, fromMs), placeOf(prices, toMs));
}

export function setQuiet(prices: SecondPrices, fromMs: number, toMs: number): void {
  prices.traded.fill(0, placeOf(prices, fromMs), placeOf(prices, toMs));
}

export function placeOf({ startMs }: SecondPrices, timeMs: number): number {
  return (timeMs - startMs) / SECOND_MS;
}

export function copyOf(prices: SecondPrices): SecondPrices {
  return structuredClone(prices);
}

interface Stretch {
  readonly trades: number;
  readonly gap: number;
  readonly secondsMax: number;
}

const STRETCHES: readonly Stretch[] = [
  { trades: 0.95, gap: GAP_NONE, secondsMax: 3_000 },
  { trades: 0.95, gap: GAP_NONE, secondsMax: 3_000 },
  { trades: 0.95, gap: GAP_NONE, secondsMax: 3_000 },
  { trades: 0.2, gap: GAP_NONE, secondsMax: 1_000 },
  { trades: 0.02, gap: GAP_NONE, secondsMax: 400 },
  { trades: 0, gap: GAP_NONE, secondsMax: 40 },
  { trades: 0, gap: GAP_OUTAGE, secondsMax: 90 },
  { trades: 0.5, gap: GAP_OUTAGE, secondsMax: 2 },
  { trades: 0.5, gap: GAP_UNPROVEN, secondsMax: 90 },
];

/** The eight hours around the midnight after FIRST_DATE, which are all the data there is. */
export const NIGHT: TimeRange = {
  fromMs: dayRange(FIRST_DATE).toMs - 4 * HOUR_MS,
  toMs: dayRange(FIRST_DATE).toMs + 4 * HOUR_MS,
};

/** The parts of NIGHT, two hours each, one price path over all of them; a part may be missing. */
export function randomNight(seed: number): SecondPrices[] {
  const random = new Random(`seconds ${seed}`);
  const path = randomPath(random);
  return [0, 2, 4, 6].flatMap((hours) => {
    const fromMs = NIGHT.fromMs + hours * HOUR_MS;
    const prices = randomSeconds(random, path, { fromMs, toMs: fromMs + 2 * HOUR_MS });
    return random.chance(0.1) ? [] : [prices];
  });
}

interface Path {
  closeE8: number;
  readonly stepE8: number;
}

/** From coins of a few units, where every quotient rounds, to the largest prices. */
function randomPath(random: Random): Path {
  const closeE8 = Math.ceil(10 ** (1 + random.unit() * 14));
  return { closeE8, stepE8: Math.max(1, Math.floor(closeE8 / 2 ** random.between(1, 14))) };
}

function randomSeconds(random: Random, path: Path, range: TimeRange): SecondPrices {
  const prices = steadySeconds(range, Number.NaN);
  const seconds = prices.gap.length;
  let hasPrice = random.chance(0.7);
  for (let from = 0; from < seconds;) {
    const stretch = STRETCHES[random.below(STRETCHES.length)];
    if (stretch === undefined) break;
    const to = Math.min(seconds, from + random.between(1, stretch.secondsMax));
    for (let at = from; at < to; at++) {
      const isTraded = random.chance(stretch.trades);
      prices.gap[at] = stretch.gap;
      prices.traded[at] = Number(isTraded);
      hasPrice ||= isTraded;
      if (hasPrice) setBar(prices, range.fromMs + at * SECOND_MS, nextBar(random, path, isTraded));
    }
    from = to;
  }
  return prices;
}

function nextBar(random: Random, path: Path, isTraded: boolean): Bar {
  const stand = path.closeE8;
  if (!isTraded) return { openE8: stand, highE8: stand, lowE8: stand, closeE8: stand };
  const openE8 = stepped(random, path);
  const closeE8 = stepped(random, path);
  const spare = random.chance(0.02) ? 40 * path.stepE8 : 0;
  const [low, high] = [Math.min(openE8, closeE8), Math.max(openE8, closeE8)];
  return { openE8, highE8: high + spare, lowE8: Math.max(1, low - spare), closeE8 };
}

function stepped(random: Random, path: Path): number {
  path.closeE8 = Math.max(1, path.closeE8 + random.between(-path.stepE8, path.stepE8 + 1));
  return path.closeE8;
}
