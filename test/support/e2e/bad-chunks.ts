/**
 * Recordings with one thing wrong, and what the product has to say of each. The tiny recording
 * without any change is complete and its run good, so whatever a case shows comes from its change.
 */
import { gzipSync } from 'node:zlib';
import {
  type Chunks,
  chunkName,
  editLines,
  editTrade,
  gzipped,
  levelsCell,
  textOf,
} from './tiny-recording.js';

export interface BadChunkCase {
  readonly name: string;
  readonly change: (chunks: Chunks) => Chunks | void;
  /** Exit code of a run over this symbol alone: 0 unless given. */
  readonly code?: number;
  /** `complete` unless given. */
  readonly status?: 'partial' | 'failed';
  /** `severity code where: detail`, all of them. */
  readonly findings: readonly string[];
  /** Counts that differ from those of the unchanged recording, 60 rows of each stream used. */
  readonly trades?: Readonly<Record<string, number>>;
  readonly depth?: Readonly<Record<string, number>>;
  /** `line column: found …, expected …` of each, in the report. */
  readonly malformed?: readonly string[];
}

const TRADES = chunkName('trades', '00-00');
const DEPTH = chunkName('depth', '00-00');
const DEPTH_B = chunkName('depth', '00-00_b');
const MEGABYTE = 1_000_000;
const UNREADABLE = `warning chunk_unreadable ${TRADES}`;
const TRADES_MISSING =
  'warning outage 2024-05-06T00:00:00.000Z/2024-05-06T00:01:00.100Z: trades_missing for 60.1 s';
const COLUMNS = 'expected the columns timestamp, price, quantity, is_buyer_maker';
const DECIMAL = 'expected a decimal number of at most 18 digits before and 18 after the point';
const PAIRS = 'expected a json array of 0 to 20 [price, quantity] pairs';
const GARBAGE = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 251);
/** The first 80 of its bytes, as a message shows them. */
const GARBAGE_SHOWN = [...GARBAGE.subarray(0, GARBAGE.indexOf(10) < 0 ? 80 : GARBAGE.indexOf(10))]
  .map((byte) =>
    byte > 31 && byte < 127
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  )
  .join('');

/** A minute's chunk that cannot be read. */
const lostTrades = { code: 1, status: 'partial', trades: { rows: 30, used: 30 } } as const;

export const BAD_CHUNKS: readonly BadChunkCase[] = [
  {
    name: 'nothing wrong',
    change: () => undefined,
    findings: [],
  },
  {
    name: 'header missing',
    change: (chunks) => editLines(chunks, 'trades', (lines) => lines.slice(1)),
    findings: [],
  },
  {
    name: 'column missing',
    change: (chunks) =>
      editLines(chunks, 'trades', (lines) => lines.map((line) => line.replace(/^[^,]*,/, ''))),
    ...lostTrades,
    findings: [
      `${UNREADABLE}: header: found 'price,quantity,is_buyer_maker,trade_id', ${COLUMNS} (missing: timestamp)`,
      TRADES_MISSING,
    ],
  },
  {
    name: 'known column twice',
    change: (chunks) =>
      editLines(chunks, 'trades', (lines) => lines.map((line) => `${line},${line.split(',')[1]}`)),
    ...lostTrades,
    findings: [
      `${UNREADABLE}: header: found column 'price' twice, expected each known column once`,
      TRADES_MISSING,
    ],
  },
  {
    name: 'mixed time units',
    change: (chunks) =>
      editLines(chunks, 'trades', (lines) =>
        lines.map((line, index) => (index % 2 === 0 ? line : line.replace(',', '000,'))),
      ),
    ...lostTrades,
    findings: [
      `${UNREADABLE}: column timestamp: found epochs of different units in one chunk, expected all milliseconds, all microseconds or all nanoseconds`,
      TRADES_MISSING,
    ],
  },
  {
    name: 'truncated gzip',
    change: (chunks) => {
      chunks.set(TRADES, gzipSync(textOf(chunks, TRADES)).subarray(0, -40));
    },
    ...lostTrades,
    findings: [
      `${UNREADABLE}: gzip: found 'unexpected end of file', expected whole gzip members`,
      TRADES_MISSING,
    ],
  },
  {
    name: 'empty object',
    change: (chunks) => {
      chunks.set(TRADES, '');
    },
    ...lostTrades,
    findings: [`${UNREADABLE}: content: found 0 bytes, expected a header or a row`, TRADES_MISSING],
  },
  {
    name: 'nothing but blank lines',
    change: (chunks) => {
      chunks.set(TRADES, '\n\r\n\n');
    },
    ...lostTrades,
    findings: [
      `${UNREADABLE}: content: found nothing but blank lines, expected a header or a row`,
      TRADES_MISSING,
    ],
  },
  {
    name: 'binary garbage',
    change: (chunks) => {
      chunks.set(TRADES, GARBAGE);
    },
    ...lostTrades,
    findings: [
      `${UNREADABLE}: header: found '${GARBAGE_SHOWN}', ${COLUMNS} (missing: timestamp, price, quantity, is_buyer_maker)`,
      TRADES_MISSING,
    ],
  },
  {
    name: 'a line of 100 MB, as the first',
    change: (chunks) => {
      chunks.set(TRADES, 'x'.repeat(100 * MEGABYTE));
    },
    ...lostTrades,
    findings: [
      `${UNREADABLE}: first line: found no csv record, expected a header or a row`,
      TRADES_MISSING,
    ],
  },
  {
    name: 'a line of 100 MB, among others',
    change: (chunks) =>
      editLines(chunks, 'trades', (lines) =>
        lines.map((line, index) => (index === 3 ? '9'.repeat(100 * MEGABYTE) : line)),
      ),
    status: 'partial',
    findings: [
      `warning malformed_rows ${TRADES} line 4: 1 of 60 rows of trades are malformed`,
      'info trade_ids_missing after id 1001: 1 ids missing in 1 places',
    ],
    malformed: ['line 4 row: found a line of 100000000 bytes, expected at most 1048576'],
    trades: { used: 59, malformed: 1 },
  },
  {
    name: 'json with 19 levels',
    change: (chunks) =>
      editLines(chunks, 'depth', (lines) =>
        lines.map((line, index) =>
          index === 2 ? `${line.slice(0, 13)},${levelsCell('bid', 19)},${levelsCell('ask')}` : line,
        ),
      ),
    findings: ['info snapshots_short depth: 1 snapshots with fewer than 20 levels a side'],
    depth: { used: 59, short: 1 },
  },
  {
    name: 'json with 21 levels',
    change: (chunks) =>
      editLines(chunks, 'depth', (lines) =>
        lines.map((line, index) =>
          index === 2 ? `${line.slice(0, 13)},${levelsCell('bid', 21)},${levelsCell('ask')}` : line,
        ),
      ),
    status: 'partial',
    findings: [`warning malformed_rows ${DEPTH} line 3: 1 of 60 rows of depth are malformed`],
    malformed: ['line 3 bids: found 21 levels, expected at most 20'],
    depth: { used: 59, malformed: 1 },
  },
  {
    name: 'json that is cut',
    change: (chunks) =>
      editLines(chunks, 'depth', (lines) =>
        lines.map((line, index) => (index === 2 ? line.replace(']]', ']') : line)),
      ),
    status: 'partial',
    findings: [`warning malformed_rows ${DEPTH} line 3: 1 of 60 rows of depth are malformed`],
    malformed: [
      `line 3 bids: found '${levelsCell('bid').slice(1).replaceAll('""', '"').slice(0, 80)}…', ${PAIRS}`,
    ],
    depth: { used: 59, malformed: 1 },
  },
  {
    name: 'crossed book',
    change: (chunks) =>
      editLines(chunks, 'depth', (lines) =>
        lines.map((line, index) => (index === 2 ? line.replace('99.5', '100.5') : line)),
      ),
    findings: [],
    depth: { used: 59, crossed: 1 },
  },
  {
    name: 'one-sided book',
    change: (chunks) =>
      editLines(chunks, 'depth', (lines) =>
        lines.map((line, index) =>
          index === 2 ? `${line.slice(0, 13)},[],${levelsCell('ask')}` : line,
        ),
      ),
    findings: [],
    depth: { used: 59, one_sided: 1 },
  },
  {
    name: 'negative price',
    change: (chunks) => editTrade(chunks, 2, 'price', '-99.5'),
    findings: [],
    trades: { used: 59, excluded: 1 },
  },
  {
    name: 'quantity 1e-7',
    change: (chunks) => editTrade(chunks, 2, 'quantity', '1e-7'),
    findings: [],
  },
  {
    name: 'a number of 40 digits',
    change: (chunks) => editTrade(chunks, 2, 'price', '1234567890'.repeat(4)),
    status: 'partial',
    findings: [
      `warning malformed_rows ${TRADES} line 3: 1 of 60 rows of trades are malformed`,
      'info trade_ids_missing after id 1000: 1 ids missing in 1 places',
    ],
    malformed: [`line 3 price: found '${'1234567890'.repeat(4)}', ${DECIMAL}`],
    trades: { used: 59, malformed: 1 },
  },
  {
    name: 'NaN and inf',
    change: (chunks) => {
      editTrade(chunks, 2, 'price', 'NaN');
      editTrade(chunks, 3, 'quantity', 'inf');
    },
    status: 'partial',
    findings: [
      `warning malformed_rows ${TRADES} line 3: 2 of 60 rows of trades are malformed`,
      'info trade_ids_missing after id 1000: 2 ids missing in 1 places',
    ],
    malformed: [
      `line 3 price: found 'NaN', ${DECIMAL}`,
      `line 4 quantity: found 'inf', ${DECIMAL}`,
    ],
    trades: { used: 58, malformed: 2 },
  },
  {
    name: 'duplicate trade_id',
    change: (chunks) =>
      editLines(chunks, 'trades', (lines) => [...lines.slice(0, -1), lines[1] ?? '', '']),
    findings: [],
    trades: { rows: 61, duplicate: 1 },
  },
  {
    name: 'eleven malformed rows, more than 0.1 %',
    change: (chunks) =>
      editLines(chunks, 'trades', (lines) =>
        lines.map((line, index) => (index >= 1 && index <= 11 ? `${line},surplus` : line)),
      ),
    code: 1,
    status: 'failed',
    findings: [`error too_many_malformed ${TRADES} line 2: 11 of 60 rows of trades are malformed`],
  },
  {
    name: 'two objects for one minute, without ids',
    change: (chunks) => {
      chunks.set(DEPTH_B, textOf(chunks, DEPTH).replace('99.5', '99.4'));
    },
    status: 'partial',
    findings: [
      `warning overlap_unresolved ${DEPTH} and ${DEPTH_B}: differing objects of one chunk minute have rows without an id: a row in both counts twice`,
    ],
    depth: { rows: 90, used: 90 },
  },
  {
    name: 'two objects for one minute, with ids',
    change: (chunks) => {
      chunks.set(chunkName('trades', '00-00_b'), textOf(chunks, TRADES).replace('99.5', '99.4'));
    },
    findings: [],
    trades: { rows: 90, duplicate: 30 },
  },
  {
    name: 'two objects for one minute, of one content',
    change: (chunks) => {
      chunks.set(DEPTH_B, gzipSync(textOf(chunks, DEPTH)));
    },
    findings: [],
  },
  {
    name: 'everything compressed',
    change: (chunks) => gzipped(chunks),
    findings: [],
  },
];
