/** The bin itself: it writes all of its output, and a closed pipe is not an error. */
import { expect, test } from 'vitest';
import { freshWorkdir } from './support/workdir.js';

/** Makes every command throw a bug, which no input can. */
const BROKEN = {
  NODE_OPTIONS: `--import=data:text/javascript,Promise.race=()=>{throw(new(Error)('made-up'))}`,
};

test('shows a bug to a person with its trace', async () => {
  const workdir = freshWorkdir();
  const told = await workdir.run(['sample', '--raw', 'raw', '--minutes', '1'], { env: BROKEN });
  expect(told).toMatchObject({ code: 70, stdout: '' });
  expect(told.stderr).toMatch(
    /^flowbars: this is a bug in flowbars, not in your data\nError: made-up\n {4}at /,
  );
});

test('shows a bug in a Cloud Run job as one JSON line with severity and trace', async () => {
  const workdir = freshWorkdir();
  const env = { ...BROKEN, CLOUD_RUN_JOB: 'bars' };
  const told = await workdir.run(['sample', '--raw', 'raw', '--minutes', '1'], { env });
  expect(told).toMatchObject({ code: 70, stdout: '' });
  expect(told.stderr.trimEnd().split('\n')).toHaveLength(1);
  const event: unknown = JSON.parse(told.stderr);
  expect(event).toMatchObject({
    severity: 'ERROR',
    message: 'this is a bug in flowbars, not in your data: Error: made-up',
    event: 'bug',
  });
  expect(event).toHaveProperty('stack_trace', expect.stringContaining('\n    at '));
});

test('writes the whole help text into a pipe before it ends', async () => {
  const workdir = freshWorkdir();
  const told = await workdir.run(['--help']);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout.endsWith('\n')).toBe(true);
});

test('takes a reader that leaves early as no error', async () => {
  const workdir = freshWorkdir();
  const { child, result } = workdir.start(['--help']);
  child.stdout?.destroy();
  expect(await result).toMatchObject({ code: 0, stdout: '', stderr: '' });
});
