/** The built `flowbars plan`, as a task and on a command line. */
import { describe, expect, test } from 'vitest';
import { expectSchema } from '../../support/schema/schemas.js';
import { freshWorkdir, type RunResult, type Workdir } from '../../support/workdir.js';

const RUN = 'aggregated/_manifest/runs/r1';
const WHERE = { FLOWBARS_RAW: 'raw', FLOWBARS_OUT: 'aggregated', FLOWBARS_RUN_ID: 'r1' };
const TASK = { ...WHERE, CLOUD_RUN_JOB: 'flowbars', CLOUD_RUN_TASK_INDEX: '0' };

function recorded(): Workdir {
  const workdir = freshWorkdir();
  for (const symbol of ['BUSDT', 'AUSDT']) workdir.write(`raw/${symbol}/trades/x`, '');
  return workdir;
}

async function plan(
  workdir: Workdir,
  args: unknown,
  env: Readonly<Record<string, string>> = TASK,
): Promise<RunResult> {
  return await workdir.run(['plan'], {
    env: { ...env, FLOWBARS_ARGUMENTS: typeof args === 'string' ? args : JSON.stringify(args) },
  });
}

describe('a plan', () => {
  test('has the days, the symbols and every rule of the job as text', async () => {
    const workdir = recorded();
    const rules = { FLOWBARS_HOLE_MIN: '7', FLOWBARS_RESOLUTIONS: '1h', FLOWBARS_SYMBOLS: 'X' };
    const said = { start_date: '2025-12-01', end_date: '2025-12-11', window_days: 10 };
    const { code, stderr } = await plan(workdir, said, { ...TASK, ...rules });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expectSchema('plan', workdir.text(`${RUN}/plan.json`));
    expectSchema('fan_out', workdir.text(`${RUN}/fan_out.json`));
    expect(workdir.json(`${RUN}/plan.json`)).toMatchObject({
      arguments: said,
      from: '2025-12-01',
      to: '2025-12-11',
      windows: [
        { from: '2025-12-01', to: '2025-12-10', aggregate_tasks: 2, finalize_tasks: 10 },
        { from: '2025-12-11', to: '2025-12-11', aggregate_tasks: 2, finalize_tasks: 1 },
      ],
      symbols: ['AUSDT', 'BUSDT'],
      symbols_found: true,
      options: { 'hole-min': '7', resolutions: '1h', 'allow-empty': 'all', force: 'false' },
    });
  });

  test('takes what the arguments say before what the job says', async () => {
    const workdir = recorded();
    const said = { end_date: '2025-12-11', resolutions: ['1s', '1m'], force: true };
    await plan(workdir, said, { ...TASK, FLOWBARS_RESOLUTIONS: '1h' });
    expect(workdir.json(`${RUN}/plan.json`)).toMatchObject({
      options: { resolutions: '1s,1m', force: 'true' },
    });
  });

  test('has the yesterday of the start that it is told', async () => {
    const workdir = recorded();
    await plan(workdir, {}, { ...TASK, FLOWBARS_STARTED_AT: '2024-05-07T23:59:59Z' });
    expect(workdir.json(`${RUN}/plan.json`)).toMatchObject({ from: '2024-05-06' });
  });

  test('is kept by a second try of its task, whatever has become of the folders', async () => {
    const workdir = recorded();
    await plan(workdir, { end_date: '2025-12-11' });
    const before = workdir.contents(RUN);
    workdir.write('raw/CUSDT/trades/x', '');
    workdir.remove(`${RUN}/fan_out.json`);
    expect((await plan(workdir, { end_date: '2025-12-11' })).code).toBe(0);
    expect(workdir.contents(RUN)).toEqual(before);
  });

  test('is not replaced by what cannot be planned', async () => {
    const workdir = recorded();
    await plan(workdir, { end_date: '2025-12-11' });
    const before = workdir.contents(RUN);
    const { code, stdout } = await plan(workdir, { end_date: '2025-02-30' });
    expect(stdout).toContain("end_date date: found '2025-02-30'");
    expect(code).toBe(2);
    expect(workdir.contents(RUN)).toEqual(before);
  });
});

describe('a refusal', () => {
  test.for<[string, unknown, Readonly<Record<string, string>>, string]>([
    [
      'arguments',
      { start_date: '2024-02-30' },
      {},
      "start_date date: found '2024-02-30', expected an existing day as YYYY-MM-DD",
    ],
    [
      'a rule of the job',
      {},
      { FLOWBARS_EDGE_MINUTES: 'two' },
      "FLOWBARS_EDGE_MINUTES number: found 'two', expected a whole number from 0 to 60",
    ],
    [
      'no JSON',
      'yesterday',
      {},
      "FLOWBARS_ARGUMENTS arguments: found 'yesterday', expected a JSON object, or nothing",
    ],
  ])('of %s is stored by a task, which ends well', async ([, said, env, message]) => {
    const workdir = recorded();
    const { code, stdout } = await plan(workdir, said, { ...TASK, ...env });
    expect(code).toBe(0);
    expect(stdout).toContain(message);
    expectSchema('plan', workdir.text(`${RUN}/plan.json`));
    expect(workdir.json(`${RUN}/plan.json`)).toMatchObject({ refused: { message } });
    expect(workdir.json(`${RUN}/fan_out.json`)).toMatchObject({ refused: message, windows: [] });
    const task = await workdir.run(['task'], { env: { ...TASK, FLOWBARS_WINDOW: '1' } });
    expect(task.code).toBe(2);
  });

  test('on a command line is said, and nothing is written', async () => {
    const workdir = recorded();
    const result = await plan(workdir, { symbols: 'A/B' }, WHERE);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/^error: symbols symbol: found 'A\/B'/u);
    expect(workdir.exists('aggregated')).toBe(false);
  });

  test('is no matter of storage: a raw root that is not there ends with 3', async () => {
    const workdir = freshWorkdir();
    const { code } = await plan(workdir, {});
    expect(code).toBe(3);
    expect(workdir.exists('aggregated')).toBe(false);
  });
});

test('a plan on a command line prints its numbers', async () => {
  const workdir = recorded();
  const { code, stdout } = await plan(workdir, { end_date: '2025-12-11', symbols: 'AUSDT' }, WHERE);
  expectSchema('fan_out', stdout);
  expect(JSON.parse(stdout)).toEqual(workdir.json(`${RUN}/fan_out.json`));
  expect(code).toBe(0);
});

test('days in slices, each a task, have one manifest', async () => {
  const workdir = freshWorkdir();
  const sample = ['sample', '--raw', 'raw', '--minutes', '2', '--faults', 'none'];
  await workdir.run([...sample, '--symbols', 'A,B,C', '--date', '2025-12-11']);
  await plan(workdir, { end_date: '2025-12-11', resolutions: '1m' }, { ...TASK });
  const stored = workdir.text(`${RUN}/plan.json`);
  workdir.write(`${RUN}/plan.json`, stored.replace('"slice_symbols": 300', '"slice_symbols": 1'));
  const env = { ...TASK, FLOWBARS_WINDOW: '1' };
  const manifest = 'aggregated/_manifest/2025-12-11.json';
  for (const command of ['task', 'finalize']) {
    for (const index of ['2', '0', '1']) {
      expect(workdir.exists(manifest)).toBe(false);
      const result = await workdir.run([command], { env: { ...env, CLOUD_RUN_TASK_INDEX: index } });
      expect(result.code, result.stdout).toBe(0);
    }
  }
  expect(workdir.json(manifest)).toMatchObject({
    symbols: ['A', 'B', 'C'].map((symbol) => ({ symbol, published: { status: 'partial' } })),
  });
});
