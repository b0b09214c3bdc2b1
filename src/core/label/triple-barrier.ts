/** The triple barrier: two prices as far from the entry as the past moved in such a time, and the first second that touches one. */
import type { SecondPrices } from '../minute/second-prices.js';
import type { LabelWindow } from './label-window.js';
import { LABEL_DOWN, LABEL_FLAT, LABEL_UP } from './reasons.js';

/** The label, the exit's price, and the second after the last one that decided it. */
export interface Outcome {
  readonly label: number;
  readonly exitE8: number;
  readonly endAt: number;
}

/** Undefined where one second touches both barriers: nobody knows which was first. */
export function barrierOutcome(
  prices: SecondPrices,
  window: LabelWindow,
  barrierK: number,
): Outcome | undefined {
  const { entryAt, exitAt, horizonAt } = window;
  const entryE8 = prices.openE8[entryAt] ?? Number.NaN;
  const widthE8 = barrierK * horizonVolatility(prices, window) * entryE8;
  for (let at = entryAt; at < horizonAt; at++) {
    const isUp = (prices.highE8[at] ?? Number.NaN) - entryE8 >= widthE8;
    const isDown = entryE8 - (prices.lowE8[at] ?? Number.NaN) >= widthE8;
    if (isUp && isDown) return undefined;
    // The close of that second is a price that was traded; the barrier's own may not have been.
    const exitE8 = prices.closeE8[at] ?? Number.NaN;
    if (isUp) return { label: LABEL_UP, exitE8, endAt: at + 1 };
    if (isDown) return { label: LABEL_DOWN, exitE8, endAt: at + 1 };
  }
  const exitE8 = prices.openE8[exitAt] ?? Number.NaN;
  return { label: LABEL_FLAT, exitE8, endAt: exitAt + 1 };
}

/**
 * √(mean of squared simple returns from second to second · seconds of the horizon) over the look-back; returns with a price
 * that is not known are left out, and without any it is 0.
 */
function horizonVolatility({ closeE8 }: SecondPrices, window: LabelWindow): number {
  let squares = 0;
  let returns = 0;
  for (let at = window.lookBackAt + 1; at < window.decisionAt; at++) {
    const change = (closeE8[at] ?? Number.NaN) / (closeE8[at - 1] ?? Number.NaN) - 1;
    if (Number.isNaN(change)) continue;
    squares += change * change;
    returns += 1;
  }
  return returns === 0 ? 0 : Math.sqrt((squares / returns) * window.horizonSeconds);
}
