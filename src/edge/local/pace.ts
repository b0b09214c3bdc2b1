/**
 * The pace of work that waits for the file system in place of asking it through promises: quick where
 * memory answers, but the process must not stand still, nor wait for a disk or a network one by one.
 */
import { setImmediate as turn } from 'node:timers/promises';

/** Signals, timers and other promises wait no longer. */
const REST_MS = 10;
/** Memory answers in a tenth of a millisecond. */
const QUICK_MS_MAX = 0.5;
/** A single slow answer may come from a busy processor. */
const SLOW_IN_TURN = 4;
/** Files after slow answers that are better asked for through promises; then one is tried again. */
const SLOW_FILES = 64;

export interface Pace {
  /** Does the work and notes whether the system took long. */
  readonly timed: <T>(work: () => T) => T;
  /** Whether to wait for the next file. */
  readonly isQuick: () => boolean;
  /** Lets everything else have its turn, if its time has come. */
  readonly rest: () => Promise<void>;
}

export function openPace(nowMs: () => number = () => performance.now()): Pace {
  let restedMs = nowMs();
  let slowInTurn = 0;
  let slowFiles = 0;
  return {
    timed: (work) => {
      const startedMs = nowMs();
      const result = work();
      slowInTurn = nowMs() - startedMs > QUICK_MS_MAX ? slowInTurn + 1 : 0;
      if (slowInTurn >= SLOW_IN_TURN) slowFiles = SLOW_FILES;
      return result;
    },
    isQuick: () => {
      if (slowFiles === 0) return true;
      slowFiles -= 1;
      return false;
    },
    rest: async () => {
      if (nowMs() - restedMs <= REST_MS) return;
      await turn();
      restedMs = nowMs();
    },
  };
}
