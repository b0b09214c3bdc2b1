/** A clock whose waits take one turn of the event loop, so that files are read and written meanwhile. */
import { setImmediate as turn } from 'node:timers/promises';
import { manualClock, type ManualClock } from '../manual-clock.js';

export function steppedClock(startMs?: number): ManualClock {
  const clock = manualClock(startMs);
  return {
    ...clock,
    waitMs: async (durationMs) => {
      await clock.waitMs(durationMs);
      await turn();
    },
    turn: async () => {
      await turn();
    },
  };
}
