/** The full name of a deployed workflow. */
import { expect, test } from 'vitest';
import { workflowName } from '../../../src/edge/google/workflow-name.js';

test.for([
  'projects/my-project/locations/europe-west1/workflows/flowbars',
  'projects/123456789012/locations/us-central1/workflows/F_2-x',
  'projects/example.com:old-project/locations/us-central1/workflows/flowbars',
])('%s is one', (text) => {
  expect(workflowName(text, '--workflow')).toBe(text);
});

test.for([
  ['', 'nothing'],
  ['flowbars', "'flowbars'"],
  ['projects/p/locations/l/workflows/', "'projects/p/locations/l/workflows/'"],
  ['projects/p/locations/l/workflows/9', "'projects/p/locations/l/workflows/9'"],
  ['projects/p/locations/l/workflows/a/b', "'projects/p/locations/l/workflows/a/b'"],
  ['projects/p/locations/../workflows/a', "'projects/p/locations/../workflows/a'"],
  ['projects/P/locations/l/workflows/a', "'projects/P/locations/l/workflows/a'"],
  ['projects/p/locations/l/workflows/a?x=1', "'projects/p/locations/l/workflows/a?x=1'"],
  [`projects/p/locations/l/workflows/${'a'.repeat(65)}`, `'projects/p/`],
] as const)('%s is none', ([text, found]) => {
  const start = `--workflow workflow: found ${found}`;
  expect(() => workflowName(text, '--workflow')).toThrow(start);
  expect(() => workflowName(text, '--workflow')).toThrow(
    'expected projects/PROJECT/locations/REGION/workflows/NAME',
  );
});
