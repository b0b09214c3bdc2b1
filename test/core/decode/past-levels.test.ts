/** Cells past the levels of a side hold nothing of an earlier line or chunk. */
import { expect, test } from 'vitest';
import { decodeChunk, type DecodedChunk } from '../../../src/core/decode/decode-chunk.js';
import { isUnreadable } from '../../../src/core/decode/chunk-columns.js';
import { RowPool } from '../../../src/core/event/row-pool.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';

const T = '1709337600000';
const FIRST = `${T},"[[""100.5"",""1""]]","[[""101.5"",""1""]]",1`;
const FINER = `${T},"[[""100.51"",""1""]]","[[""101.5"",""1""]]",4`;

function decoded(lines: readonly string[], pool: RowPool): DecodedChunk {
  const bytes = Buffer.from(['timestamp,bids,asks,update_id', ...lines, ''].join('\n'));
  const chunk = decodeChunk({
    stream: 'depth',
    object: 'o',
    bytes,
    scales: { priceDecimals: 1, quantityDecimals: 0 },
    splitLine: (line) => csvTables.splitLine(line),
    columns: [],
    pool,
  });
  if (isUnreadable(chunk)) throw new Error(chunk.found);
  for (const rows of chunk.batches) pool.give(rows);
  return chunk;
}

/** The best bids, at their scale. */
function bestBids({ batches }: DecodedChunk): unknown[] {
  return batches.flatMap(({ stream, ...rows }) => {
    if (!('bidPrice' in rows)) throw new Error(`snapshots, not ${stream}`);
    const { bidPrice, count } = rows;
    return [
      bidPrice.decimals,
      bidPrice.wide,
      ...Array.from({ length: count }, (_, row) => bidPrice.at(row * 20)),
    ];
  });
}

test('such as a number of a malformed line that has no place at the scale', () => {
  const broken = `${T},"[[""100.5"",""1""],[""1e-9"",""1""]]",broken,2`;
  const chunk = decoded([FIRST, broken, FIRST, FINER], new RowPool());
  expect(chunk.malformed).toBe(1);
  expect(bestBids(chunk)).toEqual([2, undefined, 10_050n, 10_050n, 10_051n]);
});

test('such as the deep book of the chunk that had the columns before', () => {
  const pool = new RowPool();
  const levels = Array.from({ length: 20 }, (_, level) => `[""${9_000_000 - level}.1"",""1""]`);
  const deep = `${T},"[${levels.join(',')}]","[]",1`;
  decoded([deep, deep, deep], pool);
  const finest = `${T},"[[""1.12345678901"",""1""]]","[]",5`;
  const chunk = decoded([FIRST, FIRST, finest], pool);
  expect(bestBids(chunk)).toEqual([
    11,
    undefined,
    10_050_000_000_000n,
    10_050_000_000_000n,
    112_345_678_901n,
  ]);
});
