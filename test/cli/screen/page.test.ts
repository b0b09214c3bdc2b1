/** Lines that a person reads and copies: folded on a terminal, whole in a pipe. */
import { expect, test } from 'vitest';
import type { Terminal } from '../../../src/edge/process/terminal.js';
import { printCommand, printLine } from '../../../src/cli/screen/page.js';

function printed(isTty: boolean, print: (terminal: Terminal) => void): string[] {
  let text = '';
  print({
    isTty,
    columns: () => 40,
    rows: () => 24,
    write: (more) => {
      text += more;
    },
    paint: (style, plain) => `<${style} ${plain}>`,
    redraw: () => undefined,
  });
  return text.split('\n').slice(0, -1);
}

const WORDS = 'where what: found this and that, expected something of another kind';
const COMMAND = 'flowbars run --raw a/folder --out aggregated --recorded --from first';

test('an error is folded at words, below its mark', () => {
  const mark = { text: 'error:', style: 'red' } as const;
  expect(printed(true, (terminal) => printLine(WORDS, terminal, mark))).toEqual([
    '<red error:> where what: found this and',
    '  that, expected something of another',
    '  kind',
  ]);
  expect(printed(false, (terminal) => printLine(WORDS, terminal, mark))).toEqual([
    `<red error:> ${WORDS}`,
  ]);
});

test('a command is folded between its options, so that a shell takes it as one', () => {
  const lines = printed(true, (terminal) => printCommand('next: ', COMMAND, terminal));
  expect(lines).toEqual([
    'next:',
    '  flowbars run --raw a/folder \\',
    '    --out aggregated --recorded \\',
    '    --from first',
  ]);
  const [, ...command] = lines;
  expect(
    command
      .join('\n')
      .replaceAll(/ \\\n +/gu, ' ')
      .trim(),
  ).toBe(COMMAND);
  expect(printed(false, (terminal) => printCommand('next: ', COMMAND, terminal))).toEqual([
    `next: ${COMMAND}`,
  ]);
});

test('a quoted word of a command is not folded', () => {
  const command = "flowbars run --raw '/a folder/with blanks/in it' --out aggregated";
  expect(printed(true, (terminal) => printCommand('next: ', command, terminal))).toEqual([
    'next:',
    '  flowbars run \\',
    "    --raw '/a folder/with blanks/in it' \\",
    '    --out aggregated',
  ]);
});
