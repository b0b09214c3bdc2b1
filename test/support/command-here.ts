/**
 * A command in this process, from the sources, with its errors told as main tells them: for a width at
 * which a process each costs minutes. A test that uses it runs one of its cases as a process too.
 */
import { exitCodeOf } from '../../src/cli/command/exit-code.js';
import { type ParsedArguments, readGiven } from '../../src/cli/command/given.js';
import { commands } from '../../src/cli/commands.js';
import { describeEvent } from '../../src/cli/screen/describe-event.js';
import { cloudLog } from '../../src/cli/screen/watch.js';
import { FlowbarsError } from '../../src/core/unit/errors.js';
import { systemClock } from '../../src/edge/process/clock.js';
import { type Environment, isCloudRunJob } from '../../src/edge/process/cloud-run.js';
import { errorFields } from '../../src/edge/process/log.js';
import { COLUMNS_DEFAULT, ROWS_DEFAULT, type Terminal } from '../../src/edge/process/terminal.js';

export interface HereOutput {
  readonly onStdout: (text: string) => void;
  readonly onStderr: (text: string) => void;
}

/** Gives the exit code. `args` are a command, pairs of an option and its value, and then its argument. */
export async function runHere(
  args: readonly string[],
  environment: Environment,
  { onStdout, onStderr }: HereOutput,
): Promise<number> {
  const command = commands.find(({ name }) => name === args[0]);
  if (command === undefined) throw new Error(`no command ${args[0]}`);
  const world = {
    environment,
    clock: systemClock,
    stdout: pipe(onStdout),
    stderr: pipe(onStderr),
    stopped: Promise.withResolvers<never>().promise,
  };
  try {
    return await command.execute(readGiven(command, parsed(args), environment), world);
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    const fields = errorFields(error);
    if (isCloudRunJob(environment)) cloudLog(world, 0).event('ERROR', 'error', fields);
    else onStderr(`error: ${describeEvent('error', fields)}\n`);
    return exitCodeOf(error);
  }
}

function parsed([name = '', ...rest]: readonly string[]): ParsedArguments {
  const options: Record<string, string> = {};
  for (let at = 0; at < rest.length; at += 2) {
    const [option = '', value] = rest.slice(at, at + 2);
    const isArgument = value === undefined && !option.startsWith('--');
    if (isArgument) return { ...options, _: [name, option] };
    if (!option.startsWith('--') || value === undefined) throw new Error(`no pair: ${option}`);
    options[option.slice(2)] = value;
  }
  return { ...options, _: [name] };
}

function pipe(write: (text: string) => void): Terminal {
  return {
    isTty: false,
    columns: () => COLUMNS_DEFAULT,
    rows: () => ROWS_DEFAULT,
    write,
    paint: (_style, text) => text,
    redraw: () => undefined,
  };
}
