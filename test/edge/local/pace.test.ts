/** The pace of work at once: when it turns to promises, and when it tries again. */
import { expect, test } from 'vitest';
import { openPace, type Pace } from '../../../src/edge/local/pace.js';

/** A pace whose clock stands still but for what the work takes. */
function paced(): { pace: Pace; work: (durationMs: number) => number } {
  let nowMs = 0;
  const pace = openPace(() => nowMs);
  const work = (durationMs: number): number =>
    pace.timed(() => {
      nowMs += durationMs;
      return durationMs;
    });
  return { pace, work };
}

test('asks through promises for a while after slow answers in turn, then tries again', () => {
  const { pace, work } = paced();
  for (const durationMs of [1, 1, 1, 0.1, 1, 1, 1]) expect(work(durationMs)).toBe(durationMs);
  expect(pace.isQuick()).toBe(true);
  work(1);
  const answers = Array.from({ length: 66 }, () => pace.isQuick());
  expect(answers.indexOf(true)).toBe(64);
  // Still slow at the first try.
  work(1);
  expect(pace.isQuick()).toBe(false);
});

test('gives others their turn once its time has come, and not before', async () => {
  const { pace, work } = paced();
  let turns = 0;
  setImmediate(() => {
    turns += 1;
  });
  work(9);
  await pace.rest();
  expect(turns).toBe(0);
  work(2);
  await pace.rest();
  expect(turns).toBe(1);
});
