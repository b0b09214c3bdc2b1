/** Work that a signal ends by not waiting for it any longer, for commands that react to signals themselves. */
import type { StopSignal } from '../../edge/process/stop-signal.js';
import type { World } from './command.js';

/** What the work gives, or the signal that came first; whatever the work becomes then is ignored. */
export async function untilStopped<T>(
  work: Promise<T>,
  { stopped }: Pick<World, 'stopped'>,
): Promise<T | StopSignal> {
  return await Promise.race([work, stopped]);
}
