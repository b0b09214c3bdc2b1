/** The page of `flowbars check`: differences, uncovered minutes and a closing line. */
import type { Difference, UncoveredStretch } from '../../core/klines/compare-minutes.js';
import type { Terminal } from '../../edge/process/terminal.js';
import type { KlineCheck } from '../../jobs/examine/check-klines.js';
import { formatCount, formatCounted } from '../screen/figures.js';
import { folded, pageColumns, printFolded } from '../screen/page.js';
import { stripLines } from './check-strip.js';
import { tableLines } from '../screen/table.js';
import { cutToWidth, printable } from '../screen/text-width.js';
import { printClosing } from '../screen/verdict.js';

/** Rows of the table and stretches shown; `--json` has all of them. */
export const DIFFERENCE_ROWS_MAX = 100;
export const STRETCH_LINES_MAX = 20;

const HINT_MARK = '  └ ';

const COLUMNS = [
  { title: 'minute', align: 'left' },
  { title: 'column', align: 'left' },
  { title: 'ours', align: 'right' },
  { title: 'official', align: 'right' },
  { title: 'difference', align: 'right' },
  { title: 'covered', align: 'left' },
] as const;

export function printCheck(check: KlineCheck, exitCode: number, stdout: Terminal): void {
  for (const line of stripLines(check.hours, pageColumns(stdout), stdout.paint)) {
    stdout.write(`${line}\n`);
  }
  if (check.differences.length > 0) printDifferences(check, stdout);
  printStretches(check.not_covered, stdout);
  for (const note of check.notes) printFolded(`note: ${note}`, stdout);
  printClosing(exitCode, countsSentence(check), stdout);
}

/** `124 of 124 fully covered minutes equal, 0 different; 2 of 126 official minutes not covered`. */
export function countsSentence({ minutes }: KlineCheck): string {
  const { official, compared, equal, different, quote_compared: quotes } = minutes;
  const result =
    compared === 0
      ? 'nothing compared: no minute is fully covered'
      : `${formatCount(equal)} of ${formatCounted(compared, 'fully covered minute')} equal, ` +
        `${formatCount(different)} different`;
  const noise =
    minutes.float_noise === 0 ? '' : `, ${formatCount(minutes.float_noise)} with float noise`;
  const quoted = quotes === 0 ? '' : `; quote volumes compared in ${formatCount(quotes)}${noise}`;
  const outside = [
    `${formatCount(minutes.not_covered)} of ${formatCounted(official, 'official minute')} not covered`,
  ];
  if (minutes.without_bars > 0) {
    outside.push(`${formatCount(minutes.without_bars)} outside the bar files`);
  }
  if (minutes.without_kline > 0) {
    outside.push(`${formatCounted(minutes.without_kline, 'covered minute')} without a kline`);
  }
  return `${result}${quoted}; ${outside.join(', ')}`;
}

function printDifferences(check: KlineCheck, stdout: Terminal): void {
  const columns = pageColumns(stdout);
  const shown = check.differences.slice(0, DIFFERENCE_ROWS_MAX);
  const [header = '', rule = '', ...rows] = tableLines(COLUMNS, shown.map(cellsOf));
  stdout.write(`${stdout.paint('bold', cutToWidth(header, columns))}\n`);
  stdout.write(`${cutToWidth(rule, columns)}\n`);
  for (const [index, difference] of shown.entries()) {
    const style = difference.covered && !difference.float_noise ? 'red' : 'dim';
    stdout.write(`${stdout.paint(style, cutToWidth(rows[index] ?? '', columns))}\n`);
    const isLastOfMinute = shown[index + 1]?.minute !== difference.minute;
    if (isLastOfMinute && difference.hint !== null) printHint(difference.hint, stdout);
  }
  const omitted = check.differences.length - shown.length + check.differences_omitted;
  if (omitted > 0) stdout.write(`… and ${formatCount(omitted)} more, --json shows them\n`);
}

function printHint(hint: string, stdout: Terminal): void {
  const [first = '', ...more] = folded(printable(hint), pageColumns(stdout) - HINT_MARK.length);
  stdout.write(`${HINT_MARK}${first}\n`);
  for (const line of more) stdout.write(`${' '.repeat(HINT_MARK.length)}${line}\n`);
}

function cellsOf({ minute, column, ours, official, difference, covered }: Difference): string[] {
  const known = ours === '' ? 'none' : ours;
  return [minute, column, known, official, difference ?? '–', covered ? 'yes' : 'no'];
}

function missingText(stretch: UncoveredStretch): string {
  const { missing_chunks: count, first_missing_chunk: first } = stretch;
  if (first === null) return '';
  return count === 1
    ? `; missing chunk: no trades chunk ${first}`
    : `; missing chunks: ${formatCount(count)} of trades from ${first} on`;
}

function printStretches(stretches: readonly UncoveredStretch[], stdout: Terminal): void {
  for (const stretch of stretches.slice(0, STRETCH_LINES_MAX)) {
    const { from, to, minutes, detail } = stretch;
    const count = formatCounted(minutes, 'minute');
    const cause = `${detail}${missingText(stretch)}`;
    printFolded(`not covered: ${from} to ${to} (${count}): ${cause}`, stdout);
  }
  const omitted = stretches.length - STRETCH_LINES_MAX;
  if (omitted > 0) stdout.write(`… and ${formatCount(omitted)} more, --json shows them\n`);
}
