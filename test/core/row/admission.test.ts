/** The table of outcomes, row by row, and the search for the price carried into 00:00. */
import { describe, expect, test } from 'vitest';
import {
  CROSSED,
  DUPLICATE,
  EXCLUDED,
  NEIGHBOUR_DAY,
  ONE_SIDED,
  SHORT,
  UNORDERED,
  USED,
} from '../../../src/core/event/row-columns.js';
import { Admission } from '../../../src/core/row/admit.js';
import { EXCLUDED_TYPES_MAX } from '../../../src/core/row/excluded-types.js';
import { SeedSearch } from '../../../src/core/row/seed-search.js';
import {
  fullSide,
  madeSnapshots,
  madeTrades,
  type MadeSnapshot,
  type MadeTrade,
} from '../event/made-rows.js';

const DAY = { fromMs: 1_000, toMs: 2_000 };

function checkTrades(trades: readonly MadeTrade[], expected: readonly number[]): void {
  const rows = madeTrades(trades);
  const admission = Admission.forTrades(DAY);
  admission.admit(rows, 2, 'a');
  expect([...rows.outcome.subarray(0, rows.count)]).toEqual(expected);
  const { rows: read, malformed, ...outcomes } = admission.tradeCounts;
  expect([read, malformed]).toEqual([trades.length + 2, 2]);
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, malformed)).toBe(read);
}

function checkDepth(snapshots: readonly MadeSnapshot[], expected: readonly number[]): Admission {
  const rows = madeSnapshots(snapshots);
  const admission = Admission.forDepth(DAY);
  admission.admit(rows, 0, 'a');
  expect([...rows.outcome.subarray(0, rows.count)]).toEqual(expected);
  const { rows: read, ...outcomes } = admission.depthCounts;
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(read);
  return admission;
}

describe('a trade', () => {
  test('ends in the first outcome that applies', () => {
    checkTrades(
      [
        { timeMs: 999, id: '1', excluded: true },
        { timeMs: 2_000, id: '1' },
        { timeMs: 1_000, id: '1', excluded: true },
        { timeMs: 1_000, id: '1' },
        { timeMs: 1_999, id: '1', excluded: true },
        { timeMs: 1_999, id: '1' },
        { timeMs: 1_500, id: '' },
        { timeMs: 1_500, id: '' },
        { timeMs: 1_500, id: '01' },
      ],
      [NEIGHBOUR_DAY, NEIGHBOUR_DAY, EXCLUDED, USED, EXCLUDED, DUPLICATE, USED, USED, USED],
    );
  });

  test('is a duplicate of a row in its object or in another one, which is told apart', () => {
    for (const id of ['7', 'x']) {
      const admission = Admission.forTrades(DAY);
      const twice = [
        { timeMs: 1_000, id },
        { timeMs: 1_001, id },
      ];
      admission.admit(madeTrades(twice), 0, 'a');
      admission.admit(madeTrades([{ timeMs: 1_001, id }]), 0, 'a');
      admission.admit(madeTrades([...twice, { timeMs: 1_002, id: `${id}8` }]), 0, 'b');
      expect(admission.tradeCounts).toMatchObject({ rows: 6, used: 2, duplicate: 4 });
      expect([admission.judgedRows, admission.repeatedWithin]).toEqual([4, 2]);
    }
  });

  test('is counted by the exec_type that excludes it', () => {
    const admission = Admission.forTrades(DAY);
    const excluded = ['ADL', 'NA', 'NA', 'B'].map((excludedType) => ({
      timeMs: 1_000,
      excludedType,
    }));
    const neighbour = { timeMs: 999, excludedType: 'NA' };
    admission.admit(
      madeTrades([...excluded, neighbour, { timeMs: 1_000, excluded: true }]),
      0,
      'a',
    );
    expect(admission.excludedTypes.named()).toEqual([
      { type: 'NA', count: 2 },
      { type: 'ADL', count: 1 },
      { type: 'B', count: 1 },
    ]);
    for (let n = 0; n < EXCLUDED_TYPES_MAX; n++) admission.excludedTypes.note(`t${n}`);
    expect(admission.excludedTypes.named()).toHaveLength(EXCLUDED_TYPES_MAX);
    expect(admission.excludedTypes.unnamed).toBe(3);
  });
});

describe('a snapshot', () => {
  const full = { bids: fullSide(100, -1), asks: fullSide(101, 1) };

  test('ends in the first outcome that applies', () => {
    const admission = checkDepth(
      [
        { timeMs: 999, id: '1', ...full },
        { timeMs: 1_000, id: '1', ...full, excluded: true },
        { timeMs: 1_000, id: '1', bids: [] },
        { timeMs: 1_000, id: '1', ...full },
        { timeMs: 1_001, id: '1', bids: ['5 1'], asks: ['5 1'] },
        { timeMs: 1_001, id: '2', bids: ['6 1'], asks: ['5 1'] },
        { timeMs: 1_001, id: '3', asks: [] },
        { timeMs: 1_001, id: '4', ...full, asks: fullSide(101, 1).slice(1) },
        { timeMs: 1_001, id: '5', ...full, bids: ['100 1'] },
        { timeMs: 1_001, id: '6', ...full },
        { timeMs: 1_001, id: '', ...full },
        { timeMs: 1_001, id: '', ...full },
      ],
      [
        NEIGHBOUR_DAY,
        EXCLUDED,
        ONE_SIDED,
        DUPLICATE,
        CROSSED,
        CROSSED,
        ONE_SIDED,
        SHORT,
        SHORT,
        USED,
        USED,
        USED,
      ],
    );
    expect(admission.depthCounts).toMatchObject({ one_sided: 2, crossed: 2, short: 2, used: 3 });
  });

  test('is unordered unless bids fall and asks rise from the first level on', () => {
    const lastBid = [...fullSide(100, -1).slice(0, 19), '82 1'];
    const lastAsk = [...fullSide(101, 1).slice(0, 19), '119 1'];
    checkDepth(
      [
        { timeMs: 1_000, ...full, bids: full.bids.toReversed() },
        { timeMs: 1_000, ...full, asks: full.asks.toReversed() },
        { timeMs: 1_000, ...full, bids: lastBid },
        { timeMs: 1_000, ...full, asks: lastAsk },
        { timeMs: 1_000, bids: ['5 1', '5 1'], asks: ['6 1'] },
        { timeMs: 1_000, bids: ['5 1', '6 1'], asks: ['5 1'] },
        { timeMs: 1_000, bids: ['5 1', '6 1'], asks: [] },
        { timeMs: 1_000, bids: ['5 1', '4 1'], asks: ['6 1', '6.5 1'] },
      ],
      [UNORDERED, UNORDERED, UNORDERED, UNORDERED, UNORDERED, UNORDERED, ONE_SIDED, SHORT],
    );
  });

  test('is compared exactly where a price is beyond the safe integers', () => {
    const large = '900719925474099312.3456789';
    checkDepth(
      [
        { timeMs: 1_000, bids: [`${large}2 1`, `${large}1 1`], asks: [`${large}3 1`] },
        { timeMs: 1_000, bids: [`${large}1 1`, `${large}2 1`], asks: [`${large}3 1`] },
        { timeMs: 1_000, bids: ['1 1'], asks: [`${large}2 1`, `${large}3 1`] },
        { timeMs: 1_000, bids: ['1 1'], asks: [`${large}2 1`, `${large}2 1`] },
      ],
      [SHORT, UNORDERED, SHORT, UNORDERED],
    );
    checkDepth(
      [
        { timeMs: 1_000, bids: [`${large}1 1`], asks: [`${large}2 1`] },
        { timeMs: 1_000, bids: [`${large}2 1`], asks: [`${large}2 1`] },
        { timeMs: 1_000, bids: ['1 1'], asks: ['2 1'] },
      ],
      [SHORT, CROSSED, SHORT],
    );
  });
});

function checkSeed(chunks: readonly (readonly MadeTrade[])[], expected: string | undefined): void {
  const search = new SeedSearch(1_000);
  for (const [index, trades] of chunks.entries()) search.take(madeTrades(trades), `o${index}`);
  const { found } = search;
  expect(found && `${found.price} at ${found.timeMs} in ${found.object}`).toBe(expected);
}

describe('the price carried into 00:00', () => {
  test('is that of the last row by time, then by reading order', () => {
    checkSeed([], undefined);
    checkSeed([[{ timeMs: 1_000, price: '5' }]], undefined);
    checkSeed(
      [
        [
          { timeMs: 999, price: '1.50' },
          { timeMs: 998, price: '2' },
        ],
        [
          { timeMs: 997, price: '3' },
          { timeMs: 1_000, price: '4' },
        ],
      ],
      '1.5 at 999 in o0',
    );
    checkSeed([[{ timeMs: 999, price: '1' }], [{ timeMs: 999, price: '2' }]], '2 at 999 in o1');
  });

  test('goes by id within its millisecond if every trade of it has a numeric one', () => {
    const third: MadeTrade = { timeMs: 999, price: '3', id: '30' };
    const second: MadeTrade = { timeMs: 999, price: '2', id: '4' };
    const fifth: MadeTrade = { timeMs: 999, price: '5' };
    checkSeed([[third, second]], '3 at 999 in o0');
    checkSeed([[third], [second]], '3 at 999 in o0');
    checkSeed([[third, second], [{ ...fifth, id: 'x' }]], '5 at 999 in o1');
    checkSeed([[{ timeMs: 998, price: '9' }, third], [second]], '3 at 999 in o0');
    checkSeed([[third, { ...second, id: '' }], [{ ...fifth, id: '4' }]], '5 at 999 in o1');
    checkSeed([[second, third], [{ ...fifth, id: '030' }]], '5 at 999 in o1');
    checkSeed([[third, { ...second, id: '', excluded: true }]], '3 at 999 in o0');
  });

  test('is never that of an excluded row or a duplicate', () => {
    const first: MadeTrade = { timeMs: 900, price: '1', id: '7' };
    checkSeed([[first, { timeMs: 950, price: '2', excluded: true }]], '1 at 900 in o0');
    checkSeed([[first], [{ timeMs: 950, price: '3', id: '7' }]], '1 at 900 in o0');
  });
});
