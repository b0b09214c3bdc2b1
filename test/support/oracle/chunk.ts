/**
 * The oracle's reading of one object's content: gunzip, header, rows. Rows keep every fact that a later
 * rule needs; outcomes are decided elsewhere.
 */
import { gunzipSync } from 'node:zlib';
import { fieldsOf, linesOf } from './csv-line.js';
import type { Line } from './csv-line.js';
import { parseDecimalE18 } from './decimal.js';
import { levelsOf } from './json-levels.js';
import type { Level } from './json-levels.js';

export type Stream = 'trades' | 'depth';

/** The fields of every row that parses. */
interface WellFormed {
  line: number;
  /** Exchange time, cut to milliseconds. */
  timeMs: number;
  timestampDigits: number;
  /** `trade_id` or `update_id`; undefined where the column is absent or the cell empty. */
  id: string | undefined;
}

export interface TradeRow extends WellFormed {
  kind: 'trade';
  priceE18: bigint;
  quantityE18: bigint;
  takerSide: 'buy' | 'sell';
  /** Undefined where the column is absent or the cell empty. */
  execType: string | undefined;
}

export interface DepthRow extends WellFormed {
  kind: 'depth';
  bids: Level[];
  asks: Level[];
}

export interface MalformedRow {
  kind: 'malformed';
  line: number;
  /** The first bad column in the table's order; undefined where the line as a whole is bad. */
  column: string | undefined;
  found: string;
  expected: string;
}

export type Row = TradeRow | DepthRow | MalformedRow;

/** The columns of docs/INPUT.md, required ones first: the order of a chunk without a header. */
const columns: Readonly<Record<Stream, { required: string[]; optional: string[] }>> = {
  trades: {
    required: ['timestamp', 'price', 'quantity', 'is_buyer_maker'],
    optional: ['trade_id', 'exec_type', 'receive_time', 'event_time'],
  },
  depth: {
    required: ['timestamp', 'bids', 'asks'],
    optional: ['update_id', 'receive_time', 'event_time'],
  },
};

/** The decompressed content as latin1 text, or undefined where the gzip is bad. */
export function textOf(content: Uint8Array): string | undefined {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return Buffer.from(content).toString('latin1');
  try {
    return gunzipSync(content).toString('latin1');
  } catch {
    return undefined;
  }
}

/** The rows of a chunk in file order, or undefined where the chunk is unreadable. */
export function rowsOf(stream: Stream, text: string): Row[] | undefined {
  const lines = linesOf(text);
  const first = lines[0];
  const firstFields = first === undefined ? undefined : fieldsOf(first.text);
  if (firstFields === undefined) return undefined;

  const hasHeader = !/^[0-9]/.test(firstFields[0] ?? '');
  const names = hasHeader ? firstFields : namesWithoutHeader(stream, firstFields.length);
  if (names === undefined || !namesAreGood(stream, names)) return undefined;

  const rows = (hasHeader ? lines.slice(1) : lines).map((line) => rowOf(stream, names, line));
  const units = new Set(
    rows.flatMap((row) => (row.kind === 'malformed' ? [] : row.timestampDigits)),
  );
  return units.size > 1 ? undefined : rows;
}

function namesWithoutHeader(stream: Stream, fieldCount: number): string[] | undefined {
  const all = [...columns[stream].required, ...columns[stream].optional];
  return fieldCount > all.length ? undefined : all.slice(0, fieldCount);
}

function namesAreGood(stream: Stream, names: string[]): boolean {
  const timesNamed = (wanted: string): number => names.filter((name) => name === wanted).length;
  return (
    columns[stream].required.every((wanted) => timesNamed(wanted) === 1) &&
    columns[stream].optional.every((wanted) => timesNamed(wanted) <= 1)
  );
}

function rowOf(stream: Stream, names: string[], line: Line): Row {
  const fields = fieldsOf(line.text);
  if (fields === undefined) {
    return malformed(line, undefined, line.text.slice(0, 100), 'a line of RFC 4180');
  }
  if (fields.length !== names.length) {
    return malformed(line, undefined, `${fields.length} fields`, `${names.length} fields`);
  }
  const cells = new Map(names.map((name, index) => [name, fields[index] ?? '']));
  return stream === 'trades' ? tradeRowOf(cells, line) : depthRowOf(cells, line);
}

function tradeRowOf(cells: Map<string, string>, line: Line): Row {
  const timestamp = cells.get('timestamp') ?? '';
  const price = cells.get('price') ?? '';
  const quantity = cells.get('quantity') ?? '';
  const isBuyerMaker = cells.get('is_buyer_maker') ?? '';

  const timeMs = timeMsOf(timestamp);
  if (timeMs === undefined) return malformed(line, 'timestamp', timestamp, '13, 16 or 19 digits');
  const priceE18 = parseDecimalE18(price);
  if (priceE18 === undefined) return malformed(line, 'price', price, 'a decimal of 18.18 digits');
  const quantityE18 = parseDecimalE18(quantity);
  if (quantityE18 === undefined) {
    return malformed(line, 'quantity', quantity, 'a decimal of 18.18 digits');
  }
  const takerSide = takerSideOf(isBuyerMaker);
  if (takerSide === undefined) {
    return malformed(line, 'is_buyer_maker', isBuyerMaker, 'true, false, 1 or 0');
  }
  return {
    kind: 'trade',
    line: line.number,
    timeMs,
    timestampDigits: timestamp.length,
    id: cells.get('trade_id') || undefined,
    priceE18,
    quantityE18,
    takerSide,
    execType: cells.get('exec_type') || undefined,
  };
}

function depthRowOf(cells: Map<string, string>, line: Line): Row {
  const timestamp = cells.get('timestamp') ?? '';
  const timeMs = timeMsOf(timestamp);
  if (timeMs === undefined) return malformed(line, 'timestamp', timestamp, '13, 16 or 19 digits');
  const bids = levelsOf(cells.get('bids') ?? '');
  if (bids === undefined) {
    return malformed(line, 'bids', cells.get('bids') ?? '', '0 to 20 [price, quantity] pairs');
  }
  const asks = levelsOf(cells.get('asks') ?? '');
  if (asks === undefined) {
    return malformed(line, 'asks', cells.get('asks') ?? '', '0 to 20 [price, quantity] pairs');
  }
  return {
    kind: 'depth',
    line: line.number,
    timeMs,
    timestampDigits: timestamp.length,
    id: cells.get('update_id') || undefined,
    bids,
    asks,
  };
}

/** Milliseconds are the first 13 digits, whatever the unit. */
function timeMsOf(text: string): number | undefined {
  return /^(?:[0-9]{13}|[0-9]{16}|[0-9]{19})$/.test(text) ? Number(text.slice(0, 13)) : undefined;
}

/** A buyer who is the maker was hit by a seller. */
function takerSideOf(isBuyerMaker: string): 'buy' | 'sell' | undefined {
  switch (isBuyerMaker.toLowerCase()) {
    case 'true':
    case '1':
      return 'sell';
    case 'false':
    case '0':
      return 'buy';
    default:
      return undefined;
  }
}

function malformed(
  line: Line,
  column: string | undefined,
  found: string,
  expected: string,
): MalformedRow {
  return { kind: 'malformed', line: line.number, column, found, expected };
}
