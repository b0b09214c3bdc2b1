/** Which minutes are covered, and how they compare. */
import { describe, expect, test } from 'vitest';
import type { MinuteComparison } from '../../../src/core/klines/compare-minutes.js';
import { chunks, compare, TRADES_ONLY } from '../../support/day/compared-minutes.js';

function stretches({ not_covered: list }: MinuteComparison): string[] {
  return list.map(({ from, to, reason }) => `${from.slice(11, 16)}-${to.slice(11, 16)} ${reason}`);
}

describe('without a quality report', () => {
  test('minutes before the first and after the last trade are not covered', () => {
    const result = compare({
      counts: [
        [10, 3],
        [12, 1],
        [14, 2],
      ],
    });
    expect(stretches(result)).toEqual(['00:00-00:10 no_trades', '00:15-00:00 no_trades']);
    expect(result.minutes).toEqual({
      official: 1_440,
      without_bars: 0,
      not_covered: 1_435,
      compared: 5,
      equal: 5,
      different: 0,
      quote_compared: 0,
      float_noise: 0,
      without_kline: 0,
    });
    expect(result).toMatchObject({ good: true, differences: [] });
  });

  test('an edge minute with fewer trades than its kline is partial, and its difference fails nothing', () => {
    const counts = [
      [10, 3],
      [11, 1],
      [14, 2],
    ] as const;
    const result = compare({ counts, official: [[10, 4]] });
    expect(stretches(result)[1]).toBe('00:10-00:11 edge');
    expect(result.good).toBe(true);
    expect(result.differences).toEqual([
      {
        minute: '2025-12-11T00:10:00Z',
        column: 'volume',
        ours: '3',
        official: '4',
        difference: '-1',
        covered: false,
        float_noise: false,
        hint: "partial minute at the recording's edge",
      },
      expect.objectContaining({ column: 'count', covered: false }),
    ]);
  });

  test('a minute between the edges must be equal', () => {
    const result = compare({
      counts: [
        [10, 3],
        [14, 2],
      ],
      official: [[12, 1]],
    });
    expect(result.good).toBe(false);
    expect(result.minutes).toMatchObject({ compared: 5, equal: 4, different: 1 });
    expect(result.differences.map(({ column, covered }) => [column, covered])).toEqual([
      ['volume', true],
      ['count', true],
    ]);
  });

  test('an empty recording compares nothing, which is not good', () => {
    const result = compare({ counts: [] });
    expect(result).toMatchObject({ good: false, minutes: { compared: 0, not_covered: 1_440 } });
  });
});

describe('with a quality report', () => {
  const from = '2025-12-11T00:10:30.000Z';
  const to = '2025-12-11T00:12:00.000Z';

  test('every minute that an outage of trades overlaps is not covered', () => {
    for (const kind of ['feed_down', 'trades_missing'] as const) {
      const result = compare({
        counts: [[10, 1]],
        official: [[10, 5]],
        report: { outages: [{ kind, cause: null, from, to, seconds: 90, causes: [] }] },
      });
      expect(stretches(result)).toEqual(['00:10-00:12 outage']);
      expect(result.minutes).toMatchObject({ not_covered: 2, compared: 1_438, equal: 1_438 });
      expect(result.differences[0]?.hint).toBe(`outage ${kind}, ${from} to ${to}`);
    }
  });

  test('an outage of depth alone leaves all minutes covered', () => {
    const outages = [
      { kind: 'depth_missing', cause: null, from, to, seconds: 90, causes: [] },
    ] as const;
    const result = compare({ counts: [[10, 1]], official: [[10, 5]], report: { outages } });
    expect(result).toMatchObject({ good: false, minutes: { not_covered: 0, different: 1 } });
  });

  test('silence is a quiet market where depth was recorded, whatever the edge', () => {
    const result = compare({ counts: [[10, 1]], report: { inputs: chunks(0, 1_440) } });
    expect(result).toMatchObject({ good: true, minutes: { compared: 1_440, equal: 1_440 } });
  });

  test('silence at the edge of a recording of trades alone is not covered', () => {
    const report = { options: TRADES_ONLY, inputs: chunks(0, 1_440) };
    const result = compare({
      counts: [
        [10, 1],
        [20, 1],
      ],
      report,
    });
    expect(stretches(result)).toEqual(['00:00-00:10 no_trades', '00:21-00:00 no_trades']);
    expect(result.minutes).toMatchObject({ compared: 11, equal: 11 });
  });

  test('chunks beyond midnight show that the recording has no edge there', () => {
    const counts = [[10, 1]] as const;
    const result = compare({ counts, official: [[0, 2]], report: { options: TRADES_ONLY } });
    expect(result).toMatchObject({ good: false, minutes: { not_covered: 0, different: 1 } });
  });

  test('minutes outside of what was expected are not covered', () => {
    const options = { ...TRADES_ONLY, streams: 'both', expect: { from, to } } as const;
    const result = compare({ counts: [[11, 1]], report: { options, inputs: chunks(10, 12) } });
    expect(stretches(result)).toEqual(['00:00-00:11 not_expected', '00:12-00:00 not_expected']);
    expect(result.minutes).toMatchObject({ compared: 1, equal: 1 });
  });

  test('covered minutes without a kline are counted', () => {
    const result = compare({ counts: [[1, 1]], minutes: [0, 1, 4], report: {} });
    expect(result.minutes).toMatchObject({ official: 3, compared: 3, without_kline: 2 });
  });
});
