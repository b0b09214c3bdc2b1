import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DUPLICATE_MEMORY_US, RowDuplicates } from '../../../src/core/feed/row-duplicates.js';
import { decodeFrame, type RowFrame } from '../../../src/core/frame/frame.js';

function trade(id: number): RowFrame {
  return row(`{"e":"trade","E":1,"T":1,"s":"A","t":${id},"p":"1","q":"1","X":"MARKET","m":true}`);
}

function snapshot(eventTimeMs: number, id: number): RowFrame {
  return row(
    `{"e":"depthUpdate","E":${eventTimeMs},"T":${eventTimeMs},"s":"A","u":${id},"b":[],"a":[]}`,
  );
}

function row(text: string): RowFrame {
  const frame = decodeFrame(text);
  if (frame.is !== 'trade' && frame.is !== 'depth') throw new Error(text);
  return frame;
}

/** What each connection delivers of one sequence, and in which order they take turns. */
const deliveries = fc
  .record({
    length: fc.integer({ min: 1, max: 60 }),
    bounds: fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { minLength: 2, maxLength: 3 }),
    turns: fc.array(fc.nat(2), { minLength: 180, maxLength: 180 }),
    isDepth: fc.boolean(),
  })
  .map(({ length, bounds, turns, isDepth }) => {
    const parts = bounds.map(([one, other]) => ({
      next: Math.min(one, other, length),
      end: Math.min(Math.max(one, other), length),
    }));
    const order: { readonly connection: number; readonly index: number }[] = [];
    for (const turn of [...turns, ...turns, 0, 1, 2]) {
      const connection = turn % parts.length;
      const part = parts[connection];
      if (part !== undefined && part.next < part.end)
        order.push({ connection, index: part.next++ });
    }
    for (const [connection, part] of parts.entries()) {
      while (part.next < part.end) order.push({ connection, index: part.next++ });
    }
    return { order, isDepth };
  });

/** Whether a row is still known after so many periods. */
function after(periods: number): boolean {
  const duplicates = new RowDuplicates(1, 0);
  duplicates.isDuplicate(0, trade(5), 1);
  for (let period = 1; period <= periods; period++) {
    duplicates.forget(period * DUPLICATE_MEMORY_US);
  }
  return duplicates.isDuplicate(0, trade(5), 2);
}

describe('rows over several connections', () => {
  test('are accepted exactly once each, however deliveries overlap', () => {
    let overlapping = 0;
    fc.assert(
      fc.property(deliveries, ({ order, isDepth }) => {
        const duplicates = new RowDuplicates(1, 0);
        const accepted: number[] = [];
        for (const { connection, index } of order) {
          const frame = isDepth ? snapshot(1_000 + index * 100, 7 * index) : trade(9e9 + index);
          if (!duplicates.isDuplicate(0, frame, connection)) accepted.push(index);
        }
        const union = new Set(order.map(({ index }) => index));
        if (union.size < order.length) overlapping += 1;
        expect([...accepted].sort((one, other) => one - other)).toEqual(
          [...union].sort((one, other) => one - other),
        );
      }),
    );
    expect(overlapping).toBeGreaterThan(10);
  });

  test('stay where one connection sends them twice', () => {
    const duplicates = new RowDuplicates(2, 0);
    expect(duplicates.isDuplicate(0, trade(5), 1)).toBe(false);
    expect(duplicates.isDuplicate(0, trade(5), 1)).toBe(false);
    expect(duplicates.isDuplicate(0, trade(5), 2)).toBe(true);
    expect(duplicates.isDuplicate(1, trade(5), 2)).toBe(false);
  });

  test('differ in depth by time or by update id', () => {
    const duplicates = new RowDuplicates(1, 0);
    expect(duplicates.isDuplicate(0, snapshot(1, 5), 1)).toBe(false);
    expect(duplicates.isDuplicate(0, snapshot(2, 5), 2)).toBe(false);
    expect(duplicates.isDuplicate(0, snapshot(1, 6), 2)).toBe(false);
    expect(duplicates.isDuplicate(0, snapshot(1, 5), 2)).toBe(true);
  });

  test('are remembered for 30 s at least and 60 s at most', () => {
    expect([after(0), after(1), after(2)]).toEqual([true, true, false]);
  });
});
