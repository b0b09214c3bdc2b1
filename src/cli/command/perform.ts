/** Performs a command with the arguments that a parser found. */
import type { StopSignal } from '../../edge/process/stop-signal.js';
import type { Command, World } from './command.js';
import { type ParsedArguments, readGiven, refuseUnreadable } from './given.js';
import { refuseMissing } from './required.js';
import { untilStopped } from './until-stopped.js';

/** Returns the exit code, or the signal that came first where the command does not handle signals itself. */
export async function perform(
  command: Command,
  parsed: ParsedArguments,
  world: World,
): Promise<number | StopSignal> {
  const given = readGiven(command, parsed, world.environment);
  if (command.refusesItself !== true) refuseUnreadable(command, given);
  refuseMissing(command, given, world.environment);
  const work = command.execute(given, world);
  return command.stopsItself === true ? await work : await untilStopped(work, world);
}
