/** Runs the tests of foundation models in the Python environment that `npm run train:setup -- --tests` makes. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../support/frame/source-tree.js';

const python = join(projectRoot, '.tools/train/bin/python3');

test('foundation models forecast as their originals do, and refuse what they cannot', (context) => {
  if (!existsSync(python)) {
    const reason = `no ${python}: npm run train:setup -- --tests`;
    if ((process.env['CI'] ?? '') !== '') throw new Error(reason);
    context.skip(reason);
  }
  const folder = 'test/train/foundation';
  const quiet = ['-q', '-rs', '-p', 'no:cacheprovider'];
  const args = ['-m', 'pytest', ...quiet, '--confcutdir', folder, folder];
  const { status, stdout, stderr } = spawnSync(python, args, {
    cwd: projectRoot,
    encoding: 'utf8',
    env: {
      ...process.env,
      PYTHONPATH: join(projectRoot, 'src'),
      PYTHONDONTWRITEBYTECODE: '1',
      OMP_NUM_THREADS: '1',
      OPENBLAS_NUM_THREADS: '1',
    },
  });
  const said = `${stdout}${stderr}`;
  // What was skipped, and why: Chronos-2 and Moirai need an environment of their own.
  process.stdout.write(said.match(/^SKIPPED.*\n/gmu)?.join('') ?? '');
  expect(status, said).toBe(0);
  expect(Number(/(\d+) passed/u.exec(said)?.[1])).toBeGreaterThan(150);
});
