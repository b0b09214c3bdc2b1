/** What the bin itself promises: all of its output, and peace when nobody reads it. */
import { expect, test } from 'vitest';
import { freshWorkdir } from './support/workdir.js';

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
