/** The machine's clock and timer behind the port. Beside arrival-clock.ts the only place that reads the time of day. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Clock } from '../../jobs/ports.js';

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  waitMs: async (durationMs) => {
    await setTimeout(durationMs);
  },
  turn: async () => {
    await setImmediate();
  },
};

/** Milliseconds since any moment, never going back, whatever becomes of the time of day. */
export function steadyMs(): number {
  return performance.now();
}
