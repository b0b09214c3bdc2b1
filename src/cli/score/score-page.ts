/** The page of `flowbars score`: a row per symbol-day with its minutes by reason, then what has no scores. */
import type { DayScoresDocument, Scored } from '../../core/forest/score-shape.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatCounted } from '../screen/figures.js';
import { pageColumns, printFolded } from '../screen/page.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { cutToWidth, printable } from '../screen/text-width.js';

/** Rows of each list; `--json` has all. */
const SCORED_ROWS_MAX = 40;

const COLUMNS: readonly TableColumn[] = [
  { title: 'symbol', align: 'left' },
  { title: 'day', align: 'left' },
  { title: 'scored', align: 'right' },
  { title: 'warming up', align: 'right' },
  { title: 'gap before', align: 'right' },
  { title: 'null feature', align: 'right' },
];

export function printScored(
  { days, left_out: leftOut, from, to }: Scored,
  terminal: Terminal,
): void {
  if (days.length + leftOut.length === 0) {
    const all = '--from first --to last takes all days that are';
    printFolded(`nothing is published from ${from} to ${to}: ${all}`, terminal);
  }
  if (days.length > 0) {
    const width = pageColumns(terminal);
    const shown = days.slice(0, SCORED_ROWS_MAX);
    const [header = '', rule = '', ...lines] = tableLines(COLUMNS, shown.map(cellsOf));
    terminal.write(`${terminal.paint('bold', cutToWidth(header, width))}\n`);
    for (const line of [rule, ...lines]) terminal.write(`${cutToWidth(line, width)}\n`);
    sayOmitted(days.length, terminal);
  }
  for (const { symbol, date, detail } of leftOut.slice(0, SCORED_ROWS_MAX)) {
    printFolded(printable(`left out: ${symbol} ${date}: ${detail}`), terminal);
  }
  sayOmitted(leftOut.length, terminal);
  terminal.write('\n');
}

function cellsOf({ symbol, date, counts }: DayScoresDocument): string[] {
  const { ok, warming_up: warming, gap_before: gap, null_feature: nulls } = counts;
  return [printable(symbol), date, ...[ok, warming, gap, nulls].map((count) => formatCount(count))];
}

function sayOmitted(count: number, terminal: Terminal): void {
  const omitted = count - SCORED_ROWS_MAX;
  if (omitted > 0) terminal.write(`… and ${formatCount(omitted)} more, --json has all\n`);
}

/** `2 symbol-days, 2,760 minutes scored; aggregated into aggregated, 2025-12-01 to 2025-12-02`. */
export function scoredSentence({ days, left_out: leftOut, out, into, from, to }: Scored): string {
  const minutes = days.reduce((sum, { counts }) => sum + counts.ok, 0);
  const parts = [
    `${formatCounted(days.length, 'symbol-day')}, ${formatCounted(minutes, 'minute')} scored`,
    ...(leftOut.length === 0 ? [] : [`${formatCount(leftOut.length)} left out`]),
    `${printable(out)} into ${printable(into)}, ${from} to ${to}`,
  ];
  return parts.join('; ');
}
