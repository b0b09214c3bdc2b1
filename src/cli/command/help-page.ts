/** The parts of a command's help page that yargs does not lay out: the order of options, and the end. */
import { OPTION_GROUPS, type Option } from '../option/option.js';
import type { Command } from './command.js';

const VARIABLES = 'Each option can also be given by the variable beside it; the command line wins.';
const EXIT_CODES = `0 good, 1 the data is not good, 2 usage, 3 storage, network or machine failed (start
again to finish), 70 a bug in flowbars, 130 and 143 stopped by SIGINT and SIGTERM.`;

/** By heading; options under one heading keep their order. */
export function optionsInOrder({ options }: Command): readonly Option<unknown>[] {
  return OPTION_GROUPS.flatMap((group) => options.filter((option) => option.group === group));
}

/** Examples on lines of their own, to be copied whole (yargs' table would break them), and exit codes. */
export function epilogueOf({ examples, exitCodes = EXIT_CODES }: Command): string {
  const lines = examples.map(({ line, does }) => `  ${does}:\n    flowbars ${line}`);
  return ['Examples:', ...lines, '', VARIABLES, `Exit codes: ${exitCodes}`].join('\n');
}
