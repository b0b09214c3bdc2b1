/** The help pages, laid out by yargs, which also answers what is no command. */
import yargs, { type Argv } from 'yargs';
import { refuse } from '../core/unit/typed-text.js';
import { COLUMNS_DEFAULT } from '../edge/process/terminal.js';
import { codeVersion } from '../edge/process/version.js';
import { closestName } from '../core/unit/closest-name.js';
import { type CommandLine, PARSING } from './command-line.js';
import type { Command, World } from './command/command.js';
import type { ParsedArguments } from './command/given.js';
import { epilogueOf, optionsInOrder } from './command/help-page.js';
import { requiredNote } from './command/required.js';
import { commands } from './commands.js';

/** The page that was asked for, a command after all, or neither; then `usage` says what there is. */
export type Answer =
  | { readonly page: string }
  | { readonly line: CommandLine }
  | { readonly usage: string };

/** Refuses unknown commands, and options without a command. */
export async function answer(args: readonly string[], world: World): Promise<Answer> {
  const chosen: CommandLine[] = [];
  const program = describeProgram(world, (command, parsed) => chosen.push({ command, parsed }));
  let page = '';
  const parsed = await program.parseAsync([...args], {}, (_error, _parsed, output) => {
    page = output;
  });
  if (page !== '') {
    if (!commands.some(({ name }) => name === parsed._[0])) refuseUnknownWord(parsed);
    return { page };
  }
  const [line] = chosen;
  if (line !== undefined) return { line };
  refuseUnknown(parsed);
  return { usage: await program.getHelp() };
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
    .parserConfiguration(PARSING)
    .usage(
      'flowbars <command>\n\nExact order-flow bars, signals, patterns and their scoreboard from raw Binance Futures recordings.',
    )
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
  const many = argument?.isMany === true ? '…' : '';
  const line = argument === undefined ? command.name : `${command.name} <${argument.name}${many}>`;
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
