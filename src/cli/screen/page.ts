/** Lines of a page for a person: facts with their labels aligned, long values folded at words. */
import type { Style, Terminal } from '../../edge/process/terminal.js';
import { padToWidth, printable, textWidth } from './text-width.js';

/** A label and its value. */
export interface Fact {
  readonly label: string;
  /** Each entry of a list begins a line. */
  readonly value: string | readonly string[];
  readonly style?: Style | undefined;
  /** Cells by which further lines of an entry are indented, as many as its first one begins with. */
  readonly indentCells?: number;
}

/** Wider than this a page is hard to read. */
export const PAGE_COLUMNS_MAX = 100;
const INDENT = '  ';
const GAP = '  ';
const CONTINUED = ' \\';

export function printFacts(facts: readonly Fact[], terminal: Terminal): void {
  const labelWidth = Math.max(...facts.map(({ label }) => textWidth(label)));
  const width = pageColumns(terminal) - labelWidth - INDENT.length - GAP.length;
  for (const { label, value, style, indentCells = 0 } of facts) {
    const texts = [value]
      .flat()
      .flatMap((text) => foldedBelow(printable(text), width, indentCells));
    for (const [index, text] of texts.entries()) {
      const head = padToWidth(index === 0 ? label : '', labelWidth, 'left');
      const line = `${INDENT}${head}${GAP}${text}`.trimEnd();
      terminal.write(`${style === undefined ? line : terminal.paint(style, line)}\n`);
    }
  }
}

/** Folds what follows the first cells, below itself; all of it where that would be too narrow. */
function foldedBelow(text: string, width: number, indentCells: number): string[] {
  if (indentCells === 0 || indentCells > width / 2) return folded(text, width);
  const [first = '', ...more] = folded(text.slice(indentCells), width - indentCells);
  return [
    text.slice(0, indentCells) + first,
    ...more.map((line) => ' '.repeat(indentCells) + line),
  ];
}

/** One text, folded, with continuation lines indented. */
export function printFolded(text: string, terminal: Terminal): void {
  for (const line of foldedAfter(printable(text), pageColumns(terminal))) {
    terminal.write(`${line}\n`);
  }
}

/** Folds behind `;`, `,` and `:` where it can, with continuation lines indented; a wider part at its spaces. */
export function foldedByParts(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=[;,:]) /u)) {
    const longer = line === '' ? part : `${line} ${part}`;
    if (textWidth(longer) <= width) {
      line = longer;
      continue;
    }
    const [first = '', ...more] = folded(part, width - INDENT.length).map((rest) => INDENT + rest);
    const isFirst = line === '';
    if (!isFirst) lines.push(line);
    const all = isFirst ? [first.slice(INDENT.length), ...more] : [first, ...more];
    lines.push(...all.slice(0, -1));
    line = all.at(-1) ?? '';
  }
  return [...lines, line];
}

/** One text behind its mark, folded, with continuation lines below its first word. */
export function printHanging(mark: string, text: string, terminal: Terminal): void {
  const lines = folded(printable(text), pageColumns(terminal) - textWidth(mark));
  for (const [index, line] of lines.entries()) {
    terminal.write(`${index === 0 ? mark : ' '.repeat(textWidth(mark))}${line}\n`);
  }
}

/** A line of its own; folded with a hanging indent on a terminal alone, so that a pipe gets it whole. `mark` is put before it in a style. */
export function printLine(
  text: string,
  terminal: Terminal,
  mark?: { readonly text: string; readonly style: Style },
): void {
  const head = mark === undefined ? '' : `${mark.text} `;
  const whole = `${head}${printable(text)}`;
  const lines = terminal.isTty ? foldedAfter(whole, pageColumns(terminal)) : [whole];
  for (const [index, line] of lines.entries()) {
    const isMarked = index === 0 && mark !== undefined;
    const painted = isMarked
      ? terminal.paint(mark.style, mark.text) + line.slice(mark.text.length)
      : line;
    terminal.write(`${painted}\n`);
  }
}

/** `next: flowbars …`; folded on a terminal with backslashes, so that a shell reads it as one command. */
export function printCommand(head: string, command: string, terminal: Terminal): void {
  const whole = `${head}${printable(command)}`;
  if (!terminal.isTty || textWidth(whole) <= pageColumns(terminal)) {
    terminal.write(`${whole}\n`);
    return;
  }
  // The head has a line of its own: what follows it is copied.
  terminal.write(`${head.trimEnd()}\n`);
  const width = pageColumns(terminal) - 2 * INDENT.length - CONTINUED.length;
  // An option stays with its value, and a quoted word with itself.
  const units = printable(command)
    .replaceAll(/'[^']*'/gu, (quoted) => quoted.replaceAll(' ', '\0'))
    .replaceAll(/(?<= --[\w-]+) (?!--)/gu, '\0');
  const lines = folded(units, width).map((line) => line.replaceAll('\0', ' '));
  for (const [index, line] of lines.entries()) {
    const indent = index === 0 ? INDENT : INDENT + INDENT;
    terminal.write(`${indent}${line}${index < lines.length - 1 ? CONTINUED : ''}\n`);
  }
}

function foldedAfter(text: string, width: number): string[] {
  const [first = '', ...more] = folded(text, width - INDENT.length);
  return [first, ...more.map((rest) => INDENT + rest)];
}

export function pageColumns(terminal: Terminal): number {
  return Math.min(terminal.columns(), PAGE_COLUMNS_MAX);
}

/** Folds at spaces; a word wider than a line gets a line of its own. */
export function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
