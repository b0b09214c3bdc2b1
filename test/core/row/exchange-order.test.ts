/** Rows of any interleaving of chunks come out in exchange order: a stable sort by millisecond. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXCLUDED, LAST_USABLE, SHORT, USED } from '../../../src/core/event/row-columns.js';
import { TradeRows } from '../../../src/core/event/trade-rows.js';
import { ExchangeOrder, PENDING_BYTES_MAX } from '../../../src/core/row/exchange-order.js';
import { inTimeOrder } from '../../../src/core/row/time-order.js';
import { madeSnapshots, madeTrades } from '../event/made-rows.js';

interface Given {
  readonly timeMs: number;
  readonly outcome: number;
}

interface Taken {
  readonly timeMs: number;
  readonly sequence: number;
  readonly late: boolean;
}

/** Pushes the chunks; before each one all time is settled that lies more than `windowMs` before it. */
function check(chunks: readonly (readonly Given[])[], windowMs: number): Taken[] {
  const taken: Taken[] = [];
  const order = new ExchangeOrder<TradeRows>(({ rows, from, to, late }) => {
    expect(from).toBeLessThan(to);
    for (let row = from; row < to; row++) {
      expect(rows.outcome[row]).toBeLessThanOrEqual(LAST_USABLE);
      taken.push({ timeMs: rows.timeMs[row] ?? 0, sequence: rows.sequence[row] ?? 0, late });
    }
  });
  let sequence = 0;
  const usable: Omit<Taken, 'late'>[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const rows = madeTrades(chunk, sequence);
    for (const [row, { timeMs, outcome }] of chunk.entries()) {
      rows.outcome[row] = outcome;
      if (outcome <= LAST_USABLE) usable.push({ timeMs, sequence });
      sequence += 1;
    }
    order.push(rows);
    order.advance((index + 1) * 10 - windowMs);
  }
  order.finish();
  expect(order.lateRows).toBe(taken.filter(({ late }) => late).length);
  const keys = (rows: readonly Omit<Taken, 'late'>[]): string[] =>
    rows.map((row) => `${row.timeMs} ${row.sequence}`);
  expect(keys(taken).toSorted()).toEqual(keys(usable).toSorted());
  const inOrder = taken.filter(({ late }) => !late);
  expect(keys(inOrder)).toEqual(keys(inOrder.toSorted(byKey)));
  for (const [index, row] of taken.entries()) {
    const before = taken.slice(0, index).filter(({ late }) => !late);
    expect(row.late).toBe(before.some(({ timeMs }) => timeMs > row.timeMs));
  }
  return taken;
}

function byKey(a: Omit<Taken, 'late'>, b: Omit<Taken, 'late'>): number {
  return a.timeMs - b.timeMs || a.sequence - b.sequence;
}

const outcome = fc.constantFrom(USED, USED, USED, SHORT, EXCLUDED);

function used(timeMs: number): Given {
  return { timeMs, outcome: USED };
}

describe('rows', () => {
  test('are in order and none is late where chunks reach back no further than the window', () => {
    const chunks = fc
      .array(fc.array(fc.record({ timeMs: fc.nat({ max: 29 }), outcome }), { maxLength: 8 }), {
        maxLength: 6,
      })
      .map((all) =>
        all.map((chunk, index) =>
          chunk.map((row) => ({ ...row, timeMs: row.timeMs + index * 10 })),
        ),
      );
    fc.assert(
      fc.property(chunks, (given) => {
        expect(check(given, 0).every(({ late }) => !late)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('are all handed over, the late ones marked, wherever they lie', () => {
    const row = fc.record({ timeMs: fc.nat({ max: 60 }), outcome });
    let late = 0;
    fc.assert(
      fc.property(
        fc.array(fc.array(row, { maxLength: 8 }), { maxLength: 6 }),
        fc.constantFrom(-60, 0, 10),
        (given, windowMs) => {
          late += check(given, windowMs).filter((taken) => taken.late).length;
        },
      ),
      { numRuns: 500 },
    );
    expect(late).toBeGreaterThan(100);
  });

  test('of one millisecond stay in reading order, between objects too', () => {
    const taken = check(
      [
        [used(5), used(7)],
        [used(5), used(5), used(6)],
        [used(7), used(5)],
      ],
      100,
    );
    expect(taken.map(({ sequence }) => sequence)).toEqual([0, 2, 3, 6, 4, 1, 5]);
  });

  test('go on without loss once too many bytes wait', () => {
    const taken: [number, boolean][] = [];
    const order = new ExchangeOrder<TradeRows>(({ rows, from, to, late }) => {
      for (let row = from; row < to; row++) taken.push([rows.timeMs[row] ?? 0, late]);
    });
    const capacity = Math.ceil(PENDING_BYTES_MAX / 43 / 3);
    const chunk = (...timesMs: number[]): TradeRows => {
      const rows = new TradeRows(capacity, { priceDecimals: 0, quantityDecimals: 0 });
      for (const row of timesMs) {
        rows.timeMs[rows.count] = row;
        rows.count += 1;
      }
      return rows;
    };
    order.push(chunk(10, 40));
    order.push(chunk(20, 60));
    expect(taken).toEqual([]);
    order.push(chunk(30, 50));
    expect(taken).toEqual([
      [10, false],
      [20, false],
      [30, false],
      [40, false],
    ]);
    order.push(chunk(35, 70));
    order.finish();
    expect(taken.slice(4)).toEqual([
      [35, true],
      [50, false],
      [60, false],
      [70, false],
    ]);
    expect(order.lateRows).toBe(1);
  });
});

describe('a chunk', () => {
  test('in order already is itself', () => {
    const rows = madeTrades([{ timeMs: 1 }, { timeMs: 1 }, { timeMs: 2 }]);
    expect(inTimeOrder(rows)).toBe(rows);
  });

  test('of trades is sorted with all its columns', () => {
    const sorted = inTimeOrder(
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
    const sorted = inTimeOrder(
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
