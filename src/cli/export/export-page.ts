/** The page of `flowbars export`: a row per file, then what is in no file, and days with outages. */
import type { Exported, ExportedFile } from '../../core/typed/export-document.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatCounted } from '../screen/figures.js';
import { pageColumns, printFolded } from '../screen/page.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { cutToWidth, printable } from '../screen/text-width.js';

/** Rows of each list; `--json` has all. */
export const EXPORTED_ROWS_MAX = 40;

const COLUMNS: readonly TableColumn[] = [
  { title: 'file', align: 'left' },
  { title: 'days', align: 'right' },
  { title: 'rows', align: 'right' },
  { title: 'bytes', align: 'right' },
  { title: 'outcome', align: 'left' },
];

export function printExported(done: Exported, terminal: Terminal): void {
  const { files, left_out: leftOut, partial, unreadable_manifests: unreadable } = done;
  if (files.length > 0) printFiles(files, terminal);
  const lines = [
    ...unreadable.map(({ date, detail }) => `left out: ${date}: ${detail}`),
    ...leftOut
      .filter(({ reason }) => reason !== 'unreadable')
      .map(({ symbol, date, detail }) => `left out: ${symbol} ${date}: ${detail}`),
    ...partial.map(
      ({ symbol, date, coverage }) => `partial: ${symbol} ${date}: coverage ${coverage}`,
    ),
  ];
  for (const line of lines.slice(0, EXPORTED_ROWS_MAX)) printFolded(printable(line), terminal);
  sayOmitted(lines.length, terminal);
  if (files.length + lines.length > 0) terminal.write('\n');
}

function printFiles(files: readonly ExportedFile[], terminal: Terminal): void {
  const width = pageColumns(terminal);
  const shown = files.slice(0, EXPORTED_ROWS_MAX);
  const [header = '', rule = '', ...lines] = tableLines(COLUMNS, shown.map(cellsOf));
  terminal.write(`${terminal.paint('bold', cutToWidth(header, width))}\n`);
  for (const line of [rule, ...lines]) terminal.write(`${cutToWidth(line, width)}\n`);
  sayOmitted(files.length, terminal);
}

function cellsOf({ name, days, rows, bytes, outcome }: ExportedFile): string[] {
  return [printable(name), formatCount(days), formatCount(rows), formatCount(bytes), outcome];
}

function sayOmitted(count: number, terminal: Terminal): void {
  const omitted = count - EXPORTED_ROWS_MAX;
  if (omitted > 0) terminal.write(`… and ${formatCount(omitted)} more, --json has all\n`);
}

/** `4 files, 2 written, 2 unchanged; 1 left out; aggregated into typed, 2025-12-01 to 2025-12-04`. */
export function exportedSentence(done: Exported): string {
  const { files, left_out: leftOut, unreadable_manifests: unreadable, partial } = done;
  const written = files.filter(({ outcome }) => outcome === 'written').length;
  const made =
    files.length === 0
      ? 'no file'
      : `${formatCounted(files.length, 'file')}, ${formatCount(written)} written, ${formatCount(files.length - written)} unchanged`;
  const parts = [
    made,
    ...(leftOut.length === 0 ? [] : [`${formatCount(leftOut.length)} left out`]),
    ...(partial.length === 0 ? [] : [`${formatCount(partial.length)} partial`]),
    ...(unreadable.length === 0 ? [] : [formatCounted(unreadable.length, 'unreadable manifest')]),
    `${printable(done.out)} into ${printable(done.into)}, ${done.from} to ${done.to}`,
  ];
  return parts.join('; ');
}
