/** A pool lends columns again, and keeps so many bytes of them at most. */
import { expect, test } from 'vitest';
import { POOLED_BYTES_MAX, RowPool } from '../../../src/core/event/row-pool.js';

const SCALES = { priceDecimals: 2, quantityDecimals: 3 };

test('lends columns again that are large enough', () => {
  const pool = new RowPool();
  const rows = pool.takeTrades(100, SCALES);
  pool.give(rows);
  expect(pool.takeTrades(100, SCALES) === rows).toBe(true);
  pool.give(rows);
  expect(pool.takeTrades(101, SCALES) === rows).toBe(false);
});

test('drops columns beyond its limit', () => {
  const pool = new RowPool();
  const oneBytes = pool.takeTrades(1, SCALES).sizeBytes;
  const capacity = Math.floor((0.4 * POOLED_BYTES_MAX) / oneBytes);
  const given = [1, 2, 3].map(() => pool.takeTrades(capacity, SCALES));
  expect(given.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBeGreaterThan(
    POOLED_BYTES_MAX,
  );
  for (const rows of given) pool.give(rows);
  const again = given.map(() => pool.takeTrades(1, SCALES));
  expect(again.map((rows) => given.indexOf(rows))).toEqual([1, 0, -1]);
});
