/**
 * Two minutes of one symbol, small enough to change by hand: a trade and a snapshot every two
 * seconds, nothing wrong with any of them. Chunks by object name; a test changes the map it gets.
 */
import { gzipSync } from 'node:zlib';
import type { Workdir } from '../workdir.js';

export const TINY_SYMBOL = 'TINYUSDT';
export const TINY_DATE = '2024-05-06';
/** What `--expect` is for the recording. */
export const TINY_EXPECT: string = `${TINY_DATE}T00:00:00Z/${TINY_DATE}T00:02:00Z`;
export const TINY_MINUTES: readonly string[] = ['00-00', '00-01'];

const START_MS = Date.parse(`${TINY_DATE}T00:00:00Z`);
const ROWS_PER_MINUTE = 30;
const FIRST_TRADE_ID = 1000;
const LEVELS = 20;
const TRADE_COLUMNS = ['timestamp', 'price', 'quantity', 'is_buyer_maker', 'trade_id'] as const;
const HEADERS = {
  trades: TRADE_COLUMNS.join(','),
  depth: 'timestamp,bids,asks',
} as const;

export type Stream = keyof typeof HEADERS;
export type Chunks = Map<string, string | Uint8Array>;

export function tinyRecording(symbol: string = TINY_SYMBOL): Chunks {
  const chunks: Chunks = new Map();
  for (const [minute, clock] of TINY_MINUTES.entries()) {
    for (const stream of ['trades', 'depth'] as const) {
      chunks.set(chunkName(stream, clock, symbol), tinyChunk(stream, minute));
    }
  }
  return chunks;
}

/** The chunk of a minute, counted from 00:00; with no rows a header alone. */
export function tinyChunk(stream: Stream, minute: number, rows: number = ROWS_PER_MINUTE): string {
  const lines = Array.from({ length: rows }, (_, row) =>
    stream === 'trades' ? tradeLine(minute, row) : depthLine(minute, row),
  );
  return `${[HEADERS[stream], ...lines].join('\n')}\n`;
}

export function chunkName(
  stream: Stream,
  clock: string,
  symbol: string = TINY_SYMBOL,
  date: string = TINY_DATE,
): string {
  return `${symbol}/${stream}/${date}/${clock}.csv`;
}

/** Changes the chunk of 00:00, line by line: the header is line 0. */
export function editLines(
  chunks: Chunks,
  stream: Stream,
  edit: (lines: string[]) => readonly string[],
): void {
  const name = chunkName(stream, '00-00');
  chunks.set(name, edit(textOf(chunks, name).split('\n')).join('\n'));
}

/** Changes one cell of the trades of 00:00, given by the number of its line and by its column. */
export function editTrade(
  chunks: Chunks,
  line: number,
  column: (typeof TRADE_COLUMNS)[number],
  text: string,
): void {
  editLines(chunks, 'trades', (lines) =>
    lines.map((row, index) => {
      if (index !== line) return row;
      const cells = row.split(',');
      cells[TRADE_COLUMNS.indexOf(column)] = text;
      return cells.join(',');
    }),
  );
}

export function textOf(chunks: Chunks, name: string): string {
  const content = chunks.get(name);
  if (typeof content !== 'string') throw new Error(`no text in ${name}`);
  return content;
}

/** A snapshot's cell with so many levels, best first: `"[[""99.5"",""1""],…]"`. */
export function levelsCell(side: 'bid' | 'ask', levels: number = LEVELS): string {
  const level = (index: number): string => {
    const tenths = side === 'bid' ? 995 - index : 1005 + index;
    return `[""${tenths / 10}"",""${index + 1}""]`;
  };
  return `"[${Array.from({ length: levels }, (_, index) => level(index)).join(',')}]"`;
}

/** Replaces each chunk by its gzip, under the same name with `.gz`. */
export function gzipped(chunks: Chunks): Chunks {
  return new Map(
    [...chunks].map(([name, content]) => [`${name}.gz`, new Uint8Array(gzipSync(content))]),
  );
}

export function writeChunks(workdir: Workdir, root: string, chunks: Chunks): void {
  for (const [name, content] of chunks) workdir.write(`${root}/${name}`, content);
}

function tradeLine(minute: number, row: number): string {
  const eventTimeMs = START_MS + minute * 60_000 + row * 2_000 + 100;
  const priceTenths = 995 + ((row * 7) % 11);
  const maker = row % 3 === 0 ? 'true' : 'false';
  const id = FIRST_TRADE_ID + minute * ROWS_PER_MINUTE + row;
  return `${eventTimeMs},${priceTenths / 10},0.${String(row + 1).padStart(3, '0')},${maker},${id}`;
}

function depthLine(minute: number, row: number): string {
  const eventTimeMs = START_MS + minute * 60_000 + row * 2_000 + 500;
  return `${eventTimeMs},${levelsCell('bid')},${levelsCell('ask')}`;
}
