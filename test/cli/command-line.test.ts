/** The parser that reads the line of a command finds what all of yargs finds, which answers every other line. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCommandLine } from '../../src/cli/command-line.js';
import { commands } from '../../src/cli/commands.js';
import { answer } from '../../src/cli/pages.js';
import { paperTerminal } from '../support/readme/paper-terminal.js';

const { world } = paperTerminal(100);

const WORDS = String.raw`x run help 2025-12-11 007 1e3 0x10 -1 - -- --- a=b 'q' -x -xy -x=1 -n5 --= --a.b --a.b=1
  --camelCase --no-force --no-raw true false "q" --unknown --unknown=1 [1] __proto__ --__proto__=1`;
const words = fc.constantFrom('', 'a b', '"a b"', ...WORDS.split(/\s+/u));

const lines = fc.constantFrom(...commands).chain((command) => {
  const names = ['raw', ...command.options.map(({ name }) => name)];
  const named = fc.constantFrom(...names).chain((name) =>
    fc.oneof(
      fc.constant(`--${name}`),
      words.map((word) => `--${name}=${word}`),
    ),
  );
  const rest = fc.array(fc.oneof(named, words), { maxLength: 6 });
  return rest.map((args) => [command.name, ...args]);
});

test('finds what yargs finds', async () => {
  await fc.assert(
    fc.asyncProperty(lines, async (args) => {
      const line = await readCommandLine(args);
      if (line === undefined) return;
      const answered = await answer(args, world);
      if (!('line' in answered)) throw new Error('no line of a command');
      expect(line.command.name).toBe(answered.line.command.name);
      const { $0: _name, ...parsed } = answered.line.parsed;
      expect({ ...line.parsed }).toEqual({ ...parsed });
    }),
    { numRuns: 100 },
  );
});

test.each([
  [[]],
  [['--help']],
  [['run', '--help']],
  [['run', '-h', '--raw', 'x']],
  [['run', '--raw', 'x', '--version']],
  [['run', '-V']],
  [['run', 'help']],
  [['help']],
  [['runs']],
  [['--raw', 'run']],
])('leaves %s to the pages', async (args) => {
  expect(await readCommandLine(args)).toBeUndefined();
});
