/** Seen ids in bounded memory, against plain sets. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowColumns } from '../../../src/core/event/row-columns.js';
import { ID_INTERVALS_MAX, IdIntervals, type IdGap } from '../../../src/core/row/id-intervals.js';
import { SeenTradeIds } from '../../../src/core/row/seen-ids.js';
import { SeenSnapshotIds } from '../../../src/core/row/seen-snapshots.js';
import {
  NEW_ID,
  REPEATED_FROM_ANOTHER,
  REPEATED_WITHIN,
  TEXT_IDS_MAX,
} from '../../../src/core/row/text-ids.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';

interface TimedId {
  readonly id: number;
  readonly timeMs: number;
}

/** Adds the ids and compares every answer, the ends and the gaps with a map from id to earliest time. */
function check(rows: readonly TimedId[]): void {
  const intervals = new IdIntervals();
  const timesMs = new Map<number, number>();
  for (const { id, timeMs } of rows) {
    expect(intervals.add(id, timeMs)).toBe(!timesMs.has(id));
    timesMs.set(id, Math.min(timeMs, timesMs.get(id) ?? timeMs));
  }
  const sorted = [...timesMs].toSorted(([a], [b]) => a - b);
  const gaps = sorted.slice(1).flatMap(([id, toMs], index): IdGap[] => {
    const [afterId, fromMs] = sorted[index] ?? [id - 1, toMs];
    return id === afterId + 1 ? [] : [{ afterId, missing: id - afterId - 1, fromMs, toMs }];
  });
  expect([...intervals.gaps()]).toEqual(gaps);
  expect([intervals.first, intervals.last]).toEqual([sorted[0]?.[0], sorted.at(-1)?.[0]]);
  for (const [idBefore] of sorted) {
    expect(intervals.has(idBefore)).toBe(true);
    expect(intervals.has(idBefore + 1)).toBe(timesMs.has(idBefore + 1));
    const [idAfter] = sorted.findLast(([id]) => id > idBefore) ?? [idBefore + 1];
    const between = sorted.filter(([id]) => id > idBefore && id < idAfter).length;
    if (timesMs.has(idAfter)) {
      expect(intervals.missingBetween(idBefore, idAfter)).toBe(idAfter - idBefore - 1 - between);
    }
  }
  const [first, last] = [sorted[0]?.[1], sorted.at(-1)?.[1]];
  expect(intervals.span).toEqual(first === undefined ? undefined : { fromMs: first, toMs: last });
}

describe('intervals of ids', () => {
  test('know the ids, the gaps and the times at their ends, in any order of arrival', () => {
    const row = fc.record({ id: fc.nat({ max: 30 }), timeMs: fc.nat({ max: 9 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        check(rows);
      }),
      { numRuns: 500 },
    );
  });

  test('outgrow their first columns in the middle and at both ends', () => {
    const ids = Array.from({ length: 300 }, (_, n) => ((n * 7) % 300) * 2);
    check(ids.map((id) => ({ id, timeMs: id })));
    check(ids.flatMap((id) => [id, id + 1]).map((id) => ({ id, timeMs: 600 - id })));
  });

  test('stay few for ids up to the last safe one', () => {
    check([999_999_999_999_998, 999_999_999_999_999, 0].map((id) => ({ id, timeMs: 1 })));
  });

  test('end with a limit error and forget no id', () => {
    const intervals = new IdIntervals();
    for (let n = 0; n < ID_INTERVALS_MAX; n++) intervals.add(2 * n, n);
    expect(intervals.add(2 * ID_INTERVALS_MAX - 1, 0)).toBe(true);
    expect(intervals.add(0, 0)).toBe(false);
    expect(() => intervals.add(2 * ID_INTERVALS_MAX + 2, 0)).toThrow(
      'trade ids stretches of consecutive ids: found more than 100000, expected nearly consecutive ids',
    );
  });
});

/** Whether each row is new, or in which object its id was first, compared with a map of keys. An object has three rows. */
function checkSeen(
  seen: { add(rows: RowColumns, row: number, object: number): number },
  rows: readonly { timeMs: number; id: string }[],
  keyOf: (row: { timeMs: number; id: string }) => string,
): void {
  const columns = new RowColumns(rows.length);
  const objects = new Map<string, number>();
  for (const row of rows) {
    if (columns.count === columns.capacity) columns.grow();
    const index = columns.appendRow(row.timeMs, 13, row.id, false);
    const object = 1 + Math.floor(index / 3);
    const first = row.id === '' ? undefined : objects.get(keyOf(row));
    const repeated = first === object ? REPEATED_WITHIN : REPEATED_FROM_ANOTHER;
    expect(seen.add(columns, index, object)).toBe(first === undefined ? NEW_ID : repeated);
    if (first === undefined) objects.set(keyOf(row), object);
  }
}

const anyRow = fc.record({
  timeMs: fc.nat({ max: 12 }),
  id: fc.oneof(
    fc.nat({ max: 20 }).map(String),
    fc.constantFrom('', 'a', '07', '7', '007', '9007199254740992', '9007199254740993'),
  ),
});

describe('rows seen before', () => {
  test('are trades of the same id as text, whenever', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 60 }), (rows) => {
        checkSeen(new SeenTradeIds(0), rows, ({ id }) => id);
      }),
      { numRuns: 300 },
    );
  });

  test('are snapshots of the same id in the same millisecond, late ones too', () => {
    const nearlyInOrder = fc
      .array(anyRow, { maxLength: 60 })
      .map((rows) => rows.map((row, index) => ({ ...row, timeMs: row.timeMs + (index >> 2) })));
    fc.assert(
      fc.property(fc.oneof(nearlyInOrder, fc.array(anyRow, { maxLength: 60 })), (rows) => {
        checkSeen(new SeenSnapshotIds(), rows, ({ id, timeMs }) => `${timeMs} ${id}`);
      }),
      { numRuns: 300 },
    );
  });

  test('outgrow the first table of snapshots and are still found', () => {
    const rows = Array.from({ length: 3_000 }, (_, n) => ({ timeMs: n >> 1, id: String(n % 5) }));
    checkSeen(new SeenSnapshotIds(), [...rows, ...rows], ({ id, timeMs }) => `${timeMs} ${id}`);
  });

  test('end with a limit error past the limit of text ids', () => {
    const rows = new RowColumns(1);
    rows.appendRow(0, 13, 'x', false);
    const seen = new SeenTradeIds(0);
    for (let n = 0; n < TEXT_IDS_MAX; n++) {
      rows.textId.set(0, `x${n}`);
      seen.add(rows, 0, 1);
    }
    rows.textId.set(0, 'one more');
    expect(() => seen.add(rows, 0, 1)).toThrow(FlowbarsError);
    rows.textId.set(0, 'x0');
    expect(seen.add(rows, 0, 1)).toBe(REPEATED_WITHIN);
  });
});
