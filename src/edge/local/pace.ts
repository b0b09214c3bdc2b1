/**
 * The pace of work that waits for the file system in place of asking it through promises: quick where
 * memory answers, but the process must not stand still, nor wait for a disk or a network one by one.
 */
import { setImmediate as turn } from 'node:timers/promises';

/** Signals, timers and other promises wait no longer. */
const REST_MS = 10;
/** Memory answers in a tenth of a millisecond. */
const QUICK_MS_MAX = 2;
/** Files after a slow answer that are better asked for through promises; then one is tried again. */
const SLOW_FILES = 64;

export interface Pace {
  /** Does the work and notes whether the system took long. */
  readonly timed: <T>(work: () => T) => T;
  /** Whether to wait for the next file. */
  readonly isQuick: () => boolean;
  /** Lets everything else have its turn, if its time has come. */
  readonly rest: () => Promise<void>;
}

export function openPace(): Pace {
  let restedMs = performance.now();
  let slowFiles = 0;
  return {
    timed: (work) => {
      const startedMs = performance.now();
      const result = work();
      if (performance.now() - startedMs > QUICK_MS_MAX) slowFiles = SLOW_FILES;
      return result;
    },
    isQuick: () => {
      if (slowFiles === 0) return true;
      slowFiles -= 1;
      return false;
    },
    rest: async () => {
      if (performance.now() - restedMs <= REST_MS) return;
      await turn();
      restedMs = performance.now();
    },
  };
}
