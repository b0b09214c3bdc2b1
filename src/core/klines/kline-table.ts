/**
 * Reads Binance's official 1m klines as in its archives: with or without a header, time in milliseconds
 * or, in spot files since 2025, in microseconds.
 */
import { FlowbarsError } from '../unit/errors.js';
import { MINUTE_MS, isoStamp } from '../unit/utc-date.js';
import {
  figureOf,
  MINUTE_COLUMNS,
  type MinuteColumn,
  type MinuteFigures,
  QUOTE_COLUMNS,
} from './minute-figures.js';

/** Klines of one file; a month has 44,640 minutes. */
export const KLINES_MAX = 2_000_000;

export interface Kline {
  /** Open time, exchange clock. */
  readonly timeMs: number;
  readonly figures: MinuteFigures;
}

/** The columns of the archives, in order; files without a header have the same. */
const ARCHIVE_COLUMNS: readonly string[] = [
  'open_time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'close_time',
  'quote_volume',
  'count',
  'taker_buy_volume',
  'taker_buy_quote_volume',
  'ignore',
];
/** Other names of these columns, in libraries and older archives. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  number_of_trades: 'count',
  trades: 'count',
  taker_buy_base_volume: 'taker_buy_volume',
  taker_buy_base_asset_volume: 'taker_buy_volume',
  quote_asset_volume: 'quote_volume',
  taker_buy_quote_asset_volume: 'taker_buy_quote_volume',
};
const OPTIONAL: ReadonlySet<string> = new Set(QUOTE_COLUMNS);
const REQUIRED: readonly string[] = [
  'open_time',
  ...MINUTE_COLUMNS.filter((column) => !OPTIONAL.has(column)),
];
/** Units of one millisecond by the digits of the epoch. */
const UNITS_PER_MS: Readonly<Record<number, number>> = { 13: 1, 16: 1_000, 19: 1_000_000 };

/** `table`: every record of the file. Throws a FlowbarsError of kind `data`. */
export function readKlines(table: readonly (readonly string[])[], where: string): Kline[] {
  const first = table[0] ?? [];
  const hasHeader = !/^\d/.test(first[0] ?? '');
  const columnAt = columnIndexes(hasHeader ? first.map(knownName) : ARCHIVE_COLUMNS, where);
  const rows = table.slice(hasHeader ? 1 : 0);
  if (rows.length === 0) throw faulty(where, 'klines', 'no row', 'at least one kline');
  if (rows.length > KLINES_MAX) {
    throw faulty(where, 'klines', `${rows.length} rows`, `at most ${KLINES_MAX}`);
  }
  const digits = rows[0]?.[columnAt.get('open_time') ?? -1]?.length ?? 0;
  const fieldCount = first.length;
  return rows.map((row, index) => {
    const place = `${where} line ${index + (hasHeader ? 2 : 1)}`;
    if (row.length !== fieldCount) {
      throw faulty(place, 'kline', `${row.length} fields`, `${fieldCount} as in the first line`);
    }
    return readKline((column) => row[columnAt.get(column) ?? -1], digits, place);
  });
}

/** The klines of several files by time. Throws if two of one minute differ, or one alone has quote volumes. */
export function klinesByTime(files: readonly (readonly Kline[])[]): Map<number, MinuteFigures> {
  const byTime = new Map<number, MinuteFigures>();
  for (const { timeMs, figures } of files.flat()) {
    const found = byTime.get(timeMs);
    if (found !== undefined && MINUTE_COLUMNS.some((column) => found[column] !== figures[column])) {
      const stamp = isoStamp(timeMs);
      throw faulty(stamp, 'klines', 'two different klines', 'one kline per minute');
    }
    byTime.set(timeMs, figures);
  }
  return byTime;
}

function knownName(name: string): string {
  const plain = name.trim().toLowerCase().replaceAll(' ', '_');
  return OTHER_NAMES[plain] ?? plain;
}

function columnIndexes(names: readonly string[], where: string): Map<string, number> {
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const found = `'${names.join(',').slice(0, 80)}'`;
    throw faulty(where, 'header', found, `the columns of klines (missing: ${missing.join(', ')})`);
  }
  return new Map(names.map((name, index) => [name, index]));
}

/** `cell`: undefined if the file has no such column. */
function readKline(
  cell: (column: string) => string | undefined,
  digits: number,
  place: string,
): Kline {
  const openText = cell('open_time') ?? '';
  const timeMs = openTimeMs(openText, digits, place);
  const closeText = cell('close_time') ?? '';
  const closeMs = closeText === '' ? timeMs : openTimeMs(closeText, digits, place);
  if (timeMs % MINUTE_MS !== 0 || Math.floor(closeMs / MINUTE_MS) * MINUTE_MS !== timeMs) {
    const found = `'${openText}' to '${closeText}'`;
    throw faulty(place, 'column open_time', found, 'the start of a minute, in 1m klines');
  }
  const figure = (column: MinuteColumn): bigint | undefined => {
    const text = cell(column);
    if (text === undefined) return undefined;
    const value = figureOf(text);
    if (value !== undefined && value >= 0n) return value;
    throw faulty(place, `column ${column}`, `'${text}'`, 'a number, not negative');
  };
  return {
    timeMs,
    figures: {
      open: figure('open'),
      high: figure('high'),
      low: figure('low'),
      close: figure('close'),
      volume: figure('volume'),
      taker_buy_volume: figure('taker_buy_volume'),
      count: figure('count'),
      quote_volume: figure('quote_volume'),
      taker_buy_quote_volume: figure('taker_buy_quote_volume'),
    },
  };
}

/** The time cut to milliseconds. All times of a file have the same unit. */
function openTimeMs(text: string, digits: number, place: string): number {
  const unitsPerMs = UNITS_PER_MS[digits];
  if (unitsPerMs === undefined || text.length !== digits || !/^\d+$/.test(text)) {
    const expected =
      unitsPerMs === undefined
        ? 'an epoch of 13, 16 or 19 digits'
        : `an epoch of ${digits} digits as in the first row`;
    throw faulty(place, 'column open_time', `'${text.slice(0, 40)}'`, expected);
  }
  return Number(BigInt(text) / BigInt(unitsPerMs));
}

function faulty(where: string, what: string, found: string, expected: string): FlowbarsError {
  return new FlowbarsError('data', { where, what, found, expected });
}
