/** Holes of a stream: at the bounds, in and around an expected stretch, with the ids at their ends. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowTimes } from '../../../src/core/evidence/row-times.js';
import { DAY_MS, type TimeRange } from '../../../src/core/unit/utc-date.js';
import { madeTrades } from '../event/made-rows.js';

const DAY: TimeRange = { fromMs: 0, toMs: DAY_MS };
const HOLE_MIN_MS = 5_000;

/** `rows` as [time, id], in reading order. Holes as `from-to before>after`. */
function holesOf(rows: readonly (readonly [number, number?])[], expected: TimeRange): string[] {
  const times = new RowTimes(0);
  for (const [timeMs, id] of rows)
    times.take(madeTrades([{ timeMs, id: id === undefined ? '' : String(id) }]));
  return times
    .holes(expected, HOLE_MIN_MS)
    .map(({ fromMs, toMs, idBefore, idAfter }) => `${fromMs}-${toMs} ${idBefore}>${idAfter}`);
}

/** The ids of a millisecond; NaN without rows. */
function idsAt(rows: readonly (readonly [number, number?])[], atMs: number | undefined): number[] {
  const ids = rows.filter(([timeMs]) => timeMs === atMs).map(([, id]) => id ?? Number.NaN);
  return ids.length === 0 ? [Number.NaN] : ids;
}

describe('holes', () => {
  test.for<[string, [number, number?][], TimeRange, string[]]>([
    ['are the whole day without rows', [], DAY, ['0-86400000 NaN>NaN']],
    [
      'begin at 00:00 and end at 24:00',
      [[50_000, 7]],
      DAY,
      ['0-50000 NaN>7', '50000-86400000 7>NaN'],
    ],
    [
      'have ends in the neighbour days',
      [
        [-1, 6],
        [50_000, 7],
        [DAY_MS, 8],
      ],
      DAY,
      ['0-50000 6>7', '50000-86400000 7>8'],
    ],
    [
      'take the last row before and the first behind',
      [
        [-9, 5],
        [-1, 6],
        [-5, 9],
        [DAY_MS + 9, 3],
        [DAY_MS, 8],
      ],
      DAY,
      ['0-86400000 6>8'],
    ],
    [
      'are longer than the limit',
      [[0], [5_000], [10_001]],
      { fromMs: 0, toMs: 10_001 },
      ['5000-10001 NaN>NaN'],
    ],
    [
      'end with the expected stretch',
      [
        [1_000, 1],
        [90_000, 2],
      ],
      { fromMs: 2_000, toMs: 20_000 },
      ['2000-20000 1>2'],
    ],
    [
      'begin at the row on the border',
      [
        [2_000, 1],
        [20_000, 2],
      ],
      { fromMs: 2_000, toMs: 20_000 },
      ['2000-20000 1>2'],
    ],
    [
      'are cut by a row inside',
      [
        [1_000, 1],
        [10_000, 2],
        [90_000, 3],
      ],
      { fromMs: 2_000, toMs: 20_000 },
      ['2000-10000 1>2', '10000-20000 2>3'],
    ],
    [
      'know both ids of a second on the border',
      [
        [2_100, 1],
        [2_900, 2],
        [30_000, 3],
      ],
      { fromMs: 2_500, toMs: 30_000 },
      ['2900-30000 2>3'],
    ],
    [
      'end in a second that goes past the end',
      [
        [0, 1],
        [20_100, 2],
        [20_900, 3],
      ],
      { fromMs: 0, toMs: 20_500 },
      ['0-20100 1>2'],
    ],
    [
      'take the highest id of the last millisecond and the lowest of the first',
      [
        [1_000, 5],
        [1_000, 4],
        [999, 9],
        [9_000, 7],
        [9_000, 6],
        [9_001, 1],
      ],
      { fromMs: 0, toMs: 9_001 },
      ['1000-9000 5>6'],
    ],
    [
      'know no id of a millisecond in which a row has none',
      [[1_000, 4], [1_000], [1_000, 5], [9_000], [9_000, 6]],
      { fromMs: 0, toMs: 9_001 },
      ['1000-9000 NaN>NaN'],
    ],
    [
      'are found whatever the reading order',
      [
        [20_000, 3],
        [1_000, 1],
        [900, 9],
        [20_100, 4],
      ],
      { fromMs: 0, toMs: 20_100 },
      ['1000-20000 1>3'],
    ],
    ['are none in an empty stretch', [], { fromMs: 5, toMs: 5 }, []],
  ])('%s', ([, rows, expected, holes]) => {
    expect(holesOf(rows, expected)).toEqual(holes);
  });

  test('equal all rows sorted, for any window of the day', () => {
    const time = fc.oneof(
      fc.integer({ min: -3_000, max: 60_000 }),
      fc.integer({ min: DAY_MS - 9_000, max: DAY_MS + 9 }),
    );
    const edge = fc.constantFrom(0, 1, 10_000, 30_500, 59_999, DAY_MS - 8_001, DAY_MS);
    let found = 0;
    fc.assert(
      fc.property(fc.array(time, { maxLength: 12 }), edge, edge, (timesMs, a, b) => {
        const [fromMs, toMs] = [Math.min(a, b), Math.max(a, b)];
        const rows = timesMs.map((timeMs, id): [number, number] => [timeMs, id]);
        const sorted = rows.toSorted((left, right) => left[0] - right[0]);
        const inside = sorted.map(([at]) => at).filter((at) => at > fromMs && at < toMs);
        const ends = [fromMs, ...inside, toMs];
        const holes = ends.slice(1).flatMap((end, index) => {
          const begin = ends[index] ?? end;
          if (end - begin <= HOLE_MIN_MS) return [];
          const beforeMs = sorted.findLast(([at]) => at <= begin)?.[0];
          const afterMs = sorted.find(([at]) => at >= end)?.[0];
          const before = idsAt(sorted, beforeMs);
          const after = idsAt(sorted, afterMs);
          return [`${begin}-${end} ${Math.max(...before)}>${Math.min(...after)}`];
        });
        expect(holesOf(rows, { fromMs, toMs })).toEqual(holes);
        found += holes.length;
      }),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(20);
  });
});
