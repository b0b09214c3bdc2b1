/** `flowbars version`: the version of the program, and the revision it was built from where one is known. */
import { codeVersion } from '../../edge/process/version.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import type { Command } from '../command/command.js';

export const versionCommand: Command = {
  name: 'version',
  summary: 'show the version, as -V and --version do',
  options: [],
  examples: [{ line: 'version', does: 'the version alone' }],
  execute: (_given, { stdout, environment }) => {
    stdout.write(`${codeVersion(environment)}\n`);
    return Promise.resolve(EXIT_GOOD);
  },
};
