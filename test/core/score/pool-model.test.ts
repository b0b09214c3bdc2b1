/** The pool against its model, which holds all days at once and adds big integers. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCORE_KEYS } from '../../../src/core/score/score.js';
import type { DayScore, HalfHour, Scoreboard } from '../../../src/core/score/scoreboard-shape.js';
import { addDays } from '../../../src/core/unit/utc-date.js';
import { plainPool } from '../../support/score/plain-pool.js';
import { DATE, lineOf, scoreboard } from './made-found.js';
import { pooledScoreboard } from './pooled.js';

const move = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: -99_999, max: 99_999 }).map((units) => `${units / 1e4}`),
  },
  { weight: 1, arbitrary: fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '0',
      '-0',
      '0.10',
      '007',
      '1e3',
      '25e-4',
      '214748.3647',
      '-214748.3648',
      '214748.3648',
    ),
  },
);

const halfHours = fc
  .uniqueArray(fc.nat(47), { maxLength: 6 })
  .map((places) => places.toSorted((one, other) => one - other))
  .chain((places) =>
    fc.tuple(
      ...places.map((place) =>
        fc.array(move, { minLength: 1, maxLength: 5 }).chain((moves) =>
          fc.nat(moves.length).chain((n) =>
            fc.nat(n).map((hits): HalfHour => ({
              half_hour: place,
              n,
              hits,
              moves_bps: moves.join(' '),
            })),
          ),
        ),
      ),
    ),
  );

const rows = fc.nat(86_400);
const outcomes = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map(([up, down, ties]) => ({
  n: up + down,
  ties,
  hits: up,
  up,
  down,
}));

/** What pooling reads of a line; the rest is not looked at. */
const EMPTY = scoreboard({ events: [] });
const line = fc
  .record({
    events: outcomes,
    control: outcomes,
    base: fc.record({ up: rows, down: rows }),
    half_hours: halfHours,
  })
  .map((parts): DayScore => ({ ...lineOf(EMPTY), ...parts }));

const place = fc.tuple(fc.nat(23), fc.constantFrom('A', 'B', 'C'));
const few = fc.uniqueArray(place, { maxLength: 12, selector: String });
/** 19 to 21 dates: from the twentieth on whole days are resampled. */
const many = fc
  .integer({ min: 19, max: 21 })
  .chain((dates) =>
    fc.tuple(
      ...Array.from({ length: dates }, (_, day) =>
        fc.tuple(fc.constant(day), fc.constantFrom('A', 'B')),
      ),
    ),
  );
const places = fc.oneof(few, many);

const KEYS = SCORE_KEYS.slice(0, 2);

const boards: fc.Arbitrary<Scoreboard[]> = places.chain((all) =>
  fc.tuple(
    ...all.map(([day, symbol]) =>
      fc.tuple(line, line).map((lines): Scoreboard => ({
        ...EMPTY,
        symbol,
        date: addDays(DATE, day),
        scores: KEYS.flatMap(({ pattern, horizonSeconds }, at): DayScore[] =>
          lines
            .slice(at, at + 1)
            .map((parts) => ({ ...parts, pattern, horizon_seconds: horizonSeconds })),
        ),
      })),
    ),
  ),
);

const RUNS = { numRuns: 60, interruptAfterTimeLimit: 60_000 };

test('pools as the model does, in whatever order the days come', () => {
  const resampled = new Set<string>();
  const shuffled = boards.chain((some) =>
    fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
  );
  fc.assert(
    fc.property(shuffled, ([some, inAnyOrder]) => {
      const expected = plainPool(some, '7.5', KEYS);
      resampled.add(expected.resampled);
      expect(pooledScoreboard(inAnyOrder, '7.5', KEYS)).toEqual(expected);
    }),
    RUNS,
  );
  expect([...resampled].toSorted()).toEqual(['days', 'half hours']);
});
