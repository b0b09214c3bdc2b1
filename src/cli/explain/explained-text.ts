/** Prints the sections of an explanation on a terminal. */
import type { Block, Section, SectionCell, SectionTable } from '../../core/told/section.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount } from '../screen/figures.js';
import { folded, pageColumns, printHanging } from '../screen/page.js';
import { tableLines } from '../screen/table.js';
import { padToWidth, printable, textWidth } from '../screen/text-width.js';

const INDENT = '  ';
/** A longer value has a line of its own. */
const VALUE_WIDTH_MAX = 22;

export function printSections(sections: readonly Section[], terminal: Terminal): void {
  for (const { title, blocks, isBad } of sections) {
    const style = isBad === true ? 'yellow' : 'bold';
    for (const line of folded(printable(title), pageColumns(terminal))) {
      terminal.write(`${terminal.paint(style, line)}\n`);
    }
    for (const block of blocks) printBlock(block, terminal);
    terminal.write('\n');
  }
}

function printBlock(block: Block, terminal: Terminal): void {
  switch (block.kind) {
    case 'lines':
      for (const line of block.lines) printHanging(INDENT, line, terminal);
      return;
    case 'cells':
      printCells(block.cells, terminal);
      return;
    case 'table':
      printTable(block, terminal);
      return;
    default:
      block satisfies never;
  }
}

function printCells(cells: readonly SectionCell[], terminal: Terminal): void {
  const nameWidth = Math.max(...cells.map(({ name }) => textWidth(name)));
  const valueWidth = Math.min(
    VALUE_WIDTH_MAX,
    Math.max(...cells.map(({ value }) => textWidth(shown(value)))),
  );
  const hang = ' '.repeat(INDENT.length + nameWidth + 2 + valueWidth + 2);
  const width = Math.max(30, pageColumns(terminal) - hang.length);
  for (const { name, value, how, further, isBad } of cells) {
    const text = shown(value);
    const isLong = textWidth(text) > valueWidth;
    const head = `${INDENT}${padToWidth(name, nameWidth, 'left')}  ${padToWidth(text, valueWidth, 'right')}`;
    const said = [how, ...further].flatMap((one) => folded(printable(one), width));
    const [first = '', ...more] = isLong ? ['', ...said] : said;
    const line = `${head}  ${first}`.trimEnd();
    terminal.write(`${isBad ? terminal.paint('yellow', line) : line}\n`);
    for (const next of more) terminal.write(`${hang}${next}\n`);
  }
}

function shown(value: string): string {
  return value === '' ? '(empty)' : printable(value);
}

function printTable({ columns, rows, omitted, omittedAt }: SectionTable, terminal: Terminal): void {
  const texts = rows.map(({ cells }) => cells.map(printable));
  const [header = '', rule = '', ...body] = tableLines(columns, texts);
  terminal.write(`${INDENT}${terminal.paint('bold', header)}\n${INDENT}${rule}\n`);
  for (const [at, line] of body.entries()) {
    if (omitted > 0 && at === omittedAt) printOmitted(omitted, terminal);
    terminal.write(`${INDENT}${line}\n`);
    const note = rows[at]?.note;
    if (note !== undefined) printHanging(`${INDENT}${INDENT}└ `, note, terminal);
  }
  if (omitted > 0 && body.length <= omittedAt) printOmitted(omitted, terminal);
}

function printOmitted(omitted: number, terminal: Terminal): void {
  terminal.write(
    `${INDENT}… ${formatCount(omitted)} more: --rows shows more of them, --json all\n`,
  );
}
