/** Memory is lent to one at a time, used again, and kept up to a limit. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { READ_MEMORY_BYTES_MAX, ReadMemory } from '../../../src/jobs/aggregate/read-memory.js';

test('lends at least what is asked for and at most a quarter or 4 KiB more, each piece to one', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(100_000), fc.boolean())), (asked) => {
      const memory = new ReadMemory();
      const lent = new Set<Uint8Array>();
      for (const [bytes, isKept] of asked) {
        const piece = memory.lend(bytes);
        expect(lent.has(piece)).toBe(false);
        expect(piece.length).toBeGreaterThanOrEqual(bytes);
        expect(piece.length - bytes).toBeLessThanOrEqual(Math.max(4_096, bytes / 4));
        if (isKept) lent.add(piece);
        else memory.giveBack(piece);
      }
    }),
  );
});

test('lends a piece again to an object of about the same size', () => {
  const memory = new ReadMemory();
  const piece = memory.lend(1_000_000);
  expect(memory.lend(1_000_000) === piece).toBe(false);
  memory.giveBack(piece);
  expect(memory.lend(999_000) === piece).toBe(true);
  expect(memory.lend(999_000) === piece).toBe(false);
});

test('leaves to the collector what would be too much: older memory first', () => {
  const memory = new ReadMemory();
  const large = memory.lend(READ_MEMORY_BYTES_MAX + 1);
  memory.giveBack(large);
  expect(memory.lend(READ_MEMORY_BYTES_MAX + 1) === large).toBe(false);
  const halves = [1, 2, 3].map(() => memory.lend(READ_MEMORY_BYTES_MAX / 2));
  for (const half of halves) memory.giveBack(half);
  const again = halves.map(() => memory.lend(READ_MEMORY_BYTES_MAX / 2));
  expect(again.map((half) => halves.indexOf(half))).toEqual([2, -1, -1]);
});
