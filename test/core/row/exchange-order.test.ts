/** Rows of any interleaving of chunks come out in Order, and lateness depends on a row and its chunk alone. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXCLUDED, LAST_USABLE, SHORT, USED } from '../../../src/core/event/row-columns.js';
import { TradeRows } from '../../../src/core/event/trade-rows.js';
import { inOrder } from '../../../src/core/row/chunk-order.js';
import {
  ExchangeOrder,
  WAITING_BYTES_MAX,
  type Run,
} from '../../../src/core/row/exchange-order.js';
import { madeSnapshots, madeTrades } from '../event/made-rows.js';

const CHUNK_MS = 10;

interface Given {
  readonly timeMs: number;
  readonly outcome: number;
  readonly id?: string;
}

interface Taken {
  readonly timeMs: number;
  readonly sequence: number;
  readonly id: string;
}

/** Pushes the chunks; rows more than `windowMs` before their chunk's own ten milliseconds are late. */
function check(
  chunks: readonly (readonly Given[])[],
  windowMs: number,
): { readonly taken: Taken[]; readonly late: Taken[] } {
  const order = new ExchangeOrder<TradeRows>();
  const all: (Taken & { readonly isLate: boolean })[] = [];
  const taken: Taken[] = [];
  const late: Taken[] = [];
  const note = ({ rows, from, to, late: isLate }: Run<TradeRows>): void => {
    expect(from).toBeLessThan(to);
    for (let row = from; row < to; row++) {
      const { sequence = 0, id = '' } =
        all.find((each) => each.sequence === rows.sequence[row]) ?? {};
      expect(rows.outcome[row]).toBeLessThanOrEqual(LAST_USABLE);
      (isLate ? late : taken).push({ timeMs: rows.timeMs[row] ?? 0, sequence, id });
    }
  };
  let next = 0;
  for (const [index, chunk] of chunks.entries()) {
    const rows = madeTrades(chunk, next);
    const lateBeforeMs = index * CHUNK_MS - windowMs;
    for (const [row, { timeMs, outcome, id = '' }] of chunk.entries()) {
      rows.outcome[row] = outcome;
      if (outcome <= LAST_USABLE) {
        all.push({ timeMs, sequence: next, id, isLate: timeMs < lateBeforeMs });
      }
      next += 1;
    }
    order.take(lateBeforeMs).forEach(note);
    order.push(rows, lateBeforeMs).forEach(note);
  }
  order.take(Number.POSITIVE_INFINITY).forEach(note);
  const expected = (isLate: boolean): number[] =>
    all.filter((row) => row.isLate === isLate).map(({ sequence }) => sequence);
  expect(late.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual(expected(true));
  expect(taken).toEqual(inOrderOf(all.filter(({ isLate }) => !isLate)));
  return { taken, late };
}

/** Order by its definition, for rows in reading order. */
function inOrderOf(rows: readonly Taken[]): Taken[] {
  const groups = [...Map.groupBy(rows, ({ timeMs }) => timeMs)].toSorted(([a], [b]) => a - b);
  return groups.flatMap(([, group]) => {
    const byId = group.every(({ id }) => /^\d+$/u.test(id) && Number(id) < 2 ** 53);
    const sorted = byId ? group.toSorted((a, b) => Number(a.id) - Number(b.id)) : group;
    return sorted.map(({ timeMs, sequence, id }) => ({ timeMs, sequence, id }));
  });
}

const outcome = fc.constantFrom(USED, USED, USED, SHORT, EXCLUDED);
const id = fc.oneof(
  { weight: 9, arbitrary: fc.nat({ max: 20 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('', 'x', '007', '9007199254740992') },
);

function used(timeMs: number, itsId = ''): Given {
  return { timeMs, outcome: USED, id: itsId };
}

function idsOf(...chunks: Given[][]): string[] {
  return check(chunks, 100).taken.map((row) => row.id);
}

describe('rows', () => {
  test('are in Order and none is late if chunks reach back no further than the window', () => {
    const chunks = fc
      .array(fc.array(fc.record({ timeMs: fc.nat({ max: 29 }), outcome, id }), { maxLength: 8 }), {
        maxLength: 6,
      })
      .map((all) =>
        all.map((chunk, index) =>
          chunk.map((row) => ({ ...row, timeMs: row.timeMs + index * CHUNK_MS })),
        ),
      );
    fc.assert(
      fc.property(chunks, (given) => {
        expect(check(given, 0).late).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('are all handed over, with the late ones marked', () => {
    const timeMs = fc.oneof(fc.nat({ max: 60 }), fc.constantFrom(5, 15, 25));
    const row = fc.record({ timeMs, outcome, id });
    let late = 0;
    let crowded = 0;
    fc.assert(
      fc.property(
        fc.array(fc.array(row, { maxLength: 8 }), { maxLength: 6 }),
        fc.constantFrom(-60, 0, 10),
        (given, windowMs) => {
          const { taken, late: lateRows } = check(given, windowMs);
          late += lateRows.length;
          crowded += taken.filter(
            (each, at) =>
              each.timeMs === taken[at - 1]?.timeMs &&
              each.sequence < (taken[at - 1]?.sequence ?? 0),
          ).length;
        },
      ),
      { numRuns: 500 },
    );
    expect(late).toBeGreaterThan(100);
    expect(crowded).toBeGreaterThan(100);
  });

  test('of one millisecond stay in reading order unless ids order them', () => {
    const { taken } = check(
      [
        [used(5), used(7)],
        [used(5), used(5), used(6)],
        [used(7), used(5)],
      ],
      100,
    );
    expect(taken.map(({ sequence }) => sequence)).toEqual([0, 2, 3, 6, 4, 1, 5]);
  });

  test('of one millisecond go by their ids, within a chunk and across chunks', () => {
    expect(idsOf([used(5, '3'), used(5, '1'), used(6, '2')])).toEqual(['1', '3', '2']);
    expect(idsOf([used(5, '30'), used(5, '4')], [used(5, '5')])).toEqual(['4', '5', '30']);
    expect(idsOf([used(5, '3'), used(5, '1')], [used(5, '')])).toEqual(['3', '1', '']);
    expect(idsOf([used(5, '007'), used(5, '6')], [used(5, '7')])).toEqual(['6', '007', '7']);
  });

  test('are late by their own chunk alone, whatever was handed over before', () => {
    const alone = check([[], [], [], [used(9, '1'), used(10, '2')]], 20);
    expect(alone.late.map((row) => row.id)).toEqual(['1']);
    const crowded = check([[used(50)], [], [], [used(9, '1'), used(10, '2')]], 20);
    expect(crowded.late.map((row) => row.id)).toEqual(['1']);
    expect(crowded.taken.map(({ timeMs }) => timeMs)).toEqual([10, 50]);
  });
});

test('too many rows that wait are a limit', () => {
  const capacity = Math.ceil(WAITING_BYTES_MAX / 43 / 8);
  const chunk = (): TradeRows => {
    const rows = new TradeRows(capacity, { priceDecimals: 0, quantityDecimals: 0 });
    rows.timeMs.fill(5);
    rows.count = capacity;
    return rows;
  };
  const order = new ExchangeOrder<TradeRows>();
  for (let chunks = 0; chunks < 7; chunks++) order.push(chunk(), 0);
  expect(() => order.push(chunk(), 0)).toThrow(
    /^symbol-day bytes of rows that wait for their time: found \d+, expected at most 268435456: cut the chunks into minutes or hours$/u,
  );
});

describe('a chunk', () => {
  test('in Order already is returned itself', () => {
    const rows = madeTrades([{ timeMs: 1 }, { timeMs: 1 }, { timeMs: 2 }]);
    expect(inOrder(rows)).toBe(rows);
  });

  test('of trades is sorted with all its columns', () => {
    const sorted = inOrder(
      madeTrades([
        { timeMs: 2, price: '1.5', id: 'x', side: 'sell' },
        { timeMs: 1, price: '99999999999999999.25', quantity: '3', id: '9', excluded: true },
        { timeMs: 2, price: '2', id: '' },
      ]),
    );
    expect([...sorted.sequence.subarray(0, 3)]).toEqual([1, 0, 2]);
    expect([0, 1, 2].map((row) => sorted.price.at(row))).toEqual([
      9_999_999_999_999_999_925n,
      150n,
      200n,
    ]);
    expect([...sorted.takerSide.subarray(0, 3)]).toEqual([0, 1, 0]);
    expect([...sorted.excluded.subarray(0, 3)]).toEqual([1, 0, 0]);
    expect([sorted.id[0], sorted.textId.get(1), sorted.hasId(2)]).toEqual([9, 'x', false]);
  });

  test('of snapshots is sorted with all its levels', () => {
    const sorted = inOrder(
      madeSnapshots([
        { timeMs: 2, bids: ['1.5 2', '1 3'], asks: ['2 4'] },
        { timeMs: 1, bids: ['7 1'], asks: ['8 0.5', '9 6'] },
      ]),
    );
    expect([...sorted.bidLevels.subarray(0, 2)]).toEqual([1, 2]);
    expect([sorted.bidPrice.at(0), sorted.bidPrice.at(20), sorted.bidPrice.at(21)]).toEqual([
      70n,
      15n,
      10n,
    ]);
    expect([sorted.askQuantity.at(0), sorted.askQuantity.at(1), sorted.askQuantity.at(20)]).toEqual(
      [5n, 60n, 40n],
    );
  });
});
