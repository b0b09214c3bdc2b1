/** The page of `flowbars dataset`: rows by reason for each symbol, folds, and days that are not in it. */
import type { DatasetCard } from '../../core/dataset/card-shape.js';
import { type Reason, REASONS } from '../../core/label/reasons.js';
import type { Terminal } from '../../edge/process/terminal.js';
import type { MadeDataset } from '../../jobs/dataset/make-dataset.js';
import { formatCount, formatCounted, formatMegabytes } from '../screen/figures.js';
import { pageColumns, printCommand, printFolded } from '../screen/page.js';
import { shellWord } from '../screen/shell-word.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { cutToWidth, printable } from '../screen/text-width.js';

/** Rows of each list; the card has all. */
export const DATASET_ROWS_MAX = 20;

const SAMPLES = ['ok', 'up', 'down', 'flat'] as const;
const LEFT_OUT = REASONS.filter((reason) => reason !== 'ok');

const SAMPLE_COLUMNS: readonly TableColumn[] = [
  { title: 'symbol', align: 'left' },
  ...['samples', 'UP', 'DOWN', 'FLAT'].map((title): TableColumn => ({ title, align: 'right' })),
];
/** A table of its own, so that both fit on eighty columns. */
const REASON_COLUMNS: readonly TableColumn[] = [
  { title: 'left out', align: 'left' },
  ...LEFT_OUT.map((name): TableColumn => ({ title: name.replaceAll('_', ' '), align: 'right' })),
];

/** A reason that takes this share of all minutes is explained, with what may be done about it. */
const SHARE_OF_HINT_MIN = 0.25;
const HINTS: readonly (readonly [Reason, string])[] = [
  [
    'gap_before',
    'an outage, unproven time, or time in which no recording was due, within the hour before the decision; --keep-unproven takes unproven time for recorded time',
  ],
  ['no_price', 'no trade soon enough for the entry or the exit; --wait-max waits longer than 10s'],
];

const FOLD_COLUMNS: readonly TableColumn[] = [
  { title: 'fold', align: 'left' },
  { title: 'trained on labels up to', align: 'left' },
  { title: 'tested on decisions from', align: 'left' },
  { title: 'to, exclusive', align: 'left' },
];

type CountName = (typeof SAMPLES)[number] | Reason;

export function printDataset(card: DatasetCard, terminal: Terminal): void {
  const { reasons, folds, days } = card;
  const rowsOf = (names: readonly CountName[]): string[][] =>
    reasons.map((one) => [printable(one.symbol), ...names.map((name) => formatCount(one[name]))]);
  printRows(SAMPLE_COLUMNS, rowsOf(SAMPLES), terminal);
  terminal.write('\n');
  printRows(REASON_COLUMNS, rowsOf(LEFT_OUT), terminal);
  for (const hint of hintsOf(reasons)) printFolded(hint, terminal);
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
    printFolded(`no folds, which training needs: ${folds.detail}`, terminal);
  }
  terminal.write('\n');
  const unused = days.filter(({ state }) => state !== 'used');
  for (const { symbol, date, detail } of unused.slice(0, DATASET_ROWS_MAX)) {
    printFolded(printable(`not used: ${symbol} ${date}: ${detail}`), terminal);
  }
  sayOmitted(unused.length, terminal);
  if (unused.length > 0) terminal.write('\n');
}

/** `no price: no trade soon enough …`, of reasons that leave out much. */
function hintsOf(reasons: DatasetCard['reasons']): string[] {
  const total = (name: CountName): number => reasons.reduce((sum, one) => sum + one[name], 0);
  const minutes = REASONS.reduce((sum, name) => sum + total(name), 0);
  return HINTS.filter(([name]) => total(name) >= minutes * SHARE_OF_HINT_MIN).map(
    ([name, hint]) => `${name.replaceAll('_', ' ')}: ${hint}`,
  );
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

/** What comes next, if the dataset can be trained on: Python reads folders of this machine. */
export function printNextOfDataset({ folds }: DatasetCard, into: string, terminal: Terminal): void {
  if (!folds.made) return;
  const isBucket = into.startsWith('gs:');
  const head = isBucket ? 'next, in a copy on this machine: ' : 'next: ';
  const folder = isBucket ? 'dataset' : shellWord(into);
  printCommand(head, `flowbars train --dataset ${folder} --into trained`, terminal);
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
