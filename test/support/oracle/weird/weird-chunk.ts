/**
 * Specifications of odd chunks and their rendering. A specification is data that fast-check can shrink.
 * The rendering is a pure function of it and gives out nearly consecutive trade ids.
 */
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Stream } from '../chunk.js';
import type { AddedColumn } from '../columns.js';
import { chunkName, dayStartMs, depthHeader, tradesHeader } from '../raw-text.js';
import type { OracleObject } from '../reading.js';
import { timestampText } from './weird-cells.js';
import type { TimeUnitDigits } from './weird-cells.js';
import type { RowSpec } from './weird-row.js';

type HeaderKind = 'canonical' | 'own' | 'none' | 'bad';
type LineEnd = '\n' | '\r\n' | '\r\r\n' | 'mixed';
type Quoting = 'needed' | 'all' | 'some';
type Wrapping = 'plain' | 'gzip' | 'members' | 'truncated';

export interface ChunkSpec {
  stream: Stream;
  /** Counted from 00:00 of the day. */
  minute: number;
  suffix: string;
  wrapping: Wrapping;
  /** In place of rows, if defined. */
  junk: string | undefined;
  header: HeaderKind;
  /** Columns in file order, for the header kind `own`; for `none` only their number matters. */
  columns: string[];
  /** Picks each column's name in a header of the kind `own`, by the column's place. */
  namePicks: number[];
  /** The header line is also in front of this row. */
  repeatsHeaderAt: number | undefined;
  badHeader: 'missing' | 'repeated' | 'clash' | 'control' | 'short' | 'long';
  unit: TimeUnitDigits;
  byteOrderMark: boolean;
  lineEnd: LineEnd;
  lastLineEnds: boolean;
  quoting: Quoting;
  inTimeOrder: boolean;
  /** Whether a second object has the same content with other compression. */
  hasTwin: boolean;
  rows: RowSpec[];
}

const required: Readonly<Record<Stream, string[]>> = {
  trades: tradesHeader.split(','),
  depth: depthHeader.split(','),
};

const optional: Readonly<Record<Stream, string[]>> = {
  trades: ['trade_id', 'exec_type', 'receive_time', 'event_time'],
  depth: ['update_id', 'receive_time', 'event_time'],
};

/** Other names of the columns; a few mean something only with the option of addedColumns. */
const otherNames: Readonly<Record<Stream, Readonly<Record<string, string[]>>>> = {
  trades: {
    timestamp: ['time', 'Transact_Time', 'trade_time', 'T', 'TIMESTAMP', 'when'],
    price: ['p', 'Price'],
    quantity: ['qty', 'amount', 'SIZE', 'q'],
    is_buyer_maker: ['isBuyerMaker', 'ISBUYERMAKER', 'm'],
    side: ['side', 'Side', 'taker'],
    trade_id: ['id', 'tradeId', 'agg_trade_id', 'aggTradeId', 't', 'a'],
    exec_type: ['X', 'EXEC_TYPE'],
    receive_time: ['local_timestamp', 'recv_time'],
    event_time: ['E'],
    symbol: ['s', 'Symbol'],
  },
  depth: {
    timestamp: ['time', 'T', 'Timestamp', 'when'],
    bids: ['b', 'BIDS'],
    asks: ['a', 'Asks'],
    update_id: ['lastUpdateId', 'last_update_id', 'u'],
    receive_time: ['local_timestamp', 'recv_time'],
    event_time: ['E'],
    symbol: ['s', 'Symbol'],
  },
};

/** What `--columns` says in some recordings. */
export const addedColumns: AddedColumn[] = [
  { stream: 'trades', name: 'when', column: 'timestamp' },
  { stream: 'trades', name: 'TAKER', column: 'side' },
  { stream: 'trades', name: 'a', column: 'receive_time' },
  { stream: 'depth', name: 'when', column: 'timestamp' },
];

/** Columns in any order with any optional and a few unknown ones. */
export function columnsOf(stream: Stream): Arbitrary<string[]> {
  return fc
    .tuple(
      fc.subarray([...optional[stream], 'symbol']),
      fc.subarray(['note', 'note', 'exchange', 'trade_id ']),
      // Beside the column's own name a synonym means nothing; alone it is the column, with odd cells.
      fc.constantFrom([], [], [], ['T'], ['qty', 'amount'], ['id'], ['a'], ['U', 'u'], ['side']),
      fc.nat({ max: 3 }),
    )
    .chain(([known, unknown, synonyms, aggressor]) => {
      const needed = required[stream].map((name) =>
        name === 'is_buyer_maker' && aggressor === 0 ? 'side' : name,
      );
      const all = [...needed, ...known, ...unknown, ...synonyms];
      return fc.oneof(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }));
    });
}

/** The names in the header of a chunk's columns, mostly their own. */
function ownNames({ stream, columns, namePicks }: ChunkSpec): string[] {
  return columns.map((column, index) => {
    const names = otherNames[stream][column] ?? [];
    return names[namePicks[index % Math.max(1, namePicks.length)] ?? Infinity] ?? column;
  });
}

/** The objects of a recording; of two specifications with one name the first is rendered. */
export function renderRecording(specs: ChunkSpec[]): OracleObject[] {
  const inReadOrder = [...specs].sort((a, b) => a.minute - b.minute);
  const lastIds: Record<Stream, number> = { trades: 1000, depth: 5000 };
  const contents = new Map<string, Uint8Array>();
  for (const spec of inReadOrder) {
    const text = textOf(spec, lastIds);
    const name = chunkName(spec.stream, spec.minute, spec.suffix);
    if (contents.has(name)) continue;
    contents.set(name, wrapped(text, spec.wrapping));
    if (!spec.hasTwin) continue;
    const twin = chunkName(spec.stream, spec.minute, '_twin.csv');
    if (!contents.has(twin)) contents.set(twin, wrapped(text, 'gzip'));
  }
  return [...contents].map(([name, content]) => ({ name, content }));
}

function textOf(spec: ChunkSpec, lastIds: Record<Stream, number>): string {
  if (spec.junk !== undefined) return spec.junk;
  const columns = fileColumns(spec);
  const rows = spec.rows.map((row) => ({ ...row, timeMs: rowTimeMs(spec, row) }));
  if (spec.inTimeOrder) rows.sort((a, b) => a.timeMs - b.timeMs);

  const header = spec.header === 'own' ? ownNames(spec).join(',') : columns.join(',');
  const lines = spec.header === 'none' ? [] : [header];
  for (const [index, row] of rows.entries()) {
    if (index === spec.repeatsHeaderAt && spec.header !== 'none') lines.push(header);
    lastIds[spec.stream] += row.idStep;
    const id = row.oddId ?? lastIds[spec.stream].toString();
    const timestamp =
      row.brokenTimestamp ?? timestampText(row.timeMs, row.ownUnit ?? spec.unit, row.fine);
    const cells: Record<string, string> = {
      ...row.cells,
      timestamp,
      trade_id: id,
      update_id: id,
    };
    const line = columns
      .map((name, at) => quoted(cells[name] ?? row.unknown, spec.quoting, at + row.fine))
      .join(',');
    if (row.blankBefore !== undefined) lines.push(row.blankBefore);
    lines.push(damaged(line, row.damage));
  }
  const text = lines.map((line, index) => line + lineEnd(spec.lineEnd, index)).join('');
  const cut = spec.lastLineEnds ? text : text.replace(spec.inTimeOrder ? /\r*\n$/ : /\n$/, '');
  return spec.byteOrderMark ? `\u00ef\u00bb\u00bf${cut}` : cut;
}

function rowTimeMs(spec: ChunkSpec, row: RowSpec): number {
  return dayStartMs + spec.minute * 60_000 + row.offsetMs;
}

function fileColumns(spec: ChunkSpec): string[] {
  const canonical = required[spec.stream];
  const table = [...canonical, ...optional[spec.stream]];
  switch (spec.header) {
    case 'canonical':
      return spec.columns.length % 2 === 0 ? canonical : table.slice(0, canonical.length + 1);
    case 'own':
      return spec.columns;
    case 'none':
      return table.slice(0, Math.min(table.length, spec.columns.length));
    case 'bad':
      return badColumns(spec, table);
    default:
      return spec.header satisfies never;
  }
}

function badColumns(spec: ChunkSpec, table: string[]): string[] {
  switch (spec.badHeader) {
    case 'missing':
      return table.filter((name) => name !== required[spec.stream][1]);
    case 'repeated':
      return [...table, table[spec.columns.length % table.length] ?? 'timestamp'];
    case 'clash':
      return table.map((name) => (name === 'timestamp' ? 'T' : name)).concat('time');
    case 'control':
      return [...table, 'no\tte'];
    case 'short':
      return table.slice(0, 2);
    case 'long':
      return ['0', ...table, 'more'];
    default:
      return spec.badHeader satisfies never;
  }
}

function quoted(cell: string, quoting: Quoting, turn: number): string {
  const isNeeded = /[",]/.test(cell);
  if (isNeeded || quoting === 'all' || (quoting === 'some' && turn % 3 === 0)) {
    return `"${cell.replaceAll('"', '""')}"`;
  }
  return cell;
}

function lineEnd(kind: LineEnd, index: number): string {
  if (kind === 'mixed') return index % 2 === 0 ? '\r\n' : '\n';
  return kind;
}

function damaged(line: string, damage: RowSpec['damage']): string {
  switch (damage) {
    case 'none':
      return line;
    case 'more':
      return `${line},`;
    case 'fewer':
      return line.slice(0, Math.max(0, line.lastIndexOf(',')));
    case 'stray quote':
      return `${line.slice(0, 3)}"${line.slice(3)}`;
    case 'open quote':
      return `${line},"x`;
    case 'text after quote':
      return `"${line.slice(0, 3)}"${line.slice(3)}`;
    case 'carriage return':
      return `${line}\r\r`;
    case 'cut':
      return line.slice(0, line.length >> 1);
    default:
      return damage satisfies never;
  }
}

function wrapped(text: string, wrapping: Wrapping): Uint8Array {
  const bytes = Buffer.from(text, 'latin1');
  const middle = bytes.length >> 1;
  switch (wrapping) {
    case 'plain':
      return bytes;
    case 'gzip':
      return gzipSync(bytes);
    case 'members':
      return Buffer.concat([gzipSync(bytes.subarray(0, middle)), gzipSync(bytes.subarray(middle))]);
    case 'truncated':
      return gzipSync(bytes).subarray(0, -5);
    default:
      return wrapping satisfies never;
  }
}
