/** What becomes of a training that is stopped. */
import { expect, test } from 'vitest';
import { codec } from '../../../src/edge/format/codec.js';
import { runTrainer, TRAINER_STOP_MS_MAX } from '../../../src/jobs/learn/run-trainer.js';
import type { TrainerEnd } from '../../../src/jobs/learning-ports.js';
import { manualClock } from '../../support/manual-clock.js';
import { openMemoryStore } from '../../support/memory-store.js';

const REQUEST = {
  command: 'train',
  dataset: 'dataset',
  into: 'trained',
  models: ['constant'],
  foundation: undefined,
  threads: 1,
  seed: 1,
  costsBps: [10],
  placebos: 'quick',
} as const;

const onProgress = (): void => undefined;

test('a process that does not end when it is asked to is ended by force', async () => {
  const clock = manualClock(0);
  const calls: string[] = [];
  const { promise: ended, resolve } = Promise.withResolvers<TrainerEnd>();
  const trainer = {
    program: 'python',
    start: () => ({
      ended,
      stop: () => void calls.push('stop'),
      kill: () => {
        calls.push('kill');
        resolve({ exitCode: undefined, signal: 'SIGKILL' });
      },
    }),
  };
  const into = openMemoryStore();
  const stopped = Promise.resolve('SIGTERM' as const);
  const running = runTrainer(REQUEST, stopped, { trainer, into, codec, clock, onProgress });
  expect(await running).toBe('SIGTERM');
  expect(calls).toEqual(['stop', 'kill']);
  expect(clock.waitsMs).toEqual([TRAINER_STOP_MS_MAX]);
});
