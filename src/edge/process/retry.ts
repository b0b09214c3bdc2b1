/**
 * Retries after transient faults, with growing random waits on the injected clock, and ends an attempt
 * that never settles. The thrower decides which faults are transient.
 */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Clock } from '../../jobs/ports.js';

/** A transient fault: a broken connection, a busy server. Its message is the `found` of the final error. */
export class TransientFault extends Error {
  /** Replaces parts of the request's error if only a step of the request failed. */
  readonly step: Partial<RetriedRequest>;

  constructor(found: string, cause?: unknown, step: Partial<RetriedRequest> = {}) {
    super(found, cause === undefined ? {} : { cause });
    this.name = 'TransientFault';
    this.step = step;
  }
}

export interface RetryPolicy {
  readonly attemptsMax: number;
  /** Wait before the second attempt; doubles up to waitMsMax. Each wait is cut by up to a half at random. */
  readonly firstWaitMs: number;
  readonly waitMsMax: number;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

/** The four parts but `found`, for the error after the last attempt. */
export interface RetriedRequest {
  readonly what: string;
  readonly expected: string;
  readonly where: string;
}

export async function withRetries<T>(
  policy: RetryPolicy,
  request: RetriedRequest,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof TransientFault)) throw error;
      if (number >= policy.attemptsMax) {
        const { what, expected, where } = { ...request, ...error.step };
        const times = number === 1 ? '' : ` after ${number} attempts`;
        const found = `${error.message}${times}`;
        throw new FlowbarsError('world', { what, found, expected, where }, error);
      }
    }
    await policy.clock.waitMs(waitMsAfter(number, policy));
  }
}

/** Stops waiting for a promise that cannot be cancelled and ignores its later result. */
export async function withDeadline<T>(
  promise: Promise<T>,
  deadlineMs: number,
  step: Partial<RetriedRequest> = {},
): Promise<T> {
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    deadline.reject(new TransientFault(`no answer within ${deadlineMs} ms`, undefined, step));
  }, deadlineMs);
  try {
    return await Promise.race([promise, deadline.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function waitMsAfter(attempts: number, policy: RetryPolicy): number {
  const fullMs = Math.min(policy.firstWaitMs * 2 ** (attempts - 1), policy.waitMsMax);
  return Math.round(fullMs * (1 - policy.random() / 2));
}
