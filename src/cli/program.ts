/** The program: reads the arguments, prints a page or runs the command, and returns its exit code. */
import { FlowbarsError } from '../core/unit/errors.js';
import { systemClock } from '../edge/process/clock.js';
import type { Environment } from '../edge/process/cloud-run.js';
import { listenForStop, type StopSignal } from '../edge/process/stop-signal.js';
import { openTerminal } from '../edge/process/terminal.js';
import { spelledOut } from './about/help.js';
import { type CommandLine, readCommandLine } from './command-line.js';
import type { Command, World } from './command/command.js';
import { EXIT_GOOD, EXIT_USAGE, exitCodeOf } from './command/exit-code.js';
import { perform } from './command/perform.js';
import { noColorOption } from './option/options.js';

/** Runs one command line and returns the exit code. Throws only bugs. */
export async function runProgram(
  args: readonly string[],
  environment: Environment,
): Promise<number> {
  const stop = listenForStop();
  try {
    return await runHere(args, openWorld(args, environment, stop.stopped));
  } finally {
    stop.close();
  }
}

async function runHere(args: readonly string[], world: World): Promise<number> {
  try {
    return await runArguments(spelledOut(args), world);
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    const { printError } = await import('./screen/print-error.js');
    printError(error, world);
    return exitCodeOf(error);
  }
}

async function runArguments(args: readonly string[], world: World): Promise<number> {
  const line = await readCommandLine(args);
  if (line !== undefined) return await runLine(line, args, world);
  const { answer } = await import('./pages.js');
  const answered = await answer(args, world);
  if ('line' in answered) return await runLine(answered.line, args, world);
  if ('page' in answered) {
    world.stdout.write(`${answered.page}\n`);
    return EXIT_GOOD;
  }
  world.stderr.write(`${answered.usage}\n`);
  return EXIT_USAGE;
}

async function runLine(
  { command, parsed }: CommandLine,
  args: readonly string[],
  world: World,
): Promise<number> {
  refuseOddFlags(command, args);
  const ended = await perform(command, parsed, world);
  if (typeof ended === 'number') return ended;
  const { sayStopped } = await import('./screen/watch.js');
  return sayStopped(ended, world);
}

/** Refuses `--force=maybe`, which yargs would read as false. */
function refuseOddFlags(command: Command, args: readonly string[]): void {
  for (const option of command.options) {
    const head = `--${option.name}=`;
    const odd = args.find((arg) => option.isFlag === true && arg.startsWith(head));
    if (odd !== undefined) option.parse(odd.slice(head.length), `--${option.name}`);
  }
}

function openWorld(
  args: readonly string[],
  environment: Environment,
  stopped: Promise<StopSignal>,
): World {
  const isDumb = environment['TERM'] === 'dumb' || (environment['NO_COLOR'] ?? '') !== '';
  const isAsked = ['true', '1', 'yes'].includes(environment[noColorOption.env] ?? '');
  const colors = !isDumb && !isAsked && !args.includes(`--${noColorOption.name}`);
  return {
    environment,
    clock: systemClock,
    stdout: openTerminal(process.stdout, { colors }),
    stderr: openTerminal(process.stderr, { colors }),
    stopped,
    runHere,
  };
}
