/** Holds docs/CLOUD.md to the workflow and to the program: arguments, settings, variables, exit codes, limits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { finalizeCommand } from '../src/cli/steps/finalize.js';
import { planCommand } from '../src/cli/steps/plan.js';
import { argumentFields } from '../src/cli/compute/plan-arguments.js';
import { DAYS_MAX } from '../src/cli/compute/request.js';
import { taskCommand } from '../src/cli/steps/task.js';
import { summarizeCommand } from '../src/cli/steps/summarize.js';
import { ARGUMENT_BYTES_MAX } from '../src/cli/execution/execution-request.js';
import {
  LOOKBACK_DAYS_MAX,
  WINDOW_DAYS_DEFAULT,
  WINDOW_DAYS_MAX,
  WINDOWS_MAX,
} from '../src/core/plan/windows.js';
import { SYMBOLS_MAX } from '../src/core/plan/symbol-pattern.js';
import { SYMBOL_DAYS_MAX } from '../src/jobs/plan/symbols.js';
import { TASK_GIB, TASK_VCPUS } from '../src/core/cost/prices.js';
import { projectRoot } from './support/workdir.js';

const text = readFileSync(join(projectRoot, 'docs/CLOUD.md'), 'utf8');
const workflow = readFileSync(join(projectRoot, 'workflows/flowbars.yaml'), 'utf8');

test('docs/CLOUD.md has every argument of the workflow', () => {
  const names = Object.keys(argumentFields);
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !text.includes(`\n| \`${name}\` |`))).toEqual([]);
});

test('docs/CLOUD.md has every setting of the workflow', () => {
  const names = [...workflow.matchAll(/sys\.get_env\("([A-Z_]+)"\)/gu)].map(([, name]) => name);
  const own = names.filter((name) => name?.startsWith('GOOGLE_') === false);
  expect(own.length).toBe(5);
  expect(own.filter((name) => !text.includes(`\n| \`${name}\` |`))).toEqual([]);
});

test('docs/CLOUD.md has every variable of a task', () => {
  const commands = [planCommand, taskCommand, finalizeCommand, summarizeCommand];
  const variables = commands.flatMap(({ options }) => options.map(({ env }) => env));
  expect(variables.length).toBeGreaterThan(20);
  const missing = variables.filter((name) => !text.includes(`\`${name}\``));
  // In Cloud Run every output is lines of JSON.
  expect([...new Set(missing)]).toEqual(['FLOWBARS_FORMAT', 'FLOWBARS_JSON']);
});

test('docs/CLOUD.md has the limits that a plan holds to, and the tags of the workflow', () => {
  expect(workflow).toContain('timeout: 172800');
  for (const shown of [
    '172,800 s',
    `| symbol-days | ${grouped(SYMBOL_DAYS_MAX)} |`,
    `| symbols | ${grouped(SYMBOLS_MAX)} |`,
    `| days | ${grouped(DAYS_MAX)} |`,
    `| windows | ${grouped(WINDOWS_MAX)} |`,
    `| argument | ${grouped(ARGUMENT_BYTES_MAX)} bytes |`,
    `first day, 0 to ${LOOKBACK_DAYS_MAX}.`,
    `| \`window_days\` | ${WINDOW_DAYS_DEFAULT} | days computed together, 1 to ${WINDOW_DAYS_MAX}:`,
  ]) {
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
  const steps = [...workflow.matchAll(/- (\w+):\n +try:\n +call: googleapis\.run\./gu)].map(
    ([, name]) => name,
  );
  expect(steps).toEqual(['plan', 'aggregate', 'finalize', 'summarize']);
  expect(text).toContain('`plan`, `aggregate`, `finalize` or `summarize`');
});

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
