/** The words and tables of a day's page: each column has its place, each minute its state. */
import { expect, test } from 'vitest';
import { BARS } from '../../../src/core/column/bar-table.js';
import { PATTERNS } from '../../../src/core/column/pattern-table.js';
import { SIGNALS } from '../../../src/core/column/signal-table.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { CELL_GROUPS } from '../../../src/core/view/bar-cells.js';
import { choosePanes, PANES } from '../../../src/core/view/panes.js';
import { PATTERN_WORDS } from '../../../src/core/view/pattern-words.js';
import { dayShades, minuteRuns } from '../../../src/core/view/shades.js';

const DATE = utcDate('2025-12-11', 'test');
const DAY = '2025-12-11T';

test('every column of bars and signals but the time stands in one group of cells', () => {
  const columns = [...BARS.header, ...SIGNALS.header].filter((name) => name !== 'timestamp');
  const grouped = CELL_GROUPS.flatMap((group) => group.columns);
  expect(grouped.toSorted()).toEqual(columns.toSorted());
  expect(grouped.length).toBeGreaterThan(40);
});

test('every pattern has a letter of its own, and words for both directions', () => {
  expect(new Set(PATTERNS.map((name) => PATTERN_WORDS[name].letter)).size).toBe(PATTERNS.length);
  for (const name of PATTERNS) expect(PATTERN_WORDS[name].up).not.toBe(PATTERN_WORDS[name].down);
});

test('panes and series without a value are left out', () => {
  const { panes, leftOut } = choosePanes(new Set(['open', 'high', 'low', 'close', 'vol_buy']));
  expect(panes.map(({ name, series }) => `${name} ${series.length}`)).toEqual([
    'price 1',
    'volume by aggressor 1',
  ]);
  expect(panes.length + leftOut.length).toBe(PANES.length);
});

test('a minute is of the worst that it has, and what is not expected is no outage', () => {
  const shades = dayShades({
    date: DATE,
    outages: [
      {
        kind: 'depth_missing',
        cause: null,
        from: `${DAY}00:10:30.000Z`,
        to: `${DAY}00:12:30.000Z`,
      },
      { kind: 'feed_down', cause: null, from: `${DAY}00:12:10.000Z`, to: `${DAY}00:12:20.000Z` },
    ],
    expect: { from: `${DAY}00:05:00.000Z`, to: `${DAY}00:20:00.000Z` },
    reasons: Array.from({ length: 1_440 }, (_, row) => (row === 15 ? 'unproven' : 'traded')),
  });
  expect(minuteRuns(DATE, shades)).toEqual([
    { kind: 'not_expected', from: 0, to: 5 },
    { kind: 'complete', from: 5, to: 10 },
    { kind: 'depth_missing', from: 10, to: 12 },
    { kind: 'feed_down', from: 12, to: 13 },
    { kind: 'complete', from: 13, to: 15 },
    { kind: 'unproven', from: 15, to: 16 },
    { kind: 'complete', from: 16, to: 20 },
    { kind: 'not_expected', from: 20, to: 1_440 },
  ]);
  expect(shades.map(({ title }) => title)).toEqual([
    'not expected, 5m 0s',
    'depth missing, 2m 0s',
    'feed down, 10 s',
    'unproven, 1m 0s',
    'not expected, 23h 40m',
  ]);
});

test('a whole day without a gap is complete', () => {
  const shades = dayShades({ date: DATE, outages: [], expect: null, reasons: [] });
  expect(minuteRuns(DATE, shades)).toEqual([{ kind: 'complete', from: 0, to: 1_440 }]);
});
