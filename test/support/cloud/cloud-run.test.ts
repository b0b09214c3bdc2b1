/** The local Cloud Run refuses what the real one refuses, and shows operations as it does. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { request } from 'undici';
import { type CloudRun, type CloudRunOptions, startCloudRun } from './cloud-run.js';
import { JOB_NAME } from './deploy-flowbars.js';

const ARGS = { containerOverrides: [{ args: ['--version'] }] };
const ENV = {
  FLOWBARS_RAW: 'raw',
  FLOWBARS_OUT: 'out',
  FLOWBARS_RUN_ID: 'r1',
  FLOWBARS_WINDOW: '1',
};
const LIMITS = { taskCount: 2, parallelism: 2, maxRetries: 1, taskTimeoutMs: 60_000 };
const JOB = { name: JOB_NAME, env: ENV, ...LIMITS };
const LONG = 'x'.repeat(32_001);

describe('a run is refused', () => {
  test.for<readonly [string, unknown, string]>([
    ['no task', { taskCount: 0 }, 'overrides.taskCount: found 0, expected a whole number from 1'],
    ['too many tasks', { taskCount: 10_001 }, 'from 1 to 10000'],
    [
      'fewer tasks than the parallelism of the job',
      { taskCount: 1 },
      "overrides.task_count: found 1, expected at least the job's parallelism of 2",
    ],
    ['half a task', { taskCount: 1.5 }, 'overrides.taskCount: found 1.5'],
    ['a count that is a text', { taskCount: '3' }, 'overrides.taskCount: found "3"'],
    ['a timeout', { timeout: '60s' }, `Unknown name "timeout" at 'overrides'`],
    ['parallelism', { parallelism: 2 }, `Unknown name "parallelism" at 'overrides'`],
    ['containers as a map', { containerOverrides: { args: [] } }, 'expected a list'],
    ['two containers', { containerOverrides: [{}, {}] }, 'expected one container'],
    ['an image', { containerOverrides: [{ image: 'x' }] }, 'Unknown name "image"'],
    ['an arg that is a number', { containerOverrides: [{ args: [1] }] }, 'expected texts'],
    ['variables as a map', env({ A: 'b' }), 'expected a list'],
    ['a value that is a number', env([{ name: 'A', value: 1 }]), 'found 1, expected a text'],
    ['a variable without a name', env([{ value: 'x' }]), 'env[0].name'],
    [
      'a value above 32 kB',
      env([{ name: 'A', value: LONG }]),
      'found "32001 bytes", expected at most 32000',
    ],
    [
      'too many variables',
      env(Array.from({ length: 1_001 }, (_, index) => ({ name: `A${index}`, value: '' }))),
      'found 1001, expected at most 1000',
    ],
  ])('with %s', async ([, overrides, message]) => {
    const { run } = await service();
    const answer = await run(overrides);
    expect(answer).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
    expect(JSON.stringify(answer)).toContain(JSON.stringify(message).slice(1, -1));
  });

  test('of an unknown job', async () => {
    const { ask } = await service();
    const name = JOB_NAME.replace('flowbars', 'other');
    expect(await ask('POST', `/v2/${name}:run`, {})).toMatchObject({ error: { code: 404 } });
  });

  test('of a job whose own task count is below its parallelism', async () => {
    const { cloudRun } = await service();
    expect(() => cloudRun.deployJob({ ...JOB, taskCount: 1 })).toThrow(
      "task_count: found 1, expected at least the job's parallelism of 2",
    );
  });

  test('with fields beside the overrides', async () => {
    const { ask } = await service();
    const answer = await ask('POST', `/v2/${JOB_NAME}:run`, { taskCount: 2 });
    expect(answer).toMatchObject({ error: { code: 400 } });
  });
});

describe('an execution', () => {
  test('that succeeds shows its counts, without those of zero', async () => {
    const { run, ask, cloudRun } = await service();
    const operation = await run({ ...ARGS, taskCount: 3 });
    expect(operation).not.toHaveProperty('done');
    expect(operation).toMatchObject({ metadata: { taskCount: 3, parallelism: 2 } });
    const done = await ask('GET', `/v2/${nameOf(operation)}`);
    const name = cloudRun.executions[0]?.name;
    expect(done).toMatchObject({ done: true, response: { name, succeededCount: 3 } });
    for (const count of ['failedCount', 'runningCount', 'cancelledCount', 'retriedCount']) {
      expect(done).not.toHaveProperty(`response.${count}`);
    }
  });

  test('that fails is an operation with an error, after every task has run', async () => {
    const { run, ask, cloudRun } = await service();
    cloudRun.faults.taskFault = ({ index }) =>
      index === 0 ? { kind: 'exit', code: 3 } : undefined;
    const done = await ask('GET', `/v2/${nameOf(await run({ ...ARGS, taskCount: 3 }))}`);
    expect(done).not.toHaveProperty('response');
    expect(done).toMatchObject({
      done: true,
      error: { code: 2 },
      metadata: { succeededCount: 2, failedCount: 1, retriedCount: 1 },
    });
    const [{ tasks } = { tasks: [] }] = cloudRun.executions;
    expect(tasks.map(({ state, retried }) => [state, retried])).toEqual([
      ['failed', 1],
      ['succeeded', 0],
      ['succeeded', 0],
    ]);
  });

  test('gives each task the variables of the run over those of the job', async () => {
    const lines: string[] = [];
    const { run, ask } = await service({ onLine: (_execution, line) => lines.push(line) });
    const variables = [{ name: 'FLOWBARS_RUN_ID', value: 'r2' }];
    const overrides = { containerOverrides: [{ args: ['task'], env: variables }], taskCount: 3 };
    await ask('GET', `/v2/${nameOf(await run(overrides))}`);
    const errors = lines.map((line): unknown => JSON.parse(line));
    expect(errors).toContainEqual(
      expect.objectContaining({ where: 'out/_manifest/runs/r2/plan.json' }),
    );
  });
});

interface Asking {
  readonly cloudRun: CloudRun;
  readonly ask: (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>;
  readonly run: (overrides: unknown) => Promise<unknown>;
}

async function service(options: CloudRunOptions = {}): Promise<Asking> {
  const cloudRun = await startCloudRun({ holdsPolls: true, ...options });
  onTestFinished(async () => await cloudRun.stop());
  cloudRun.deployJob(JOB);
  const ask: Asking['ask'] = async (method, path, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await request(`${cloudRun.endpoint}${path}`, { method, ...sent });
    return await answer.body.json();
  };
  return {
    cloudRun,
    ask,
    run: async (overrides) => await ask('POST', `/v2/${JOB_NAME}:run`, { overrides }),
  };
}

function env(variables: unknown): unknown {
  return { containerOverrides: [{ env: variables }] };
}

function nameOf(operation: unknown): string {
  return (operation as { readonly name: string }).name;
}
