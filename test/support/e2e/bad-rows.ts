/** Faulty rows in a readable chunk. */
import type { BadChunkCase } from './bad-chunk-case.js';
import { chunkName, editLines, editTrade, levelsCell, textOf } from './tiny-recording.js';

const TRADES = chunkName('trades', '00-00');
const DEPTH = chunkName('depth', '00-00');
const MEGABYTE = 1_000_000;
const DECIMAL = 'expected a decimal number of at most 18 digits before and 18 after the point';
const PAIRS = 'expected a json array of 0 to 20 [price, quantity] pairs';

export const BAD_ROWS: readonly BadChunkCase[] = [
  {
    name: 'a line of 100 MB, among others',
    change: (chunks) =>
      editLines(chunks, 'trades', (lines) =>
        lines.map((line, index) => (index === 3 ? '9'.repeat(100 * MEGABYTE) : line)),
      ),
    status: 'partial',
    findings: [
      `warning malformed_rows ${TRADES} line 4: 1 of 60 rows of trades are malformed`,
      'info trade_ids_missing after id 1001: 1 id missing in 1 place',
    ],
    malformed: ['line 4 row: found a line of 100000000 bytes, expected at most 1048576'],
    trades: { used: 59, malformed: 1 },
  },
  {
    name: 'NUL bytes at its end, as a crash leaves them',
    change: (chunks) => {
      chunks.set(DEPTH, `${textOf(chunks, DEPTH)}${'\0'.repeat(4_096)}`);
    },
    status: 'partial',
    findings: [
      `warning malformed_rows ${DEPTH} line 32: 1 of 61 rows of depth are malformed`,
      `info no_final_line_feed ${DEPTH}: 1 chunk of depth ends without a line feed: the last row may be cut, and is used if it can be read`,
    ],
    malformed: ['line 32 row: found 4096 NUL bytes from byte 22100 on, expected csv text'],
    depth: { rows: 61, malformed: 1 },
  },
  {
    name: 'json with 19 levels',
    change: (chunks) =>
      editLines(chunks, 'depth', (lines) =>
        lines.map((line, index) =>
          index === 2 ? `${line.slice(0, 13)},${levelsCell('bid', 19)},${levelsCell('ask')}` : line,
        ),
      ),
    findings: ['info snapshots_short depth: 1 snapshot with fewer than 20 levels a side'],
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
      'info trade_ids_missing after id 1000: 1 id missing in 1 place',
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
      'info trade_ids_missing after id 1000: 2 ids missing in 1 place',
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
    findings: [
      `error too_many_malformed ${TRADES} line 2: 11 of 60 rows of trades are malformed, the first in row: found 6 fields, expected 5`,
    ],
  },
];
