/** Starts the Python part of this package, `src/train`, in the environment that `npm run train:setup` makes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Trainer } from '../../jobs/learning-ports.js';
import { startChild } from './child-process.js';

const PACKAGE_URL = new URL('../../../', import.meta.url);
/** Written last by src/train/setup.mjs: an environment without it was not finished. */
const MARK = 'installed.json';
const PYTHON = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python3';
const SOURCE_URL = new URL('src', PACKAGE_URL);
const MODULE = 'train';

/** Where that environment belongs, or the one that `--extra` makes. */
export function trainFolder(extra?: string): string {
  const name = extra === undefined ? 'train' : `train-${extra}`;
  return fileURLToPath(new URL(`.tools/${name}`, PACKAGE_URL));
}

/** The Python of that environment; undefined if it was not made. */
export function trainPython(extra?: string): string | undefined {
  const folder = trainFolder(extra);
  return existsSync(join(folder, MARK)) ? join(folder, PYTHON) : undefined;
}

/** What makes it, in a clone and in an installed package alike. */
export const trainSetup: string = fileURLToPath(new URL('src/train/setup.mjs', PACKAGE_URL));

export interface TrainerOptions {
  readonly program: string;
  readonly threads: number;
  /** What the process gets beside its own variables. */
  readonly environment: Readonly<Record<string, string>>;
}

export function openTrainer({ program, threads, environment }: TrainerOptions): Trainer {
  const variables = {
    ...withoutPython(environment),
    PYTHONPATH: fileURLToPath(SOURCE_URL),
    // Nothing is imported from the folder in which it starts: a train.py there would run in place of the module.
    PYTHONSAFEPATH: '1',
    PYTHONUTF8: '1',
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

/** What a person sets for another Python, such as PYTHONHOME, keeps this one from starting. */
function withoutPython(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('PYTHON')),
  );
}
