/** Stops waiting for work when a signal arrives, for commands that handle signals themselves. */
import type { StopSignal } from '../../edge/process/stop-signal.js';
import type { World } from './command.js';

/** The work's result, or the signal if it comes first; the work's later result is ignored. */
export async function untilStopped<T>(
  work: Promise<T>,
  { stopped }: Pick<World, 'stopped'>,
): Promise<T | StopSignal> {
  return await Promise.race([work, stopped]);
}
