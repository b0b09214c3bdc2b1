/** The closing line of a command: whether all is good, the exit code, and the figures in one sentence. */
import type { Style, Terminal } from '../../edge/process/terminal.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, exitCodeMeaning } from '../command/exit-code.js';
import { foldedByParts, pageColumns } from './page.js';

/** `good (exit code 0): …`, `not good (exit code 3, storage …): …`; `goodWord` in place of good. */
export function closingLine(exitCode: number, sentence: string, goodWord = 'good'): string {
  // Of data that is not good the word says it already.
  const isSaid = exitCode === EXIT_GOOD || exitCode === EXIT_NOT_GOOD;
  const meaning = isSaid ? '' : `, ${exitCodeMeaning(exitCode)}`;
  const head = `${wordOf(exitCode, goodWord)} (exit code ${exitCode}${meaning})`;
  return sentence === '' ? head : `${head}: ${sentence}`;
}

/** The line as it is in a pipe; on a terminal folded, with its first word in colour. */
export function printClosing(
  exitCode: number,
  sentence: string,
  terminal: Terminal,
  goodWord = 'good',
): void {
  const line = closingLine(exitCode, sentence, goodWord);
  if (!terminal.isTty) {
    terminal.write(`${line}\n`);
    return;
  }
  const [first = '', ...more] = foldedByParts(line, pageColumns(terminal));
  const word = wordOf(exitCode, goodWord);
  terminal.write(`${terminal.paint(styleOf(exitCode), word)}${first.slice(word.length)}\n`);
  for (const next of more) terminal.write(`${next}\n`);
}

function wordOf(exitCode: number, goodWord: string): string {
  return exitCode === EXIT_GOOD ? goodWord : 'not good';
}

function styleOf(exitCode: number): Style {
  if (exitCode === EXIT_GOOD) return 'green';
  return exitCode === EXIT_NOT_GOOD ? 'yellow' : 'red';
}
