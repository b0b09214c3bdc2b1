/** Ids of two stretches of a day, merged, against the ids of both in one. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowColumns } from '../../../src/core/event/row-columns.js';
import { ID_INTERVALS_MAX, IdIntervals } from '../../../src/core/row/id-intervals.js';
import { type SeenIds, SeenTradeIds } from '../../../src/core/row/seen-ids.js';
import { SeenSnapshotIds } from '../../../src/core/row/seen-snapshots.js';
import { NEW_ID } from '../../../src/core/row/text-ids.js';

interface TimedId {
  readonly id: number;
  readonly timeMs: number;
}

const timedIds = fc.array(fc.record({ id: fc.nat({ max: 40 }), timeMs: fc.nat({ max: 9 }) }), {
  maxLength: 40,
  size: 'max',
});

function intervalsOf(rows: readonly TimedId[]): IdIntervals {
  const intervals = new IdIntervals();
  for (const { id, timeMs } of rows) intervals.add(id, timeMs);
  return intervals;
}

test('intervals hold the ids, gaps and times of both', () => {
  fc.assert(
    fc.property(timedIds, timedIds, (one, other) => {
      const merged = intervalsOf(one);
      const ids = new Set(one.map(({ id }) => id));
      const shared = new Set(other.map(({ id }) => id).filter((id) => ids.has(id)));
      expect(merged.sharedWith(intervalsOf(other))).toBe(shared.size);
      merged.absorb(intervalsOf(other));
      const both = intervalsOf([...one, ...other]);
      expect([...merged.gaps()]).toEqual([...both.gaps()]);
      expect([merged.first, merged.last, merged.span, merged.size]).toEqual([
        both.first,
        both.last,
        both.span,
        both.size,
      ]);
      expect(merged.peak).toBeGreaterThanOrEqual(both.peak);
    }),
    { numRuns: 500 },
  );
});

test('ids clash where a limit could have been met in one pass', () => {
  const scattered = (count: number): SeenTradeIds => {
    const seen = new SeenTradeIds(0);
    for (let id = 0; id < count; id++) seen.add(rowOf({ id: 2 * id, timeMs: 0 }), 0, 1);
    return seen;
  };
  const half = scattered(ID_INTERVALS_MAX / 2);
  const next = new SeenTradeIds(0);
  for (let id = 0; id < ID_INTERVALS_MAX / 2; id++) {
    next.add(rowOf({ id: 2 * id + ID_INTERVALS_MAX, timeMs: 0 }), 0, 1);
  }
  expect(half.clashesWith(next)).toBe(false);
  next.add(rowOf({ id: 4 * ID_INTERVALS_MAX, timeMs: 0 }), 0, 1);
  expect(half.clashesWith(next)).toBe(true);
});

/** Rows of the second stretch: most are new, some are those of the first one. */
const nextRows = fc.array(
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({ id: fc.integer({ min: 50, max: 90 }), timeMs: fc.nat({ max: 9 }) }),
    },
    { weight: 1, arbitrary: fc.nat({ max: 40 }) },
  ),
  { maxLength: 12, size: 'max' },
);

/** They clash unless the ids that both have were remembered from before the stretch. */
function checkClashes(open: () => SeenIds, keyOf: (row: TimedId) => string): void {
  let clashes = 0;
  let merges = 0;
  fc.assert(
    fc.property(timedIds, nextRows, fc.nat({ max: 40 }), (one, rows, remembered) => {
      const other = rows.flatMap((row) =>
        typeof row === 'number' ? one.slice(row, row + 1) : [row],
      );
      const seen = open();
      for (const each of one) seen.add(rowOf(each), 0, 1);
      const next = open();
      const before = one.slice(one.length - Math.min(remembered, one.length));
      for (const each of before) next.remember(rowOf(each), 0);
      const fresh = other.filter((each) => next.add(rowOf(each), 0, 2) === NEW_ID);
      const keys = new Set(one.map(keyOf));
      const clash = fresh.some((each) => keys.has(keyOf(each)));
      expect(seen.clashesWith(next)).toBe(clash);
      if (clash) {
        clashes += 1;
        return;
      }
      merges += 1;
      seen.merge(next);
      for (const each of [...one, ...other]) expect(seen.add(rowOf(each), 0, 3)).not.toBe(NEW_ID);
      expect(seen.add(rowOf({ id: 99, timeMs: 0 }), 0, 3)).toBe(NEW_ID);
    }),
    { numRuns: 200 },
  );
  expect(Math.min(clashes, merges)).toBeGreaterThan(0);
}

test('ids of trades clash if a row would no longer be new', () => {
  checkClashes(
    () => new SeenTradeIds(0),
    ({ id }) => String(id),
  );
});

test('ids of snapshots clash if a row would no longer be new', () => {
  checkClashes(
    () => new SeenSnapshotIds(),
    ({ id, timeMs }) => `${timeMs} ${id}`,
  );
});

function rowOf({ id, timeMs }: TimedId): RowColumns {
  const rows = new RowColumns(1);
  rows.appendRow(timeMs, 13, String(id), false);
  return rows;
}
