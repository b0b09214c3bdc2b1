/**
 * Decodes chunks into columns three ways: the byte kernels, the strict path alone, and the usual
 * csv-parse with JSON.parse, which gives doubles. All three read every level of every snapshot. Then the
 * byte kernels alone, on the same rows in other shapes.
 */
import { isUnreadable, planColumns } from '../src/core/decode/chunk-columns.js';
import { Malformed } from '../src/core/decode/strict-cell.js';
import { readStrictRow, type SplitLine } from '../src/core/decode/strict-row.js';
import { DepthRows } from '../src/core/event/depth-rows.js';
import { TradeRows, type Scales } from '../src/core/event/trade-rows.js';
import type { StreamName } from '../src/core/rule/symbol-day.js';
import { csvTables } from '../src/edge/format/csv-table.js';
import { rowCounter } from './decoded-rows.js';
import { medianSeconds, printRate } from './measure.js';
import { decodeWithCsvParse } from './peers/csv-parse-decode.js';
import { type RecordedChunk, recordedChunks, sizeBytes } from './recording.js';
import { OTHER_SHAPES } from './shapes.js';

const splitLine: SplitLine = (line) => csvTables.splitLine(line);
const NO_SCALES: Scales = { priceDecimals: 0, quantityDecimals: 0 };
/** Minutes to decode; more for trades, whose chunks are small. */
const MINUTES: Readonly<Record<StreamName, number>> = { trades: 60, depth: 10 };

for (const stream of ['trades', 'depth'] as const) {
  const chunks = recordedChunks(MINUTES[stream])[stream];
  const megabytes = sizeBytes(chunks) / 1e6;
  const byKernel = rowCounter(stream);
  const rows = byKernel(chunks);
  if (rows === 0 || rows !== byStrictPath(stream, chunks) || rows !== byPeer(stream, chunks)) {
    throw new Error('the three ways read different numbers of rows');
  }
  const kernel = megabytes / medianSeconds(() => byKernel(chunks));
  const strict = megabytes / medianSeconds(() => byStrictPath(stream, chunks), 3);
  const peer = megabytes / medianSeconds(() => byPeer(stream, chunks), 3);
  const slowest = Math.min(kernel, strict, peer);
  console.log(`decode ${stream}: ${rows} rows, ${megabytes.toFixed(1)} MB, one core`);
  printRate('byte kernel, exact', kernel, 'MB/s', slowest);
  printRate('strict path alone, exact', strict, 'MB/s', slowest);
  printRate(
    stream === 'depth' ? 'csv-parse, JSON.parse, Number' : 'csv-parse, Number',
    peer,
    'MB/s',
    slowest,
  );
  for (const [name, inShape] of Object.entries(OTHER_SHAPES[stream])) {
    const others = chunks.map(inShape);
    if (byKernel(others) !== rows) throw new Error(`${name}: another number of rows`);
    const rate = sizeBytes(others) / 1e6 / medianSeconds(() => byKernel(others));
    printRate(`byte kernel, ${name}`, rate, 'MB/s', slowest);
  }
}

function byStrictPath(stream: StreamName, chunks: readonly RecordedChunk[]): number {
  let rows = 0;
  for (const { name, bytes } of chunks) {
    const [header = '', ...lines] = Buffer.from(bytes).toString('latin1').split('\n');
    const plan = planColumns(stream, splitLine(header), []);
    if (isUnreadable(plan)) throw new Error(`${name}: ${plan.found}`);
    const trades = new TradeRows(lines.length, NO_SCALES);
    const snapshots = new DepthRows(lines.length, NO_SCALES);
    for (const line of lines) {
      if (line === '') continue;
      const row = readStrictRow(line, plan, splitLine);
      if (row instanceof Malformed) throw new Error(`${name}: ${row.found}`);
      if (row.kind === 'trade') trades.append(row);
      else snapshots.append(row);
    }
    rows += trades.count + snapshots.count;
  }
  return rows;
}

function byPeer(stream: StreamName, chunks: readonly RecordedChunk[]): number {
  return chunks.reduce((rows, { bytes }) => rows + decodeWithCsvParse(stream, bytes), 0);
}
