/** Tells what a file is by its first line, else by its name. */
import type { BarColumn } from '../column/bar-table.js';
import type { PatternColumn } from '../column/pattern-table.js';
import type { SignalColumn } from '../column/signal-table.js';
import { isHeader } from '../decode/chunk-columns.js';
import { columnMeanings } from '../decode/column-names.js';
import type { NamedColumn } from '../rule/named-columns.js';
import { requiredColumns, tableOrder } from '../rule/recorded-columns.js';
import type { StreamNames } from '../rule/stream-names.js';
import { STREAMS, type StreamName } from '../rule/symbol-day.js';
import { type UtcDate, parseUtcDate } from '../unit/utc-date.js';

/** A chunk of a stream, a file of rows, or one of the JSON documents. */
export type FileKind = StreamName | RowsKind | 'json';
type RowsKind = 'bars' | 'signals' | 'patterns';

export interface FileSigns {
  /** Path or URI. */
  readonly name: string;
  /** The first non-blank line, without its line end and byte-order mark. */
  readonly firstLine: string;
  /** Its fields; undefined if it is not a CSV record. */
  readonly fields: readonly string[] | undefined;
  /** Names of columns beside those of docs/INPUT.md. */
  readonly columns: readonly NamedColumn[];
  /** The folders of the streams. */
  readonly streamNames: StreamNames;
}

/** Columns that only files of this kind have: one of them is enough. */
const ROWS_SIGNS: Readonly<Record<RowsKind, readonly string[]>> = {
  bars: ['vwap', 'vol_total'] satisfies readonly BarColumn[],
  signals: ['fill_reason', 'cvd'] satisfies readonly SignalColumn[],
  patterns: ['confirmed', 'strength'] satisfies readonly PatternColumn[],
};
const ROWS_KINDS: readonly RowsKind[] = ['bars', 'signals', 'patterns'];

/** Undefined if neither tells. */
export function fileKind(signs: FileSigns): FileKind | undefined {
  const { name, firstLine, fields, columns, streamNames } = signs;
  const plainName = name.replace(/\.gz$/, '');
  if (plainName.endsWith('.json')) return 'json';
  // Below a folder of a stream it is a chunk of json lines, which decoding names.
  if (firstLine.startsWith('{') && streamOfName(plainName, streamNames) === undefined)
    return 'json';
  const hasHeader = fields !== undefined && isHeader(fields);
  const rows = ROWS_KINDS.find((kind) =>
    ROWS_SIGNS[kind].some((column) => fields?.includes(column)),
  );
  if (hasHeader && rows !== undefined) return rows;
  return (
    streamOfName(plainName, streamNames) ??
    (hasHeader ? streamOfHeader(fields, columns) : streamOfRow(fields ?? [])) ??
    barsByName(plainName)
  );
}

/** The last date in a path: that of the chunk's folder or of the bar file. */
export function dateInName(name: string): UtcDate | undefined {
  const [text = ''] = name.match(/\d{4}-\d{2}-\d{2}/g)?.toReversed() ?? [];
  return parseUtcDate(text);
}

/** The folder nearest to the file that is named like a stream. */
function streamOfName(name: string, names: StreamNames): StreamName | undefined {
  const segments = name.normalize('NFC').split('/').toReversed();
  const streams = segments.flatMap(
    (segment) => STREAMS.find((stream) => names[stream].normalize('NFC') === segment) ?? [],
  );
  return streams[0];
}

function streamOfRow(fields: readonly string[]): StreamName | undefined {
  if (fields.some((field) => field.startsWith('['))) return 'depth';
  const isTrade = /^(?:true|false|0|1)$/i.test(fields[3] ?? '');
  return isTrade && fields.length <= tableOrder('trades').length ? 'trades' : undefined;
}

/** The stream of which the header names more of the columns that only that stream must have. */
function streamOfHeader(
  names: readonly string[],
  named: readonly NamedColumn[],
): StreamName | undefined {
  const [trades = 0, depth = 0] = STREAMS.map((stream) => {
    const meanings = columnMeanings(stream, names, named);
    const found = 'columns' in meanings ? meanings.columns : [];
    return requiredColumns(stream).filter((name) => name !== 'timestamp' && found.includes(name))
      .length;
  });
  if (trades === depth) return undefined;
  return trades > depth ? 'trades' : 'depth';
}

function barsByName(name: string): FileKind | undefined {
  const isBars = /\/?\d{4}-\d{2}-\d{2}_\d+[smhd]\.csv$/.test(name);
  return isBars ? 'bars' : undefined;
}
