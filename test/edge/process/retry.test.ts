/** The waits between attempts, and what ends them. */
import { describe, expect, it } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import {
  type RetryPolicy,
  TransientFault,
  withDeadline,
  withRetries,
} from '../../../src/edge/process/retry.js';
import { type ManualClock, manualClock } from '../../support/manual-clock.js';

const REQUEST = { what: 'read', expected: 'its content', where: 'gs://bucket/a' };

function policy(clock: ManualClock, random: number): RetryPolicy {
  return { attemptsMax: 6, firstWaitMs: 100, waitMsMax: 1000, clock, random: () => random };
}

describe('withRetries', () => {
  it.each([
    [0, [100, 200, 400, 800, 1000]],
    [0.5, [75, 150, 300, 600, 750]],
    [1, [50, 100, 200, 400, 500]],
  ])('doubles its waits up to a limit, less up to a half (random %s)', async (random, waitsMs) => {
    const clock = manualClock();
    const fault = new TransientFault('HTTP 503');
    const attempt = withRetries(policy(clock, random), REQUEST, () => Promise.reject(fault));
    await expect(attempt).rejects.toMatchObject({
      kind: 'world',
      message: 'gs://bucket/a read: found HTTP 503 after 6 attempts, expected its content',
      cause: fault,
    });
    expect(clock.waitsMs).toEqual(waitsMs);
  });

  it.each([new FlowbarsError('world', { ...REQUEST, found: 'HTTP 403' }), new TypeError('bug')])(
    'does not repeat what another attempt would not cure: %s',
    async (error) => {
      const clock = manualClock();
      const attempt = withRetries(policy(clock, 0), REQUEST, async () => {
        throw error;
      });
      await expect(attempt).rejects.toBe(error);
      expect(clock.waitsMs).toEqual([]);
    },
  );

  it('gives what the first good attempt gives', async () => {
    const clock = manualClock();
    let attempts = 0;
    const result = await withRetries(policy(clock, 0), REQUEST, async () => {
      attempts += 1;
      if (attempts < 3) throw new TransientFault('ECONNRESET');
      return attempts;
    });
    expect(result).toBe(3);
  });
});

describe('withDeadline', () => {
  it('passes on what settles in time', async () => {
    expect(await withDeadline(Promise.resolve('x'), 60_000)).toBe('x');
    await expect(withDeadline(Promise.reject(new Error('no')), 60_000)).rejects.toThrow('no');
  });

  it('puts an end to what never settles', async () => {
    const { promise } = Promise.withResolvers<never>();
    await expect(withDeadline(promise, 1)).rejects.toThrow(
      new TransientFault('no answer within 1 ms'),
    );
  });
});
