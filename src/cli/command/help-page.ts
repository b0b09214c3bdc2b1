/** Describes a command to yargs, which parses its arguments and prints its help page. */
import type { Argv } from 'yargs';
import { OPTION_GROUPS, type Option } from '../option/option.js';
import type { Command } from './command.js';
import type { ParsedArguments } from './given.js';

const EPILOGUE = `Each option can also be given by the variable beside it; the command line wins.
Exit codes: 0 good, 1 the data is not good, 2 usage, 3 storage, network or machine failed (start
again to finish), 70 a bug in flowbars, 130 and 143 stopped by SIGINT and SIGTERM.`;

/** `choose` is called with what was typed when this is the command. */
export function addCommand(
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
      for (const option of inOrder(command.options)) {
        const defaultHelp = option.defaultHelp ?? option.defaultText;
        page.option(option.name, {
          // Values get no type: they stay text, and the page shows no `[string]`.
          ...(option.isFlag === true ? { type: 'boolean' } : {}),
          group: option.group,
          describe: `${option.help}  ${option.env}`,
          ...(defaultHelp === undefined || option.isFlag === true
            ? {}
            : { defaultDescription: defaultHelp }),
        });
      }
      return page.epilogue(`${examplesText(command)}\n\n${EPILOGUE}`);
    },
    (parsed) => choose(command, parsed),
  );
}

/** By heading; options under one heading keep their order. */
function inOrder(options: readonly Option<unknown>[]): readonly Option<unknown>[] {
  return OPTION_GROUPS.flatMap((group) => options.filter((option) => option.group === group));
}

/** Each command on a line of its own, to be copied whole; yargs' own table would break it. */
function examplesText({ examples }: Command): string {
  const lines = examples.map(({ line, does }) => `  ${does}:\n    flowbars ${line}`);
  return ['Examples:', ...lines].join('\n');
}
