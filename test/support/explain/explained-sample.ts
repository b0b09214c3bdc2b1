/** A sample day with faults and planted episodes, published once for a test file, and `flowbars explain` on it. */
import { expect } from 'vitest';
import { EXPLAINED_SHAPES, type Explained } from '../../../src/core/explain/explained-shape.js';
import { guardOf } from '../../../src/core/shape/guard.js';
import { expectSchema } from '../schema/schemas.js';
import { type RunResult, Workdir } from '../workdir.js';

export const DATE = '2025-12-11';
/** When the planted absorption is confirmed. */
export const ABSORBED = `${DATE}T00:41:30Z`;

let made: Promise<Workdir> | undefined;

/** For the end of the test file. */
export async function disposeSample(): Promise<void> {
  (await made)?.dispose();
}

/** One for all tests: whoever changes a file puts it back. */
export async function sampleDay(): Promise<Workdir> {
  return await (made ??= makeDay());
}

async function makeDay(): Promise<Workdir> {
  const workdir = new Workdir();
  await workdir.run(['sample', '--raw', 'raw', '--minutes', '97', '--plant', 'all']);
  const roots = ['--raw', 'raw', '--out', 'out'];
  const recorded = ['--expect', `${DATE}T00:00:00Z/${DATE}T01:37:00Z`];
  const day = ['--symbols', 'BTCUSDT', '--from', DATE];
  const { code } = await workdir.run(['run', ...roots, ...day, ...recorded]);
  // The planted faults make the day partial, and published all the same.
  expect(code).toBe(1);
  return workdir;
}

const isExplained = guardOf('explained', EXPLAINED_SHAPES);
export const WHERE = ['--raw', 'raw', '--out', 'out', '--symbol', 'BTCUSDT'];

export async function explain(
  workdir: Workdir,
  at: string,
  args: readonly string[] = [],
): Promise<RunResult> {
  return await workdir.run(['explain', ...WHERE, '--at', at, ...args]);
}

export async function explained(
  workdir: Workdir,
  at: string,
  args: readonly string[] = [],
): Promise<Explained> {
  const { stdout, stderr } = await explain(workdir, at, [...args, '--json']);
  expect(stdout, stderr).not.toBe('');
  expectSchema('explained', stdout);
  const document: unknown = JSON.parse(stdout);
  if (!isExplained(document)) throw new Error('the document is no explanation');
  return document;
}

/** What is printed, with folded lines joined. */
export function unfolded({ stdout }: RunResult): string {
  return stdout.replaceAll(/\s+/gu, ' ');
}
