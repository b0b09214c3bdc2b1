/** The built `flowbars run` as a whole: what it prints, what it skips, and how it stops. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { copiesOf, freshWorkdir } from '../../support/workdir.js';

const WHERE = ['--raw', 'raw', '--out', 'aggregated'];
const PRODUCTS = ['--resolutions', '1m', '--outputs', 'bars'];
const WHAT = ['--symbols', 'all', '--from', '2025-12-11', ...PRODUCTS];
const RUN = ['run', ...WHERE, ...WHAT, '--expect', '2025-12-11T00:00:00Z/2025-12-11T00:02:00Z'];

const withSample = copiesOf(async (workdir) => {
  const args = ['sample', '--raw', 'raw', '--minutes', '2', '--faults', 'none', '--symbols', 'A,B'];
  expect((await workdir.run(args)).code).toBe(0);
});

describe('flowbars run', () => {
  test('prints one JSON document on stdout and plain lines on stderr', async () => {
    const workdir = await withSample();
    const { code, stdout, stderr } = await workdir.run(RUN);
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      good: true,
      symbol_days: 2,
      arguments: { symbols: ['A', 'B'], from: '2025-12-11', to: '2025-12-11' },
      records: [
        { symbol: 'A', outcome: 'published', finalized: true },
        { symbol: 'B', outcome: 'published', finalized: true },
      ],
    });
    expect(stderr).toMatch(/^A 2025-12-11: published complete, coverage 100%/m);
    expect(stderr).toMatch(/^good \(exit code 0\): 2 published; below aggregated: summary /m);
    expect(code).toBe(0);
  });

  test('says on a second start that it skipped what is unchanged', async () => {
    const workdir = await withSample();
    await workdir.run(RUN);
    const before = workdir.contents('aggregated/A');
    const { code, stderr } = await workdir.run(RUN);
    expect(stderr).toMatch(/^good \(exit code 0\): 2 unchanged \(skipped\)/m);
    expect(code).toBe(0);
    expect(before.size).toBe(2);
    expect(workdir.contents('aggregated/A')).toEqual(before);
  });

  test('names the way out of a manifest of an older version once, and ends with 1', async () => {
    const workdir = await withSample();
    await workdir.run(RUN);
    const name = 'aggregated/_manifest/2025-12-11.json';
    const text = workdir.text(name);
    const old = text.replace(/"schema_version": \d+/u, '"schema_version": 3');
    expect(old).not.toBe(text);
    workdir.write(name, old);
    const { code, stderr } = await workdir.run(RUN);
    expect(
      stderr.match(/found schema version 3, .*: move it away, then run all symbols/gu),
    ).toHaveLength(1);
    expect(stderr).not.toContain('started again');
    expect(stderr).toMatch(/^not good \(exit code 1\): 2 unchanged/m);
    expect(code).toBe(1);
    expect(workdir.text(name)).toBe(old);
    workdir.remove(name);
    const again = await workdir.run(RUN);
    expect(again.stderr).toMatch(/^good \(exit code 0\): 2 unchanged/m);
    expect(workdir.text(name)).toBe(text);
  });

  test('takes everything from variables as well', async () => {
    const workdir = await withSample();
    const env = {
      FLOWBARS_RAW: 'raw',
      FLOWBARS_OUT: 'aggregated',
      FLOWBARS_SYMBOLS: '["B"]',
      FLOWBARS_FROM: '2025-12-11',
      FLOWBARS_RESOLUTIONS: '1h',
      FLOWBARS_OUTPUTS: 'bars',
      FLOWBARS_RUN_ID: 'r1',
      FLOWBARS_EXPECT: '2025-12-11T00:00:00Z/2025-12-11T00:02:00Z',
    };
    const { code } = await workdir.run(['run'], { env });
    expect(code).toBe(0);
    expect(workdir.files('aggregated')).toEqual([
      'B/2025-12-11_1h.csv',
      'B/2025-12-11_quality.json',
      '_manifest/2025-12-11.json',
      '_manifest/runs/r1/B/2025-12-11.json',
      '_manifest/runs/r1/fan_out.json',
      '_manifest/runs/r1/plan.json',
      '_manifest/runs/r1/summary.json',
    ]);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('on %s stops its tasks, exits and says how to go on', async (signal, exitCode) => {
    const workdir = await withSample();
    const { child, result } = workdir.start(RUN);
    await new Promise<void>((settle) => {
      child.stderr?.on('data', (bytes: Buffer) => {
        // The task processes have just started.
        if (bytes.toString().includes('task: 2 to do')) settle();
      });
    });
    child.kill(signal);
    const { code, stdout, stderr } = await result;
    expect(stderr).toContain(`stopped by ${signal}; start again to finish`);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect((await workdir.run(RUN)).code).toBe(0);
  });

  test('says once that it was stopped, while its tasks say it too', async () => {
    const workdir = await withSample();
    const many = ['--symbols', 'A', '--from', '2025-12-11', '--to', '2025-12-31'];
    const { child, result } = workdir.start(['run', ...WHERE, ...many]);
    await new Promise<void>((settle) => {
      child.stderr?.on('data', (bytes: Buffer) => {
        // The task handles signals from its first day on, and 20 days are left.
        if (bytes.toString().includes('A 2025-12-11: published')) settle();
      });
    });
    child.kill('SIGTERM');
    const { code, stderr } = await result;
    expect(stderr.match(/stopped by SIGTERM/g)).toHaveLength(1);
    expect(code).toBe(143);
  });

  test('ends with 70 and repeats nothing when a task meets a bug', async () => {
    const workdir = await withSample();
    workdir.write(
      'broken.mjs',
      `if (process.argv[2] === 'task') Promise.race = () => { throw new Error('made-up'); };\n`,
    );
    const env = { NODE_OPTIONS: `--import=${workdir.path('broken.mjs')}` };
    const { code, stderr } = await workdir.run([...RUN, '--retries', '2'], { env });
    expect(stderr).toContain('error: this is a bug in flowbars, not in your data\nError: made-up');
    expect(stderr).toContain('task 0: attempt 1 ended with exit code 70, given up');
    expect(stderr).not.toContain('attempt 2');
    expect(stderr).toMatch(/^not good \(exit code 70, a bug in flowbars, not in your data\): /m);
    expect(code).toBe(70);
  });

  test('names the folders that all leaves out', async () => {
    const workdir = await withSample();
    workdir.write('raw/BTC.P/trades/2025-12-11/00-00.csv', '');
    const { code, stderr } = await workdir.run(RUN);
    expect(stderr.match(/BTC\.P/g)).toHaveLength(1);
    expect(stderr).toMatch(/^warning: skipped 1 folder of the raw root, .+: 'BTC\.P'$/m);
    expect(code).toBe(0);
  });

  test.each(['run', 'aggregate'])('%s prints JSON lines alone in a Cloud Run job', async (name) => {
    const workdir = await withSample();
    const env = { CLOUD_RUN_JOB: 'bars' };
    const { code, stdout, stderr } = await workdir.run([name, ...RUN.slice(1)], { env });
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(events.length).toBeGreaterThan(2);
    for (const event of events) expect(event).toHaveProperty('severity');
    expect(events.at(-1)).toMatchObject({ event: 'result', exit_code: 0, symbol_days: 2 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test.each([
    ['1', true],
    ['no', false],
  ])('says in the summary what FLOWBARS_FORCE=%s means', async (text, force) => {
    const workdir = await withSample();
    const { code, stdout } = await workdir.run(RUN, { env: { FLOWBARS_FORCE: text } });
    expect(JSON.parse(stdout)).toMatchObject({ arguments: { force } });
    expect(code).toBe(0);
  });
});

describe('a refused run leaves nothing behind', () => {
  test('where the roots are of two markets', async () => {
    const workdir = await withSample();
    workdir.write('raw/_dataset.json', '{"market":"usdm"}');
    workdir.write('aggregated/_dataset.json', '{"market":"spot"}');
    expect((await workdir.run(RUN)).code).toBe(2);
    expect(readdirSync(workdir.path('aggregated'))).toEqual(['_dataset.json']);
  });

  test('where it has more symbol-days than a summary is made of', async () => {
    const workdir = freshWorkdir();
    const symbols = Array.from({ length: 2_001 }, (_, index) => `S${index}`);
    for (const name of ['raw/A/trades/x', 'elsewhere/x']) workdir.write(name, '');
    const days = ['--from', '2025-01-01', '--to', '2025-04-10'];
    const env = { FLOWBARS_SYMBOLS: symbols.join(','), FLOWBARS_RUN_ID: 'r1' };
    for (const name of ['run', 'aggregate', 'finalize', 'summarize']) {
      const { code, stdout, stderr } = await workdir.run([name, ...WHERE, ...days], { env });
      expect(stderr).toMatch(/^error: --symbols symbol-days: found 2001 symbols for 100 days, /);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
    expect(workdir.exists('aggregated')).toBe(false);
  });

  test('where its run id has a plan for other options', async () => {
    const workdir = await withSample();
    const run = [...RUN, '--run-id', 'r1'];
    expect((await workdir.run(run)).code).toBe(0);
    const before = workdir.contents('aggregated');
    expect((await workdir.run(run)).code).toBe(0);
    const other = await workdir.run([...run, '--seed-minutes', '30']);
    expect(other).toMatchObject({
      code: 2,
      stderr:
        'error: aggregated/_manifest/runs/r1/plan.json plan: found a plan for other options,' +
        ' expected the options that the run was started with, or another run id\n',
    });
    expect([...workdir.contents('aggregated').keys()]).toEqual([...before.keys()]);
  });
});
