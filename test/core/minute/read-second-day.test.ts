/** What a day is read into, what is a gap, and which files are refused. */
import { describe, expect, test } from 'vitest';
import { PATTERN_EVENTS } from '../../../src/core/column/pattern-table.js';
import { pricesOf } from '../../../src/core/minute/prices-of.js';
import { readSecondDay } from '../../../src/core/minute/read-second-day.js';
import { GAP_NONE, GAP_OUTAGE, GAP_UNPROVEN } from '../../../src/core/minute/second-prices.js';
import { dayPatterns } from '../../../src/core/pattern/day-patterns.js';
import { patternRows } from '../../../src/core/pattern/pattern-file.js';
import { DAY_MINUTES, DAY_SECONDS, isoStamp } from '../../../src/core/unit/utc-date.js';
import { DATE, flowLines, type FlowLines, secondFiles } from './flow-day.js';

const lines = flowLines({ seed: 'read', firstTrade: 100 });
const day = readSecondDay(secondFiles(lines));

test('prices are exact in units of 10^-8, and absent before the first one', () => {
  const { startMs, openE8, highE8, lowE8, closeE8, traded } = pricesOf(day);
  expect(isoStamp(startMs)).toBe(`${DATE}T00:00:00Z`);
  expect([openE8[99], closeE8[99], traded[99]]).toEqual([Number.NaN, Number.NaN, 0]);
  for (const row of [100, 5_000, DAY_SECONDS - 1]) {
    const cells = lines.bars[row]?.split(',') ?? [];
    const found = [openE8, highE8, lowE8, closeE8].map((column) => column[row]);
    expect(found).toEqual(cells.slice(1, 5).map((text) => Math.round(Number(text) * 10) * 1e7));
    expect(traded[row]).toBe(cells[10] === '0' ? 0 : 1);
  }
});

test('a second is a gap by its missing time and its reason; quiet time is none', () => {
  const expected = lines.signals.map((line) => {
    const [, reason, tradesMs, depthMs] = line.split(',');
    if (tradesMs !== '0' || depthMs !== '0' || reason === 'trades_missing') return GAP_OUTAGE;
    return reason === 'unproven' ? GAP_UNPROVEN : GAP_NONE;
  });
  expect(new Set(expected)).toEqual(new Set([GAP_NONE, GAP_OUTAGE, GAP_UNPROVEN]));
  expect([...day.gap]).toEqual(expected);
  expect(lines.signals.some((line, row) => line.includes('quiet') && day.gap[row] === 0)).toBe(
    true,
  );
});

test('events are those of the patterns file', () => {
  const { events } = dayPatterns(secondFiles(lines));
  const rows = [...patternRows(events)];
  expect(rows.length).toBeGreaterThan(300);
  const startMs = Date.parse(`${DATE}T00:00:00Z`);
  const found = day.events.map(({ pattern, direction, confirmedSecond }) => [
    isoStamp(startMs + confirmedSecond * 1_000),
    pattern,
    direction,
  ]);
  expect(found).toEqual(rows.map((row) => row.slice(0, 3)));
  expect(PATTERN_EVENTS.header.slice(0, 3)).toEqual(['confirmed', 'pattern', 'direction']);
});

test('the spreads of minutes come from the 1m bars', () => {
  expect(day.avgSpread).toHaveLength(DAY_MINUTES);
  expect([...day.avgSpread.subarray(2, 5)]).toEqual([0.102, Number.NaN, 0.104]);
});

const changed = (change: Partial<FlowLines>): (() => unknown) => {
  return () => readSecondDay(secondFiles({ ...lines, ...change }));
};
const row = (of: readonly string[], at: number, change: (line: string) => string): string[] =>
  of.map((line, place) => (place === at ? change(line) : line));

const strange = (line: string): string => line.replace(/,[a-z_]+,/u, ',asleep,');

describe('refuses', () => {
  test.each([
    ['1.123456789', 'a price of nine decimals'],
    ['90071992.54740992', 'a price above the largest'],
  ])('%s: %s', (text) => {
    const priced = (line: string): string => {
      const cells = line.split(',');
      return cells.with(2, text).join(',');
    };
    expect(changed({ bars: row(lines.bars, 500, priced) })).toThrow(
      `1s.csv column high price of second 500: found ${text}, expected at most 8 decimals`,
    );
  });

  test('minutes of another day, or too few of them', () => {
    const [first = '', ...rest] = lines.minuteBars;
    expect(changed({ minuteBars: rest })).toThrow(
      `1m.csv rows: found 1439, the first at ${DATE}T00:01:00Z, expected the 1440 minutes of ${DATE}`,
    );
    const other = [first.replace(DATE, '2025-12-12'), ...rest];
    expect(changed({ minuteBars: other })).toThrow('the first at 2025-12-12T00:00:00Z');
  });

  test('a reason that the contract does not know', () => {
    expect(changed({ signals: row(lines.signals, 7, strange) })).toThrow(
      "1s_signals.csv line 9 column fill_reason: found 'asleep', expected traded, feed_down",
    );
  });
});
