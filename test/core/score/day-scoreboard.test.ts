/** The lines of a symbol-day's scoreboard. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { dayScoreboard } from '../../../src/core/score/day-scoreboard.js';
import { isScoreboard, SCOREBOARD_SHAPES } from '../../../src/core/score/scoreboard-shape.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import { readJson } from '../../../src/core/unit/json.js';
import { dayPatterns } from '../../../src/core/pattern/day-patterns.js';
import { pooledScoreboard } from './pooled.js';
import { addDays } from '../../../src/core/unit/utc-date.js';
import { jsonSchema } from '../../support/schema/json-schema.js';
import { DATE, dayFiles, randomWalk, SYMBOL } from '../pattern/made-day.js';
import { type Found, lineOf, type Outcome, scoreboard } from './made-found.js';

const HALF_HOUR = 1_800;

function schemaErrors(name: string, value: unknown): unknown[] {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile({ ...jsonSchema(name, name, SCOREBOARD_SHAPES) });
  return validate(value) ? [] : (validate.errors ?? []);
}

test('counts hits and ties before rounding, and only known outcomes', () => {
  const line = lineOf(
    scoreboard({
      events: [
        { move: 5n },
        { move: -4n, direction: 'down' },
        { move: 0n, sign: 1 },
        { move: 0n, sign: -1 },
        { move: 0n },
        { move: undefined },
        { move: 7n, pattern: 'imbalance' },
      ],
      controls: [{ move: 1n }, { move: 2n, direction: 'down' }, { move: -1n }],
      base: { up: 2, down: 1 },
    }),
  );
  expect(line).toMatchObject({
    events: { n: 4, ties: 1, hits: 2, up: 3, down: 1 },
    control: { n: 3, ties: 0, hits: 2, up: 2, down: 1 },
    base: { up: 2, down: 1 },
    hit_rate: 0.5,
    control_hit_rate: 0.6667,
    // 3 events up at 2/3, one down at 1/3.
    expected_hit_rate: 0.5833,
    // Of 5, -4, 0, 0, 0.
    mean_move_bps: '0',
    median_move_bps: '0',
    half_hours: [{ half_hour: 0, n: 4, hits: 2, moves_bps: '0.0005 -0.0004 0 0 0' }],
  });
});

test('rounds mean and median half up', () => {
  const line = lineOf(scoreboard({ events: [{ move: -2n }, { move: -1n }] }));
  expect([line.mean_move_bps, line.median_move_bps]).toEqual(['-0.0001', '-0.0001']);
  const odd = lineOf(scoreboard({ events: [{ move: 9n }, { move: 1n }, { move: 3n }] }));
  expect([odd.mean_move_bps, odd.median_move_bps]).toEqual(['0.0004', '0.0003']);
});

test('an event belongs to the half hour of its last row', () => {
  const seconds = [1, HALF_HOUR, HALF_HOUR + 1, 86_400];
  const events = seconds.map((second) => ({ move: 1n, second }));
  const halfHours = lineOf(scoreboard({ events })).half_hours;
  expect(halfHours.map(({ half_hour: halfHour, n }) => [halfHour, n])).toEqual([
    [0, 2],
    [1, 1],
    [47, 1],
  ]);
});

test('without events a line says so, and has no rates', () => {
  const empty = { events: { n: 0 }, hit_rate: null, expected_hit_rate: null, interval: null };
  const board = scoreboard({ events: [{ move: undefined }] });
  expect(board.scores).toHaveLength(24);
  for (const line of board.scores) expect(line).toMatchObject({ ...empty, verdict: 'no events' });
  const tie = lineOf(scoreboard({ events: [{ move: 0n }] }));
  expect(tie).toMatchObject({ verdict: 'no events', mean_move_bps: '0' });
});

function verdict(of: Found): string {
  return lineOf(scoreboard(of)).verdict;
}

/** One event in each of so many half hours, all hits. */
function hits(count: number): Outcome[] {
  return Array.from({ length: count }, (_, at) => ({ move: 1n, second: at * HALF_HOUR + 1 }));
}

test('is evidence only above the control, or above what is expected without one', () => {
  const half = [{ move: 1n }, { move: -1n }];
  const none = 'no evidence beyond its control';
  expect(verdict({ events: hits(6), controls: half })).toBe('evidence');
  expect(verdict({ events: hits(6), controls: [{ move: 1n }] })).toBe(none);
  expect(verdict({ events: hits(6), controls: [{ move: 0n }] })).toBe('evidence');
  expect(verdict({ events: hits(6), base: { up: 1, down: 0 } })).toBe(none);
  expect(verdict({ events: hits(6), base: { up: 0, down: 0 } })).toBe(none);
  expect(verdict({ events: hits(5), controls: half })).toBe(none);
});

const WALK = randomWalk({ seed: 'a' });

test('is stored and read back; the same day gives the same bytes', () => {
  const found = dayPatterns(dayFiles(WALK));
  const board = dayScoreboard(found, { symbol: SYMBOL, date: DATE, feeBps: '10' });
  const text = storedJson(board);
  const read = readJson(text);
  expect(isScoreboard(read)).toBe(true);
  expect(schemaErrors('scoreboard', read)).toEqual([]);
  expect(schemaErrors('scoreboard', { ...board, extra: 1 })).toHaveLength(1);
  expect(schemaErrors('pooled_scoreboard', pooledScoreboard([board], '10'))).toEqual([]);
  expect(read).toEqual(board);
  expect(storedJson(dayScoreboard(found, { symbol: SYMBOL, date: DATE, feeBps: '10' }))).toBe(text);
});

test('where flow does not lead the price, the intervals hold the rates of controls', () => {
  const boards = ['a', 'b', 'c'].map((seed, at) => {
    const found = dayPatterns(dayFiles(randomWalk({ seed })));
    const board = dayScoreboard(found, { symbol: SYMBOL, date: DATE, feeBps: '10' });
    return { ...board, date: addDays(DATE, at) };
  });
  const lines = [...boards, pooledScoreboard(boards, '10')].flatMap(({ scores }) =>
    scores.map(({ interval, control_hit_rate: control }) => ({ interval, control })),
  );
  let held = 0;
  let judged = 0;
  for (const { interval, control } of lines) {
    if (interval === null || control === null) continue;
    judged += 1;
    if (interval.low <= control && control <= interval.high) held += 1;
  }
  expect(judged).toBeGreaterThan(60);
  expect(held / judged).toBeGreaterThan(0.85);
});
