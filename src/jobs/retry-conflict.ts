/** Repeats a read, change and write if another writer came in between. Retries nothing but conflicts. */
import { FlowbarsError } from '../core/unit/errors.js';
import type { Clock } from './ports.js';

export const CONFLICT_ATTEMPTS_MAX = 8;
/** Wait before the second attempt, growing by the same amount each time. A bucket takes about one write a second per object. */
export const CONFLICT_WAIT_MS = 500;

/** `attempt` has to read afresh each time. Throws the last conflict if every attempt met one. */
export async function retryConflict<Result>(
  attempt: () => Promise<Result>,
  clock: Clock,
): Promise<Result> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      const isConflict = error instanceof FlowbarsError && error.kind === 'conflict';
      if (!isConflict || attempts === CONFLICT_ATTEMPTS_MAX) throw error;
    }
    await clock.waitMs(CONFLICT_WAIT_MS * attempts);
  }
}
