/** Which events one mark of the chart stands for. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clustersOf, isStack } from '../../../src/page/chart/clusters.js';

function rowsOf(rows: readonly number[], pixelsPerRow: number): number[][] {
  return clustersOf(
    rows.map((row) => ({ row })),
    pixelsPerRow,
  ).map(({ events }) => events.map(({ row }) => row));
}

test.each<[string, number[], number, number[][]]>([
  ['events far apart stay alone', [1, 9], 10, [[1], [9]]],
  ['neighbours become one', [1, 2, 20], 10, [[1, 2], [20]]],
  ['a number needs more room than a letter', [1, 2, 4], 8, [[1, 2, 4]]],
  ['events of one bar stay together', [3, 3, 5], 10, [[3, 3], [5]]],
  ['all become one without room', [1, 500, 900], 0, [[1, 500, 900]]],
])('%s', (_, rows, pixelsPerRow, expected) => {
  expect(rowsOf(rows, pixelsPerRow)).toEqual(expected);
});

test('keeps every event, and marks at least their letters apart', () => {
  const events = fc.array(fc.record({ row: fc.nat(500) }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(events, fc.integer({ min: 1, max: 20 }), (some, pixelsPerRow) => {
      const clusters = clustersOf(some, pixelsPerRow);
      expect(clusters.flatMap((cluster) => cluster.events)).toHaveLength(some.length);
      for (const [index, { row }] of clusters.slice(1).entries()) {
        expect((row - (clusters[index]?.row ?? 0)) * pixelsPerRow).toBeGreaterThanOrEqual(14);
      }
    }),
  );
});

test('stacks a few events of one bar', () => {
  const [few] = clustersOf([{ row: 1 }, { row: 1 }], 10);
  const [many] = clustersOf(
    Array.from({ length: 9 }, () => ({ row: 1 })),
    10,
  );
  const [wide] = clustersOf([{ row: 1 }, { row: 2 }], 1);
  expect([few, many, wide].map((one) => one !== undefined && isStack(one))).toEqual([
    true,
    false,
    false,
  ]);
});
