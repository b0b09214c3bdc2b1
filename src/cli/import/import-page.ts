/** The page of `flowbars import`: what was written, what was left out, what the sources cannot give, and the next command. */
import { dateOf, dayRange, isoStamp, MINUTE_MS } from '../../core/unit/utc-date.js';
import type { ImportSummary } from '../../jobs/import/import-files.js';
import type { StreamTotals } from '../../jobs/import/stream-tally.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatCounted, formatMegabytes } from '../screen/figures.js';
import { printCommand, printFolded } from '../screen/page.js';
import { shellWord } from '../screen/shell-word.js';
import { tableLines } from '../screen/table.js';

export function printImport(
  { files, streams, notes, dataset }: ImportSummary,
  root: string,
  terminal: Terminal,
): void {
  for (const line of tableLines(COLUMNS, streams.map(streamCells))) terminal.write(`${line}\n`);
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const sources = [...new Set(files.map(({ source }) => source))].join(', ');
  const read = `${formatCounted(rows, 'row')} of ${formatCounted(files.length, 'file')} (${sources})`;
  const kind = `${dataset.market}, quantities in ${quantityText(dataset.quantity_unit)}`;
  printFolded(`${read}; ${kind}`, terminal);
  for (const [what, count] of leftOutOf(files)) {
    printFolded(`left out: ${formatCount(count)} × ${what}`, terminal);
  }
  for (const note of notes) printFolded(note, terminal);
  printCommand('next: ', nextCommand(streams, root), terminal);
}

const COLUMNS = [
  { title: 'symbol', align: 'left' },
  { title: 'stream', align: 'left' },
  { title: 'rows', align: 'right' },
  { title: 'chunks', align: 'right' },
  { title: 'days', align: 'right' },
  { title: 'stored', align: 'right' },
  { title: 'from', align: 'left' },
  { title: 'to', align: 'left' },
] as const;

function streamCells(totals: StreamTotals): string[] {
  const { chunks, chunksUnchanged } = totals;
  const there = chunksUnchanged === 0 ? '' : ` (${formatCount(chunksUnchanged)} there)`;
  return [
    totals.symbol,
    totals.stream,
    formatCount(totals.rows),
    `${formatCount(chunks)}${there}`,
    formatCount(totals.days),
    formatMegabytes(totals.storedBytes),
    isoStamp(totals.fromMs),
    isoStamp(totals.toMs),
  ];
}

function quantityText(unit: string): string {
  return unit === 'contracts' ? 'contracts' : 'the base currency';
}

function leftOutOf(files: ImportSummary['files']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [what, count] of files.flatMap(({ leftOut }) => [...leftOut])) {
    counts.set(what, (counts.get(what) ?? 0) + count);
  }
  return counts;
}

/** Rows that begin or end further from midnight are of a part of the day. */
const WHOLE_DAY_MS = 60 * MINUTE_MS;

/** `_dataset.json` says the rest, but not that files begin or end within a day. */
function nextCommand(streams: readonly StreamTotals[], root: string): string {
  const symbols = [...new Set(streams.map(({ symbol }) => symbol))].join(',');
  const fromMs = Math.min(...streams.map((totals) => totals.fromMs));
  const toMs = Math.max(...streams.map((totals) => totals.toMs));
  const [from, to] = [dateOf(fromMs), dateOf(toMs)];
  const days = from === to ? `--from ${from}` : `--from ${from} --to ${to}`;
  const isPart =
    fromMs - dayRange(from).fromMs > WHOLE_DAY_MS || dayRange(to).toMs - toMs > WHOLE_DAY_MS;
  const minutes = {
    fromMs: Math.floor(fromMs / MINUTE_MS) * MINUTE_MS,
    toMs: Math.ceil((toMs + 1) / MINUTE_MS) * MINUTE_MS,
  };
  const expected = isPart ? ` --expect ${isoStamp(minutes.fromMs)}/${isoStamp(minutes.toMs)}` : '';
  return `flowbars run --raw ${shellWord(root)} --out aggregated --symbols ${symbols} ${days}${expected}`;
}
