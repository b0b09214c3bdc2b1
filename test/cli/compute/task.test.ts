/** The built `flowbars task` as Cloud Run starts it: variables in, JSON lines and an exit code out. */
import { describe, expect, test } from 'vitest';
import { freshWorkdir, type Workdir } from '../../support/workdir.js';

function taskVariables(index: string): Record<string, string> {
  return {
    CLOUD_RUN_JOB: 'bars',
    CLOUD_RUN_EXECUTION: 'bars-x7k2p',
    CLOUD_RUN_TASK_INDEX: index,
    CLOUD_RUN_TASK_COUNT: '3',
    CLOUD_RUN_TASK_ATTEMPT: '0',
    FLOWBARS_RAW: 'raw',
    FLOWBARS_OUT: 'aggregated',
    FLOWBARS_FROM: '2025-12-11',
  };
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
  test.each(['A,B', '["A","B"]', 'all'])(
    'whose index is past the symbols %s has nothing to do and says so',
    async (symbols) => {
      const env = { ...taskVariables('2'), FLOWBARS_SYMBOLS: symbols };
      const { code, stdout, stderr } = await withRecording().run(['task'], { env });
      const [event, ...more] = events(stdout);
      expect(event).toMatchObject({ severity: 'INFO', event: 'nothing_to_do', index: 2 });
      expect(event?.['message']).toMatch(/^task 2 has nothing to do: .+ symbols$/);
      expect(more).toEqual([]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    },
  );

  test('writes an error as one JSON line with severity and the four parts', async () => {
    const env = { ...taskVariables('0'), FLOWBARS_SYMBOLS: 'BTCUSDT', FLOWBARS_FROM: 'today' };
    const { code, stdout, stderr } = await withRecording().run(['task'], { env });
    expect(events(stdout)).toEqual([
      {
        severity: 'ERROR',
        message: "FLOWBARS_FROM date: found 'today', expected an existing day as YYYY-MM-DD",
        event: 'error',
        kind: 'usage',
        what: 'date',
        found: "'today'",
        expected: 'an existing day as YYYY-MM-DD',
        where: 'FLOWBARS_FROM',
      },
    ]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  });

  test.each([
    ['0', 1],
    ['1', 0],
  ])('%s names the folders that all leaves out, %i times', async (index, times) => {
    const workdir = withRecording();
    workdir.write('raw/BTC.P/x', '');
    const env = { ...taskVariables(index), FLOWBARS_SYMBOLS: 'all' };
    const { code, stdout } = await workdir.run(['task'], { env });
    const skipped = events(stdout).filter(({ event }) => event === 'folders_skipped');
    expect(skipped).toHaveLength(times);
    for (const event of skipped) {
      expect(event).toMatchObject({ severity: 'WARNING', count: 1, folders: ['BTC.P'] });
    }
    expect(code).toBe(0);
  });

  test('is refused outside of a job', async () => {
    const { code, stderr } = await withRecording().run(['task'], { env: {} });
    expect(stderr).toMatch(/^error: CLOUD_RUN_TASK_INDEX variable: found nothing/);
    expect(code).toBe(2);
  });

  test('is refused with an index that is no number', async () => {
    const env = { ...taskVariables('first'), FLOWBARS_SYMBOLS: 'A' };
    const { code, stdout } = await withRecording().run(['task'], { env });
    expect(events(stdout)[0]).toMatchObject({ where: 'CLOUD_RUN_TASK_INDEX', found: "'first'" });
    expect(code).toBe(2);
  });
});

test('a final step whose index is past the days has nothing to do and says so', async () => {
  const env = { ...taskVariables('1'), FLOWBARS_SYMBOLS: 'A', FLOWBARS_RUN_ID: 'r1' };
  const { code, stdout } = await withRecording().run(['finalize'], { env });
  expect(events(stdout)[0]).toMatchObject({ event: 'nothing_to_do', reason: 'the run has 1 days' });
  expect(code).toBe(0);
});
