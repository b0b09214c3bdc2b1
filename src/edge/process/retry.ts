/**
 * Repeats an attempt that another attempt may cure, with growing random waits on the injected clock,
 * and puts an end to one that never settles. What is curable is the thrower's to say.
 */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Clock } from '../../jobs/ports.js';

/** A fault of the moment: a broken connection, a busy server. Its message is the `found` of the final error. */
export class TransientFault extends Error {
  /** Instead of the request's own parts, where only a step of it went wrong. */
  readonly step: Partial<RetriedRequest>;

  constructor(found: string, cause?: unknown, step: Partial<RetriedRequest> = {}) {
    super(found, cause === undefined ? {} : { cause });
    this.name = 'TransientFault';
    this.step = step;
  }
}

export interface RetryPolicy {
  readonly attemptsMax: number;
  /** Before the second attempt; doubles from there on, up to waitMsMax, each cut by up to a half at random. */
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
        const times = number === 1 ? '' : ` in the last of ${number} attempts`;
        const found = `${error.message}${times}`;
        throw new FlowbarsError('world', { what, found, expected, where }, error);
      }
    }
    await policy.clock.waitMs(waitMsAfter(number, policy));
  }
}

/** Gives up waiting for a promise that cannot be cancelled; whatever it becomes later is ignored. */
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
