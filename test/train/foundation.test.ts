/** Runs the tests of foundation models in the Python environment of src/train. */
import { test } from 'vitest';
import { needTraining, runPytest } from '../support/learn/train-environment.js';

test('foundation models forecast as their originals do, and refuse what they cannot', (context) => {
  needTraining(context);
  runPytest('test/train/foundation', 150);
}, 900_000);
