/** The byte kernels, the strict path and the oracle read the same rows from any single chunk. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mutatedChunks } from '../../support/recording/recording-arbitrary.js';
import { canonicalChunks } from './canonical-chunks.js';
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
      fc.property(canonicalChunks(stream, 8), ({ text, scales, rows }) => {
        const chunk = decode(stream, text, scales);
        expect(productRows(chunk)).toEqual(oracleRows(stream, text));
        expect(productRows(chunk)).toEqual(strictRows(stream, text));
        if (chunk === undefined) return;
        expect(chunk).toMatchObject({ strictRows: 0, malformed: 0, rowsRead: rows });
        rowsSeen += rows;
      }),
      { numRuns: 150 },
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

  test('with damaged bytes are read as the oracle reads them, line by line', () => {
    let malformed = 0;
    let good = 0;
    fc.assert(
      fc.property(mutatedChunks(stream), (objects) => {
        const text = Buffer.from(objects[0]?.content ?? []).toString('latin1');
        const chunk = decode(stream, text);
        expect(productRows(chunk)).toEqual(oracleRows(stream, text));
        expect(productRows(chunk)).toEqual(strictRows(stream, text));
        if (chunk === undefined) return;
        expect(chunk.malformedFirst.map(({ line }) => line)).toEqual(
          oracleMalformedLines(stream, text).slice(0, 10),
        );
        const wellFormed = productRows(chunk)?.length ?? 0;
        expect(chunk.rowsRead).toBe(wellFormed + oracleMalformedLines(stream, text).length);
        malformed += chunk.malformed;
        good += wellFormed;
      }),
      { numRuns: 300 },
    );
    expect(Math.min(malformed, good)).toBeGreaterThan(50);
  });
});
