/**
 * Reads the command line of a command with the parser of yargs alone: all of yargs, which lays out the
 * pages, takes longer to load than most commands.
 */
import type { Arguments, Options } from 'yargs-parser';
import { helpCommand } from './about/help.js';
import type { Command } from './command/command.js';
import type { ParsedArguments } from './command/given.js';
import { commands } from './commands.js';

/** Values stay text, and names are what they are; for yargs as well. */
export const PARSING = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'short-option-groups': false,
} as const;

/** Those of every page. */
const PAGE_OPTIONS = { help: ['h'], version: ['V'] };

export interface CommandLine {
  readonly command: Command;
  readonly parsed: ParsedArguments;
}

/** Undefined for a line that asks for a page or does not begin with a command. */
export async function readCommandLine(args: readonly string[]): Promise<CommandLine | undefined> {
  const [name, ...rest] = args;
  const command = commands.find((one) => one.name === name);
  if (command === undefined || command === helpCommand) return undefined;
  if (rest.length === 0) return { command, parsed: { _: [command.name] } };
  const parsed = await parse(args, command);
  return mayAskPage(parsed) ? undefined : { command, parsed };
}

async function parse(args: readonly string[], { options }: Command): Promise<Arguments> {
  const { default: parser } = await import('yargs-parser');
  const flags = options.filter(({ isFlag }) => isFlag === true).map((option) => option.name);
  const asked: Options = {
    boolean: [...flags, ...Object.keys(PAGE_OPTIONS)],
    alias: PAGE_OPTIONS,
    configuration: PARSING,
  };
  const { argv, error } = parser.detailed([...args], asked);
  if (error !== null) throw error;
  return argv;
}

/** For yargs the last word `help` asks for a page, too. */
function mayAskPage(parsed: ParsedArguments): boolean {
  const names = Object.keys(PAGE_OPTIONS);
  return names.some((name) => name in parsed || parsed._.includes(name, 1));
}
