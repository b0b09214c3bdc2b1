/** Holds docs/CLOUD.md to the workflow and to the program: arguments, settings, variables, exit codes, limits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { taskCommand } from '../src/cli/compute/task.js';
import { summarizeCommand } from '../src/cli/compute/summarize.js';
import { TASK_GIB, TASK_VCPUS } from '../src/core/cost/prices.js';
import { projectRoot } from './support/workdir.js';

const text = readFileSync(join(projectRoot, 'docs/CLOUD.md'), 'utf8');
const workflow = readFileSync(join(projectRoot, 'workflows/flowbars.yaml'), 'utf8');

test('docs/CLOUD.md has every argument of the workflow', () => {
  const names = /names: \[(start_date.*)\]/u.exec(workflow)?.[1]?.split(', ') ?? [];
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !text.includes(`\n| \`${name}\` |`))).toEqual([]);
});

test('docs/CLOUD.md has every setting of the workflow', () => {
  const names = [...workflow.matchAll(/sys\.get_env\("([A-Z_]+)"\)/gu)].map(([, name]) => name);
  const own = names.filter((name) => name?.startsWith('GOOGLE_') === false);
  expect(own.length).toBe(3);
  expect(own.filter((name) => !text.includes(`\n| \`${name}\` |`))).toEqual([]);
});

test('docs/CLOUD.md has every variable of a task', () => {
  const variables = [...taskCommand.options, ...summarizeCommand.options].map(({ env }) => env);
  expect(variables.length).toBeGreaterThan(20);
  const missing = variables.filter((name) => !text.includes(`\`${name}\``));
  // In Cloud Run every output is lines of JSON.
  expect([...new Set(missing)]).toEqual(['FLOWBARS_JSON']);
});

test('docs/CLOUD.md has the limits that the workflow holds to, and its tags', () => {
  for (const [limit, shown] of [
    ['timeout: 172800', '172,800 s'],
    ['> 200000', '| 200,000 |'],
    ['> 10000}', '| 10,000 |'],
    ['> 4000}', '| 4,000 |'],
    ['list_bytes > 32000', '32,000 bytes as JSON'],
    ['value > 366', '0 to 366'],
    ['"window_days"), 31)', '| `window_days` | 31 |'],
  ] as const) {
    expect(workflow).toContain(limit);
    expect(text).toContain(shown);
  }
  const tags = [...workflow.matchAll(/\b([A-Z]\w+Error)\b/gu)].map(([, tag]) => tag);
  expect(new Set(tags).size).toBeGreaterThan(4);
  expect([...new Set(tags)].filter((tag) => !text.includes(`${tag}`))).toEqual([]);
});

test('docs/CLOUD.md makes the job as large as the estimate of costs takes it to be', () => {
  expect(text).toContain(`--cpu=${TASK_VCPUS} --memory=${TASK_GIB}Gi`);
});

test('docs/CLOUD.md has the steps by which a running execution shows its phase', () => {
  const steps = [...workflow.matchAll(/- (\w+):\n +call: googleapis\.run\./gu)].map(
    ([, name]) => name,
  );
  expect(steps).toEqual(['aggregate', 'finalize', 'summarize']);
  expect(text).toContain('`aggregate`, `finalize` or `summarize`');
});
