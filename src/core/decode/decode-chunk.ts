/**
 * Decodes one chunk's bytes into columns: the byte kernel reads the lines that it recognises, the
 * strict path reads all others. Sans I/O: the caller fetches and decompresses the bytes.
 */
import { DepthRows, type StrictSnapshot } from '../event/depth-rows.js';
import { CHUNK_ROWS_MAX } from '../event/row-columns.js';
import { TradeRows, type Scales, type StrictTrade } from '../event/trade-rows.js';
import type { NamedColumn } from '../rule/named-columns.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { MalformedRow } from '../stored/quality-report.js';
import { assert, unreachable } from '../unit/errors.js';
import {
  isUnreadable,
  planColumns,
  quoted,
  type ColumnPlan,
  type Unreadable,
} from './chunk-columns.js';
import {
  afterByteOrderMark,
  bytesOf,
  isRow,
  lacksLineFeed,
  latin1,
  lineAt,
  lineNumberAt,
} from './chunk-lines.js';
import { readSnapshots } from './depth-kernel.js';
import type { OptionalColumns } from './optional-columns.js';
import { Malformed } from './strict-cell.js';
import { readStrictRow, type SplitLine } from './strict-row.js';
import { readTrades } from './trade-kernel.js';

/** A longer line is malformed; as the first line it makes the chunk unreadable. */
export const LINE_BYTES_MAX = 1_048_576;
/** Malformed rows of a chunk that are kept with their place; all are counted. */
export const MALFORMED_KEPT_MAX = 10;

/** Short canonical lines, to guess a chunk's rows from its size. */
const TRADE_LINE_BYTES = 40;
const SNAPSHOT_LINE_BYTES = 640;

export type ChunkRows = TradeRows | DepthRows;

export interface DecodedChunk {
  readonly columns: ColumnPlan;
  /** The last line is a row and has no line feed: it may be cut. */
  readonly lacksLineFeed: boolean;
  readonly rows: ChunkRows;
  /** All rows of the chunk: the well-formed ones in `rows` and the malformed ones. */
  readonly rowsRead: number;
  readonly malformed: number;
  readonly malformedFirst: readonly MalformedRow[];
  /** Rows that the byte kernel left to the strict path. */
  readonly strictRows: number;
}

export interface DecodeInput {
  readonly stream: StreamName;
  /** Object name, for messages. */
  readonly object: string;
  /** Decompressed content. */
  readonly bytes: Uint8Array;
  /** Scales of the chunk before. They save rescaling and change no value. */
  readonly scales: Scales;
  readonly splitLine: SplitLine;
  /** Names of columns beside those of docs/INPUT.md. */
  readonly columns: readonly NamedColumn[];
}

/** Decodes a chunk, or says why the whole chunk is unreadable. */
export function decodeChunk(input: DecodeInput): DecodedChunk | Unreadable {
  const { bytes, stream, splitLine } = input;
  let at = afterByteOrderMark(bytes);
  let first = lineAt(bytes, at);
  while (first.isBlank && first.next < bytes.length) {
    at = first.next;
    first = lineAt(bytes, at);
  }
  if (first.isBlank) {
    return {
      what: 'content',
      found: bytes.length === 0 ? '0 bytes' : 'nothing but blank lines',
      expected: 'a header or a row',
    };
  }
  const firstBytes = first.end - at;
  if (firstBytes > LINE_BYTES_MAX) {
    return {
      what: 'first line',
      found: `a line of ${firstBytes} bytes`,
      expected: `at most ${LINE_BYTES_MAX}`,
    };
  }
  const plan = planColumns(stream, splitLine(latin1(bytes, at, first.end)), input.columns);
  if (isUnreadable(plan)) return plan;
  const header = plan.hasHeader ? bytes.subarray(at, first.end) : undefined;
  const chunk = readLines(input, plan, { start: plan.hasHeader ? first.next : at, header });
  if (isUnreadable(chunk)) return chunk;
  if (chunk.rows.mixesEpochs) {
    return {
      what: 'column timestamp',
      found: 'epochs of different units in one chunk',
      expected: 'all milliseconds, all microseconds or all nanoseconds',
    };
  }
  if (chunk.rows.stream === 'depth') chunk.rows.alignScales();
  return chunk;
}

/** Scales to start the next chunk of the stream with. */
export function scalesAfter(rows: ChunkRows): Scales {
  if (rows.isWide) return { priceDecimals: 0, quantityDecimals: 0 };
  switch (rows.stream) {
    case 'trades':
      return { priceDecimals: rows.price.decimals, quantityDecimals: rows.quantity.decimals };
    case 'depth':
      return {
        priceDecimals: rows.bidPrice.decimals,
        quantityDecimals: rows.bidQuantity.decimals,
      };
    default:
      return unreachable(rows);
  }
}

const TOO_MANY_ROWS: Unreadable = {
  what: 'rows',
  found: `more than ${CHUNK_ROWS_MAX}`,
  expected: `at most ${CHUNK_ROWS_MAX}`,
};

interface Body {
  /** Where the first line after the header begins. */
  readonly start: number;
  /** The header line; undefined if there is none. */
  readonly header: Uint8Array | undefined;
}

function readLines(
  input: DecodeInput,
  plan: ColumnPlan,
  { start, header }: Body,
): DecodedChunk | Unreadable {
  const { bytes, stream, object, splitLine } = input;
  const optional = optionalColumns(plan);
  const rows = newRows(stream, bytes.length, input.scales);
  const malformedFirst: MalformedRow[] = [];
  let malformed = 0;
  let strictRows = 0;
  let symbol: string | undefined;
  let at = start;
  while (at < bytes.length) {
    at = readCanonical(bytes, at, optional, rows);
    if (at >= bytes.length) break;
    if (rows.count === CHUNK_ROWS_MAX) return TOO_MANY_ROWS;
    if (rows.count === rows.capacity) {
      rows.grow();
      continue;
    }
    const line = lineAt(bytes, at);
    if (isRow(bytes, at, line, header)) {
      strictRows += 1;
      const row =
        line.end - at > LINE_BYTES_MAX
          ? new Malformed('row', `a line of ${line.end - at} bytes`, `at most ${LINE_BYTES_MAX}`)
          : readStrictRow(latin1(bytes, at, line.end), plan, splitLine);
      if (row instanceof Malformed) {
        malformed += 1;
        if (malformed <= MALFORMED_KEPT_MAX) {
          const { column, found, expected } = row;
          malformedFirst.push({
            stream,
            object,
            line: lineNumberAt(bytes, at),
            column,
            found,
            expected,
          });
        }
      } else {
        if (row.symbol !== symbol) {
          if (symbol !== undefined) return severalSymbols(symbol, row.symbol, bytes, at);
          symbol = row.symbol;
          if (optional !== undefined) optional.symbol = bytesOf(symbol);
        }
        append(rows, row);
      }
    }
    at = line.next;
  }
  return {
    columns: plan,
    lacksLineFeed: lacksLineFeed(bytes, start, header),
    rows,
    rowsRead: rows.count + malformed,
    malformed,
    malformedFirst,
    strictRows,
  };
}

/** Undefined: the byte kernels cannot read rows with these columns. */
function optionalColumns({ optionalRoles }: ColumnPlan): OptionalColumns | undefined {
  return optionalRoles && { roles: optionalRoles, symbol: undefined };
}

/** Runs the byte kernel if the columns allow it. Returns where it stopped. */
function readCanonical(
  bytes: Uint8Array,
  at: number,
  optional: OptionalColumns | undefined,
  rows: ChunkRows,
): number {
  if (optional === undefined || rows.isWide) return at;
  return rows.stream === 'trades'
    ? readTrades(bytes, at, optional, rows, LINE_BYTES_MAX)
    : readSnapshots(bytes, at, optional, rows, LINE_BYTES_MAX);
}

function append(rows: ChunkRows, row: StrictTrade | StrictSnapshot): void {
  if (row.kind === 'trade') {
    assert(rows.stream === 'trades', 'trades come from chunks of trades');
    rows.append(row);
  } else {
    assert(rows.stream === 'depth', 'snapshots come from chunks of depth');
    rows.append(row);
  }
}

/** Two symbols are never added up. */
function severalSymbols(one: string, other: string, bytes: Uint8Array, offset: number): Unreadable {
  return {
    what: 'column symbol',
    found: `${quoted(one)}, and ${quoted(other)} in line ${lineNumberAt(bytes, offset)}`,
    expected: 'one symbol in a chunk',
  };
}

/** Columns with room for a chunk of canonical rows: growing is the exception. */
function newRows(stream: StreamName, bytes: number, scales: Scales): ChunkRows {
  switch (stream) {
    case 'trades':
      return new TradeRows(Math.ceil(bytes / TRADE_LINE_BYTES), scales);
    case 'depth':
      return new DepthRows(Math.ceil(bytes / SNAPSHOT_LINE_BYTES), scales);
    default:
      return unreachable(stream);
  }
}
