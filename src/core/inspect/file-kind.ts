/** Tells what a file is by its first line, else by its name. */
import type { BarColumn } from '../column/bar-table.js';
import { STREAM_COLUMNS } from '../decode/chunk-columns.js';
import type { StreamNames } from '../rule/stream-names.js';
import { STREAMS, type StreamName } from '../rule/symbol-day.js';
import { type UtcDate, parseUtcDate } from '../unit/utc-date.js';

/** A chunk of a stream, a bar file, or one of the JSON documents. */
export type FileKind = StreamName | 'bars' | 'json';

export interface FileSigns {
  /** Path or URI. */
  readonly name: string;
  /** The first non-blank line, without its line end and byte-order mark. */
  readonly firstLine: string;
  /** Its fields; undefined if it is not a CSV record. */
  readonly fields: readonly string[] | undefined;
  /** The folders of the streams. */
  readonly streamNames: StreamNames;
}

/** Columns that only bar files have: one of them is enough. */
const BAR_SIGNS: readonly BarColumn[] = ['vwap', 'vol_total'];

/** Undefined if neither tells. */
export function fileKind({
  name,
  firstLine,
  fields,
  streamNames,
}: FileSigns): FileKind | undefined {
  const plainName = name.replace(/\.gz$/, '');
  if (firstLine.startsWith('{') || plainName.endsWith('.json')) return 'json';
  const hasHeader = fields !== undefined && !/^\d/.test(fields[0] ?? '');
  if (hasHeader && BAR_SIGNS.some((column) => fields.includes(column))) return 'bars';
  return (
    streamOfName(plainName, streamNames) ??
    streamOfFields(fields ?? [], hasHeader) ??
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

function streamOfFields(fields: readonly string[], hasHeader: boolean): StreamName | undefined {
  if (!hasHeader) {
    if (fields.some((field) => field.startsWith('['))) return 'depth';
    const { required, optional } = STREAM_COLUMNS.trades;
    const isTrade = /^(?:true|false|0|1)$/i.test(fields[3] ?? '');
    return isTrade && fields.length <= required.length + optional.length ? 'trades' : undefined;
  }
  if (fields.includes('bids') || fields.includes('asks')) return 'depth';
  return fields.includes('is_buyer_maker') || fields.includes('quantity') ? 'trades' : undefined;
}

function barsByName(name: string): FileKind | undefined {
  const isBars = /\/?\d{4}-\d{2}-\d{2}_\d+[smhd]\.csv$/.test(name);
  return isBars ? 'bars' : undefined;
}
