/**
 * Chunks that cannot be read, cannot be read alone, or only look odd. The recording without any
 * change is complete and its run good, so every result of a case comes from its change.
 */
import { gzipSync } from 'node:zlib';
import type { BadChunkCase } from './bad-chunk-case.js';
import { chunkName, editLines, gzipped, textOf } from './tiny-recording.js';

const TRADES = chunkName('trades', '00-00');
const DEPTH = chunkName('depth', '00-00');
const DEPTH_B = chunkName('depth', '00-00_b');
const MEGABYTE = 1_000_000;
const UNREADABLE = `warning chunk_unreadable ${TRADES}`;
const TRADES_MISSING =
  'warning outage 2024-05-06T00:00:00.000Z/2024-05-06T00:01:00.100Z: trades_missing for 1m 0s';
const COLUMNS = 'expected the columns timestamp, price, quantity, is_buyer_maker';
const CSV = 'expected csv text, plain or gzip';
const GARBAGE = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 251);
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
      `${UNREADABLE}: header: found 'price,quantity,is_buyer_maker,trade_id', ${COLUMNS} (missing: timestamp; name others with --columns trades:NAME=timestamp)`,
      TRADES_MISSING,
    ],
  },
  {
    name: 'known column twice',
    change: (chunks) =>
      editLines(chunks, 'trades', (lines) => lines.map((line) => `${line},${line.split(',')[1]}`)),
    ...lostTrades,
    findings: [
      `${UNREADABLE}: header: found column price more than once: 'price' and 'price', expected one of them (--columns trades:NAME=COLUMN says what another means)`,
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
      `${UNREADABLE}: content: found binary content (00 8a 19 a3 32 bc 4b d5 …), ${CSV}`,
      TRADES_MISSING,
    ],
  },
  {
    name: 'gzip in gzip',
    change: (chunks) => {
      chunks.set(TRADES, gzipSync(gzipSync(textOf(chunks, TRADES))));
    },
    ...lostTrades,
    findings: [
      `${UNREADABLE}: content: found gzip in gzip (1f 8b), ${CSV}: unpack it once`,
      TRADES_MISSING,
    ],
  },
  {
    name: "a server's answer",
    change: (chunks) => {
      chunks.set(TRADES, `<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>`);
    },
    ...lostTrades,
    findings: [
      `${UNREADABLE}: content: found an xml document ('NoSuchKey'), ${CSV}: upload the recording itself`,
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
      `${UNREADABLE}: first line: found a line of 100000000 bytes, expected at most 1048576`,
      TRADES_MISSING,
    ],
  },
  {
    name: 'two objects for one minute, without ids',
    change: (chunks) => {
      chunks.set(DEPTH_B, textOf(chunks, DEPTH).replace('99.5', '99.45'));
    },
    code: 1,
    status: 'partial',
    findings: [
      `error overlap_unresolved ${DEPTH} and ${DEPTH_B}: differing objects of one chunk minute have rows without an id: a row in both counts twice`,
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
