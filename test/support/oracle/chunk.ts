/**
 * The oracle's reading of one object's content: gunzip, header, rows. Rows keep every fact that a later
 * rule needs; outcomes are decided elsewhere.
 */
import { gunzipSync } from 'node:zlib';
import { headerOf, headless } from './columns.js';
import type { AddedColumn, Header } from './columns.js';
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

/** The decompressed content as latin1 text, or undefined where the gzip is bad. */
export function textOf(content: Uint8Array): string | undefined {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return Buffer.from(content).toString('latin1');
  try {
    return gunzipSync(content).toString('latin1');
  } catch {
    return undefined;
  }
}

/** A readable chunk. */
export interface Chunk {
  /** In file order. */
  rows: Row[];
  /** Names of columns that mean nothing. */
  ignored: string[];
  /** The trade ids are those of aggregate trades. */
  isAggregated: boolean;
  /** What every well-formed row says in the column of the symbol. */
  symbol: string | undefined;
  /** The last line is a row without a line feed. */
  isOpenEnded: boolean;
}

/** Undefined where the chunk is unreadable. */
export function chunkOf(
  stream: Stream,
  text: string,
  added: AddedColumn[] = [],
): Chunk | undefined {
  const lines = linesOf(text);
  const first = lines[0];
  const firstFields = first === undefined ? undefined : fieldsOf(first.text);
  if (first === undefined || firstFields === undefined) return undefined;

  const hasHeader = !/^[0-9]/.test(firstFields[0] ?? '');
  const header = hasHeader
    ? headerOf(stream, firstFields, added)
    : headerOf(stream, headless(stream).slice(0, firstFields.length), []);
  if (header === undefined) return undefined;
  if (!hasHeader && firstFields.length > headless(stream).length) return undefined;

  const rowLines = hasHeader ? lines.filter((line) => line.text !== first.text) : lines;
  const read = rowLines.map((line) => rowOf(stream, header, firstFields.length, line));
  const wellFormed = read.flatMap(({ row, symbol }) =>
    row.kind === 'malformed' ? [] : [{ row, symbol }],
  );
  const units = new Set(wellFormed.map(({ row }) => row.timestampDigits));
  const symbols = new Set(wellFormed.map(({ symbol }) => symbol));
  if (units.size > 1 || symbols.size > 1) return undefined;
  return {
    rows: read.map(({ row }) => row),
    ignored: header.ignored,
    isAggregated: header.isAggregated,
    symbol: [...symbols][0],
    isOpenEnded: rowLines.at(-1)?.number === text.split('\n').length,
  };
}

/** The rows of a chunk, or undefined where the chunk is unreadable. */
export function rowsOf(stream: Stream, text: string, added: AddedColumn[] = []): Row[] | undefined {
  return chunkOf(stream, text, added)?.rows;
}

function rowOf(
  stream: Stream,
  header: Header,
  fieldCount: number,
  line: Line,
): { row: Row; symbol: string | undefined } {
  const fields = fieldsOf(line.text);
  if (fields === undefined) {
    const found = line.text.slice(0, 100);
    return { row: malformed(line, undefined, found, 'a line of RFC 4180'), symbol: undefined };
  }
  if (fields.length !== fieldCount) {
    const found = `${fields.length} fields`;
    return { row: malformed(line, undefined, found, `${fieldCount} fields`), symbol: undefined };
  }
  const cells = new Map([...header.fieldOf].map(([name, index]) => [name, fields[index] ?? '']));
  const row = stream === 'trades' ? tradeRowOf(cells, line) : depthRowOf(cells, line);
  return { row, symbol: cells.get('symbol') };
}

/** An empty cell, as some libraries write it. */
function textIn(cell: string | undefined): string | undefined {
  const isEmpty = cell === undefined || ['', 'none', 'null', 'nan'].includes(cell.toLowerCase());
  return isEmpty ? undefined : cell;
}

function tradeRowOf(cells: Map<string, string>, line: Line): Row {
  const timestamp = cells.get('timestamp') ?? '';
  const price = cells.get('price') ?? '';
  const quantity = cells.get('quantity') ?? '';
  const side = cells.get('side');
  const isBuyerMaker = side ?? cells.get('is_buyer_maker') ?? '';

  const timeMs = timeMsOf(timestamp);
  if (timeMs === undefined) return malformed(line, 'timestamp', timestamp, '13, 16 or 19 digits');
  const priceE18 = parseDecimalE18(price);
  if (priceE18 === undefined) return malformed(line, 'price', price, 'a decimal of 18.18 digits');
  const quantityE18 = parseDecimalE18(quantity);
  if (quantityE18 === undefined) {
    return malformed(line, 'quantity', quantity, 'a decimal of 18.18 digits');
  }
  const takerSide = side === undefined ? takerSideOf(isBuyerMaker) : sideNamed(side);
  if (takerSide === undefined) {
    return malformed(line, 'is_buyer_maker', isBuyerMaker, 'true, false, 1 or 0; buy or sell');
  }
  return {
    kind: 'trade',
    line: line.number,
    timeMs,
    timestampDigits: timestamp.length,
    id: textIn(cells.get('trade_id')),
    priceE18,
    quantityE18,
    takerSide,
    execType: textIn(cells.get('exec_type')),
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
    id: textIn(cells.get('update_id')),
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

function sideNamed(side: string): 'buy' | 'sell' | undefined {
  const name = side.toLowerCase();
  return name === 'buy' || name === 'sell' ? name : undefined;
}

function malformed(
  line: Line,
  column: string | undefined,
  found: string,
  expected: string,
): MalformedRow {
  return { kind: 'malformed', line: line.number, column, found, expected };
}
