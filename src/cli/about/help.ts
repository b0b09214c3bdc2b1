/** `flowbars help`: the page of a command. */
import type { Command } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';

export const helpCommand: Command = {
  name: 'help',
  summary: 'show this page, or that of a command: help [COMMAND]',
  options: [],
  examples: [{ line: 'help run', does: 'the options of run, as run --help does' }],
  // Its arguments are replaced before they are read: see spelledOut.
  execute: () => Promise.resolve(EXIT_GOOD),
};

/** `help run` as `run --help`, and `help` as `--help`. */
export function spelledOut(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  return first === helpCommand.name ? [...rest, '--help'] : args;
}
