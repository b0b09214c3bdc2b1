/**
 * The recorder's clock: the wall clock in microseconds, which never goes back. Between two looks at the wall clock it follows the
 * steady clock of the process.
 */
import type { ArrivalClock } from '../../jobs/ports.js';

const LOOK_EVERY_MS = 60_000;
/** While it is ahead of the wall clock it runs so much slower: a minute that was closed is not opened again. */
const SLOW_RATE = 0.95;
/** `Date.now` is cut to whole milliseconds. */
const WALL_STEP_US = 1_000;

export const systemArrivalClock: ArrivalClock = arrivalClock(Date.now, () => performance.now());

/** `wallMs`: milliseconds since the epoch. `steadyMs`: since any moment, never going back. */
export function arrivalClock(wallMs: () => number, steadyMs: () => number): ArrivalClock {
  let anchorUs = wallMs() * 1_000;
  let anchorSteadyMs = steadyMs();
  let rate = 1;
  let lastUs = anchorUs;
  const look = (estimateUs: number, nowSteadyMs: number): void => {
    const wallUs = wallMs() * 1_000;
    // A step forward is followed at once, one back is made up for slowly.
    anchorUs = Math.max(estimateUs, wallUs);
    anchorSteadyMs = nowSteadyMs;
    rate = estimateUs > wallUs + WALL_STEP_US ? SLOW_RATE : 1;
  };
  return {
    nowUs: () => {
      const nowSteadyMs = steadyMs();
      const elapsedMs = nowSteadyMs - anchorSteadyMs;
      const estimateUs = anchorUs + elapsedMs * 1_000 * rate;
      if (elapsedMs >= LOOK_EVERY_MS) look(estimateUs, nowSteadyMs);
      lastUs = Math.max(lastUs, Math.floor(elapsedMs >= LOOK_EVERY_MS ? anchorUs : estimateUs));
      return lastUs;
    },
  };
}
