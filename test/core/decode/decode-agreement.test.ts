/** The byte kernels, the strict path and the oracle read the same rows from any single chunk. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mutatedChunks } from '../../support/recording/recording-arbitrary.js';
import type { DecodedChunk } from '../../../src/core/decode/decode-chunk.js';
import type { StreamName } from '../../../src/core/rule/symbol-day.js';
import { canonicalChunks, damagedChunks } from './canonical-chunks.js';
import {
  decode,
  NO_SCALES,
  oracleMalformedLines,
  oracleRows,
  productRows,
  strictRows,
} from './decoded.js';

const STREAMS = ['trades', 'depth'] as const;

describe.for(STREAMS)('canonical chunks of %s', (stream) => {
  test('are read by the kernel alone, as the strict path and the oracle read them', () => {
    let rowsSeen = 0;
    fc.assert(
      fc.property(canonicalChunks(stream, 8), ({ text, scales, rows, strictRows: left }) => {
        const chunk = decode(stream, text, scales);
        expect(productRows(chunk)).toEqual(oracleRows(stream, text));
        expect(productRows(chunk)).toEqual(strictRows(stream, text));
        if (chunk === undefined) return;
        expect(chunk).toMatchObject({ strictRows: left, malformed: 0, rowsRead: rows });
        rowsSeen += rows;
      }),
      { numRuns: 250 },
    );
    expect(rowsSeen).toBeGreaterThan(100);
  });

  test('have the same values whatever the scales of the chunk before', () => {
    fc.assert(
      fc.property(
        canonicalChunks(stream, 5),
        fc.nat({ max: 18 }),
        fc.nat({ max: 18 }),
        ({ text }, p, q) => {
          const other = decode(stream, text, { priceDecimals: p, quantityDecimals: q });
          expect(productRows(other)).toEqual(productRows(decode(stream, text, NO_SCALES)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of any shape with damaged bytes are read as the strict path and the oracle read them', () => {
    let malformed = 0;
    let byKernel = 0;
    fc.assert(
      fc.property(damagedChunks(stream, 6), (text) => {
        const chunk = checkAgreement(stream, text);
        malformed += chunk?.malformed ?? 0;
        byKernel += (chunk?.rowsRead ?? 0) - (chunk?.strictRows ?? 0);
      }),
      { numRuns: 300 },
    );
    expect(Math.min(malformed, byKernel)).toBeGreaterThan(50);
  });

  test('with damaged bytes are read as the oracle reads them, line by line', () => {
    let malformed = 0;
    let good = 0;
    fc.assert(
      fc.property(mutatedChunks(stream), (objects) => {
        const text = Buffer.from(objects[0]?.content ?? []).toString('latin1');
        const chunk = checkAgreement(stream, text);
        malformed += chunk?.malformed ?? 0;
        good += (chunk?.rowsRead ?? 0) - (chunk?.malformed ?? 0);
      }),
      { numRuns: 300 },
    );
    expect(Math.min(malformed, good)).toBeGreaterThan(50);
  });
});

function checkAgreement(stream: StreamName, text: string): DecodedChunk | undefined {
  const chunk = decode(stream, text);
  const rows = productRows(chunk);
  expect(rows).toEqual(oracleRows(stream, text));
  expect(rows).toEqual(strictRows(stream, text));
  if (chunk === undefined) return undefined;
  const malformedLines = oracleMalformedLines(stream, text);
  expect(chunk.malformedFirst.map(({ line }) => line)).toEqual(malformedLines.slice(0, 10));
  expect(chunk.rowsRead).toBe((rows?.length ?? 0) + malformedLines.length);
  return chunk;
}
