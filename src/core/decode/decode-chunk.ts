/**
 * Decodes one chunk's bytes into columns: the byte kernel reads the lines that it recognises, the
 * strict path reads all others. Sans I/O: the caller fetches and decompresses the bytes.
 */
import type { StrictSnapshot } from '../event/depth-rows.js';
import { RowPool } from '../event/row-pool.js';
import type { Scales, StrictTrade } from '../event/trade-rows.js';
import type { NamedColumn } from '../rule/named-columns.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { MalformedRow } from '../stored/quality-report.js';
import { assert } from '../unit/errors.js';
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
  endsLinesByReturns,
  isRow,
  lacksLineFeed,
  latin1,
  type LinePlace,
  lineAt,
  lineNumberAt,
} from './chunk-lines.js';
import { type LineShape, ShapeChoice } from './chunk-shape.js';
import { readSnapshots } from './depth-kernel.js';
import { foreignBinary, foreignText } from './foreign-content.js';
import { type KernelText, type KernelTexts, kernelTexts } from './kernel-text.js';
import {
  BATCH_ROWS_MAX,
  type ChunkRows,
  mixesEpochs,
  RowBatches,
  scalesAfter,
} from './row-batches.js';
import { Malformed } from './strict-cell.js';
import { readStrictRow, type SplitLine } from './strict-row.js';
import { readTrades } from './trade-kernel.js';

/** A longer line is malformed; as the first line it makes the chunk unreadable. */
export const LINE_BYTES_MAX = 1_048_576;
/** Malformed rows of a chunk that are kept with their place; all are counted. */
export const MALFORMED_KEPT_MAX = 10;
/** Bytes of a chunk's decoded rows: six million trades, or four hundred thousand snapshots. */
export const DECODED_BYTES_MAX = 268_435_456;

/** Headers whose plan is kept; a recording has a few. */
const PLANS_KEPT_MAX = 64;

export interface DecodedChunk {
  readonly columns: ColumnPlan;
  /** What every row says in the column `symbol`; undefined without this column or without a row. */
  readonly symbol: string | undefined;
  /** The last line is a row and has no line feed: it may be cut. */
  readonly lacksLineFeed: boolean;
  /** The well-formed rows in file order, in batches of at most BATCH_ROWS_MAX; at least one batch. */
  readonly batches: readonly ChunkRows[];
  /** Scales to start the next chunk of the stream with. */
  readonly scales: Scales;
  /** All rows of the chunk: the well-formed ones in `batches` and the malformed ones. */
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
  /** Rows of a batch; BATCH_ROWS_MAX unless given. It changes no row. */
  readonly batchRowsMax?: number;
  /** Plans of the headers that chunks with the same `columns` had before, which it adds to. */
  readonly plans?: Map<string, ColumnPlan>;
  /** Where the columns of the rows come from; new ones unless given. */
  readonly pool?: RowPool;
  /** Names of columns beside those of docs/INPUT.md. */
  readonly columns: readonly NamedColumn[];
  /** Malformed rows that are kept with their place; MALFORMED_KEPT_MAX unless given. */
  readonly malformedKeptMax?: number;
}

/** Decodes a chunk, or says why the whole chunk is unreadable. */
export function decodeChunk(input: DecodeInput): DecodedChunk | Unreadable {
  const { bytes } = input;
  const foreign = foreignBinary(bytes);
  if (foreign !== undefined) return foreign;
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
    const found = `a line of ${firstBytes} bytes`;
    const tooLong = { what: 'first line', found, expected: `at most ${LINE_BYTES_MAX}` };
    return foreignText(bytes) ?? tooLong;
  }
  const plan = plannedColumns(input, latin1(bytes, at, first.end));
  if (isUnreadable(plan)) {
    const reason = endsLinesByReturns(bytes, at, first.end) ? RETURNS_ALONE : plan;
    return foreignText(bytes) ?? reason;
  }
  const header = plan.hasHeader ? bytes.subarray(at, first.end) : undefined;
  const chunk = readLines(input, plan, { start: plan.hasHeader ? first.next : at, header });
  if (isUnreadable(chunk)) return chunk;
  if (mixesEpochs(chunk.batches)) {
    return {
      what: 'column timestamp',
      found: 'epochs of different units in one chunk',
      expected: 'all milliseconds, all microseconds or all nanoseconds',
    };
  }
  return chunk;
}

/** From the first line, or from those seen before. */
function plannedColumns(
  { stream, splitLine, columns, plans }: DecodeInput,
  line: string,
): ColumnPlan | Unreadable {
  const key = `${stream} ${line}`;
  const known = plans?.get(key);
  if (known !== undefined) return known;
  const plan = planColumns(stream, splitLine(line), columns);
  const isKept = !isUnreadable(plan) && plan.hasHeader && (plans?.size ?? 0) < PLANS_KEPT_MAX;
  if (isKept) plans?.set(key, plan);
  return plan;
}

const RETURNS_ALONE: Unreadable = {
  what: 'line ends',
  found: 'carriage returns alone',
  expected: 'line feeds',
};

/** What to do with content that is too large. */
export const CUT_IT = 'cut the file into minutes or hours';

const TOO_MANY_ROWS: Unreadable = {
  what: 'size',
  found: `more than ${DECODED_BYTES_MAX} bytes of decoded rows`,
  expected: `at most ${DECODED_BYTES_MAX}: ${CUT_IT}`,
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
  const { bytes, stream, object, splitLine, scales } = input;
  const { batchRowsMax: rowsMax = BATCH_ROWS_MAX, pool = new RowPool() } = input;
  const { malformedKeptMax = MALFORMED_KEPT_MAX } = input;
  const texts = kernelTexts(bytes, LINE_BYTES_MAX);
  const batches = new RowBatches(stream, bytes.length - start, scales, { rowsMax, pool });
  const choice = new ShapeChoice(plan);
  const malformedFirst: MalformedRow[] = [];
  let known: LinePlace = { offset: 0, line: 1 };
  let malformed = 0;
  let strictRows = 0;
  let symbol: string | undefined;
  let symbolBytes: Uint8Array | undefined;
  let at = start;
  while (at < bytes.length) {
    const rows = batches.open;
    at = readCanonical(texts, at, choice.shape, symbolBytes, rows);
    if (at >= bytes.length) break;
    if (rows.count === rows.capacity) {
      batches.makeRoom(bytes.length - at);
      if (batches.sizeBytes > DECODED_BYTES_MAX) return TOO_MANY_ROWS;
      continue;
    }
    const line = lineAt(bytes, at);
    if (isRow(bytes, at, line, header)) {
      const text = line.end - at > LINE_BYTES_MAX ? undefined : latin1(bytes, at, line.end);
      if (text !== undefined && choice.changesTo(text)) continue;
      strictRows += 1;
      const row =
        text === undefined ? lineTooLong(line.end - at) : readStrictRow(text, plan, splitLine);
      if (row instanceof Malformed) {
        malformed += 1;
        if (malformed <= malformedKeptMax) {
          const { column, found, expected } = nulBytesIn(bytes, at, line.end) ?? row;
          known = { offset: at, line: lineNumberAt(bytes, at, known) };
          malformedFirst.push({ stream, object, line: known.line, column, found, expected });
        }
      } else {
        if (row.symbol !== symbol) {
          if (symbol !== undefined) return severalSymbols(symbol, row.symbol, bytes, at);
          symbol = row.symbol;
          symbolBytes = bytesOf(symbol);
        }
        append(rows, row);
      }
    }
    at = line.next;
  }
  const all = batches.finish();
  return {
    columns: plan,
    symbol: plan.columns.includes('symbol') ? symbol : undefined,
    lacksLineFeed: lacksLineFeed(bytes, start, header),
    batches: all,
    scales: scalesAfter(batches.open),
    rowsRead: all.reduce((sum, { count }) => sum + count, malformed),
    malformed,
    malformedFirst,
    strictRows,
  };
}

/** Runs the byte kernel. Returns where it stopped. */
function readCanonical(
  { most, lastStart, last }: KernelTexts,
  start: number,
  shape: LineShape | undefined,
  symbol: Uint8Array | undefined,
  rows: ChunkRows,
): number {
  if (shape === undefined || rows.isWide) return start;
  const read = (text: KernelText, from: number): number =>
    from >= text.end
      ? from
      : rows.stream === 'trades'
        ? readTrades(text, from, shape, symbol, rows, LINE_BYTES_MAX)
        : readSnapshots(text, from, shape, symbol, rows, LINE_BYTES_MAX);
  const at = read(most, start);
  return at < lastStart ? at : lastStart + read(last, at - lastStart);
}

function lineTooLong(lineBytes: number): Malformed {
  return new Malformed('row', `a line of ${lineBytes} bytes`, `at most ${LINE_BYTES_MAX}`);
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

/** Names the NUL bytes of a malformed row: a crash leaves them where data was not yet written. */
function nulBytesIn(bytes: Uint8Array, start: number, end: number): Malformed | undefined {
  const line = bytes.subarray(start, end);
  const from = line.indexOf(0);
  if (from < 0) return undefined;
  const other = line.subarray(from).findIndex((byte) => byte !== 0);
  const count = other < 0 ? line.length - from : other;
  return new Malformed('row', `${count} NUL bytes from byte ${start + from} on`, 'csv text');
}
