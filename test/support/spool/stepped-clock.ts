/** A clock whose waits take one turn of the event loop, so that files are read and written meanwhile. */
import { setImmediate as turn } from 'node:timers/promises';
import type { SpoolClock } from '../../../src/jobs/spool/spool-clock.js';
import { manualClock, type ManualClock } from '../manual-clock.js';

export interface SteppedClock extends ManualClock, SpoolClock {
  /** Sets the time of day, which the steady clock does not notice. */
  step(durationMs: number): void;
}

export function steppedClock(startMs?: number): SteppedClock {
  const clock = manualClock(startMs);
  let steppedMs = 0;
  return {
    ...clock,
    nowMs: () => clock.nowMs() + steppedMs,
    steadyMs: () => clock.nowMs(),
    step: (durationMs) => {
      steppedMs += durationMs;
    },
    waitMs: async (durationMs) => {
      await clock.waitMs(durationMs);
      await turn();
    },
    turn: async () => {
      await turn();
    },
  };
}
