/** The pace of work at once: when it turns to promises, and when it tries again. */
import { expect, test } from 'vitest';
import { openPace } from '../../../src/edge/local/pace.js';

const spend = (durationMs: number) => (): number => {
  const endMs = performance.now() + durationMs;
  while (performance.now() < endMs);
  return durationMs;
};

test('asks through promises for a while after a slow answer, then tries again', () => {
  const pace = openPace();
  expect(pace.isQuick()).toBe(true);
  expect(pace.timed(spend(3))).toBe(3);
  const answers = Array.from({ length: 66 }, () => pace.isQuick());
  expect(answers.indexOf(true)).toBe(64);
  expect(answers.slice(64)).toEqual([true, true]);
});

test('gives others their turn once its time has come, and not before', async () => {
  const pace = openPace();
  let turns = 0;
  setImmediate(() => {
    turns += 1;
  });
  spend(11)();
  await pace.rest();
  expect(turns).toBe(1);
});
