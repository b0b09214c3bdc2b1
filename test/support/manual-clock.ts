/** A clock that moves only when something waits on it, and at once. It records the waits. */
import type { Clock } from '../../src/jobs/ports.js';

export interface ManualClock extends Clock {
  /** Every wait so far, in order. */
  readonly waitsMs: readonly number[];
  advance(durationMs: number): void;
}

export function manualClock(startMs = Date.UTC(2025, 11, 12)): ManualClock {
  let nowMs = startMs;
  const waitsMs: number[] = [];
  return {
    waitsMs,
    nowMs: () => nowMs,
    waitMs: (durationMs) => {
      waitsMs.push(durationMs);
      nowMs += durationMs;
      return Promise.resolve();
    },
    turn: async () => {
      await Promise.resolve();
    },
    advance: (durationMs) => {
      nowMs += durationMs;
    },
  };
}
