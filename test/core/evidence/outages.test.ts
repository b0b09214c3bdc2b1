/** The table that tells a dead feed from a quiet market, row by row, and the arithmetic of stretches. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  difference,
  intersection,
  judgeSilence,
  totalMs,
  type SilenceInput,
} from '../../../src/core/evidence/outages.js';
import type { TimeRange } from '../../../src/core/unit/utc-date.js';

/** `from-to`, or `from-to before>after` with the ids at its ends, between which no other id is read. */
function hole(text: string): SilenceInput['tradeHoles'][number] {
  const [, from, to, before, after] = /^(\d+)-(\d+)(?: (\d+)>(\d+))?$/.exec(text) ?? [];
  return {
    fromMs: Number(from),
    toMs: Number(to),
    idBefore: Number(before),
    idAfter: Number(after),
    idsMissing: before === undefined ? 0 : Math.max(0, Number(after) - Number(before) - 1),
  };
}

interface Given {
  readonly trades?: readonly string[];
  /** null: no depth was recorded. */
  readonly depth?: readonly string[] | null;
  readonly lost?: readonly string[];
}

function check({ trades = [], depth = [], lost = [] }: Given, expected: readonly string[]): void {
  const { outages, quietMs, unproven } = judgeSilence({
    tradeHoles: trades.map(hole),
    depthHoles: depth?.map(hole) ?? undefined,
    lostTradeMinutes: lost.map(hole),
    idsMissingMin: 3,
    quietMaxMs: 100,
  });
  expect([
    ...outages.map(({ kind, fromMs, toMs }) => `${kind} ${fromMs}-${toMs}`),
    ...(quietMs > 0 ? [`quiet ${quietMs}`] : []),
    ...unproven.map(({ fromMs, toMs }) => `unproven ${fromMs}-${toMs}`),
  ]).toEqual(expected);
}

test('nothing says that something was traded in holes over which less than three ids are missing', () => {
  const { untraded } = judgeSilence({
    tradeHoles: ['10-20', '30-40 7>8', '50-60 7>10', '70-80 7>11'].map(hole),
    depthHoles: [],
    lostTradeMinutes: [],
    idsMissingMin: 3,
    quietMaxMs: 100,
  });
  expect(untraded.map(({ fromMs }) => fromMs)).toEqual([10, 30, 50]);
});

/** A hole in every six seconds of a day. */
function holesOfDay(offsetMs: number): SilenceInput['tradeHoles'] {
  return Array.from({ length: 14_399 }, (_, n) =>
    hole(`${n * 6_000 + offsetMs}-${n * 6_000 + offsetMs + 5_001}`),
  );
}

describe('silence', () => {
  test.for<[string, Given, string[]]>([
    ['nowhere', {}, []],
    ['in both streams', { trades: ['10-20'], depth: ['10-20'] }, ['feed_down 10-20']],
    ['in depth only', { depth: ['10-20'] }, ['depth_missing 10-20']],
    ['in trades only', { trades: ['10-20'] }, ['quiet 10']],
    ['in trades whose ids are consecutive', { trades: ['10-20 7>8'] }, ['quiet 10']],
    [
      'with consecutive ids and lost minutes',
      { trades: ['10-20 7>8'], lost: ['10-20'] },
      ['quiet 10'],
    ],
    [
      'with consecutive ids and no depth either',
      { trades: ['10-20 7>8'], depth: ['10-20'] },
      ['depth_missing 10-20', 'quiet 10'],
    ],
    ['with a missing id', { trades: ['10-20 7>9'], depth: ['10-20'] }, ['feed_down 10-20']],
    ['with two missing ids, depth alive', { trades: ['10-20 7>10'] }, ['quiet 10']],
    ['with three missing ids, depth alive', { trades: ['10-20 7>11'] }, ['trades_missing 10-20']],
    [
      'with three missing ids, depth silent for a part',
      { trades: ['10-40 7>11', '50-60'], depth: ['20-30'] },
      ['trades_missing 10-20', 'feed_down 20-30', 'trades_missing 30-40', 'quiet 10'],
    ],
    [
      'with three missing ids where no depth is recorded',
      { trades: ['10-20 7>11', '30-40 20>22'], depth: null },
      ['trades_missing 10-20', 'unproven 30-40'],
    ],
    ['in trades only, as long as it may be', { trades: ['10-110'] }, ['quiet 100']],
    ['in trades only, longer', { trades: ['10-111'] }, ['trades_missing 10-111']],
    ['with consecutive ids, longer', { trades: ['10-111 7>8'] }, ['quiet 101']],
    [
      'in trades only, longer as a whole than its pieces',
      { trades: ['10-111', '120-130'], depth: ['50-70'] },
      ['trades_missing 10-50', 'feed_down 50-70', 'trades_missing 70-111', 'quiet 10'],
    ],
    [
      'where no depth is recorded, longer',
      { trades: ['10-111'], depth: null },
      ['unproven 10-111'],
    ],
    ['with one id twice', { trades: ['10-20 7>7'], depth: ['10-20'] }, ['feed_down 10-20']],
    [
      'in trades inside a lost minute',
      { trades: ['10-20'], lost: ['0-60'] },
      ['trades_missing 10-20'],
    ],
    [
      'in trades up to a lost minute',
      { trades: ['10-20'], lost: ['20-80'] },
      ['trades_missing 10-20'],
    ],
    [
      'in trades from a lost minute on',
      { trades: ['10-20'], lost: ['0-10'] },
      ['trades_missing 10-20'],
    ],
    ['in trades beside a lost minute', { trades: ['10-20'], lost: ['21-81'] }, ['quiet 10']],
    [
      'where no depth is recorded',
      { trades: ['10-20', '30-45 1>2'], depth: null },
      ['quiet 15', 'unproven 10-20'],
    ],
    [
      'where no depth is recorded, a minute lost',
      { trades: ['10-20'], depth: null, lost: ['15-16'] },
      ['trades_missing 10-20'],
    ],
    [
      'that overlaps in part',
      { trades: ['10-30'], depth: ['20-40'], lost: ['10-11'] },
      ['trades_missing 10-20', 'feed_down 20-30', 'depth_missing 30-40'],
    ],
    [
      'whose touching piece alone is missing',
      { trades: ['10-40'], depth: ['20-30'], lost: ['35-36'] },
      ['feed_down 20-30', 'trades_missing 30-40', 'quiet 10'],
    ],
    [
      'of many holes in one',
      { trades: ['0-100'], depth: ['10-20', '30-40', '90-100'] },
      ['feed_down 10-20', 'feed_down 30-40', 'feed_down 90-100', 'quiet 70'],
    ],
  ])('%s', ([, given, expected]) => {
    check(given, expected);
  });

  test('is classified in linear time for the holes of a whole day', () => {
    const { outages } = judgeSilence({
      tradeHoles: holesOfDay(0),
      depthHoles: holesOfDay(500),
      lostTradeMinutes: [],
      idsMissingMin: 3,
      quietMaxMs: 5_001,
    });
    expect(outages.filter(({ kind }) => kind === 'feed_down')).toHaveLength(14_399);
    expect(outages.filter(({ kind }) => kind === 'depth_missing')).toHaveLength(14_399);
  });
});

function holds(ranges: readonly TimeRange[], at: number): boolean {
  return ranges.some(({ fromMs, toMs }) => fromMs <= at && at < toMs);
}

const points = Array.from({ length: 31 }, (_, at) => at);

describe('stretches', () => {
  const disjoint = fc
    .uniqueArray(fc.nat({ max: 30 }), { maxLength: 8 })
    .map((ends) => ends.toSorted((a, b) => a - b))
    .map((ends) =>
      ends.flatMap((fromMs, n): TimeRange[] => {
        const toMs = ends[n + 1];
        return n % 2 === 0 && toMs !== undefined ? [{ fromMs, toMs }] : [];
      }),
    );

  test('are cut as sets of milliseconds are', () => {
    fc.assert(
      fc.property(disjoint, disjoint, (left, right) => {
        const both = points.filter((at) => holds(left, at) && holds(right, at));
        const rest = points.filter((at) => holds(left, at) && !holds(right, at));
        expect(points.filter((at) => holds(intersection(left, right), at))).toEqual(both);
        expect(points.filter((at) => holds(difference(left, right), at))).toEqual(rest);
        expect(totalMs(intersection(left, right))).toBe(both.length);
        expect(totalMs(difference(left, right))).toBe(rest.length);
      }),
      { numRuns: 500 },
    );
  });
});
