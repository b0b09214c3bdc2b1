/** The page of `flowbars patterns`: a row per symbol-day, with the reason below it where it is not the same. */
import type { Recomputed, RecomputedDay } from '../../core/score/pattern-documents.js';
import type { Style, Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatCounted } from '../screen/figures.js';
import { foldedByParts, pageColumns, printFolded } from '../screen/page.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { cutToWidth, printable } from '../screen/text-width.js';
import { type Advice, printAdvice } from './publish-advice.js';

/** Rows of the table; `--json` has all symbol-days. */
export const RECOMPUTED_ROWS_MAX = 200;

const COLUMNS: readonly TableColumn[] = [
  { title: 'symbol', align: 'left' },
  { title: 'date', align: 'left' },
  { title: 'events', align: 'right' },
  { title: 'outcome', align: 'left' },
];
const HANGING = '    ';

const STYLES: Readonly<Record<RecomputedDay['outcome'], Style | undefined>> = {
  same: undefined,
  restored: 'green',
  made: 'green',
  empty: 'dim',
  missing: 'yellow',
  no_seconds: 'yellow',
  differs: 'red',
  damaged: 'red',
};

/** Days that can have patterns, or whose patterns cannot be verified. */
export interface PatternAdvice {
  readonly toPublish: Advice;
  readonly toVerify: Advice;
}

export function printRecomputed(
  done: Recomputed,
  { toPublish, toVerify }: PatternAdvice,
  terminal: Terminal,
): void {
  if (done.days.length > 0) printDays(done.days, terminal);
  for (const { date, detail } of done.unreadable_manifests) {
    printFolded(`${date}: ${detail}`, terminal);
  }
  if (done.days.length > 0) terminal.write('\n');
  printAdvice(toPublish, 'to publish patterns: ', done.out, terminal);
  printAdvice(toVerify, 'publish 1s bars and signals to verify them: ', done.out, terminal);
  if (toPublish.stretches.length + toVerify.stretches.length > 0) terminal.write('\n');
}

function printDays(days: readonly RecomputedDay[], terminal: Terminal): void {
  const isLong = days.length > RECOMPUTED_ROWS_MAX;
  const rows = isLong ? days.filter(({ outcome }) => outcome !== 'same') : days;
  const shown = rows.slice(0, RECOMPUTED_ROWS_MAX);
  const width = pageColumns(terminal);
  const [header = '', rule = '', ...lines] = tableLines(COLUMNS, shown.map(cellsOf));
  terminal.write(`${terminal.paint('bold', cutToWidth(header, width))}\n`);
  terminal.write(`${cutToWidth(rule, width)}\n`);
  for (const [index, { outcome, detail }] of shown.entries()) {
    const line = cutToWidth(lines[index] ?? '', width);
    const style = STYLES[outcome];
    terminal.write(`${style === undefined ? line : terminal.paint(style, line)}\n`);
    if (detail === '') continue;
    for (const part of foldedByParts(printable(detail), width - HANGING.length)) {
      terminal.write(`${HANGING}${part}\n`);
    }
  }
  const omitted = days.length - shown.length;
  if (omitted > 0) terminal.write(`… and ${formatCount(omitted)} more, --json has all\n`);
}

function cellsOf({ symbol, date, events, outcome }: RecomputedDay): string[] {
  const count = events === null ? '–' : formatCount(events);
  return [printable(symbol), date, count, wordsOf(outcome)];
}

function wordsOf(outcome: string): string {
  return outcome.replaceAll('_', ' ');
}

/** `4 symbol-days, 3 same, 1 restored; 431 events; aggregated, 2025-12-01 to 2025-12-04`. */
export function recomputedSentence(done: Recomputed): string {
  const { days, counts, unreadable_manifests: unreadable } = done;
  const parts = Object.entries(counts).flatMap(([outcome, count]) =>
    count === 0 ? [] : [`${formatCount(count)} ${wordsOf(outcome)}`],
  );
  const events = days.reduce((total, day) => total + (day.events ?? 0), 0);
  const looked =
    days.length === 0
      ? 'no symbol-day is published'
      : `${formatCounted(days.length, 'symbol-day')}, ${parts.join(', ')}; ${formatCounted(events, 'event')}`;
  const lost =
    unreadable.length === 0 ? '' : `, ${formatCounted(unreadable.length, 'unreadable manifest')}`;
  const check = done.check ? '; nothing was written' : '';
  return `${looked}${lost}${check}; ${printable(done.out)}, ${done.from} to ${done.to}`;
}
