/** Runs the tests of src/train in the Python environment that `npm run train:setup -- --tests` makes. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../support/frame/source-tree.js';

const python = join(projectRoot, '.tools/train/bin/python3');
const PYTEST_MS_MAX = 10 * 60_000;
/** A guard that sees nothing must not pass. */
const TESTS_MIN = 120;

test(
  'models learn and are judged as docs/DATASET.md says',
  { timeout: PYTEST_MS_MAX },
  (context) => {
    if (!existsSync(python)) {
      const reason = `no ${python}: npm run train:setup -- --tests makes it`;
      if (process.env['FLOWBARS_REQUIRE_EMULATORS'] === '1') throw new Error(reason);
      context.skip(reason);
    }
    const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'test/train/baselines'];
    const { status, stdout, stderr } = spawnSync(python, args, {
      cwd: projectRoot,
      encoding: 'utf8',
      env: {
        ...process.env,
        PYTHONPATH: join(projectRoot, 'src'),
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONHASHSEED: '0',
        OMP_NUM_THREADS: '1',
        OMP_WAIT_POLICY: 'PASSIVE',
      },
    });
    expect(status, `${stdout}${stderr}`).toBe(0);
    expect(Number(/(\d+) passed/u.exec(stdout)?.[1])).toBeGreaterThan(TESTS_MIN);
  },
);
