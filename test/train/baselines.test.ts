/** Runs the tests of src/train in its own Python environment. */
import { test } from 'vitest';
import { needTraining, runPytest } from '../support/learn/train-environment.js';

test('models learn and are judged as docs/LEARNING.md says', { timeout: 900_000 }, (context) => {
  needTraining(context);
  runPytest('test/train/baselines', 120);
});
