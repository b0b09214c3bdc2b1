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
import type { ImportRow, Where } from './import-row.js';

/** Bytes of all open chunks together; the aggregation reads no chunk of more either. */
export const OPEN_CHUNKS_BYTES_MAX = 268_435_456;
/** Symbols and streams of one import, each with an open chunk. */
export const OPEN_CHUNKS_MAX = 4_096;

export interface CutChunk extends ChunkPlace {
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
  /** The latest arrival so far. */
  latestMs: number;
  /** The file of its last row, and that file's unit of time. */
  file: number;
  timeDigits: number;
  /** First row of each of its files. */
  readonly firstRows: Set<string>;
}

/** A file that begins earlier than this before the end of the one before does not go on from it, but repeats it. */
const MEETING_MS = MINUTE_MS;

export class ChunkCutter {
  private readonly tracks = new Map<string, Track>();
  private last: Track | undefined;
  private file = 0;
  private openBytes = 0;
  private readonly span: ChunkSpan;

  constructor(span: ChunkSpan) {
    this.span = span;
  }

  /** The next rows are of another file: it may go on in an open chunk, or begin anew with times that were there. */
  beginFile(): void {
    this.file += 1;
  }

  /** The chunk that this row closes. Throws a data error for a row that no chunk can hold. */
  add(row: ImportRow, where: Where): CutChunk | undefined {
    const track = this.trackOf(row, where);
    const spanMs = this.span.minutes * MINUTE_MS;
    const startMs = Math.floor(row.arrivalMs / spanMs) * spanMs;
    const isFirst = track.file !== this.file;
    if (!isFirst && track.timeDigits !== row.timeDigits)
      throw mixedUnits(row, track.timeDigits, where);
    const isRepeat = isFirst && repeats(track, row);
    const closes = track.open !== undefined && (startMs > track.open.startMs || isRepeat);
    const closed = closes ? this.close(track) : undefined;
    if (isFirst) track.firstRows.add(row.text);
    track.file = this.file;
    track.timeDigits = row.timeDigits;
    track.latestMs = isRepeat ? row.arrivalMs : Math.max(track.latestMs, row.arrivalMs);
    const chunk = track.open ?? this.openChunk(track, row, startMs);
    if (chunk.header !== row.header) throw otherColumns(row, chunk, where);
    if (chunk.timeDigits !== row.timeDigits) throw mixedUnits(row, chunk.timeDigits, where);
    if (!isFoundThere(row.timeMs, chunk.startMs, this.span)) throw outOfOrder(row, chunk, where);
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
    track.open = undefined;
    this.openBytes -= open.lines.sizeBytes;
    const { symbol, stream, startMs, rows, lines } = open;
    return { symbol, stream, startMs, rows, bytes: lines.bytes() };
  }
}

function newTrack(symbol: SymbolName, stream: StreamName): Track {
  const firstRows = new Set<string>();
  const latestMs = Number.NEGATIVE_INFINITY;
  return { symbol, stream, open: undefined, latestMs, file: 0, timeDigits: 0, firstRows };
}

/** The first row of a file is where another one began, or lies well before its end. */
function repeats({ latestMs, firstRows }: Track, { arrivalMs, text }: ImportRow): boolean {
  return arrivalMs < latestMs - MEETING_MS || firstRows.has(text);
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
    found: `a row of ${isoStampMs(row.timeMs)} in the chunk of ${isoStamp(chunk.startMs)}, where the aggregation of its day does not look`,
    expected: 'rows in the order of their times: sort the file',
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
