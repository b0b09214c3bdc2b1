/** The page of `flowbars scoreboard --events`: a table per symbol-day, with the lines of its files. */
import type { ListedEvent, ListedEvents } from '../../core/score/pattern-documents.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatCounted, formatRounded } from '../screen/figures.js';
import { printFolded } from '../screen/page.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { cutToWidth, printable, textWidth } from '../screen/text-width.js';
import { leftOutWords, printLeftOut } from './left-out-lines.js';
import type { Advice } from './publish-advice.js';

/** Events in the tables; `--json` has all. */
export const EVENT_ROWS_MAX = 200;

const MOVE_DECIMALS = 2;

interface EventColumn extends TableColumn {
  readonly cell: (event: ListedEvent) => string;
  /** Left out where the table is too wide. */
  readonly isExtra?: true;
}

const COLUMNS: readonly EventColumn[] = [
  { title: 'known at', align: 'left', cell: ({ confirmed }) => confirmed.slice(11, 19) },
  { title: 'pattern', align: 'left', cell: ({ pattern }) => pattern },
  { title: 'to', align: 'left', cell: ({ direction }) => direction },
  { title: 'price', align: 'right', cell: ({ price }) => price },
  { title: 'strength', align: 'right', cell: ({ strength }) => strength, isExtra: true },
  { title: 'threshold', align: 'right', cell: ({ threshold }) => threshold, isExtra: true },
  { title: '10 s', align: 'right', cell: ({ outcome_10s_bps: bps }) => moveText(bps) },
  { title: '60 s', align: 'right', cell: ({ outcome_60s_bps: bps }) => moveText(bps) },
  { title: '300 s', align: 'right', cell: ({ outcome_300s_bps: bps }) => moveText(bps) },
  { title: 'lines', align: 'left', cell: linesText },
];

/** `advice` is for symbol-days without patterns. */
export function printEvents(listed: ListedEvents, advice: Advice, terminal: Terminal): void {
  const shown = listed.events.slice(0, EVENT_ROWS_MAX);
  const byFile = Map.groupBy(shown, ({ patterns }) => patterns.file);
  const columns = fittingColumns(byFile.values(), terminal.columns());
  for (const events of byFile.values()) printDay(events, columns, terminal);
  const omitted = listed.events.length - shown.length;
  if (omitted > 0) terminal.write(`… and ${formatCount(omitted)} more, --json has all\n\n`);
  if (shown.length > 0) {
    const without =
      columns.length < COLUMNS.length ? '; --json has strength and threshold as well' : '';
    printFolded(
      '10 s, 60 s, 300 s: what the price did after it, in basis points, plus where the pattern points',
      terminal,
    );
    printFolded(`lines: of both files named above; line 1 is the header${without}`, terminal);
    printFolded(explainWords(shown), terminal);
    terminal.write('\n');
  }
  printLeftOut(listed, advice, terminal);
}

/** How to see one of them down to its rows. */
function explainWords([first]: readonly ListedEvent[]): string {
  const { symbol = '', confirmed = '' } = first ?? {};
  return `one of them down to its rows: flowbars explain --symbol ${symbol} --at ${confirmed} --event, with --raw and --out`;
}

/** `283 events of 2 symbol-days; aggregated, 2025-12-10 to 2025-12-11`. */
export function eventsSentence(listed: ListedEvents): string {
  const { events, symbol_days: days, out, from, to } = listed;
  const counts = `${formatCounted(events.length, 'event')} of ${formatCounted(days, 'symbol-day')}`;
  return `${counts}${leftOutWords(listed)}; ${printable(out)}, ${from} to ${to}`;
}

/** One choice for all tables. */
function fittingColumns(
  tables: Iterable<readonly ListedEvent[]>,
  width: number,
): readonly EventColumn[] {
  const isFitting = [...tables].every((events) =>
    linesOf(events, COLUMNS).every((line) => textWidth(line) <= width),
  );
  return isFitting ? COLUMNS : COLUMNS.filter(({ isExtra }) => isExtra !== true);
}

function linesOf(events: readonly ListedEvent[], columns: readonly EventColumn[]): string[] {
  return tableLines(
    columns,
    events.map((event) => columns.map(({ cell }) => cell(event))),
  );
}

function printDay(
  events: readonly ListedEvent[],
  columns: readonly EventColumn[],
  terminal: Terminal,
): void {
  const [first] = events;
  if (first === undefined) return;
  const files = [first.signals, first.bars].flatMap((lines) => lines?.file ?? []);
  const date = first.from.slice(0, 10);
  const read = files.length === 0 ? 'the rows of a second are not published' : files.join(', ');
  printFolded(`${first.symbol} ${date}: ${read}`, terminal);
  const [header = '', rule = '', ...rows] = linesOf(events, columns);
  const width = terminal.columns();
  terminal.write(`${terminal.paint('bold', cutToWidth(header, width))}\n`);
  for (const line of [rule, ...rows]) terminal.write(`${cutToWidth(line, width)}\n`);
  terminal.write('\n');
}

function moveText(bps: string | null): string {
  return bps === null ? '–' : formatRounded(bps, MOVE_DECIMALS);
}

/** Of the signals file; those of the bars file are the same seconds. */
function linesText({ signals, bars }: ListedEvent): string {
  const lines = signals ?? bars;
  if (lines === null) return '–';
  const { from_line: from, to_line: to } = lines;
  return from === to ? String(from) : `${from}-${to}`;
}
