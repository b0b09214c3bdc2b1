/** The built `flowbars task` as Cloud Run starts it: variables in, JSON lines and an exit code out. */
import { describe, expect, test } from 'vitest';
import { freshWorkdir, type RunResult, type Workdir } from '../../support/workdir.js';

function taskVariables(index: string): Record<string, string> {
  return {
    CLOUD_RUN_JOB: 'bars',
    CLOUD_RUN_EXECUTION: 'bars-x7k2p',
    CLOUD_RUN_TASK_INDEX: index,
    CLOUD_RUN_TASK_COUNT: '3',
    CLOUD_RUN_TASK_ATTEMPT: '0',
    FLOWBARS_RAW: 'raw',
    FLOWBARS_OUT: 'aggregated',
    FLOWBARS_RUN_ID: 'r1',
    FLOWBARS_WINDOW: '1',
  };
}

/** Plans run r1, which has one day. */
async function plan(
  workdir: Workdir,
  args: Readonly<Record<string, unknown>> & { readonly symbols?: readonly string[] },
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  for (const symbol of args.symbols ?? []) workdir.write(`raw/${symbol}/readme.txt`, '');
  const said = { FLOWBARS_ARGUMENTS: JSON.stringify({ end_date: '2025-12-11', ...args }) };
  return await workdir.run(['plan'], { env: { ...taskVariables('0'), ...said, ...env } });
}

function withRecording(): Workdir {
  const workdir = freshWorkdir();
  workdir.write(
    'raw/BTCUSDT/trades/2025-12-11/00-00.csv',
    'timestamp,price,quantity,is_buyer_maker\n',
  );
  return workdir;
}

function events(stdout: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => {
      const value: unknown = JSON.parse(line);
      return typeof value === 'object' && value !== null ? { ...value } : {};
    });
}

describe('a task', () => {
  test.for<[string, readonly string[], string, string]>([
    ['task', ['A', 'B'], '2', 'window 1 of the plan has 2 tasks'],
    ['finalize', ['A'], '1', 'its index is past the last slice of its window'],
  ])('%s past the end of its plan says so', async ([command, symbols, index, reason]) => {
    const workdir = withRecording();
    expect((await plan(workdir, { symbols })).code).toBe(0);
    const before = workdir.contents('aggregated');
    const { code, stdout, stderr } = await workdir.run([command], { env: taskVariables(index) });
    expect(events(stdout)).toEqual([
      {
        severity: 'INFO',
        event: 'nothing_to_do',
        message: `task ${index} has nothing to do: ${reason}`,
        index: Number(index),
        reason,
      },
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(workdir.contents('aggregated')).toEqual(before);
  });

  test('of a window that the plan does not have says so', async () => {
    const workdir = withRecording();
    await plan(workdir, { symbols: ['A'] });
    const env = { ...taskVariables('0'), FLOWBARS_WINDOW: '2' };
    const { code, stdout } = await workdir.run(['task'], { env });
    expect(events(stdout)[0]).toMatchObject({ reason: 'window 2 of the plan has 0 tasks' });
    expect(code).toBe(0);
  });

  test.for(['task', 'finalize', 'summarize'])(
    '%s without a plan is one JSON line with severity and the four parts',
    async (command) => {
      const { code, stdout, stderr } = await withRecording().run([command], {
        env: taskVariables('0'),
      });
      const where = 'aggregated/_manifest/runs/r1/plan.json';
      const expected = 'a plan (flowbars plan writes it before the first task)';
      expect(events(stdout)).toEqual([
        {
          severity: 'ERROR',
          message: `${where} plan: found none, expected ${expected}`,
          event: 'error',
          kind: 'usage',
          what: 'plan',
          found: 'none',
          expected,
          where,
        },
      ]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    },
  );

  test('does not look at the rules of its own environment', async () => {
    const workdir = withRecording();
    await plan(workdir, { symbols: ['BTCUSDT'] }, { FLOWBARS_RESOLUTIONS: '1h' });
    const env = { ...taskVariables('0'), FLOWBARS_RESOLUTIONS: '1m', FLOWBARS_SYMBOLS: 'X' };
    expect((await workdir.run(['task'], { env })).code).toBe(0);
    expect(workdir.json('aggregated/_manifest/runs/r1/BTCUSDT/2025-12-11.json')).toMatchObject({
      symbol: 'BTCUSDT',
    });
  });

  test('is refused outside of a job', async () => {
    const { code, stderr } = await withRecording().run(
      ['task', '--window', '1', '--run-id', 'r', '--raw', 'raw', '--out', 'out'],
      {
        env: {},
      },
    );
    expect(stderr).toMatch(/^error: CLOUD_RUN_TASK_INDEX variable: found nothing/);
    expect(code).toBe(2);
  });

  test('is refused with an index that is no number', async () => {
    const { code, stdout } = await withRecording().run(['task'], { env: taskVariables('first') });
    expect(events(stdout)[0]).toMatchObject({ where: 'CLOUD_RUN_TASK_INDEX', found: "'first'" });
    expect(code).toBe(2);
  });
});

test('a plan names the folders that it leaves out, and no task does', async () => {
  const workdir = withRecording();
  workdir.write('raw/BTC.P/trades/x', '');
  expect(skipped(await plan(workdir, {}))).toMatchObject([
    { severity: 'WARNING', count: 1, folders: ['BTC.P'] },
  ]);
  expect(skipped(await workdir.run(['task'], { env: taskVariables('0') }))).toEqual([]);
});

function skipped({ stdout }: RunResult): unknown[] {
  return events(stdout).filter(({ event }) => event === 'folders_skipped');
}
