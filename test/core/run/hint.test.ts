/** The hints beside the findings of a day, from the report that a task stores. */
import { finding } from '../../../src/core/finding/finding-list.js';
import { expect, test } from 'vitest';
import { hintsOf } from '../../../src/core/run/hint.js';
import { isoStampMs } from '../../../src/core/unit/utc-date.js';
import type { Outage, QualityReport } from '../../../src/core/stored/quality-report.js';
import { qualityReport, PUBLISHED_DAY } from '../../support/day/published-day.js';

const DAY = '2025-12-11';
const ALL = { expected: 1_440, present: 1_440, missing: 0, unreadable: 0, overlapping: 0 };
const NONE = { ...ALL, present: 0, missing: 1_440 };
const FEW = { ...ALL, present: 300, missing: 1_140 };
const HOURLY = { ...ALL, present: 24, missing: 1_416 };
const ANY = { ...ALL, expected: 0, present: 0 };
const OPTIONS = qualityReport(PUBLISHED_DAY).options;

function at(second: number): string {
  return isoStampMs(Date.parse(DAY) + second * 1_000);
}

function outage(kind: Outage['kind'], fromSecond: number, seconds: number): Outage {
  const [from, to] = [at(fromSecond), at(fromSecond + seconds)];
  return { kind, cause: null, from, to, seconds, causes: [] };
}

function hints(changes: Partial<QualityReport>): string[] {
  const whole = { chunk_minutes: { trades: ALL, depth: ALL }, outages: [] };
  return hintsOf({ ...qualityReport(PUBLISHED_DAY), coverage: 0.5, ...whole, ...changes });
}

test.for<[string, Partial<QualityReport>, readonly string[]]>([
  ['a whole day', { coverage: 0.99, chunk_minutes: { trades: ALL, depth: NONE } }, []],
  ['a day with a hole', { outages: [outage('feed_down', 3_600, 7_200)] }, []],
  [
    'a day that ends early since its chunks are misnamed',
    {
      outages: [outage('feed_down', 43_200, 43_200)],
      findings: [finding('rows_elsewhere', 'x', '')],
    },
    [],
  ],
  ['a day of which nothing is recorded', { chunk_minutes: { trades: NONE, depth: NONE } }, []],
  [
    'trades without depth',
    { chunk_minutes: { trades: ALL, depth: NONE }, outages: [outage('depth_missing', 0, 86_400)] },
    ['--streams trades, if no depth is recorded at all'],
  ],
  [
    'trades chunks in few minutes beside a whole book',
    { chunk_minutes: { trades: FEW, depth: ALL } },
    ['--sparse-trades, if no trades chunk is written for a minute without trades'],
  ],
  [
    'a chunk an hour',
    { chunk_minutes: { trades: HOURLY, depth: HOURLY } },
    ["--raw-layout '{symbol}/{stream}/{date}/{hour}-00.csv', if each chunk holds an hour"],
  ],
  [
    'a chunk an hour of which one cannot be read',
    { chunk_minutes: { trades: HOURLY, depth: { ...HOURLY, unreadable: 1 } } },
    [],
  ],
  [
    'an hour of trades without depth, in a chunk of an hour',
    {
      options: { ...OPTIONS, streams: 'trades', raw_layout: '{symbol}/{stream}/{date}/{hour}.csv' },
      chunk_minutes: { trades: { ...HOURLY, expected: 24, present: 1, missing: 23 }, depth: ANY },
      outages: [
        outage('trades_missing', 0, 36_000.1),
        outage('trades_missing', 39_599.1, 46_800.9),
      ],
    },
    [`--expect ${DAY}T10:00:00Z/${DAY}T11:00:00Z, if the recorder is known to have run only then`],
  ],
  [
    'trades chunks in few hours beside a whole book',
    {
      options: { ...OPTIONS, raw_layout: '{symbol}/{stream}/{date}/{hour}.csv' },
      chunk_minutes: {
        trades: { ...HOURLY, expected: 24, present: 4, missing: 20 },
        depth: { ...HOURLY, expected: 24, missing: 0 },
      },
    },
    ['--sparse-trades, if no trades chunk is written for an hour without trades'],
  ],
  [
    'a book polled every ten seconds',
    {
      outages: Array.from({ length: 200 }, (_, index) =>
        outage('depth_missing', index * 10, 10 + (index % 3) / 10),
      ),
    },
    ['--hole-min 16, if the book is polled every 10 s and not streamed'],
  ],
  [
    'a book with many holes of all lengths',
    {
      outages: Array.from({ length: 200 }, (_, index) =>
        outage('depth_missing', index * 60, 6 + (index % 50)),
      ),
    },
    [],
  ],
  [
    'ten minutes of a day',
    {
      chunk_minutes: { trades: { ...FEW, present: 10 }, depth: { ...FEW, present: 10 } },
      outages: [outage('feed_down', 600.25, 85_799.75), outage('feed_down', 0, 0.4)],
    },
    [`--expect ${DAY}T00:00:00Z/${DAY}T00:10:01Z, if the recorder is known to have run only then`],
  ],
  ['one outage all day', { outages: [outage('feed_down', 0, 86_400)] }, []],
])('%s has the hints that fit it', ([, changes, expected]) => {
  expect(hints(changes)).toEqual(expected);
});

test('anything but a report has no hint', () => {
  expect(hintsOf({ date: DAY })).toEqual([]);
});
