/** Read, change, write again where somebody else wrote in between. Nothing but a conflict is retried. */
import { FlowbarsError } from '../core/unit/errors.js';
import type { Clock } from './ports.js';

export const CONFLICT_ATTEMPTS_MAX = 8;
/** Waited before the second attempt, and as much longer before each further one. A bucket takes about one write a second for one name. */
export const CONFLICT_WAIT_MS = 500;

/** `attempt` reads afresh each time. The last conflict is thrown when all attempts met one. */
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
