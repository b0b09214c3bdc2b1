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

/** A chunk of a stream, a file made from it, or one of the JSON documents. */
export type FileKind = StreamName | MadeKind | 'json';
type MadeKind = 'bars' | 'signals' | 'patterns';

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

interface MadeSigns {
  readonly kind: MadeKind;
  /** Columns that only these files have: one of them is enough. */
  readonly columns: readonly (BarColumn | SignalColumn | PatternColumn)[];
  readonly name: RegExp;
}

const MADE: readonly MadeSigns[] = [
  {
    kind: 'bars',
    columns: ['vwap', 'vol_total'],
    name: /\d{4}-\d{2}-\d{2}_\d+[smhd]\.csv$/,
  },
  {
    kind: 'signals',
    columns: ['fill_reason', 'taker_orders'],
    name: /\d{4}-\d{2}-\d{2}_\d+[smhd]_signals\.csv$/,
  },
  {
    kind: 'patterns',
    columns: ['confirmed', 'outcome_60s_bps'],
    name: /\d{4}-\d{2}-\d{2}_patterns\.csv$/,
  },
];

/** Undefined if neither tells. */
export function fileKind(signs: FileSigns): FileKind | undefined {
  const { name, firstLine, fields, columns, streamNames } = signs;
  const plainName = name.replace(/\.gz$/, '');
  if (plainName.endsWith('.json')) return 'json';
  // Below a folder of a stream it is a chunk of json lines, which decoding names.
  if (firstLine.startsWith('{') && streamOfName(plainName, streamNames) === undefined)
    return 'json';
  const hasHeader = fields !== undefined && isHeader(fields);
  const named = hasHeader ? fields : [];
  return (
    MADE.find((made) => made.columns.some((column) => named.includes(column)))?.kind ??
    streamOfName(plainName, streamNames) ??
    (hasHeader ? streamOfHeader(fields, columns) : streamOfRow(fields ?? [])) ??
    MADE.find((made) => made.name.test(plainName))?.kind
  );
}

/** The last date in a path: that of the chunk's folder or of the file itself. */
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
