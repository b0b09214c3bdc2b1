/** Starts the Python part of this package, `src/train`, in the environment that `npm run train:setup` makes. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Trainer } from '../../jobs/learning-ports.js';
import { startChild } from './child-process.js';

const PACKAGE_URL = new URL('../../../', import.meta.url);
/** Written last by src/train/setup.mjs: an environment without it was not finished. */
const MARK_URL = new URL('.tools/train/installed.json', PACKAGE_URL);
const isWindows = process.platform === 'win32';
const PYTHON_URL = new URL(
  `.tools/train/${isWindows ? 'Scripts/python.exe' : 'bin/python3'}`,
  PACKAGE_URL,
);
const SOURCE_URL = new URL('src', PACKAGE_URL);
const MODULE = 'train';

/** The Python of that environment; undefined if it was not made. */
export function trainPython(): string | undefined {
  return existsSync(MARK_URL) ? fileURLToPath(PYTHON_URL) : undefined;
}

/** What makes it, in a clone and in an installed package alike. */
export const trainSetup: string = fileURLToPath(new URL('src/train/setup.mjs', PACKAGE_URL));

/** Where that environment belongs. */
export const trainFolder: string = fileURLToPath(new URL('.tools/train', PACKAGE_URL));

export interface TrainerOptions {
  readonly program: string;
  readonly threads: number;
  /** What the process gets beside its own variables. */
  readonly environment: Readonly<Record<string, string>>;
}

export function openTrainer({ program, threads, environment }: TrainerOptions): Trainer {
  const variables = {
    ...environment,
    PYTHONPATH: fileURLToPath(SOURCE_URL),
    // Whole lines at once, and no hash order that differs from run to run.
    PYTHONUNBUFFERED: '1',
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    // Threads that wait actively take 30 times as long on a busy machine.
    OMP_WAIT_POLICY: 'PASSIVE',
    OMP_NUM_THREADS: String(threads),
    OPENBLAS_NUM_THREADS: String(threads),
  };
  return {
    program,
    start: (request, lines) => startChild(program, ['-m', MODULE], variables, lines, request),
  };
}
