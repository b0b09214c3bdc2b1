/** A scoreboard of several symbol-days, from theirs. */
import { expect, test } from 'vitest';
import { pooledScoreboard } from './pooled.js';
import { ScoreboardPool } from '../../../src/core/score/scoreboard-pool.js';
import type { HalfHour, Scoreboard } from '../../../src/core/score/scoreboard-shape.js';
import { addDays } from '../../../src/core/unit/utc-date.js';
import { DATE, lineOf, scoreboard } from './made-found.js';

const NEXT = addDays(DATE, 1);

const BOARDS: readonly Scoreboard[] = [
  scoreboard({ events: [{ move: 5n }, { move: -4n }, { move: 0n }], base: { up: 3, down: 1 } }),
  scoreboard(
    {
      events: [{ move: 20_000n, direction: 'down' }],
      controls: [{ move: 1n }],
      base: { up: 1, down: 2 },
    },
    'ETHUSDT',
  ),
  scoreboard({ events: [{ move: -1n }], controls: [{ move: -1n }] }, 'BTCUSDT', NEXT),
];

test('adds counts, weighs expected rates with events, and takes mean and median over all moves', () => {
  const pooled = pooledScoreboard(BOARDS, '8');
  expect(pooled).toMatchObject({
    symbols: ['BTCUSDT', 'ETHUSDT'],
    dates: [DATE, NEXT],
    symbol_days: 3,
    resampled: 'half hours',
    fee_bps: '8',
  });
  expect(pooled.scores).toHaveLength(24);
  expect(lineOf(pooled)).toMatchObject({
    events: { n: 4, ties: 1, hits: 2, up: 3, down: 1 },
    control: { n: 2, ties: 0, hits: 1 },
    base: { up: 54, down: 53 },
    hit_rate: 0.5,
    control_hit_rate: 0.5,
    // (2 · 3/4 + 1 · 2/3 + 1 · 1/2) / 4
    expected_hit_rate: 0.6667,
    mean_move_bps: '0.4',
    median_move_bps: '0',
  });
});

test('the order of the symbol-days changes nothing', () => {
  const pooled = pooledScoreboard(BOARDS, '10');
  expect(pooledScoreboard(BOARDS.toReversed(), '10')).toEqual(pooled);
});

test('one symbol-day pooled has the line that it had', () => {
  const [board] = BOARDS;
  if (board === undefined) throw new Error('there are boards');
  const pooled = pooledScoreboard([board], board.fee_bps);
  const again = pooled.scores.map((score, at) => ({
    ...score,
    half_hours: board.scores[at]?.half_hours,
  }));
  expect(again).toEqual(board.scores);
});

test('20 days are resampled whole, whatever the symbols are', () => {
  const hit = { events: [{ move: 1n }, { move: -1n, second: 3_600 }] };
  const boards = Array.from({ length: 20 }, (_, at) => [
    scoreboard(hit, 'BTCUSDT', addDays(DATE, at)),
    scoreboard(hit, 'ETHUSDT', addDays(DATE, at)),
  ]).flat();
  const whole = pooledScoreboard(boards, '10');
  expect(whole.resampled).toBe('days');
  // Every day has as many hits as misses; half hours have one or the other.
  expect(lineOf(whole).interval).toEqual({ low: 0.5, high: 0.5 });
  const fewer = pooledScoreboard(boards.slice(2), '10');
  expect(fewer.resampled).toBe('half hours');
  expect(lineOf(fewer).interval?.low).toBeLessThan(0.45);
});

test('refuses a scoreboard without a line, and moves that are no decimals', () => {
  const [board] = BOARDS;
  if (board === undefined) throw new Error('there are boards');
  const lacking = { ...board, scores: board.scores.slice(1) };
  expect(() => pooledScoreboard([lacking], '10')).toThrow(
    'scoreboard of BTCUSDT on 2025-12-11 scores: found none of absorption at 10 s, expected one of each pattern and horizon',
  );
  const scores = board.scores.map((score) => ({
    ...score,
    half_hours: score.half_hours.map((halfHour) => ({ ...halfHour, moves_bps: '1 x' })),
  }));
  expect(() => pooledScoreboard([{ ...board, scores }], '10')).toThrow("moves_bps: found 'x'");
});

test.for<[Partial<HalfHour>, string]>([
  [{ half_hour: 0 }, 'half_hours: found half hour 0 behind 0, expected order of time'],
  [{ n: 2 }, 'found 0 hits of 2 events and 1 moves in half hour 1, expected at most 3600 moves'],
  [{ hits: 2 }, 'found 2 hits of 1 events'],
])('takes nothing of a scoreboard with impossible half hours: %o', ([change, message]) => {
  const [good] = BOARDS;
  if (good === undefined) throw new Error('there are boards');
  const damaged = { half_hour: 1, n: 1, hits: 0, moves_bps: '-1', ...change };
  const scores = good.scores.map((score) => ({
    ...score,
    half_hours: [...score.half_hours.slice(0, 1), damaged],
  }));
  const pool = new ScoreboardPool();
  pool.take(good);
  const other = { ...good, symbol: 'ETHUSDT', scores };
  expect(() => pool.take(other)).toThrow(message);
  expect([...pool.scores()]).toEqual(pooledScoreboard([good], '10').scores);
});
