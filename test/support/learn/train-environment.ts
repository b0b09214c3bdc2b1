/** The Python environment of src/train in tests: made where it is missing, and a reason to skip where it cannot be made. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type TestContext } from 'vitest';
import { projectRoot } from '../frame/source-tree.js';

const python = join(projectRoot, '.tools/train/bin/python3');
const SETUP_MS_MAX = 15 * 60_000;
/** One thread, and threads that wait without turning: two on a busy machine take twenty times as long. */
const ENVIRONMENT = {
  ...process.env,
  PYTHONPATH: join(projectRoot, 'src'),
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONHASHSEED: '0',
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  OMP_WAIT_POLICY: 'PASSIVE',
};

let reason: string | undefined;
let isAsked = false;

/** Skips the test without it; fails where emulators are required. */
export function needTraining(context: Pick<TestContext, 'skip'>): void {
  if (!isAsked) reason = alone(setUp);
  isAsked = true;
  if (reason === undefined) return;
  if (process.env['FLOWBARS_REQUIRE_EMULATORS'] === '1') throw new Error(reason);
  context.skip(reason);
}

const LOCK = join(projectRoot, '.tools/train-tests.lock');
const TURN_MS = 500;

/** Test files run in processes of their own, which must not make the environment at the same time. */
function alone<Value>(work: () => Value): Value {
  mkdirSync(join(projectRoot, '.tools'), { recursive: true });
  while (!taken()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TURN_MS);
  try {
    return work();
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

/** A lock as old as the longest setup was left by a process that was killed. */
function taken(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > SETUP_MS_MAX) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}

/** It says itself that nothing is to do, where the environment is complete. */
function setUp(): string | undefined {
  const { status, error, stderr } = spawnSync(
    'npm',
    ['run', '--silent', 'train:setup', '--', '--tests'],
    {
      cwd: projectRoot,
      encoding: 'utf8',
      timeout: SETUP_MS_MAX,
    },
  );
  if (status === 0 && existsSync(python)) return undefined;
  return `no Python environment: ${error?.message ?? stderr.trim().split('\n').at(-1) ?? ''}`;
}

/** Runs Python on the package of src/train. Gives what it printed. */
export function runPython(args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(python, [...args], {
    cwd: projectRoot,
    encoding: 'utf8',
    input,
    env: ENVIRONMENT,
  });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** Runs the tests of a folder, at least so many: a guard that sees nothing must not pass. */
export function runPytest(folder: string, testsMin: number): void {
  const quiet = ['-q', '-rs', '-p', 'no:cacheprovider'];
  const said = runPython(['-m', 'pytest', ...quiet, '--confcutdir', folder, folder]);
  // What was skipped, and why: some models need an environment of their own.
  process.stdout.write(said.match(/^SKIPPED.*\n/gmu)?.join('') ?? '');
  expect(Number(/(\d+) passed/u.exec(said)?.[1])).toBeGreaterThan(testsMin);
}
