/**
 * The program: parses the arguments with yargs, prints help, runs the command and returns its exit
 * code. The only place that prints errors.
 */
import yargs, { type Argv } from 'yargs';
import { closestName } from '../core/unit/closest-name.js';
import { FlowbarsError } from '../core/unit/errors.js';
import { systemClock } from '../edge/process/clock.js';
import { type Environment, isCloudRunJob } from '../edge/process/cloud-run.js';
import { errorFields } from '../edge/process/log.js';
import { listenForStop, type StopSignal } from '../edge/process/stop-signal.js';
import { COLUMNS_DEFAULT, openTerminal } from '../edge/process/terminal.js';
import { codeVersion } from '../edge/process/version.js';
import type { Command, World } from './command/command.js';
import { commands } from './commands.js';
import { describeEvent } from './screen/describe-event.js';
import { EXIT_GOOD, EXIT_USAGE, exitCodeOf } from './command/exit-code.js';
import { type ParsedArguments, readGiven, refuseUnreadable } from './command/given.js';
import { spelledOut } from './about/help.js';
import { refuseMissing, requiredNote } from './command/required.js';
import { epilogueOf, optionsInOrder } from './command/help-page.js';
import { refuse } from '../core/unit/typed-text.js';
import { noColorOption } from './option/options.js';
import { printLine } from './screen/page.js';
import { untilStopped } from './command/until-stopped.js';
import { cloudLog, sayStopped } from './screen/watch.js';

/** Runs one command line and returns the exit code. Throws only bugs. */
export async function runProgram(
  args: readonly string[],
  environment: Environment,
): Promise<number> {
  const stop = listenForStop();
  const world = openWorld(args, environment, stop.stopped);
  try {
    return await runArguments(args, world);
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    printError(error, world);
    return exitCodeOf(error);
  } finally {
    stop.close();
  }
}

async function runArguments(args: readonly string[], world: World): Promise<number> {
  const chosen: { command: Command; parsed: ParsedArguments }[] = [];
  const program = describeProgram(world, (command, parsed) => chosen.push({ command, parsed }));
  let helpText = '';
  const parsed = await program.parseAsync([...spelledOut(args)], {}, (_error, _parsed, output) => {
    helpText = output;
  });
  if (helpText !== '') {
    if (!commands.some(({ name }) => name === parsed._[0])) refuseUnknownWord(parsed);
    world.stdout.write(`${helpText}\n`);
    return EXIT_GOOD;
  }
  const [choice] = chosen;
  if (choice !== undefined) {
    refuseOddFlags(choice.command, args);
    return await execute(choice.command, choice.parsed, world);
  }
  refuseUnknown(parsed);
  world.stderr.write(`${await program.getHelp()}\n`);
  return EXIT_USAGE;
}

async function execute(command: Command, parsed: ParsedArguments, world: World): Promise<number> {
  const given = readGiven(command, parsed, world.environment);
  if (command.refusesItself !== true) refuseUnreadable(command, given);
  refuseMissing(command, given, world.environment);
  const work = command.execute(given, world);
  if (command.stopsItself === true) return await work;
  const ended = await untilStopped(work, world);
  if (typeof ended === 'number') return ended;
  return sayStopped(ended, world);
}

function describeProgram(
  world: World,
  choose: (command: Command, parsed: ParsedArguments) => void,
): Argv {
  const program = yargs([])
    .scriptName('flowbars')
    .locale('en')
    .wrap(Math.min(COLUMNS_DEFAULT, world.stdout.columns()))
    .exitProcess(false)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
    })
    .usage('flowbars <command>\n\nExact order-flow bars from raw Binance Futures recordings.')
    .version(codeVersion(world.environment))
    .help('help', 'show this page')
    .alias('help', 'h')
    .alias('version', 'V')
    .describe('version', 'show the version')
    .epilogue('flowbars help <command> shows the options and examples of a command.')
    .updateStrings({ boolean: 'flag' })
    .fail((message, error) => {
      if (error instanceof Error) throw error;
      refuse('flowbars', 'arguments', `'${message}'`, 'arguments as in flowbars --help');
    });
  for (const command of commands) addCommand(program, command, choose);
  return program;
}

function addCommand(
  program: Argv,
  command: Command,
  choose: (command: Command, parsed: ParsedArguments) => void,
): void {
  const { argument } = command;
  const line = argument === undefined ? command.name : `${command.name} <${argument.name}>`;
  program.command(
    // Without its argument, which yargs would treat as an option of that name.
    command.name,
    command.summary,
    (page) => {
      page.usage(`flowbars ${line} [options]\n\n${command.summary}`);
      for (const option of optionsInOrder(command)) {
        const defaultHelp = option.defaultHelp ?? option.defaultText;
        const note = requiredNote(command, option);
        page.option(option.name, {
          // Values get no type: they stay text, and the page shows no `[string]`.
          ...(option.isFlag === true ? { type: 'boolean' } : {}),
          group: option.group,
          describe: `${option.help}  ${option.env}${note === '' ? '' : `  [${note}]`}`,
          ...(defaultHelp === undefined || option.isFlag === true
            ? {}
            : { defaultDescription: defaultHelp }),
        });
      }
      return page.epilogue(epilogueOf(command));
    },
    (parsed) => choose(command, parsed),
  );
}

/** Refuses `--force=maybe`, which yargs would read as false. */
function refuseOddFlags(command: Command, args: readonly string[]): void {
  for (const option of command.options) {
    const head = `--${option.name}=`;
    const odd = args.find((arg) => option.isFlag === true && arg.startsWith(head));
    if (odd !== undefined) option.parse(odd.slice(head.length), `--${option.name}`);
  }
}

/** Refuses an unknown command or a leading option; returns for plain `flowbars`. */
function refuseUnknown(parsed: ParsedArguments): void {
  refuseUnknownWord(parsed);
  const names = commands.map(({ name }) => name);
  const option = Object.keys(parsed).find((name) => !['_', '$0'].includes(name));
  if (option !== undefined) {
    refuse('flowbars', 'option', `'--${option}'`, `a command first: ${names.join(', ')}`);
  }
}

function refuseUnknownWord({ _: [word] }: ParsedArguments): void {
  if (word === undefined) return;
  const names = commands.map(({ name }) => name);
  const begun = names.filter((name) => name.startsWith(String(word)));
  const nearest = begun.length === 1 ? begun[0] : closestName(String(word), names);
  const expected = nearest === undefined ? names.join(', ') : `'${nearest}'`;
  refuse('flowbars', 'command', `'${String(word)}'`, `${expected} (see flowbars --help)`);
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
  };
}

function printError(error: FlowbarsError, world: World): void {
  if (isCloudRunJob(world.environment)) {
    cloudLog(world, 0).event('ERROR', 'error', errorFields(error));
    return;
  }
  const mark = { text: 'error:', style: 'red' } as const;
  printLine(describeEvent('error', errorFields(error)), world.stderr, mark);
}
