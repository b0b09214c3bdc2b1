/**
 * The recorder's clock: the wall clock in microseconds, which never goes back. Within a millisecond of the wall clock, and while
 * that goes back, it follows the steady clock of the process. After a step back of an hour it would be wrong for 20 hours, so a
 * session asks how far it is ahead, and ends where that is too far.
 */
import type { ArrivalClock } from '../../jobs/recorder-ports.js';

/** While it is ahead of the wall clock it runs so much slower: a minute that was closed is not opened again. */
const SLOW_RATE = 0.95;
/** `Date.now` is cut to whole milliseconds. */
const WALL_STEP_US = 1_000;

/** The clock of one session; a further session takes a further one, which begins at the wall clock. */
export function openArrivalClock(): ArrivalClock {
  return arrivalClock(Date.now, () => performance.now());
}

/** `wallMs`: milliseconds since the epoch. `steadyMs`: since any moment, never going back; it may stand still in a sleep. */
export function arrivalClock(wallMs: () => number, steadyMs: () => number): ArrivalClock {
  let anchorUs = wallMs() * 1_000;
  let anchorSteadyMs = steadyMs();
  let rate = 1;
  let lastUs = anchorUs;
  const advance = (wallUs: number): number => {
    const nowSteadyMs = steadyMs();
    const estimateUs = anchorUs + (nowSteadyMs - anchorSteadyMs) * 1_000 * rate;
    const rateNow = estimateUs > wallUs + WALL_STEP_US ? SLOW_RATE : 1;
    // A step forward is followed at once, one back is made up for slowly.
    const nowUs = Math.max(estimateUs, wallUs);
    if (nowUs > estimateUs || rateNow !== rate) {
      anchorUs = nowUs;
      anchorSteadyMs = nowSteadyMs;
      rate = rateNow;
    }
    lastUs = Math.max(lastUs, Math.floor(nowUs));
    return lastUs;
  };
  return {
    nowUs: () => advance(wallMs() * 1_000),
    aheadUs: () => {
      const wallUs = wallMs() * 1_000;
      return advance(wallUs) - wallUs;
    },
  };
}
