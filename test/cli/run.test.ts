/** The built `flowbars run` as a whole: what it prints, what it skips, and how it stops. */
import { describe, expect, test } from 'vitest';
import { freshWorkdir, type Workdir } from '../support/workdir.js';

const WHERE = ['--raw', 'raw', '--out', 'aggregated'];
const WHAT = ['--symbols', 'all', '--from', '2025-12-11', '--resolutions', '1m'];
const RUN = ['run', ...WHERE, ...WHAT, '--expect', '2025-12-11T00:00:00Z/2025-12-11T00:02:00Z'];

async function withSample(): Promise<Workdir> {
  const workdir = freshWorkdir();
  const args = ['sample', '--raw', 'raw', '--minutes', '2', '--faults', 'none', '--symbols', 'A,B'];
  expect((await workdir.run(args)).code).toBe(0);
  return workdir;
}

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

  test('takes everything from variables as well', async () => {
    const workdir = await withSample();
    const env = {
      FLOWBARS_RAW: 'raw',
      FLOWBARS_OUT: 'aggregated',
      FLOWBARS_SYMBOLS: '["B"]',
      FLOWBARS_FROM: '2025-12-11',
      FLOWBARS_RESOLUTIONS: '1h',
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
        // The tasks are processes that have only just begun.
        if (bytes.toString().includes('task: 2 to do')) settle();
      });
    });
    child.kill(signal);
    const { code, stdout, stderr } = await result;
    expect(stderr).toContain(`stopped by ${signal}, a second start finishes the work`);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect((await workdir.run(RUN)).code).toBe(0);
  });
});
