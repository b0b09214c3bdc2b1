/** The page of `flowbars ls`: a row per symbol-day, or per symbol where there are many. */
import type {
  ListedSymbol,
  RecordedDayEntry,
  RecordedStream,
  Recording,
} from '../../core/recorded/recording-shape.js';
import { noChunkText, unpackAdvice } from '../../core/recorded/name-meaning.js';
import { STREAMS } from '../../core/rule/symbol-day.js';
import { counted } from '../../core/unit/words.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatMegabytes } from '../screen/figures.js';
import { foldedByParts } from '../screen/page.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { cutToWidth, printable, textWidth } from '../screen/text-width.js';

/** Rows of a page; with more symbol-days than this it has a row per symbol. */
export const LISTED_ROWS_MAX = 200;
/** Gaps named in a row. */
const GAPS_NAMED_MAX = 3;
/** Of a table: its titles and the rule below them. */
const HEADER_LINES = 2;
/** Before what stands below a row. */
const HANGING = '    ';

interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
  /** What stands below each row. */
  readonly notes: readonly (readonly string[])[];
}

export function printRecording(recording: Recording, terminal: Terminal): void {
  const { symbols, symbol_days: days } = recording;
  terminal.write(`${recording.raw}: ${headline(recording)}\n`);
  if (days === 0) return;
  const table = days > LISTED_ROWS_MAX ? symbolTable(symbols) : dayTable(symbols);
  const { rows } = table;
  const shown = rows.slice(0, LISTED_ROWS_MAX);
  terminal.write('\n');
  const lines = fittedLines({ ...table, rows: shown }, terminal.columns());
  for (const line of lines) terminal.write(`${line}\n`);
  if (rows.length > shown.length) {
    terminal.write(`… and ${formatCount(rows.length - shown.length)} more; --json has all\n`);
  }
  if (!recording.counted) {
    terminal.write('too many symbol-days to count chunks: narrow --symbols, --from or --to\n');
  }
}

/** A last column that is too wide stands below its row, folded. */
function fittedLines({ columns, rows, notes }: Table, width: number): string[] {
  const lines = tableLines(columns, rows);
  const last = columns.at(-1);
  const isTooWide = last?.align === 'left' && lines.some((line) => textWidth(line) > width);
  const shown = isTooWide
    ? tableLines(
        columns.slice(0, -1),
        rows.map((row) => row.slice(0, -1)),
      )
    : lines;
  return shown.flatMap((line, index) => {
    const cell = rows[index - HEADER_LINES]?.at(-1) ?? '';
    const below = [
      ...(isTooWide && cell !== '' ? [`${last.title}: ${cell}`] : []),
      ...(notes[index - HEADER_LINES] ?? []),
    ];
    const under = below.flatMap((text) => foldedByParts(text, width - HANGING.length));
    return [cutToWidth(line, width), ...under.map((text) => HANGING + text)];
  });
}

function headline(recording: Recording): string {
  const { symbols, symbol_days: days, from, to, chunks, bytes, listings } = recording;
  if (from === null || to === null) return 'nothing recorded';
  const range = from === to ? from : `${from} to ${to}`;
  const size = recording.counted
    ? `, ${formatCount(chunks)} chunks, ${formatMegabytes(bytes)}`
    : '';
  const asked = recording.raw.startsWith('gs://') ? `, ${formatCount(listings)} listings` : '';
  const what = `${counted(symbols.length, 'symbol')}, ${formatCount(days)} ${days === 1 ? 'symbol-day' : 'symbol-days'}`;
  return `${what}, ${range}${size}${asked}`;
}

function dayTable(symbols: readonly ListedSymbol[]): Table {
  const columns = columnsOf('symbol', 'day', '#trades', '#depth', '#size', 'first', 'last', 'gaps');
  const rows = symbols.flatMap(({ symbol, days }) =>
    days.map((day) => {
      const streams = streamsOf(day);
      const firsts = streams.flatMap(({ first }) => first ?? []).toSorted();
      const lasts = streams.flatMap(({ last }) => last ?? []).toSorted();
      return [
        symbol,
        day.date,
        chunksText(day, 'trades'),
        chunksText(day, 'depth'),
        formatMegabytes(sumOf(streams, ({ bytes }) => bytes)),
        clockOf(firsts.at(0)),
        clockOf(lasts.at(-1)),
        gapsText(day),
      ];
    }),
  );
  return { columns, rows, notes: symbols.flatMap(({ days }) => days.map(packedTexts)) };
}

function symbolTable(symbols: readonly ListedSymbol[]): Table {
  const columns = columnsOf(
    'symbol',
    '#days',
    'first',
    'last',
    '#no trades',
    '#no depth',
    '#chunks',
    '#size',
    '#missing',
  );
  const rows = symbols.map(({ symbol, days }) => {
    const streams = days.flatMap(streamsOf);
    const without = (stream: 'trades' | 'depth'): string =>
      formatCount(days.filter((day) => !day.streams.includes(stream)).length);
    const figures =
      streams.length === 0
        ? ['–', '–', '–']
        : [
            formatCount(sumOf(streams, ({ chunks }) => chunks)),
            formatMegabytes(sumOf(streams, ({ bytes }) => bytes)),
            formatCount(sumOf(streams, ({ missing }) => missing)),
          ];
    return [
      symbol,
      formatCount(days.length),
      days.at(0)?.date ?? '',
      days.at(-1)?.date ?? '',
      without('trades'),
      without('depth'),
      ...figures,
    ];
  });
  return { columns, rows, notes: [] };
}

/** A title with `#` is that of a number. */
function columnsOf(...titles: readonly string[]): TableColumn[] {
  return titles.map((title) =>
    title.startsWith('#') ? { title: title.slice(1), align: 'right' } : { title, align: 'left' },
  );
}

function streamsOf({ trades, depth }: RecordedDayEntry): RecordedStream[] {
  return [trades ?? [], depth ?? []].flat();
}

function chunksText(day: RecordedDayEntry, stream: 'trades' | 'depth'): string {
  const listed = day[stream];
  return listed === null ? 'none' : formatCount(listed.chunks);
}

/** `trades 02:10-02:14, 13:00-24:00, … (7 in all)`, for each stream. */
function gapsText(day: RecordedDayEntry): string {
  return STREAMS.flatMap((stream) => {
    const listed = day[stream];
    if (listed === null || listed.gap_count === 0) return [];
    const named = listed.gaps
      .slice(0, GAPS_NAMED_MAX)
      .map(({ from, to }) => `${clockOf(from)}-${clockOf(to, day.date)}`);
    const rest =
      listed.gap_count > named.length ? `, … (${formatCount(listed.gap_count)} in all)` : '';
    return [`${stream} ${named.join(', ')}${rest}`];
  }).join('; ');
}

/** `1 file that is no chunk: X.zip: unpack it`, for each stream. */
function packedTexts(day: RecordedDayEntry): string[] {
  return streamsOf(day).flatMap(({ packed, first_packed: first }) => {
    if (first === null) return [];
    const advice = unpackAdvice(first);
    return [`${printable(noChunkText(packed, first))}${advice === undefined ? '' : `: ${advice}`}`];
  });
}

/** `02:10`; the end of `date` is 24:00. */
function clockOf(stamp: string | undefined, date?: string): string {
  if (stamp === undefined) return '–';
  return date !== undefined && !stamp.startsWith(date) ? '24:00' : stamp.slice(11, 16);
}

function sumOf(
  streams: readonly RecordedStream[],
  figure: (stream: RecordedStream) => number,
): number {
  return streams.reduce((total, stream) => total + figure(stream), 0);
}
