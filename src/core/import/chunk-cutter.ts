/**
 * Cuts rows into chunks by their arrival, in any number of files after one another. Only the open chunk of each symbol
 * and stream is held. Invariant: every row is in one chunk, in the order in which it came.
 */
import type { StreamName } from '../rule/symbol-day.js';
import { FlowbarsError } from '../unit/errors.js';
import type { SymbolName } from '../unit/symbol.js';
import { isoStamp, isoStampMs, MINUTE_MS } from '../unit/utc-date.js';
import { ByteLines } from './byte-text.js';
import { type ChunkPlace, type ChunkSpan, isFoundThere } from './chunk-place.js';
import { FileMeeting } from './file-meeting.js';
import type { ImportRow, Where } from './import-row.js';
import { refuseBothKinds, type TradeKind, tradeKindOf } from './trade-kind.js';

/** Bytes of all open chunks together; the aggregation reads no chunk of more either. */
export const OPEN_CHUNKS_BYTES_MAX = 268_435_456;
/** Symbols and streams of one import, each with an open chunk. */
export const OPEN_CHUNKS_MAX = 4_096;

export interface CutChunk extends ChunkPlace {
  readonly header: string;
  readonly rows: number;
  /** With its header. */
  readonly bytes: Uint8Array;
}

interface OpenChunk extends ChunkPlace {
  readonly header: string;
  readonly timeDigits: number;
  readonly lines: ByteLines;
  rows: number;
}

/** What is kept of a symbol and stream between chunks. */
interface Track {
  readonly symbol: SymbolName;
  readonly stream: StreamName;
  open: OpenChunk | undefined;
  readonly meeting: FileMeeting;
  /** The file of its last row and its part behind a repeated header, and that file's unit of time. */
  file: number;
  section: number;
  timeDigits: number;
  /** Of its rows so far, if one of them told. */
  tradeKind: TradeKind | undefined;
}

export class ChunkCutter {
  private readonly tracks = new Map<string, Track>();
  private last: Track | undefined;
  private file = 0;
  private section = 0;
  private openBytes = 0;
  private readonly span: ChunkSpan;

  constructor(span: ChunkSpan) {
    this.span = span;
  }

  /** The next rows are of another file: it may go on in an open chunk, or begin anew with times that were there. */
  beginFile(): void {
    this.file += 1;
  }

  /** A header stands again in the file. Rows that are older than the ones before it then are those of another file. */
  repeatHeader(): void {
    this.section += 1;
  }

  /** The chunk that this row closes. Throws a data error for a row that no chunk can hold. */
  add(row: ImportRow, where: Where): CutChunk | undefined {
    const track = this.trackOf(row, where);
    const spanMs = this.span.minutes * MINUTE_MS;
    const startMs = Math.floor(row.arrivalMs / spanMs) * spanMs;
    const isOther = track.file !== this.file;
    if (!isOther && track.timeDigits !== row.timeDigits)
      throw mixedUnits(row, track.timeDigits, where);
    const isAgain = track.section !== this.section && row.arrivalMs <= track.meeting.latestMs;
    const isRepeat = (isOther || isAgain) && track.meeting.beginFile(row);
    const closes = track.open !== undefined && (startMs > track.open.startMs || isRepeat);
    const closed = closes ? this.close(track) : undefined;
    track.file = this.file;
    track.section = this.section;
    track.timeDigits = row.timeDigits;
    if (track.open?.header !== row.header) tellKind(track, row, where);
    const chunk = track.open ?? this.openChunk(track, row, startMs);
    if (chunk.header !== row.header) throw otherColumns(row, chunk, where);
    if (chunk.timeDigits !== row.timeDigits) throw mixedUnits(row, chunk.timeDigits, where);
    if (!isFoundThere(row, chunk.startMs, this.span)) throw outOfOrder(row, chunk, where);
    track.meeting.add(row, where);
    const before = chunk.lines.sizeBytes;
    chunk.lines.add(row.text);
    chunk.rows += 1;
    this.openBytes += chunk.lines.sizeBytes - before;
    if (this.openBytes > OPEN_CHUNKS_BYTES_MAX) throw tooMuchOpen(this.openBytes, where);
    return closed;
  }

  /** The chunks that are still open, in the order in which their symbols and streams came. */
  end(): CutChunk[] {
    return [...this.tracks.values()].flatMap((track) => this.close(track) ?? []);
  }

  private trackOf({ symbol, stream }: ImportRow, where: Where): Track {
    if (this.last?.symbol === symbol && this.last.stream === stream) return this.last;
    const key = `${symbol}/${stream}`;
    const known = this.tracks.get(key);
    if (known === undefined && this.tracks.size === OPEN_CHUNKS_MAX) throw tooManyOpen(key, where);
    const track = known ?? newTrack(symbol, stream);
    this.tracks.set(key, track);
    this.last = track;
    return track;
  }

  private openChunk(track: Track, row: ImportRow, startMs: number): OpenChunk {
    const { symbol, stream, header, timeDigits } = row;
    const lines = new ByteLines();
    lines.add(header);
    this.openBytes += lines.sizeBytes;
    const chunk: OpenChunk = { symbol, stream, header, timeDigits, startMs, lines, rows: 0 };
    track.open = chunk;
    return chunk;
  }

  private close(track: Track): CutChunk | undefined {
    const { open } = track;
    if (open === undefined) return undefined;
    track.meeting.end();
    track.open = undefined;
    this.openBytes -= open.lines.sizeBytes;
    const { symbol, stream, header, startMs, rows, lines } = open;
    return { symbol, stream, header, startMs, rows, bytes: lines.bytes() };
  }
}

function newTrack(symbol: SymbolName, stream: StreamName): Track {
  const meeting = new FileMeeting();
  const none = { open: undefined, file: 0, section: 0, timeDigits: 0, tradeKind: undefined };
  return { symbol, stream, meeting, ...none };
}

function tellKind(track: Track, { symbol, header }: ImportRow, where: Where): void {
  const kind = tradeKindOf(header);
  refuseBothKinds(kind, track.tradeKind, { symbol, where: where() });
  track.tradeKind ??= kind;
}

function mixedUnits(row: ImportRow, digits: number, where: Where): FlowbarsError {
  return new FlowbarsError('data', {
    where: where(),
    what: 'column of the exchange time',
    found: `a time of ${row.timeDigits} digits behind times of ${digits}`,
    expected: 'one unit of time in a file and in a chunk',
  });
}

function otherColumns(row: ImportRow, chunk: OpenChunk, where: Where): FlowbarsError {
  return new FlowbarsError('data', {
    where: where(),
    what: 'columns',
    found: `'${row.header}' behind '${chunk.header}' in the chunk of ${isoStamp(chunk.startMs)}`,
    expected:
      'files of one kind in one minute (import the others with --part NAME, or into another root)',
  });
}

function outOfOrder(row: ImportRow, chunk: OpenChunk, where: Where): FlowbarsError {
  return new FlowbarsError('data', {
    where: where(),
    what: 'order',
    found: `a row of ${isoStampMs(row.timeMs)} in the chunk of ${isoStamp(chunk.startMs)}`,
    expected:
      'rows in the order of their times, 2 minutes late at most (an hour in chunks of an hour): sort the file by time',
  });
}

function tooMuchOpen(bytes: number, where: Where): FlowbarsError {
  return new FlowbarsError('limit', {
    where: where(),
    what: 'open chunks',
    found: `${bytes} bytes`,
    expected: `at most ${OPEN_CHUNKS_BYTES_MAX}: sort the file by time, or take --chunk 1m`,
  });
}

function tooManyOpen(key: string, where: Where): FlowbarsError {
  return new FlowbarsError('limit', {
    where: where(),
    what: 'open chunks',
    found: `'${key}' beside ${OPEN_CHUNKS_MAX} others`,
    expected: `at most ${OPEN_CHUNKS_MAX} symbols and streams: import them in several runs`,
  });
}
