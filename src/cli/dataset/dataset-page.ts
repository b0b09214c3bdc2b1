/** The page of `flowbars dataset`: rows by reason for each symbol, folds, and days that are not in it. */
import type { DatasetCard } from '../../core/dataset/card-shape.js';
import type { Terminal } from '../../edge/process/terminal.js';
import type { MadeDataset } from '../../jobs/dataset/make-dataset.js';
import { formatCount, formatCounted, formatMegabytes } from '../screen/figures.js';
import { pageColumns, printFolded } from '../screen/page.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { cutToWidth, printable } from '../screen/text-width.js';

/** Rows of each list; the card has all. */
export const DATASET_ROWS_MAX = 20;

const REASONS = [
  'ok',
  'up',
  'down',
  'flat',
  'warming_up',
  'gap_before',
  'gap_after',
  'no_price',
  'ambiguous',
  'end_of_data',
] as const;

const REASON_COLUMNS: readonly TableColumn[] = [
  { title: 'symbol', align: 'left' },
  ...REASONS.map((name): TableColumn => ({ title: name.replaceAll('_', ' '), align: 'right' })),
];
const FOLD_COLUMNS: readonly TableColumn[] = [
  { title: 'fold', align: 'left' },
  { title: 'trained on labels up to', align: 'left' },
  { title: 'tested on decisions from', align: 'left' },
  { title: 'to, exclusive', align: 'left' },
];

export function printDataset(card: DatasetCard, terminal: Terminal): void {
  const { reasons, folds, days } = card;
  printRows(
    REASON_COLUMNS,
    reasons.map((one) => [printable(one.symbol), ...REASONS.map((name) => formatCount(one[name]))]),
    terminal,
  );
  terminal.write('\n');
  if (folds.made) {
    const limits = folds.list.map(({ fold, ...own }) => ({ ...own, name: String(fold) }));
    const sealed = folds.sealed === null ? [] : [{ ...folds.sealed, name: 'sealed' }];
    const rows = [...limits, ...sealed].map(({ name, train_until, test_from, test_to }) => [
      name,
      train_until,
      test_from,
      test_to,
    ]);
    printRows(FOLD_COLUMNS, rows, terminal);
  } else {
    printFolded(`no folds: ${folds.detail}`, terminal);
  }
  terminal.write('\n');
  const unused = days.filter(({ state }) => state !== 'used');
  for (const { symbol, date, detail } of unused.slice(0, DATASET_ROWS_MAX)) {
    printFolded(printable(`not used: ${symbol} ${date}: ${detail}`), terminal);
  }
  sayOmitted(unused.length, terminal);
  if (unused.length > 0) terminal.write('\n');
}

function printRows(
  columns: readonly TableColumn[],
  rows: readonly string[][],
  terminal: Terminal,
): void {
  const width = pageColumns(terminal);
  const shown = rows.slice(0, DATASET_ROWS_MAX);
  const [header = '', rule = '', ...lines] = tableLines(columns, shown);
  terminal.write(`${terminal.paint('bold', cutToWidth(header, width))}\n`);
  for (const line of [rule, ...lines]) terminal.write(`${cutToWidth(line, width)}\n`);
  sayOmitted(rows.length, terminal);
}

function sayOmitted(count: number, terminal: Terminal): void {
  const omitted = count - DATASET_ROWS_MAX;
  if (omitted > 0) terminal.write(`… and ${formatCount(omitted)} more, the card has all\n`);
}

/** A day that cannot be read is a fault; one that is not published is a gap, which the card names. */
export function isGoodDataset({ days, reasons }: DatasetCard): boolean {
  const isRead = days.every(({ state }) => state !== 'damaged' && state !== 'unreadable');
  return isRead && reasons.some(({ ok }) => ok > 0);
}

/** Recordings without trade ids prove nothing, so that they have no row by default. */
function whyNoSamples({ reasons, options }: DatasetCard): string {
  const isEmpty = reasons.every(({ ok }) => ok === 0);
  const hasGaps = reasons.some(({ gap_before }) => gap_before > 0);
  if (!isEmpty || !hasGaps || options.keep_unproven) return '';
  return ' (time that nothing proves counts as a gap, as without trade ids: see --keep-unproven)';
}

/** `40,196 samples of 1 symbol, 108 features, 5 folds and a sealed block, 21.4 MB in dataset`. */
export function datasetSentence({ card }: MadeDataset, into: string): string {
  const samples = card.reasons.reduce((sum, { ok }) => sum + ok, 0);
  const bytes = card.files.reduce((sum, file) => sum + file.bytes, 0);
  const folds = formatCounted(card.folds.list.length, 'fold');
  const sealed = card.folds.sealed === null ? '' : ' and a sealed block';
  return [
    `${formatCounted(samples, 'sample')} of ${formatCounted(card.reasons.length, 'symbol')}${whyNoSamples(card)}`,
    formatCounted(card.features.length, 'feature'),
    card.folds.made ? `${folds}${sealed}` : 'no folds',
    `${formatMegabytes(bytes)} in ${printable(into)}`,
  ].join(', ');
}
