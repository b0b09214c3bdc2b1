/** The limits of the Google Cloud Storage client code; a test may override them. */
import type { RetryPolicy } from '../process/retry.js';

export interface GcsLimits {
  /** Content reads in flight at most, each on its own connection; how many there are follows from what they bring. */
  readonly readsAtOnce: number;
  /** In flight to begin with. */
  readonly readsAtOnceFirst: number;
  /** The least that a server brings them to by its refusals. */
  readonly readsAtOnceMin: number;
  /** No trial with fewer goes below it; only refusals do. */
  readonly readsAtOnceTrialMin: number;
  /** All other requests in flight. */
  readonly requestsAtOnce: number;
  /** Time to set up one connection. */
  readonly connectMs: number;
  /** Time without a byte, before the headers or within the body. */
  readonly idleMs: number;
  /** Time for one whole attempt. */
  readonly attemptMs: number;
  readonly attemptsMax: number;
  readonly firstWaitMs: number;
  readonly waitMsMax: number;
  /** Objects requested per page of a listing; Google allows at most 1000. */
  readonly pageObjects: number;
  readonly pagesMax: number;
  /** Rounds of look-up and conditional write for a write that replaces `anything`. */
  readonly writeRoundsMax: number;
}

export const GCS_LIMITS: GcsLimits = {
  readsAtOnce: 96,
  readsAtOnceFirst: 48,
  readsAtOnceMin: 8,
  readsAtOnceTrialMin: 24,
  requestsAtOnce: 32,
  connectMs: 10_000,
  idleMs: 20_000,
  attemptMs: 120_000,
  attemptsMax: 7,
  firstWaitMs: 500,
  waitMsMax: 16_000,
  pageObjects: 1000,
  pagesMax: 1000,
  writeRoundsMax: 5,
};

/** Those of one of `readers` stores that read at once: together they have no more reads in flight than one alone. */
export function shareOf(limits: GcsLimits, readers: number): GcsLimits {
  const share = (reads: number): number => Math.max(1, Math.floor(reads / readers));
  return {
    ...limits,
    readsAtOnce: share(limits.readsAtOnce),
    readsAtOnceFirst: share(limits.readsAtOnceFirst),
    readsAtOnceMin: share(limits.readsAtOnceMin),
    readsAtOnceTrialMin: share(limits.readsAtOnceTrialMin),
  };
}

export function retryPolicyOf(
  limits: GcsLimits,
  effects: Pick<RetryPolicy, 'clock' | 'random'>,
): RetryPolicy {
  const { attemptsMax, firstWaitMs, waitMsMax } = limits;
  return { attemptsMax, firstWaitMs, waitMsMax, clock: effects.clock, random: effects.random };
}
